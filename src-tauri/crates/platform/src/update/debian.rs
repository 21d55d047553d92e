//! Debian's packages. Whether the new version runs is for its package to prove: it brings the one before it back.

use super::Part;
use super::apply::Checked;
use crate::atomic::storage_failed;
use crate::home::create_private;
use crate::service;
use connector_model::{Code, Error, Result, io_reason};
use std::fs::{File, TryLockError};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const HEADLESS: &str = "insync-connector";
const DESKTOP: &str = "insync-connector-desktop";
/// Only root writes here, and below it.
const VAULT: &str = "/var/cache/insync-connector-update";
/// Held while something is in there. It is never removed: two would hold a lock of that name.
const LOCK: &str = "/run/insync-connector-update.lock";
/// Another program installs packages at the moment: how often it is waited for, and how long each time.
const ATTEMPTS: u32 = 20;
const WAIT: Duration = Duration::from_secs(15);

pub(super) fn parts() -> Vec<Part> {
    let platform = format!("linux-{}", std::env::consts::ARCH);
    let mut parts =
        vec![Part { platform: platform.clone(), file: "connector.deb", package: HEADLESS }];
    if is_there(DESKTOP) {
        let platform = format!("{platform}-desktop");
        parts.push(Part { platform, file: "desktop.deb", package: DESKTOP });
    }
    parts
}

pub(super) fn may_apply() -> Result<()> {
    if !rustix::process::geteuid().is_root() {
        return Err(Error::of(Code::ServiceForbidden).with_action("Use sudo."));
    }
    let program = std::env::current_exe().unwrap_or_default();
    let owner = said("dpkg-query", &["--search", &program.to_string_lossy()]);
    if owner.is_ok_and(|text| text.starts_with(&format!("{HEADLESS}:"))) {
        return Ok(());
    }
    let text = format!("{} was not installed by the package {HEADLESS}.", program.display());
    Err(Error::new(Code::UpdateFailed, text)
        .with_action("Install the new version the way this one was installed."))
}

/// The folder of what is being installed. One at a time: nobody else's files come there between their check and their use.
pub(super) struct Vault {
    path: PathBuf,
    _lock: File,
}

impl Deref for Vault {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.path
    }
}

pub(super) fn vault() -> Result<Vault> {
    Vault::take(PathBuf::from(VAULT), Path::new(LOCK))
}

impl Vault {
    fn take(path: PathBuf, lock: &Path) -> Result<Self> {
        let file = File::options().create(true).truncate(false).write(true).open(lock);
        let file = file.map_err(|e| storage_failed("open", lock, &e))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let text = "Another update is being installed.";
                return Err(Error::new(Code::StorageFailed, text)
                    .with_action("Try again when it has finished."));
            }
            Err(TryLockError::Error(e)) => return Err(storage_failed("lock", lock, &e)),
        }
        match std::fs::remove_dir_all(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(storage_failed("remove", &path, &e));
            }
            _ => {}
        }
        create_private(&path)?;
        Ok(Self { path, _lock: file })
    }
}

pub(super) fn install(checked: &Checked, _: &Path, _: &CancellationToken) -> Result<bool> {
    let mut arguments = vec!["--install".to_owned()];
    for (part, path) in &checked.files {
        let path = path.to_string_lossy().into_owned();
        let show = "--showformat=${Package} ${Version}";
        let found = said("dpkg-deb", &["--show", show, &path]).map_err(|said| failed(&said))?;
        if found.trim() != format!("{} {}", part.package, checked.version) {
            let text = format!("{} holds \"{}\" instead.", part.platform, found.trim());
            return Err(Error::new(Code::UpdateInvalid, text));
        }
        arguments.push(path);
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let ran = service::status().is_ok_and(|service| service.running);
    for _ in 0..ATTEMPTS {
        match said("dpkg", &arguments) {
            Ok(_) => return Ok(true),
            Err(text) if text.contains("locked by another process") => std::thread::sleep(WAIT),
            Err(text) => {
                // Not every failure is one that the package takes back.
                if ran && service::status().is_ok_and(|service| !service.running) {
                    let _ = service::start();
                }
                return Err(failed(&text));
            }
        }
    }
    Err(Error::new(Code::StorageFailed, "Another program is still installing packages.")
        .with_action("Try again when it has finished."))
}

/// Whether any version of a package is there, also one that failed.
fn is_there(package: &str) -> bool {
    let status = said("dpkg-query", &["--show", "--showformat=${db:Status-Status}", package]);
    status.is_ok_and(|status| !matches!(status.trim(), "not-installed" | "config-files"))
}

/// Runs a program of the system: what it says on stdout, else everything that it said.
fn said(program: &str, arguments: &[&str]) -> std::result::Result<String, String> {
    let ran = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output();
    let out = ran.map_err(|e| format!("{program} cannot be started: {}.", io_reason(&e)))?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    if out.status.success() {
        return Ok(text);
    }
    Err(text + &String::from_utf8_lossy(&out.stderr))
}

fn failed(said: &str) -> Error {
    tracing::error!("the update failed: {said}");
    Error::new(Code::UpdateFailed, reason(said))
}

/// What the package itself says, else the last line.
fn reason(said: &str) -> String {
    let own = format!("{HEADLESS}: ");
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let own = lines.clone().filter_map(|line| line.strip_prefix(&own)).next_back();
    let text = own.or(lines.next_back()).unwrap_or("It failed without a message.");
    let first = text.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let text = format!("{first}{}", text.chars().skip(1).take(500).collect::<String>());
    if text.ends_with('.') { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packages_own_words_are_the_reason() {
        let text = "Preparing to unpack\nerror: it crashed\ninsync-connector: this version could not run.\ndpkg: error\nErrors were encountered while processing:\n insync-connector\n";
        assert_eq!(reason(text), "This version could not run.");
        assert_eq!(reason("dpkg: error: no space left\n\n"), "Dpkg: error: no space left.");
        assert_eq!(reason(""), "It failed without a message.");
    }

    #[test]
    fn one_update_at_a_time_has_the_vault() {
        let folder = tempfile::tempdir().unwrap();
        let take = || Vault::take(folder.path().join("vault"), &folder.path().join("lock"));
        let first = take().unwrap();
        std::fs::write(first.join("connector.deb"), "checked").unwrap();
        assert_eq!(take().err().unwrap().code, Code::StorageFailed);
        assert_eq!(std::fs::read_to_string(first.join("connector.deb")).unwrap(), "checked");
        drop(first);
        let second = take().unwrap();
        assert!(!second.join("connector.deb").exists());
    }

    #[test]
    fn this_machine_needs_at_least_the_engine() {
        let parts = parts();
        assert_eq!(parts[0].package, HEADLESS);
        assert_eq!(parts[0].platform, format!("linux-{}", std::env::consts::ARCH));
    }
}
