//! The folder with everything a connector keeps on disk.

use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use std::path::{Component, Path, PathBuf};

/// Where the user looks for files that a program wrote: the folder for downloads.
pub fn downloads_dir() -> PathBuf {
    dirs::download_dir()
        .or_else(|| std::env::home_dir().map(|home| home.join("Downloads")))
        .unwrap_or_else(std::env::temp_dir)
}

/// Home of one connector. Only its owner may look inside.
#[derive(Debug, Clone)]
pub struct Home {
    /// Its one true path, however it was written.
    root: PathBuf,
    /// The same as it was written, where that differs.
    written: Vec<PathBuf>,
}

impl Home {
    /// Opens or creates the folder; without a choice the usual place of the operating system. The home of another account
    /// is refused: what is written there with other rights, its owner could not read.
    pub fn open(folder: Option<PathBuf>) -> Result<Self> {
        let home = Self::locate(folder)?;
        home.make()?;
        Ok(home)
    }

    /// Makes the folder, where it is not there yet, and what an engine needs in it.
    pub fn make(&self) -> Result<()> {
        if self.is_foreign()? {
            let text = format!("{} belongs to another account.", self.root.display());
            return Err(Error::new(Code::ServiceForbidden, text).with_action(
                "Choose another home with --home, or let the service that owns it do this.",
            ));
        }
        create_private(&self.root)?;
        self.must_be_private()?;
        create_private(&self.logs_dir())?;
        make_private(&self.database_path())
    }

    /// Where the folder is, or would be. Nothing is created.
    pub fn locate(folder: Option<PathBuf>) -> Result<Self> {
        let folder = folder.or_else(default_folder).ok_or_else(|| {
            Error::new(Code::StorageFailed, "No home folder is known for this user.")
                .with_action("Choose one with --home or INSYNC_CONNECTOR_HOME.")
        })?;
        let written =
            std::path::absolute(&folder).map_err(|e| storage_failed("use", &folder, &e))?;
        let root = true_path(&written);
        let usual = default_folder().filter(|usual| true_path(usual) == root);
        let mut others = spellings(&root, [Some(written), usual].into_iter().flatten());
        others.retain(|spelling| spelling.as_os_str() != root.as_os_str());
        Ok(Self { root, written: others })
    }

    /// What others may write to, they may fill with settings of theirs.
    #[cfg(unix)]
    fn must_be_private(&self) -> Result<()> {
        let found = rustix::fs::stat(&self.root);
        let found = found.map_err(|e| storage_failed("look at", &self.root, &e.into()))?;
        if found.st_mode & 0o002 == 0 {
            return Ok(());
        }
        let text = format!("Everybody on this computer may write to {}.", self.root.display());
        let action = format!("Take that right away: chmod o-w \"{}\".", self.root.display());
        Err(Error::new(Code::StorageFailed, text).with_action(action))
    }

    #[cfg(not(unix))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same on every system")]
    fn must_be_private(&self) -> Result<()> {
        Ok(())
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
        Ok(service_folder().is_some_and(|services| true_path(&services) == self.root)
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
        mark_of(&self.root)
    }

    /// Marks that earlier versions made of other ways to write the same path.
    pub(crate) fn former_marks(&self) -> Vec<String> {
        self.written.iter().map(|spelling| mark_of(spelling)).collect()
    }
}

fn mark_of(path: &Path) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, path.as_os_str().as_encoded_bytes());
    digest.as_ref().iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// The one path of a folder: without links, `..` and whatever else can be written in more than one way. What is not there yet is
/// below what is.
fn true_path(path: &Path) -> PathBuf {
    if let Ok(found) = dunce::canonicalize(path) {
        return found;
    }
    match (path.parent(), path.components().next_back()) {
        (Some(parent), Some(Component::Normal(name))) => true_path(parent).join(name),
        // A folder that is not there leads back to the one it would be in.
        (Some(parent), Some(Component::ParentDir)) => {
            let above = true_path(parent);
            above.parent().map_or_else(|| above.clone(), Path::to_owned)
        }
        (Some(parent), Some(Component::CurDir)) => true_path(parent),
        _ => path.to_owned(),
    }
}

/// Each of these paths, with a slash at its end and without.
fn spellings(root: &Path, paths: impl Iterator<Item = PathBuf>) -> Vec<PathBuf> {
    let mut all = vec![];
    for path in paths.chain([root.to_owned()]) {
        let bare: PathBuf = path.components().collect();
        for spelling in [path, bare.join(""), bare] {
            if !all.iter().any(|known: &PathBuf| known.as_os_str() == spelling.as_os_str()) {
                all.push(spelling);
            }
        }
    }
    all
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn a_home_is_the_same_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().canonicalize().unwrap();
        let home = Home::open(Some(base.join("data/c"))).unwrap();
        symlink(base.join("data"), base.join("moved")).unwrap();
        symlink(base.join("moved/c"), base.join("short")).unwrap();
        for other in ["data/c/", "data//c", "data/./c", "moved/c", "short", "short/", "data/x/../c"]
        {
            let written = base.join(other);
            let other = Home::locate(Some(written.clone())).unwrap();
            assert_eq!((other.root(), other.mark()), (home.root(), home.mark()));
            let was = mark_of(&std::path::absolute(&written).unwrap());
            let known = other.former_marks().contains(&was) || was == home.mark();
            assert!(known, "{}", written.display());
        }
        // The slash of another day is known as well.
        assert!(home.former_marks().contains(&mark_of(&base.join("data/c/"))));
        // What is made later is what was meant before.
        let later = Home::locate(Some(base.join("moved/new/home/"))).unwrap();
        later.make().unwrap();
        assert_eq!(Home::locate(Some(base.join("data/new/home"))).unwrap().mark(), later.mark());
        assert_ne!(later.mark(), home.mark());
    }

    #[test]
    fn what_everybody_may_write_to_is_no_home() {
        let folder = tempfile::tempdir().unwrap();
        let open = |mode| {
            let rights = std::fs::Permissions::from_mode(mode);
            std::fs::set_permissions(folder.path(), rights).unwrap();
            Home::open(Some(folder.path().to_owned()))
        };
        let refused = open(0o777).unwrap_err();
        assert!(refused.code == Code::StorageFailed && refused.action.contains("chmod"));
        assert!(open(0o750).is_ok());
    }
}
