//! One engine for each home.

use crate::Home;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use std::fs::{File, TryLockError};

/// Held while an engine runs; given back when dropped, or when the process dies in any way.
#[derive(Debug)]
pub struct HomeLock {
    _file: File,
}

impl HomeLock {
    /// Takes the lock for a program of that version, or says `home_locked`. What another version left is put aside first.
    pub fn acquire(home: &Home, version: &str) -> Result<Self> {
        let path = home.root().join("engine.lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(|e| storage_failed("open", &path, &e))?;
        match file.try_lock() {
            Ok(()) => {
                crate::upgrade::arrive(home, version)?;
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::of(Code::HomeLocked)),
            Err(TryLockError::Error(e)) => Err(storage_failed("lock", &path, &e)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_engine_is_refused_until_the_first_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        let first = HomeLock::acquire(&home, "1.0.0").unwrap();
        assert_eq!(HomeLock::acquire(&home, "1.0.0").unwrap_err().code, Code::HomeLocked);
        drop(first);
        HomeLock::acquire(&home, "1.0.0").unwrap();
    }
}
