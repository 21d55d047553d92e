//! The folder that a running server lives in: gone with it, or swept up later when its test was killed.

use crate::error::{Doing, Result};
use std::fs::File;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PREFIX: &str = "insync-test-server-";
const ALIVE: &str = ".alive";

/// A temporary folder whose file `.alive` stays locked as long as its owner runs.
pub(crate) struct RunDir {
    dir: TempDir,
    _alive: File,
}

impl RunDir {
    /// A fresh folder. Folders of killed tests are removed first.
    pub(crate) fn create() -> Result<Self> {
        sweep(&std::env::temp_dir());
        let dir =
            tempfile::Builder::new().prefix(PREFIX).tempdir().doing("make a temporary folder")?;
        // Locked under another name first: at no moment is there an unlocked `.alive` for a sweep to find.
        let draft = dir.path().join(".alive.new");
        let alive = File::create(&draft).doing("mark a folder as in use")?;
        alive.lock().doing("lock a folder")?;
        std::fs::rename(&draft, dir.path().join(ALIVE)).doing("mark a folder as in use")?;
        Ok(Self { dir, _alive: alive })
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// A sub-folder, made when missing.
    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf> {
        let path = self.dir.path().join(name);
        std::fs::create_dir_all(&path).doing(format_args!("make {}", path.display()))?;
        Ok(path)
    }
}

/// Removes folders whose owner is gone. Whatever cannot be read or removed is somebody else's.
fn sweep(parent: &Path) {
    let Ok(entries) = std::fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(PREFIX)) {
        let Ok(alive) = File::open(entry.path().join(ALIVE)) else { continue };
        if alive.try_lock().is_ok() {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_survives_a_sweep_and_one_left_behind_does_not() {
        let parent = tempfile::tempdir().unwrap();
        let (used, left) = (
            parent.path().join(format!("{PREFIX}used")),
            parent.path().join(format!("{PREFIX}left")),
        );
        for path in [&used, &left] {
            std::fs::create_dir(path).unwrap();
            File::create(path.join(ALIVE)).unwrap();
        }
        let lock = File::open(used.join(ALIVE)).unwrap();
        lock.lock().unwrap();
        sweep(parent.path());
        assert!(used.exists() && !left.exists());
    }
}
