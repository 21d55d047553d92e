//! Whether something can be stored in a home now: asked before anything is lost.

use crate::Home;
use connector_model::{Code, Error, Result};

/// With less than this, in bytes, an import cannot even begin.
#[cfg(unix)]
const ENOUGH: u64 = 1024 * 1024;

/// An error where nothing can be stored: the disk is full, can only be read, or the folder is gone.
#[cfg(unix)]
pub fn look(home: &Home) -> Result<()> {
    use rustix::fs::{Access, StatVfsMountFlags, access, statvfs};
    let root = home.root();
    let here = root.display();
    let disk = statvfs(root).map_err(|e| match e {
        rustix::io::Errno::NOENT => gone(home),
        other => crate::atomic::storage_failed("look at", root, &other.into()),
    })?;
    if disk.f_flag.contains(StatVfsMountFlags::RDONLY) {
        return Err(said(format!("The file system of {here} can only be read."))
            .with_action("Mount it for writing. The log of the system says why it is not."));
    }
    if access(root, Access::WRITE_OK).is_err() {
        return Err(said(format!("Nothing can be written to {here}: access is denied.")));
    }
    let left = disk.f_bavail.saturating_mul(disk.f_frsize);
    if is_full(left, disk.f_files, disk.f_favail) {
        let left = left / 1024;
        return Err(said(format!("The disk of {here} is full: {left} KiB are left."))
            .with_action("Free some space. The connector goes on by itself then."));
    }
    Ok(())
}

/// `left` bytes; `files` there may be, of which `free` are still to be had. Some file systems count no files.
#[cfg(unix)]
fn is_full(left: u64, files: u64, free: u64) -> bool {
    left < ENOUGH || (files > 0 && free == 0)
}

/// The same by writing a small file.
#[cfg(not(unix))]
pub fn look(home: &Home) -> Result<()> {
    use std::io::Write;
    if !home.root().is_dir() {
        return Err(gone(home));
    }
    let written = tempfile::NamedTempFile::new_in(home.root())
        .and_then(|mut file| file.write_all(&[0; 64 * 1024]));
    written.map_err(|e| crate::atomic::storage_failed("write to", home.root(), &e))
}

fn gone(home: &Home) -> Error {
    said(format!("The connector's folder {} is gone.", home.root().display()))
        .with_action("Restore it from a backup, or stop the connector and set it up again.")
}

fn said(text: String) -> Error {
    Error::new(Code::StorageFailed, text)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_gone_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().join("home"))).unwrap();
        look(&home).unwrap();
        std::fs::remove_dir_all(home.root()).unwrap();
        let error = look(&home).unwrap_err();
        assert!(error.code == Code::StorageFailed && error.message.ends_with("is gone."));
    }
    #[test]
    fn a_disk_is_full_without_bytes_or_without_files() {
        assert!(!is_full(ENOUGH, 0, 0), "some count no files");
        assert!(!is_full(ENOUGH, 10, 1));
        assert!(is_full(ENOUGH - 1, 10, 1) && is_full(u64::MAX, 10, 0));
    }
}
