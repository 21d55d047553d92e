//! Systems on which the former connector never ran: its file may have been brought here.

use super::LegacyService;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use std::fs::{File, Metadata};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::{Path, PathBuf};

pub(super) fn roots() -> Vec<PathBuf> {
    vec![]
}

pub(super) fn service() -> Option<LegacyService> {
    None
}

/// Owner, group and mode of a file.
pub(super) struct Rights(Metadata);

impl Rights {
    pub fn of(path: &Path) -> Result<Self> {
        let found = path.metadata().map_err(|e| storage_failed("look at", path, &e))?;
        if found.nlink() > 1 {
            let text = format!("{} has more than one name (hard link).", path.display());
            return Err(Error::new(Code::StorageFailed, text).with_action(
                "Delete the password from the file yourself: under its other name, the file would keep the old text.",
            ));
        }
        if found.permissions().readonly() {
            let text = format!("{} is write-protected.", path.display());
            return Err(Error::new(Code::StorageFailed, text));
        }
        Ok(Self(found))
    }

    pub fn give_to(&self, file: &File) -> std::io::Result<()> {
        let now = file.metadata()?;
        if (now.uid(), now.gid()) != (self.0.uid(), self.0.gid()) {
            fchown(file, Some(self.0.uid()), Some(self.0.gid()))?;
        }
        file.set_permissions(self.0.permissions())
    }

    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same on every system")]
    pub fn restore(&self, _path: &Path) -> Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::rewrite;
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn mode_and_links_stay_and_a_second_name_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("a.cfg"), folder.path().join("link.cfg"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        rewrite(&link, b"old", b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        fs::hard_link(&path, folder.path().join("second")).unwrap();
        assert!(
            rewrite(&path, b"new", b"newer").unwrap_err().action.contains("under its other name")
        );
        fs::remove_file(folder.path().join("second")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert!(rewrite(&path, b"new", b"newer").unwrap_err().message.contains("protected"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }
}
