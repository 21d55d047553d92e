//! A newer version puts aside what it finds in the home before it changes anything. Until it has run for a while it is on trial:
//! an earlier version that comes back during that time finds everything as it left it. After that, none takes the home back.

use crate::Home;
use crate::atomic::{storage_failed, write_atomically};
use crate::home::create_private;
use connector_model::{Code, Error, Result};
use semver::Version;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a version has to run for its trial to be over.
pub const TRIAL: Duration = Duration::from_secs(5);

/// Takes the home over for this version: whoever calls holds its lock. `settings_too_new` where a later one has it.
pub(crate) fn arrive(home: &Home, own: &str) -> Result<()> {
    let places = Places::of(home);
    let mut found = read(&places.version)?;
    if let Some(tried) = read(&places.trial)?
        && tried != own
    {
        found = places.take_back(&tried, own)?;
    }
    must_not_be_later(found.as_deref(), own)?;
    if found.as_deref() == Some(own) {
        return Ok(());
    }
    if found.is_some() || !places.content()?.is_empty() {
        tracing::info!(
            "version {own} takes over from version {}",
            found.as_deref().unwrap_or("unknown")
        );
        places.put_aside(found.as_deref())?;
        write_atomically(&places.trial, own.as_bytes())?;
    }
    write_atomically(&places.version, own.as_bytes())
}

fn must_not_be_later(found: Option<&str>, own: &str) -> Result<()> {
    let Some(found) = found.filter(|found| is_later(found, own)) else { return Ok(()) };
    let text = format!("Version {found} has used this home; this program is version {own}.");
    Err(Error::new(Code::SettingsTooNew, text)
        .with_action(format!("Install version {found} or a later one.")))
}

/// The trial is over: this version runs.
pub fn settle(home: &Home) -> Result<()> {
    remove(&Places::of(home).trial)
}

/// Whether a version that took this home over has still to show that it runs.
pub fn is_on_trial(home: &Home) -> bool {
    Places::of(home).trial.exists()
}

/// The version that had the home before this one; where none had, the one that has it.
pub fn earlier_version(home: &Home) -> Result<Option<String>> {
    let places = Places::of(home);
    Ok(read(&places.before_version())?.or(read(&places.version)?))
}

/// Removes what was put aside.
pub fn forget(home: &Home) -> Result<()> {
    let places = Places::of(home);
    remove(&places.trial)?;
    remove_folder(&places.before)
}

struct Places {
    root: PathBuf,
    /// Which version has the home.
    version: PathBuf,
    /// Which version is on trial; not there when none is.
    trial: PathBuf,
    /// What the version before it left.
    before: PathBuf,
}

impl Places {
    fn of(home: &Home) -> Self {
        let root = home.root().to_owned();
        let [version, trial, before] = ["version", "trial", "before"].map(|name| root.join(name));
        Self { root, version, trial, before }
    }

    /// The files of the home that a version leaves to the next one. Empty ones say nothing.
    fn content(&self) -> Result<Vec<PathBuf>> {
        Ok(files(&self.root)?
            .into_iter()
            .filter(|path| *path != self.version && *path != self.trial)
            .filter(|path| path.metadata().is_ok_and(|file| file.len() > 0))
            .filter(|path| {
                let name = path.to_string_lossy();
                // Locks are held, SQLite makes its shared memory anew, and what an import left is people without use.
                !name.ends_with(".lock") && !name.ends_with("-shm") && !is_staging(path)
            })
            .collect())
    }

    fn before_version(&self) -> PathBuf {
        self.before.join("version")
    }

    fn put_aside(&self, found: Option<&str>) -> Result<()> {
        let unfinished = self.root.join("before.unfinished");
        remove_folder(&unfinished)?;
        create_private(&unfinished)?;
        for file in self.content()? {
            copy_into(&file, &unfinished)?;
        }
        if let Some(found) = found {
            write_atomically(&unfinished.join("version"), found.as_bytes())?;
        }
        remove_folder(&self.before)?;
        fs::rename(&unfinished, &self.before)
            .map_err(|e| storage_failed("create", &self.before, &e))
    }

    /// Ends the trial of another version: what counts is what the last one that ran has left. The version that has it then.
    fn take_back(&self, tried: &str, own: &str) -> Result<Option<String>> {
        let ran = read(&self.before_version())?;
        must_not_be_later(ran.as_deref(), own)?;
        let next = if is_later(tried, own) {
            tracing::warn!(
                "version {tried} could not run; version {own} goes on with what was put aside before it"
            );
            Some(own.to_owned())
        } else {
            ran
        };
        self.restore(next.as_deref())?;
        Ok(next)
    }

    /// Can be done again from its beginning: the trial ends last. Nothing goes before it is known what comes back.
    fn restore(&self, version: Option<&str>) -> Result<()> {
        let before = files(&self.before)?;
        for file in files(&self.root)? {
            if file != self.version
                && file != self.trial
                && !file.to_string_lossy().ends_with(".lock")
            {
                remove(&file)?;
            }
        }
        for file in before {
            copy_into(&file, &self.root)?;
        }
        match version {
            Some(version) => write_atomically(&self.version, version.as_bytes())?,
            None => remove(&self.version)?,
        }
        remove(&self.trial)
    }
}

/// Whether a version is later than another; what is no version is neither.
pub fn is_later(one: &str, other: &str) -> bool {
    match (Version::parse(one), Version::parse(other)) {
        (Ok(one), Ok(other)) => one > other,
        _ => false,
    }
}

fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text.trim().to_owned())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(storage_failed("read", path, &e)),
    }
}

/// Regular files only: sockets and folders (logs) belong to whoever runs.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |e: &std::io::Error| storage_failed("read", folder, e);
    let mut found = vec![];
    for entry in fs::read_dir(folder).map_err(|e| failed(&e))? {
        let entry = entry.map_err(|e| failed(&e))?;
        if entry.file_type().map_err(|e| failed(&e))?.is_file() {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// A file of the engine that lasts as long as an import.
fn is_staging(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("staging-"))
}

fn copy_into(file: &Path, folder: &Path) -> Result<()> {
    let Some(name) = file.file_name() else { return Ok(()) };
    let to = folder.join(name);
    let copied =
        fs::copy(file, &to).and_then(|_| fs::File::options().append(true).open(&to)?.sync_all());
    copied.map_err(|e| storage_failed("write", &to, &e))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(storage_failed("remove", path, &e)),
        _ => Ok(()),
    }
}

fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(storage_failed("remove", path, &e)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        (folder, home)
    }

    fn put(home: &Home, text: &str) {
        fs::write(home.settings_path(), text).unwrap();
        fs::write(home.database_path(), text).unwrap();
    }

    fn content(home: &Home) -> (String, String) {
        let read = |path| fs::read_to_string(path).unwrap();
        (read(home.settings_path()), read(home.database_path()))
    }

    #[test]
    fn the_earlier_version_comes_back_to_what_it_left() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        assert!(!is_on_trial(&home), "a new home has nothing to lose");
        put(&home, "one");
        arrive(&home, "1.0.0").unwrap();
        arrive(&home, "1.1.0").unwrap();
        assert!(is_on_trial(&home));
        put(&home, "spoiled");
        fs::write(home.root().join("new-file"), "x").unwrap();
        // It crashes, is started again, and is replaced.
        arrive(&home, "1.1.0").unwrap();
        arrive(&home, "1.0.0").unwrap();
        assert_eq!(content(&home), ("one".into(), "one".into()));
        assert!(!home.root().join("new-file").exists() && !is_on_trial(&home));
        // The next attempt starts from the same.
        put(&home, "two");
        arrive(&home, "1.2.0").unwrap();
        arrive(&home, "1.0.0").unwrap();
        assert_eq!(content(&home), ("two".into(), "two".into()));
    }

    #[test]
    fn what_an_import_left_is_not_copied() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        fs::write(home.root().join("staging-0f.db"), "people").unwrap();
        arrive(&home, "1.1.0").unwrap();
        let kept: Vec<_> = files(&home.root().join("before")).unwrap();
        assert_eq!(kept.len(), 3, "{kept:?}");
        assert!(!kept.iter().any(|file| is_staging(file)), "{kept:?}");
    }

    #[test]
    fn two_versions_that_fail_one_after_the_other_lose_nothing() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        arrive(&home, "1.1.0").unwrap();
        put(&home, "spoiled");
        arrive(&home, "1.1.1").unwrap();
        put(&home, "spoiled again");
        arrive(&home, "1.0.0").unwrap();
        assert_eq!(content(&home), ("one".into(), "one".into()));
    }

    #[test]
    fn after_the_trial_no_earlier_version_takes_the_home_back() {
        let (_folder, home) = home();
        arrive(&home, "1.9.0").unwrap();
        put(&home, "one");
        arrive(&home, "1.10.0").unwrap();
        settle(&home).unwrap();
        put(&home, "two");
        let refused = arrive(&home, "1.9.0").unwrap_err();
        assert_eq!(refused.code, Code::SettingsTooNew);
        assert_eq!(content(&home), ("two".into(), "two".into()));
        forget(&home).unwrap();
        arrive(&home, "1.10.0").unwrap();
    }

    #[test]
    fn nothing_goes_where_nothing_can_come_back() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        arrive(&home, "1.1.0").unwrap();
        fs::remove_dir_all(home.root().join("before")).unwrap();
        assert_eq!(arrive(&home, "1.2.0").unwrap_err().code, Code::StorageFailed);
        assert_eq!(content(&home), ("one".into(), "one".into()));
    }

    #[test]
    fn a_version_that_failed_keeps_none_from_coming_back() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        arrive(&home, "1.1.0").unwrap();
        // The power fails just after the next version has restored what was before it.
        Places::of(&home).take_back("1.1.0", "1.2.0").unwrap();
        arrive(&home, "1.0.0").unwrap();
        assert_eq!(content(&home), ("one".into(), "one".into()));
    }

    #[test]
    fn a_version_earlier_than_the_one_that_ran_has_nothing_to_take_back() {
        let (_folder, home) = home();
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        arrive(&home, "1.1.0").unwrap();
        assert_eq!(arrive(&home, "0.9.0").unwrap_err().code, Code::SettingsTooNew);
        assert!(is_on_trial(&home));
    }

    #[test]
    fn it_is_known_which_version_ran_before() {
        let (_folder, home) = home();
        assert_eq!(earlier_version(&home).unwrap(), None);
        arrive(&home, "1.0.0").unwrap();
        put(&home, "one");
        assert_eq!(earlier_version(&home).unwrap().as_deref(), Some("1.0.0"));
        // One that fails is not one that ran.
        arrive(&home, "1.1.0").unwrap();
        arrive(&home, "1.1.1").unwrap();
        assert_eq!(earlier_version(&home).unwrap().as_deref(), Some("1.0.0"));
        settle(&home).unwrap();
        arrive(&home, "1.2.0").unwrap();
        assert_eq!(earlier_version(&home).unwrap().as_deref(), Some("1.1.1"));
    }
}
