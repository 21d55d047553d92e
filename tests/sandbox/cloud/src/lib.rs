//! A local cloud: everything that a connector needs from inSync Cloud, in one process.

mod admin;
mod clock;
mod connectors;
mod http;
mod options;
mod people;
mod scim;
mod server;
mod state;
mod store;
mod token;

pub use options::CloudOptions;
pub use people::sealing;
pub use server::{CloudServer, RunningCloud, StartError};
