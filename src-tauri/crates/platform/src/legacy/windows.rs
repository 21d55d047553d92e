//! Where the former connector is on Windows: `C:\inSyncADConnector` by its own setup, and a service beside it.

use super::LegacyService;
use crate::atomic::storage_failed;
use crate::service::system;
use connector_model::{Code, Error, Result};
use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use windows_service::service::{ServiceAccess, ServiceState};
use windows_service::service_manager::{ServiceManager, ServiceManagerAccess};

/// What the service is called, as its makers' instructions and its folder name it.
const NAMES: [&str; 4] = [
    "inSyncADConnector",
    "Druva inSync Connector",
    "Druva inSync AD Connector",
    "inSync AD Connector",
];

pub(super) fn roots() -> Vec<PathBuf> {
    let disk = std::env::var("SystemDrive").ok().map(|disk| PathBuf::from(disk + "\\"));
    let folders = ["ProgramFiles", "ProgramFiles(x86)", "ProgramData"];
    disk.into_iter().chain(folders.iter().filter_map(std::env::var_os).map(PathBuf::from)).collect()
}

/// Asks by the name that the service manager uses, or by the one that it shows.
pub(super) fn service() -> Option<LegacyService> {
    let manager =
        ServiceManager::local_computer(None::<&OsStr>, ServiceManagerAccess::CONNECT).ok()?;
    NAMES.iter().find_map(|name| {
        let key = manager.service_name_from_display_name(name);
        let key = key.unwrap_or_else(|_| OsStr::new(name).to_owned());
        let service = manager.open_service(key, ServiceAccess::QUERY_STATUS).ok()?;
        let running = service.query_status().ok()?.current_state != ServiceState::Stopped;
        Some(LegacyService { name: (*name).to_owned(), running })
    })
}

/// The access list of a file, as `icacls` keeps it.
pub(super) struct Rights(tempfile::TempDir);

impl Rights {
    pub fn of(path: &Path) -> Result<Self> {
        let found = path.metadata().map_err(|e| storage_failed("look at", path, &e))?;
        if found.permissions().readonly() {
            let text = format!("{} is write-protected.", path.display());
            return Err(Error::new(Code::StorageFailed, text));
        }
        let kept = tempfile::tempdir().map_err(|e| storage_failed("create", path, &e))?;
        let list = kept.path().join("rights");
        system("icacls.exe", &[&shown(path), "/save", &list.to_string_lossy(), "/Q"])?;
        Ok(Self(kept))
    }

    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same on every system")]
    pub fn give_to(&self, _file: &File) -> std::io::Result<()> {
        Ok(())
    }

    pub fn restore(&self, path: &Path) -> Result<()> {
        let list = self.0.path().join("rights");
        let folder = path.parent().unwrap_or(Path::new("."));
        system("icacls.exe", &[&shown(folder), "/restore", &list.to_string_lossy(), "/Q"]).map(drop)
    }
}

/// `icacls` takes no paths of the extended form.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.strip_prefix("\\\\?\\").unwrap_or(&text).to_owned()
}
