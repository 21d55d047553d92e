//! Files that are either the old one or the new one, never half of each.

use connector_model::{Code, Error, Result, io_reason};
use std::io::Write;
use std::path::Path;

/// Replaces a file as a whole: written beside it, flushed to disk, renamed. Readable by its owner only.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<()> {
    let failed = |e: &std::io::Error| storage_failed("write", path, e);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|e| failed(&e))?;
    file.write_all(content).and_then(|()| file.as_file().sync_all()).map_err(|e| failed(&e))?;
    file.persist(path).map_err(|e| failed(&e.error))?;
    #[cfg(unix)]
    let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

pub(crate) fn storage_failed(verb: &str, path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        Code::StorageFailed,
        format!("Cannot {verb} {}: {}.", path.display(), io_reason(error)),
    )
}
