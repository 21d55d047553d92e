//! House rules as tests. This library only finds the house: its root and its files.

pub mod licences;
pub mod modules;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("/")).to_owned()
}

/// Every file that git tracks or would track, relative to the root.
///
/// # Errors
/// When git cannot be run here.
pub fn files() -> std::io::Result<Vec<PathBuf>> {
    let out = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()?;
    if !out.status.success() {
        return Err(std::io::Error::other(String::from_utf8_lossy(&out.stderr).into_owned()));
    }
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    Ok(text.lines().map(PathBuf::from).filter(|p| root().join(p).is_file()).collect())
}

/// Files whose name ends with one of `endings`, with their text.
///
/// # Errors
/// When git or a file cannot be read.
pub fn texts(endings: &[&str]) -> std::io::Result<Vec<(PathBuf, String)>> {
    files()?
        .into_iter()
        .filter(|p| endings.iter().any(|e| p.to_string_lossy().ends_with(e)))
        .map(|p| {
            std::fs::read(root().join(&p)).map(|b| (p, String::from_utf8_lossy(&b).into_owned()))
        })
        .collect()
}
