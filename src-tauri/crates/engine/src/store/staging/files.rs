//! The files of staging areas: made for their owner alone, and swept where a crash left them. They hold people.

use connector_model::{Code, Error, Result, io_reason};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// What their names begin with.
const PREFIX: &str = "staging-";

/// A file that is removed with this.
pub(super) struct OwnFile(pub PathBuf);

impl Drop for OwnFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// An empty file beside the database, which only its owner can read.
pub(super) fn create(database: &Path) -> Result<OwnFile> {
    let path = folder(database).join(format!("{PREFIX}{}.db", uuid::Uuid::new_v4()));
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path).map_err(|e| {
        let text = format!("{} cannot be created: {}.", path.display(), io_reason(&e));
        Error::new(Code::StorageFailed, text)
    })?;
    Ok(OwnFile(path))
}

/// Removes what engines left that have ended: whoever calls holds the lock of the home, so no other engine runs on it.
pub(crate) fn sweep(database: &Path) {
    for entry in fs::read_dir(folder(database)).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && fs::remove_file(entry.path()).is_ok() {
            tracing::info!(file = %entry.path().display(), "left by an import that was cut off: removed");
        }
    }
}

fn folder(database: &Path) -> &Path {
    database.parent().unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_their_owners_and_go_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("connector.db");
        let file = create(&database).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file.0).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::write(&database, "kept").unwrap();
        fs::write(folder.path().join("staging-0.db-journal"), "people").unwrap();
        sweep(&database);
        let left = || -> Vec<_> {
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect()
        };
        assert_eq!(left(), ["connector.db"]);
        drop(file);
        let used = create(&database).unwrap();
        assert_eq!(left().len(), 2);
        drop(used);
        assert_eq!(left(), ["connector.db"]);
    }
}
