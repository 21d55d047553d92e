//! Another time for programs, by libfaketime; the system's clock stays as it is.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

/// What programs that live by it take for the time of day. How long something takes stays as it is.
pub struct Clock {
    library: PathBuf,
    folder: TempDir,
}

impl Clock {
    /// A clock that goes right, where libfaketime is installed.
    pub fn find() -> Option<Self> {
        let folders = fs::read_dir("/usr/lib").ok()?.flatten();
        let libraries = folders.map(|one| one.path().join("faketime/libfaketimeMT.so.1"));
        let library = { libraries }.find(|library| library.is_file())?;
        let folder = TempDir::with_prefix("clock-").expect("a temporary folder");
        let clock = Self { library, folder };
        clock.turn_back(Duration::ZERO);
        Some(clock)
    }

    /// Turns it back, so far from now.
    pub fn turn_back(&self, by: Duration) {
        // In one go: a program may look at any time.
        let new = self.folder.path().join("new");
        fs::write(&new, format!("-{}\n", by.as_secs())).expect("a file");
        fs::rename(new, self.file()).expect("a file");
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("time")
    }

    /// What makes a program live by it.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("LD_PRELOAD", self.library.to_string_lossy().into_owned()),
            ("FAKETIME_TIMESTAMP_FILE", self.file().to_string_lossy().into_owned()),
            ("FAKETIME_NO_CACHE", "1".to_owned()),
            ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned()),
        ]
    }
}
