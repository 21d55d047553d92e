//! The folder `update` of a home, as somebody with more rights than its owner has to handle it: every file by its name below an
//! open folder, no link followed, nothing but regular files read.

use super::within;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use rustix::fs::{AtFlags, Mode, OFlags, Stat, fchown, fstat, open, openat, renameat, unlinkat};
use rustix::io::Errno;
use std::fs::File;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

pub(super) struct Inbox {
    path: PathBuf,
    folder: OwnedFd,
    owner: Stat,
}

impl Inbox {
    pub fn open(home: &Path) -> Result<Self> {
        let path = home.join("update");
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let failed = |e: Errno| match e {
            Errno::NOENT => Error::of(Code::UpdateNone),
            e => storage_failed("open", &path, &e.into()),
        };
        let above = open(home, flags, Mode::empty()).map_err(failed)?;
        let folder = openat(&above, "update", flags, Mode::empty()).map_err(failed)?;
        let (above, owner) = (fstat(&above).map_err(failed)?, fstat(&folder).map_err(failed)?);
        if above.st_uid != owner.st_uid {
            let text =
                format!("{} and the home do not belong to the same account.", path.display());
            return Err(Error::new(Code::StorageFailed, text));
        }
        Ok(Self { path, folder, owner })
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

    pub fn remove(&self, name: &str) -> Result<()> {
        match unlinkat(&self.folder, name, AtFlags::empty()) {
            Ok(()) | Err(Errno::NOENT) => Ok(()),
            Err(e) => Err(storage_failed("remove", &self.path.join(name), &e.into())),
        }
    }

    /// Writes a file that is its owner's, as a whole.
    pub fn put(&self, name: &str, content: &[u8]) -> Result<()> {
        let failed = |e: std::io::Error| storage_failed("write", &self.path.join(name), &e);
        let unfinished = format!("{name}.new");
        self.remove(&unfinished)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW;
        let mode = Mode::RUSR | Mode::WUSR;
        let opened = openat(&self.folder, &*unfinished, flags | OFlags::CLOEXEC, mode);
        let mut file = File::from(opened.map_err(|e| failed(e.into()))?);
        file.write_all(content).and_then(|()| file.sync_all()).map_err(failed)?;
        let owner = rustix::process::Uid::from_raw(self.owner.st_uid);
        let group = rustix::process::Gid::from_raw(self.owner.st_gid);
        fchown(&file, Some(owner), Some(group)).map_err(|e| failed(e.into()))?;
        renameat(&self.folder, &*unfinished, &self.folder, name).map_err(|e| failed(e.into()))
    }

    fn file(&self, name: &str) -> Result<Option<File>> {
        let path = self.path.join(name);
        // A pipe that nobody writes to must not hold this up.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match openat(&self.folder, name, flags, Mode::empty()) {
            Ok(file) => File::from(file),
            Err(Errno::NOENT) => return Ok(None),
            Err(e) => return Err(storage_failed("open", &path, &e.into())),
        };
        let kind = file.metadata().map_err(|e| storage_failed("look at", &path, &e))?;
        if kind.is_file() {
            return Ok(Some(file));
        }
        Err(Error::new(Code::StorageFailed, format!("{} is not a regular file.", path.display())))
    }
}
