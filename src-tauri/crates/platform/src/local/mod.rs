//! The local socket: how command line and window reach the engine that runs for the same home.
//! One JSON object a line; a Unix socket of the owner (and of the home's group, where that may enter the home), or a named pipe
//! of administrators and the owner.

mod client;
mod server;

pub use client::{Answer, LocalClient};
pub use server::{LocalHandler, LocalServer};

use crate::Home;
use connector_model::{Code, Error, Result};
use interprocess::local_socket::Name;
use serde::{Deserialize, Serialize};

/// Longest line that is read, in bytes.
pub(crate) const MAX_LINE: u64 = 8 * 1024 * 1024;

/// What an engine says of itself to whoever connects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greeting {
    /// Whether it stays: a command's engine ends with the command.
    pub lasting: bool,
}

/// The method that asks for the greeting. An engine that is about to end does not answer it.
pub(crate) const GREET: &str = "greet";

#[derive(Serialize, Deserialize)]
pub(crate) struct Call {
    pub method: String,
    #[serde(default)]
    pub params: serde_json::Value,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    Progress(serde_json::Value),
    Result(serde_json::Value),
    Error(Error),
}

/// Path of the socket; in the temporary folder where the home's own path is too long for one (108 bytes).
#[cfg(unix)]
pub(crate) fn socket_path(home: &Home) -> std::path::PathBuf {
    let inside = home.root().join("engine.sock");
    if inside.as_os_str().len() <= 100 {
        return inside;
    }
    let base = std::env::var_os("XDG_RUNTIME_DIR")
        .map_or_else(std::env::temp_dir, std::path::PathBuf::from);
    base.join(format!("insync-connector-{}.sock", home.mark()))
}

#[cfg(unix)]
pub(crate) fn name(home: &Home) -> Result<Name<'static>> {
    use interprocess::local_socket::{GenericFilePath, ToFsName};
    socket_path(home)
        .to_fs_name::<GenericFilePath>()
        .map_err(|_| Error::of(Code::EngineUnreachable))
}

#[cfg(windows)]
pub(crate) fn name(home: &Home) -> Result<Name<'static>> {
    use interprocess::local_socket::{GenericNamespaced, ToNsName};
    let name = format!("insync-connector-{}", home.mark());
    name.to_ns_name::<GenericNamespaced>().map_err(|_| Error::of(Code::EngineUnreachable))
}
