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
    let (left, nodes) = (disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_favail);
    if left < ENOUGH || (disk.f_files > 0 && nodes == 0) {
        let left = left / 1024;
        return Err(said(format!("The disk of {here} is full: {left} KiB are left."))
            .with_action("Free some space. The connector goes on by itself then."));
    }
    Ok(())
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
    fn a_folder_that_is_gone_and_a_disk_that_is_full_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(Some(folder.path().join("home"))).unwrap();
        look(&home).unwrap();
        std::fs::remove_dir_all(home.root()).unwrap();
        let error = look(&home).unwrap_err();
        assert!(error.code == Code::StorageFailed && error.message.ends_with("is gone."));
    }
}
