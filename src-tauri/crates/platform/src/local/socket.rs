//! Where the Unix socket is: `engine.sock` in the home, which is private, however long its path. A socket's own path has at most
//! 108 bytes; a longer one is reached through the opened folder.

use crate::Home;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use interprocess::local_socket::{GenericFilePath, Name, ToFsName};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::PathBuf;

/// Longest path that is used as it is, in bytes.
const LONGEST: usize = 100;

/// The socket's name for the system.
pub(crate) struct SocketName {
    path: PathBuf,
    /// The home, opened, while its own path is too long.
    _home: Option<File>,
}

impl SocketName {
    pub fn of(home: &Home) -> Result<Self> {
        let path = path(home);
        if path.as_os_str().len() <= LONGEST {
            return Ok(Self { path, _home: None });
        }
        // Whoever may not enter the home comes no further this way either. A home that is not there has no engine.
        let opened = File::open(home.root()).map_err(|e| match e.kind() {
            std::io::ErrorKind::NotFound => Error::of(Code::EngineUnreachable),
            _ => storage_failed("open", home.root(), &e),
        })?;
        let path = PathBuf::from(format!("/proc/self/fd/{}/engine.sock", opened.as_raw_fd()));
        Ok(Self { path, _home: Some(opened) })
    }

    pub fn name(&self) -> Result<Name<'static>> {
        let path = self.path.clone();
        path.to_fs_name::<GenericFilePath>().map_err(|_| Error::of(Code::EngineUnreachable))
    }
}

/// Path of the socket.
pub(crate) fn path(home: &Home) -> PathBuf {
    home.root().join("engine.sock")
}
