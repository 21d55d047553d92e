//! The folder `update` of a home. The service may write there, and is the one that is not trusted: what handles the folder has
//! more rights than it. Home and folder are held open, so that nobody puts others in their place; links are refused, and what is
//! read is read from the very handle that was looked at.

use super::within;
use crate::atomic::{storage_failed, write_atomically};
use crate::rights::{leads_elsewhere, link};
use connector_model::{Code, Error, Result};
use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// `FILE_FLAG_OPEN_REPARSE_POINT`: a link itself, not what it leads to.
const NO_LINK: u32 = 0x0020_0000;
/// `FILE_FLAG_BACKUP_SEMANTICS`: a folder, too.
const FOLDER: u32 = 0x0200_0000;
/// `FILE_SHARE_READ` and `FILE_SHARE_WRITE`: what is in it may change; it may not be renamed or removed.
const STAYS: u32 = 0x1 | 0x2;

pub(super) struct Inbox {
    path: PathBuf,
    _held: [File; 2],
}

impl Inbox {
    pub fn open(home: &Path) -> Result<Self> {
        let path = home.join("update");
        // From above: what is held there cannot be exchanged any more.
        let above = hold(home)?;
        let folder = hold(&path)?;
        Ok(Self { path, _held: [above, folder] })
    }

    /// A small file; `None` where there is none.
    pub fn read(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.file(name)? else { return Ok(None) };
        within::read(file, &self.path.join(name), limit).map(Some)
    }

    /// Copies a file to where its owner cannot reach it.
    pub fn copy(&self, name: &str, to: &Path) -> Result<()> {
        within::copy(self.file(name)?, &self.path.join(name), to)
    }

    /// Of a link, the link.
    pub fn remove(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(storage_failed("remove", &path, &e)),
            _ => Ok(()),
        }
    }

    /// Writes a file as a whole: under a name that nobody can foresee, then in the place of whatever has its own.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        write_atomically(&self.path.join(name), content)
    }

    fn file(&self, name: &str) -> Result<Option<File>> {
        let path = self.path.join(name);
        match open(&path, File::options().read(true).custom_flags(NO_LINK | FOLDER)) {
            Ok((file, found)) if found.is_file() && !leads_elsewhere(&found) => Ok(Some(file)),
            Ok(_) => Err(no_place(&path)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(storage_failed("open", &path, &e)),
        }
    }
}

fn hold(folder: &Path) -> Result<File> {
    let mut options = File::options();
    options.read(true).share_mode(STAYS).custom_flags(NO_LINK | FOLDER);
    match open(folder, &options) {
        Ok((_, found)) if leads_elsewhere(&found) => Err(link(folder)),
        Ok((file, found)) if found.is_dir() => Ok(file),
        Ok(_) => Err(no_place(folder)),
        Err(e) if e.kind() == ErrorKind::NotFound => Err(Error::of(Code::UpdateNone)),
        Err(e) => Err(storage_failed("open", folder, &e)),
    }
}

fn open(path: &Path, options: &std::fs::OpenOptions) -> std::io::Result<(File, Metadata)> {
    let file = options.open(path)?;
    let found = file.metadata()?;
    Ok((file, found))
}

fn no_place(path: &Path) -> Error {
    Error::new(Code::StorageFailed, format!("{} is not a regular file.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_file_in_a_folder_is_read() {
        let home = tempfile::tempdir().unwrap();
        let refused = |home: &Path| Inbox::open(home).err().map(|e| e.code);
        assert_eq!(refused(home.path()), Some(Code::UpdateNone));
        std::fs::write(home.path().join("update"), "no folder").unwrap();
        assert_eq!(refused(home.path()), Some(Code::StorageFailed));

        std::fs::remove_file(home.path().join("update")).unwrap();
        std::fs::create_dir_all(home.path().join("update/approved")).unwrap();
        let inbox = Inbox::open(home.path()).unwrap();
        assert_eq!(inbox.read("approved", 10).unwrap_err().code, Code::StorageFailed);
        assert_eq!(inbox.read("none", 10).unwrap(), None);
        inbox.put("outcome.json", b"{}").unwrap();
        inbox.put("outcome.json", b"[]").unwrap();
        assert_eq!(inbox.read("outcome.json", 10).unwrap().unwrap(), b"[]");
    }

    #[test]
    fn the_folder_stays_while_it_is_looked_at() {
        let home = tempfile::tempdir().unwrap();
        let [update, other] = ["update", "other"].map(|name| home.path().join(name));
        std::fs::create_dir(&update).unwrap();
        let inbox = Inbox::open(home.path()).unwrap();
        assert!(std::fs::rename(&update, &other).is_err());
        drop(inbox);
        std::fs::rename(&update, &other).unwrap();
    }
}
