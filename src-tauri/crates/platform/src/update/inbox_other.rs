//! The folder `update` of a home. Its rights keep everybody out but the service, the system and administrators; links are refused.

use super::MAX_ARTIFACT;
use crate::atomic::{storage_failed, write_atomically};
use connector_model::{Code, Error, Result};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

pub(super) struct Inbox {
    path: PathBuf,
}

impl Inbox {
    pub fn open(home: &Path) -> Result<Self> {
        let path = home.join("update");
        match path.symlink_metadata() {
            Ok(found) if found.is_dir() => Ok(Self { path }),
            Ok(_) => Err(no_place(&path)),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(Error::of(Code::UpdateNone)),
            Err(e) => Err(storage_failed("open", &path, &e)),
        }
    }

    /// A small file; `None` where there is none.
    pub fn read(&self, name: &str, limit: usize) -> Result<Option<Vec<u8>>> {
        let Some(file) = self.file(name)? else { return Ok(None) };
        let mut content = vec![];
        file.take(limit as u64 + 1)
            .read_to_end(&mut content)
            .map_err(|e| storage_failed("read", &self.path.join(name), &e))?;
        if content.len() > limit { Err(too_large(name)) } else { Ok(Some(content)) }
    }

    /// Copies a file to where its owner cannot reach it.
    pub fn copy(&self, name: &str, to: &Path) -> Result<()> {
        let missing = || Error::new(Code::UpdateFailed, format!("{name} was not downloaded."));
        let file = self.file(name)?.ok_or_else(missing)?;
        let mut out = File::create_new(to).map_err(|e| storage_failed("create", to, &e))?;
        let copied = std::io::copy(&mut file.take(MAX_ARTIFACT + 1), &mut out);
        let length = copied.map_err(|e| storage_failed("write", to, &e))?;
        if length > MAX_ARTIFACT { Err(too_large(name)) } else { Ok(()) }
    }

    pub fn remove(&self, name: &str) -> Result<()> {
        let path = self.path.join(name);
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(storage_failed("remove", &path, &e)),
            _ => Ok(()),
        }
    }

    /// Writes a file as a whole.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        write_atomically(&self.path.join(name), content)
    }

    fn file(&self, name: &str) -> Result<Option<File>> {
        let path = self.path.join(name);
        match path.symlink_metadata() {
            Ok(found) if found.is_file() => {
                File::open(&path).map(Some).map_err(|e| storage_failed("open", &path, &e))
            }
            Ok(_) => Err(no_place(&path)),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
            Err(e) => Err(storage_failed("look at", &path, &e)),
        }
    }
}

fn no_place(path: &Path) -> Error {
    Error::new(Code::StorageFailed, format!("{} is a link, or something else.", path.display()))
}

fn too_large(name: &str) -> Error {
    Error::new(Code::UpdateInvalid, format!("{name} is larger than an update may be."))
}
