//! Files read that somebody names, and files written for somebody, in the folder for downloads. Nothing that exists is
//! overwritten.

pub(crate) mod csv;
mod exports;
pub(crate) mod given;
mod people;

use connector_model::{Code, Error, Result, io_reason};
use serde::Serialize;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A file that was written.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Saved {
    /// Where it is.
    pub path: PathBuf,
}

/// Writes what is at hand as a whole.
pub(crate) fn whole(name: &str, extension: &str, content: &[u8]) -> Result<Saved> {
    let (mut file, path) = create(name, extension)?;
    match file.write_all(content) {
        Ok(()) => Ok(Saved { path }),
        Err(e) => {
            // Half a file looks like a whole one.
            let _ = std::fs::remove_file(&path);
            Err(failed(&path, &e))
        }
    }
}

fn create(name: &str, extension: &str) -> Result<(File, PathBuf)> {
    let folder = connector_platform::downloads_dir();
    std::fs::create_dir_all(&folder).map_err(|e| failed(&folder, &e))?;
    let safe: String =
        name.chars().map(|c| if c.is_alphanumeric() || c == '-' { c } else { '_' }).collect();
    for number in 1..1000 {
        let mark = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{safe}{mark}.{extension}"));
        match File::create_new(&path) {
            Ok(file) => return Ok((file, path)),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failed(&path, &e)),
        }
    }
    Err(Error::new(
        Code::StorageFailed,
        format!("{} already contains too many of these files.", folder.display()),
    ))
}

fn failed(path: &Path, error: &std::io::Error) -> Error {
    Error::new(
        Code::StorageFailed,
        format!("{} cannot be written: {}.", path.display(), io_reason(error)),
    )
}
