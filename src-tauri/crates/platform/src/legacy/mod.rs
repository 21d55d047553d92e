//! The former connector on this machine: where its settings file is, whether its service is still there, and how a value of
//! that file is taken away. It was a program for Windows, in a folder of its own on the system's disk.

#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(not(windows), path = "unix.rs")]
mod os;

use crate::Home;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result, io_reason};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Its settings file.
const FILE: &str = "inSyncADConnector.cfg";
/// Largest file that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;
/// Names in a folder that are looked at.
const MAX_NAMES: usize = 10_000;

/// The former connector's service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct LegacyService {
    /// As the service manager shows it.
    pub name: String,
    /// Whether it runs now.
    pub running: bool,
}

/// Its settings file: in this home, or where that program keeps it.
pub fn file(home: &Home) -> Option<PathBuf> {
    let own = home.root().join(FILE);
    if own.is_file() {
        return Some(own);
    }
    os::roots().iter().find_map(|root| find_below(root))
}

/// Its service, where the service manager knows one. It is never touched: it belongs to somebody else's program.
pub fn service() -> Option<LegacyService> {
    os::service()
}

/// Reads its file as it is.
pub fn read(file: &Path) -> Result<Vec<u8>> {
    let bad = |why: String| Error::new(Code::InvalidInput, why).at("file");
    let failed =
        |e: std::io::Error| bad(format!("{} cannot be read: {}.", file.display(), io_reason(&e)));
    let mut bytes = vec![];
    fs::File::open(file)
        .and_then(|open| open.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(bad(format!("{} is too large to be a configuration file.", file.display())));
    }
    Ok(bytes)
}

/// Puts other content into a file that must still be what was read of it: whole or not at all, and nothing of the old content
/// beside it. Its access rights stay as they were, on Unix its owner too; on Windows it becomes a new file of whoever writes it.
/// `rights_changed` is the one error after which the file has the other content.
pub fn rewrite(file: &Path, read: &[u8], content: &[u8]) -> Result<()> {
    let failed = |e: &std::io::Error| storage_failed("write", file, e);
    // What a link leads to is what is changed.
    let path = fs::canonicalize(file).map_err(|e| failed(&e))?;
    if self::read(&path)? != read {
        let text = format!("{} was just changed by somebody else.", file.display());
        return Err(Error::new(Code::StorageFailed, text).with_action("Try again."));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let rights = os::Rights::of(&path)?;
    let mut new = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(&e))?;
    new.write_all(content).map_err(|e| failed(&e))?;
    rights.give_to(new.as_file()).map_err(|e| failed(&e))?;
    new.as_file().sync_all().map_err(|e| failed(&e))?;
    new.persist(&path).map_err(|e| failed(&e.error))?;
    rights.restore(&path).map_err(|e| {
        let text = format!("{} {}", Code::RightsChanged.summary(), e.message);
        Error::new(Code::RightsChanged, text).at("file")
    })
}

/// In a folder of the former connector below this one, or below its maker's.
fn find_below(root: &Path) -> Option<PathBuf> {
    let folders = |of: &Path, fits: fn(&str) -> bool| -> Vec<PathBuf> {
        let entries = fs::read_dir(of).into_iter().flatten().flatten().take(MAX_NAMES);
        let named = entries.filter(|e| fits(&e.file_name().to_string_lossy().to_lowercase()));
        let mut found: Vec<_> = named.map(|e| e.path()).filter(|path| path.is_dir()).collect();
        found.sort();
        found
    };
    let makers = folders(root, |name| name == "druva");
    [root.to_owned()]
        .iter()
        .chain(&makers)
        .flat_map(|folder| folders(folder, is_its_folder))
        .map(|folder| folder.join(FILE))
        .find(|file| file.is_file())
}

/// `inSyncADConnector`, `inSync AD Connector`, and the like.
fn is_its_folder(name: &str) -> bool {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    letters.contains("insync") && letters.contains("adconnector")
        || letters.contains("insyncadldapconnector")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_found_in_its_usual_folders_and_nowhere_else() {
        let disk = tempfile::tempdir().unwrap();
        let put = |folder: &str| {
            let folder = disk.path().join(folder);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(FILE), "PROXY_SERVER = 'p:1'").unwrap();
            folder
        };
        for other in ["inSync Connector", "inSync", "AD Connector", "Downloads"] {
            put(other);
        }
        assert_eq!(find_below(disk.path()), None);
        assert_eq!(find_below(&disk.path().join("missing")), None);
        for folder in ["Druva/inSync AD Connector", "inSync AD-LDAP Connector", "INSYNCADCONNECTOR"]
        {
            let made = put(folder);
            assert_eq!(find_below(disk.path()), Some(made.join(FILE)));
            fs::remove_dir_all(made).unwrap();
        }
    }

    #[test]
    fn the_home_comes_first_and_a_huge_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().to_owned())).unwrap();
        let own = folder.path().join(FILE);
        fs::write(&own, vec![b'#'; 1024 * 1024 + 1]).unwrap();
        assert_eq!(file(&home), Some(own.clone()));
        assert_eq!(read(&own).unwrap_err().field.as_deref(), Some("file"));
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "newer").unwrap();
        assert_eq!(rewrite(&path, b"older", b"x").unwrap_err().code, Code::StorageFailed);
        assert_eq!(fs::read_to_string(&path).unwrap(), "newer");
        rewrite(&path, b"newer", b"blank").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "blank");
        let names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, [FILE], "nothing is left beside it");
    }
}
