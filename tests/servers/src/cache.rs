//! What takes long is made once and kept under cargo's target folder: provisioned domains, virtual environments.

use crate::error::{Doing, Error, Result};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The folder `target/test-servers/NAME-HASH`, filled by `make` unless that has been done before.
///
/// The hash covers `parts` (versions, scripts) and the user, so a change of any of them makes a new one. Test
/// programs that ask at the same time wait for the first of them.
///
/// # Errors
/// What `make` said, or that a folder cannot be written.
pub fn cached(
    name: &str,
    parts: &[&str],
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let root = target().join("test-servers");
    std::fs::create_dir_all(&root).doing(format_args!("make {}", root.display()))?;
    let folder = root.join(format!("{name}-{}", hash(parts)));
    let lock = File::create(folder.with_extension("lock")).doing("open a lock file")?;
    lock.lock().doing("wait for a lock")?;
    // What is kept knows where it lies: after a move it is made anew.
    let (done, place) = (folder.join(".complete"), folder.display().to_string());
    if std::fs::read_to_string(&done).is_ok_and(|text| text == place) {
        return Ok(folder);
    }
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).doing(format_args!("make {}", folder.display()))?;
    make(&folder)?;
    std::fs::write(&done, place).doing("mark a cache as complete")?;
    Ok(folder)
}

/// Version line of a program.
///
/// # Errors
/// Names the missing package when it is not installed.
pub fn version(program: &str, argument: &str, package: &str) -> Result<String> {
    let out = std::process::Command::new(program).arg(argument).output().map_err(|error| {
        Error::new(format!(
            "{program} cannot be run ({error}): install the package {package}, or run `make test`"
        ))
    })?;
    let text = if out.stdout.is_empty() { out.stderr } else { out.stdout };
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// Cargo's target folder: the one that the running test was built into.
fn target() -> PathBuf {
    let built = std::env::current_exe().unwrap_or_default();
    let marked = built
        .ancestors()
        .skip(1)
        .find(|dir| dir.join("CACHEDIR.TAG").is_file())
        .map(Path::to_owned);
    marked.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"))
}

fn hash(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part.as_bytes());
        digest.update([0]);
    }
    digest.update(rustix::process::getuid().as_raw().to_le_bytes());
    digest.finalize().iter().take(6).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
