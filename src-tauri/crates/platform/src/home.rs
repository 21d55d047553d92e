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
    /// Opens or creates the folder; without a choice the usual place of the operating system.
    pub fn open(folder: Option<PathBuf>) -> Result<Self> {
        let root = match folder {
            Some(folder) => {
                std::path::absolute(&folder).map_err(|e| storage_failed("use", &folder, &e))?
            }
            None => default_folder().ok_or_else(|| {
                Error::new(Code::StorageFailed, "No home folder is known for this user.")
                    .with_action("Name one with --home or INSYNC_CONNECTOR_HOME.")
            })?,
        };
        create_private(&root)?;
        create_private(&root.join("logs"))?;
        Ok(Self { root })
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

    /// A short text that differs between homes: part of names that all homes of a machine share.
    pub fn mark(&self) -> String {
        let digest =
            ring::digest::digest(&ring::digest::SHA256, self.root.as_os_str().as_encoded_bytes());
        digest.as_ref().iter().take(8).map(|b| format!("{b:02x}")).collect()
    }
}

#[cfg(unix)]
fn create_private(folder: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|e| storage_failed("create", folder, &e))
}

#[cfg(not(unix))]
fn create_private(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| storage_failed("create", folder, &e))
}

#[cfg(windows)]
fn default_folder() -> Option<PathBuf> {
    std::env::var_os("ProgramData").map(|base| PathBuf::from(base).join("inSync Connector"))
}

#[cfg(target_os = "macos")]
fn default_folder() -> Option<PathBuf> {
    std::env::home_dir().map(|home| home.join("Library/Application Support/inSync Connector"))
}

/// `STATE_DIRECTORY` is what systemd gives a service (systemd.exec).
#[cfg(all(unix, not(target_os = "macos")))]
fn default_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("STATE_DIRECTORY") {
        return Some(PathBuf::from(folder));
    }
    let base = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|p| p.is_absolute());
    base.or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
        .map(|base| base.join("insync-connector"))
}
