//! The connector's end of the connector protocol (`PROTOCOL.md`): it dials out, registers, keeps one
//! session for what the cloud asks, and delivers people by SCIM 2.0. Everything runs inside verified TLS.

mod backoff;
mod check;
mod clock;
mod dial;
mod download;
mod endpoint;
mod http;
mod keys;
mod problem;
mod proof;
mod proxy;
mod registration;
mod replay;
mod requests;
mod rpc;
mod scim;
mod scim_adopt;
mod scim_bulk;
mod scim_capabilities;
mod scim_exchange;
mod scim_operation;
mod scim_read;
mod scim_user;
mod scim_wire;
mod sealing;
mod session;
mod session_connection;
mod session_handshake;
mod session_state;
mod tls;

pub use check::check;
pub use download::{download, fetch, resolve};
pub use endpoint::Endpoint;
pub use keys::ConnectorKeys;
pub use registration::{Registration, register, unregister};
pub use requests::{CloudRequest, RequestHandler};
pub use scim::ScimClient;
pub use scim_user::person_to_scim;
pub use sealing::{MAX_AHEAD, MAX_PASSWORD_BYTES};
pub use session::{Session, SessionConfig, SessionHandle};
pub use session_state::{AccountSummary, Hello, SessionLimits, SessionState};
