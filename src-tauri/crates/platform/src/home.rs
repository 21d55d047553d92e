//! The folder with everything a connector keeps on disk.

use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};

/// Where the user looks for files that a program wrote: the folder for downloads.
pub fn downloads_dir() -> PathBuf {
    dirs::download_dir()
        .or_else(|| std::env::home_dir().map(|home| home.join("Downloads")))
        .unwrap_or_else(std::env::temp_dir)
}

/// Home of one connector. Only its owner may look inside.
#[derive(Debug, Clone)]
pub struct Home {
    root: PathBuf,
}

impl Home {
    /// Opens or creates the folder; without a choice the usual place of the operating system. The home of another account
    /// is refused: what is written there with other rights, its owner could not read.
    pub fn open(folder: Option<PathBuf>) -> Result<Self> {
        let home = Self::locate(folder)?;
        if home.is_foreign()? {
            let text = format!("{} belongs to another account.", home.root.display());
            return Err(Error::new(Code::ServiceForbidden, text).with_action(
                "Choose another home with --home, or let the service that owns it do this.",
            ));
        }
        create_private(&home.root)?;
        create_private(&home.logs_dir())?;
        make_private(&home.database_path())?;
        Ok(home)
    }

    /// Where the folder is, or would be. Nothing is created.
    pub fn locate(folder: Option<PathBuf>) -> Result<Self> {
        let root = match folder {
            Some(folder) => {
                std::path::absolute(&folder).map_err(|e| storage_failed("use", &folder, &e))?
            }
            None => default_folder().ok_or_else(|| {
                Error::new(Code::StorageFailed, "No home folder is known for this user.")
                    .with_action("Choose one with --home or INSYNC_CONNECTOR_HOME.")
            })?,
        };
        Ok(Self { root })
    }

    /// Whether a service has this home, or anybody else whose secrets this account cannot read.
    pub fn is_anothers(&self) -> Result<bool> {
        Ok(self.is_foreign()? || self.is_the_services()?)
    }

    #[cfg(unix)]
    fn is_foreign(&self) -> Result<bool> {
        match rustix::fs::stat(&self.root) {
            Ok(found) => Ok(found.st_uid != rustix::process::geteuid().as_raw()),
            Err(rustix::io::Errno::NOENT) => Ok(false),
            Err(e) => Err(storage_failed("look at", &self.root, &e.into())),
        }
    }

    #[cfg(not(unix))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same on every system")]
    fn is_foreign(&self) -> Result<bool> {
        Ok(false)
    }

    #[cfg(windows)]
    fn is_the_services(&self) -> Result<bool> {
        Ok(service_folder().is_some_and(|services| services == self.root)
            && crate::service::status()?.installed)
    }

    #[cfg(not(windows))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same on every system")]
    fn is_the_services(&self) -> Result<bool> {
        Ok(false)
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What the administrator decided.
    pub fn settings_path(&self) -> PathBuf {
        self.root.join("settings.toml")
    }

    /// What the engine remembers.
    pub fn database_path(&self) -> PathBuf {
        self.root.join("connector.db")
    }

    /// Folder of the logs.
    pub fn logs_dir(&self) -> PathBuf {
        self.root.join("logs")
    }

    /// Folder of an update on its way: what was offered, and what was downloaded of it.
    pub fn update_dir(&self) -> PathBuf {
        self.root.join("update")
    }

    /// Makes it, for the owner alone.
    pub fn make_update_dir(&self) -> Result<()> {
        create_private(&self.update_dir())
    }

    /// A short text that differs between homes: part of names that all homes of a machine share.
    pub fn mark(&self) -> String {
        let digest =
            ring::digest::digest(&ring::digest::SHA256, self.root.as_os_str().as_encoded_bytes());
        digest.as_ref().iter().take(8).map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(unix)]
pub(crate) fn create_private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| storage_failed("create", folder, &e))
}

/// The database is made by a library that leaves its rights to the caller; what belongs to it takes them over.
#[cfg(unix)]
fn make_private(file: &Path) -> Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = std::fs::File::options();
    let opened = options.append(true).create(true).mode(0o600).open(file);
    opened
        .and_then(|file| file.set_permissions(PermissionsExt::from_mode(0o600)))
        .map_err(|e| storage_failed("open", file, &e))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
fn make_private(_file: &Path) -> Result<()> {
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn create_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| storage_failed("create", folder, &e))
}

/// The home of the service.
#[cfg(windows)]
pub(crate) fn service_folder() -> Option<PathBuf> {
    std::env::var_os("ProgramData").map(|base| PathBuf::from(base).join("inSync Connector"))
}

/// The service's home where there is the service; else a folder that other users of the machine cannot look into.
#[cfg(windows)]
fn default_folder() -> Option<PathBuf> {
    if crate::service::status().is_ok_and(|service| service.installed) {
        return service_folder();
    }
    dirs::data_local_dir().map(|base| base.join("inSync Connector"))
}

#[cfg(target_os = "macos")]
fn default_folder() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join("Library/Application Support/inSync Connector"))
}

/// The home of the service that the packages bring.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) const SERVICE_HOME: &str = "/var/lib/insync-connector";

/// `STATE_DIRECTORY` is what systemd gives a service (systemd.exec).
#[cfg(all(unix, not(target_os = "macos")))]
fn default_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("STATE_DIRECTORY") {
        return Some(PathBuf::from(folder));
    }
    if Path::new(SERVICE_HOME).is_dir() {
        return Some(PathBuf::from(SERVICE_HOME));
    }
    let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    base.or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
        .map(|base| base.join("insync-connector"))
}
