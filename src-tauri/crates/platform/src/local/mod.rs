//! The local socket: how command line and window reach the engine that runs for the same home.
//! One JSON object a line; a Unix socket of the owner (and of the home's group, where that may enter the home), or a named pipe
//! of administrators and the owner.

mod client;
mod places;
mod server;
#[cfg(unix)]
mod socket;
#[cfg(all(test, unix))]
mod tests;

pub use client::{Answer, LocalClient};
pub use server::{LocalHandler, LocalServer};

use crate::Home;
use crate::user::User;
#[cfg(windows)]
use connector_model::Code;
use connector_model::{Error, Result};
#[cfg(windows)]
use interprocess::local_socket::Name;
use serde::{Deserialize, Serialize};

/// Longest line that is read, in bytes.
pub(crate) const MAX_LINE: u64 = 8 * 1024 * 1024;

/// What an engine says of itself to whoever connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// Whether it stays: a command's engine ends with the command.
    pub lasting: bool,
    /// Whether it says that it is alive while it works on a call; earlier versions do not.
    #[serde(default)]
    pub tells: bool,
}

/// The method that asks for the greeting. An engine that is about to end does not answer it.
pub(crate) const GREET: &str = "greet";

/// Who is at the other end of a call.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// What the program calls itself; earlier versions say nothing.
    pub door: Option<String>,
    /// Whose it is, as the system says.
    pub user: User,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Call {
    pub method: String,
    /// What the program calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<String>,
    /// Whether it wants to be told that the engine is alive.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub alive: bool,
    #[serde(default)]
    pub params: serde_json::Value,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    /// Still at work.
    Alive,
    Progress(serde_json::Value),
    Result(serde_json::Value),
    Error(Error),
}

/// The socket's name, and what has to live as long as it is used.
#[cfg(unix)]
pub(crate) use socket::SocketName;

#[cfg(unix)]
pub(crate) fn name(home: &Home) -> Result<SocketName> {
    SocketName::of(home)
}

/// A pipe's name needs nothing beside it.
#[cfg(windows)]
pub(crate) struct SocketName(Name<'static>);

#[cfg(windows)]
impl SocketName {
    #[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
    pub fn name(&self) -> Result<Name<'static>> {
        Ok(self.0.clone())
    }
}

#[cfg(windows)]
pub(crate) fn name(home: &Home) -> Result<SocketName> {
    use interprocess::local_socket::{GenericNamespaced, ToNsName};
    let name = format!("insync-connector-{}", home.mark());
    let name = name.to_ns_name::<GenericNamespaced>();
    name.map(SocketName).map_err(|_| Error::of(Code::EngineUnreachable))
}
