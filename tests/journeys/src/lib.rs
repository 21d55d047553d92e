//! Whole use cases as functions over a [`Company`], so that the same journey runs against the
//! sandbox here and against real servers in `tests/servers`. Everything is driven from outside:
//! the programs are started as processes and spoken to by command line and HTTPS.

pub mod cloud;
pub mod company;
pub mod connector;
#[cfg(target_os = "linux")]
pub mod counted;
pub mod journey;
pub mod process;
pub mod proxy;
#[cfg(target_os = "linux")]
pub mod service;
pub mod trouble;
pub mod updates;

pub use cloud::Cloud;
pub use company::{Company, SampleCompany};
pub use connector::Connector;
pub use process::clock::Clock;
pub use proxy::Proxy;
