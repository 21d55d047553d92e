//! `settings.toml`: read as a whole, changed under a lock, replaced as a whole.

use crate::Home;
use crate::atomic::{storage_failed, write_atomically};
use connector_model::{Code, Error, Result, Settings};
use std::fs::File;
use std::io::{ErrorKind, Read};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// The settings; the defaults where there is no file yet.
pub fn load(home: &Home) -> Result<Settings> {
    let path = home.settings_path();
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Settings::default()),
        Err(e) => return Err(storage_failed("read", &path, &e)),
    };
    let mut text = String::new();
    match file.take(MAX_BYTES).read_to_string(&mut text) {
        Ok(read) if read as u64 == MAX_BYTES => {
            Err(Error::new(Code::InvalidSettings, "The settings are larger than 16 MiB."))
        }
        Ok(_) => Settings::from_toml(&text),
        Err(e) if e.kind() == ErrorKind::InvalidData => {
            Err(Error::new(Code::InvalidSettings, "The settings are not UTF-8 text."))
        }
        Err(e) => Err(storage_failed("read", &path, &e)),
    }
}

/// Changes the settings. Two programs that change them at once wait for each other; when `change` fails nothing is written.
pub fn update<T>(home: &Home, change: impl FnOnce(&mut Settings) -> Result<T>) -> Result<T> {
    let path = home.root().join("settings.lock");
    let lock = File::options().create(true).truncate(false).write(true).open(&path);
    let lock = lock.map_err(|e| storage_failed("open", &path, &e))?;
    lock.lock().map_err(|e| storage_failed("lock", &path, &e))?;
    let mut settings = load(home)?;
    let before = settings.clone();
    let result = change(&mut settings)?;
    if settings != before || !home.settings_path().exists() {
        write_atomically(&home.settings_path(), settings.to_toml()?.as_bytes())?;
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn changes_at_once_are_all_kept_and_failed_ones_leave_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        update(&home, |s| {
                            s.import.interval_hours += 1;
                            Ok(())
                        })
                        .unwrap();
                    }
                });
            }
        });
        assert_eq!(load(&home).unwrap().import.interval_hours, 24 + 40);
        let failed = update(&home, |s| {
            s.import.interval_hours = 0;
            Err::<(), _>(Error::of(Code::InvalidInput))
        });
        assert!(failed.is_err());
        assert_eq!(load(&home).unwrap().import.interval_hours, 64);
        let secret_free = std::fs::read_to_string(home.settings_path()).unwrap();
        assert!(secret_free.starts_with("version = 1"));
    }
}
