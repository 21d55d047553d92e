//! The connector's end of the connector protocol (`PROTOCOL.md`): it dials out, registers, keeps one
//! session for what the cloud asks, and delivers people by SCIM 2.0. Everything runs inside verified TLS.

mod check;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod identity;
mod problem;
mod scim;
mod session;
mod shown;
mod transport;

pub use check::{check, check_scim};
pub use identity::keys::ConnectorKeys;
pub use identity::registration::{Registration, register, unregister};
pub use identity::sealing::{MAX_AHEAD, MAX_PASSWORD_BYTES};
pub use scim::client::ScimClient;
pub use scim::user::person_to_scim;
pub use session::line::SessionLine;
pub use session::requests::{CloudRequest, RequestHandler};
pub use session::run::{Session, SessionHandle};
pub use session::state::{
    AccountSummary, Hello, MappingSummary, SessionConfig, SessionLimits, SessionState,
    mappings_page,
};
pub use transport::download::{download, fetch, resolve};
pub use transport::endpoint::Endpoint;
