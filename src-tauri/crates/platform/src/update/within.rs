//! What is read of an update's files: never more than an update may have.

use super::MAX_ARTIFACT;
use crate::atomic::storage_failed;
use connector_model::{Code, Error, Result};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The content of a small file of that path; `limit` in bytes.
pub(super) fn read(file: File, path: &Path, limit: usize) -> Result<Vec<u8>> {
    let mut content = vec![];
    file.take(limit as u64 + 1)
        .read_to_end(&mut content)
        .map_err(|e| storage_failed("read", path, &e))?;
    if content.len() > limit { Err(too_large(path)) } else { Ok(content) }
}

/// Copies a file of that path, which may be missing, to one that is not there yet.
pub(super) fn copy(file: Option<File>, path: &Path, to: &Path) -> Result<()> {
    let Some(file) = file else {
        return Err(Error::new(Code::UpdateFailed, format!("{} was not downloaded.", name(path))));
    };
    let mut out = File::create_new(to).map_err(|e| storage_failed("create", to, &e))?;
    let copied = std::io::copy(&mut file.take(MAX_ARTIFACT + 1), &mut out);
    let length = copied.map_err(|e| storage_failed("write", to, &e))?;
    if length > MAX_ARTIFACT { Err(too_large(path)) } else { Ok(()) }
}

fn too_large(path: &Path) -> Error {
    Error::new(Code::UpdateInvalid, format!("{} is larger than an update may be.", name(path)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
