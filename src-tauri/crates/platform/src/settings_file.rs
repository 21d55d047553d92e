//! `settings.toml`: read as a whole, changed under a lock, replaced as a whole. Beside it is the last good copy, so that a
//! file that was emptied, cut or lost is told from one that was never there.

use crate::Home;
use crate::atomic::{storage_failed, write_atomically};
use connector_model::{Code, Error, Result, Settings, text};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
/// The last line of a file that was written whole.
const END: &str = "# end of settings\n";

/// The settings; the defaults where there is no file yet. `settings_lost` where the home was set up and the file is gone,
/// empty or cut.
pub fn load(home: &Home) -> Result<Settings> {
    let path = home.settings_path();
    let found = read(&path)?;
    let settings = found.as_deref().map(Settings::from_toml).transpose();
    let whole = found.as_deref().is_some_and(|text| text.ends_with(END));
    if whole && settings.is_ok() {
        return settings.map(Option::unwrap_or_default);
    }
    // Only a file that is not surely whole is compared with its copy.
    if let Some(copy) = read(&copy_path(home)).unwrap_or_default() {
        match &found {
            None if is_set_up(&copy) => return Err(lost(home, "is missing")),
            Some(text) if says_nothing(text) && is_set_up(&copy) => {
                return Err(lost(home, "is empty"));
            }
            Some(text) if copy.starts_with(text.trim_end()) && settings != from(&copy) => {
                return Err(lost(home, "was cut off"));
            }
            _ => {}
        }
    } else if found.as_deref().is_some_and(says_nothing) && has_content(home) {
        return Err(lost(home, "is empty"));
    }
    settings.map(Option::unwrap_or_default)
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
        let text = written(&settings)?;
        // The copy goes first: were it the later one, a crash in between would leave the copy of what is no longer wanted.
        write_atomically(&copy_path(home), text.as_bytes())?;
        write_atomically(&home.settings_path(), text.as_bytes())?;
    }
    Ok(result)
}

/// Makes the last good copy of settings that somebody else wrote: an earlier version, or an administrator with an editor.
pub fn keep_copy(home: &Home, settings: &Settings) -> Result<()> {
    let text = written(settings)?;
    let path = copy_path(home);
    let known = read(&path).unwrap_or_default();
    if known.as_ref() == Some(&text) || !home.settings_path().exists() {
        return Ok(());
    }
    write_atomically(&path, text.as_bytes())
}

/// Forgets the copy: what it was of is wanted no more.
pub fn forget_copy(home: &Home) -> Result<()> {
    let path = copy_path(home);
    match std::fs::remove_file(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(storage_failed("remove", &path, &e)),
        _ => Ok(()),
    }
}

fn from(text: &str) -> Result<Option<Settings>> {
    Settings::from_toml(text).map(Some)
}

fn written(settings: &Settings) -> Result<String> {
    Ok(settings.to_toml()? + END)
}

fn copy_path(home: &Home) -> PathBuf {
    home.root().join("settings.last.toml")
}

/// Whether there is nothing but blanks and comments in it.
fn says_nothing(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#'))
}

/// `None` where there is no such file.
fn read(path: &Path) -> Result<Option<String>> {
    // What is neither a file nor a folder, as a named pipe, may never be read to its end.
    if path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let text = format!("{} is not a file.", path.display());
        return Err(Error::new(Code::InvalidSettings, text)
            .with_action("Put the settings file back in its place: settings.last.toml, beside it, is the last good copy."));
    }
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(storage_failed("read", path, &e)),
    };
    let mut content = vec![];
    file.take(MAX_BYTES).read_to_end(&mut content).map_err(|e| storage_failed("read", path, &e))?;
    if content.len() as u64 == MAX_BYTES {
        return Err(Error::new(Code::InvalidSettings, "The settings are larger than 16 MiB."));
    }
    // A power cut leaves zeros where nothing was written yet; no text ends with so many.
    if content.ends_with(&[0; 4]) {
        let end = content.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        content.truncate(end);
    }
    let text = text::decoded(&content).map_err(|_| {
        Error::new(Code::InvalidSettings, "The settings are not text in UTF-8 or UTF-16.")
            .with_action("Save the file as UTF-8, or copy settings.last.toml over it: that is the last good copy.")
    })?;
    Ok(Some(text.replace("\r\n", "\n")))
}

/// Whether there is anything in it that nobody would want to lose.
fn is_set_up(copy: &str) -> bool {
    Settings::from_toml(copy)
        .is_ok_and(|s| s.cloud.is_some() || !s.accounts.is_empty() || !s.mappings.is_empty())
}

/// Whether an engine has worked here.
fn has_content(home: &Home) -> bool {
    home.database_path().metadata().is_ok_and(|file| file.len() > 0)
}

fn lost(home: &Home, how: &str) -> Error {
    let path = home.settings_path();
    Error::new(
        Code::SettingsLost,
        format!("{} {how}, although this home was set up.", path.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        (folder, home)
    }

    fn hours(home: &Home, hours: u32) {
        let account =
            "version = 1\n[[accounts]]\nname = \"a\"\nservers = [\"b\"]\nbind_name = \"c\"\n";
        update(home, |settings| {
            settings.accounts = Settings::from_toml(account)?.accounts;
            settings.import.interval_hours = hours;
            Ok(())
        })
        .unwrap();
    }

    #[test]
    fn changes_at_once_are_all_kept_and_failed_ones_leave_no_trace() {
        let (_folder, home) = home();
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
        let secret_free = fs::read_to_string(home.settings_path()).unwrap();
        assert!(secret_free.starts_with("version = 1"));
    }

    #[test]
    fn a_file_that_is_empty_cut_or_gone_is_no_new_home_and_its_copy_is_the_way_back() {
        let (_folder, home) = home();
        hours(&home, 7);
        let path = home.settings_path();
        let whole = fs::read_to_string(&path).unwrap();
        let lines: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at + 1).collect();
        let cuts = lines.iter().rev().skip(2).map(|end| whole[..*end].to_owned());
        let others = ["", " \r\n", "# nothing\n", "\0\0\0\0", &whole[..whole.len() / 2]];
        let zeros = format!("{}\0\0\0\0\0", &whole[..whole.len() / 3]);
        let cuts = cuts.chain([zeros]);
        for damaged in cuts.chain(others.map(ToOwned::to_owned)) {
            fs::write(&path, &damaged).unwrap();
            let changed = update(&home, |settings| {
                settings.log_level = "error".to_owned();
                Ok(())
            });
            assert_eq!(changed.unwrap_err().code, Code::SettingsLost, "{damaged:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), damaged, "nothing is written");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(load(&home).unwrap_err().code, Code::SettingsLost);
        fs::copy(home.root().join("settings.last.toml"), &path).unwrap();
        assert_eq!(load(&home).unwrap().import.interval_hours, 7);
        fs::remove_file(&path).unwrap();
        forget_copy(&home).unwrap();
        assert_eq!(load(&home).unwrap(), Settings::default(), "both are gone: a new start");
    }

    #[test]
    fn what_an_editor_leaves_counts() {
        let (_folder, home) = home();
        hours(&home, 7);
        let path = home.settings_path();
        let whole = fs::read_to_string(&path).unwrap();
        // Without the mark of its end, and with another value: nobody cut that.
        let edited = whole.replace("interval_hours = 7", "interval_hours = 9").replace(END, "");
        for bytes in [
            edited.clone().into_bytes(),
            edited.replace('\n', "\r\n").into_bytes(),
            "\u{feff}"
                .encode_utf16()
                .chain(edited.encode_utf16())
                .flat_map(u16::to_le_bytes)
                .collect(),
        ] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(load(&home).unwrap().import.interval_hours, 9);
        }
        keep_copy(&home, &load(&home).unwrap()).unwrap();
        fs::write(&path, "").unwrap();
        assert_eq!(load(&home).unwrap_err().code, Code::SettingsLost);
    }

    #[test]
    fn a_home_without_a_copy_is_known_by_its_database() {
        let (_folder, home) = home();
        fs::write(home.settings_path(), "").unwrap();
        assert_eq!(load(&home).unwrap(), Settings::default());
        fs::write(home.database_path(), "something").unwrap();
        assert_eq!(load(&home).unwrap_err().code, Code::SettingsLost);
    }
}
