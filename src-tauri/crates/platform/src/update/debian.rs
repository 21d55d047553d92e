//! Debian's packages. Whether the new version runs is for its package to prove: it brings the one before it back.

use super::Part;
use super::apply::Checked;
use crate::atomic::storage_failed;
use crate::home::create_private;
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

const HEADLESS: &str = "insync-connector";
const DESKTOP: &str = "insync-connector-desktop";
/// Only root writes here, and below it.
const VAULT: &str = "/var/cache/insync-connector-update";
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

pub(super) fn vault() -> Result<PathBuf> {
    let path = PathBuf::from(VAULT);
    match std::fs::remove_dir_all(&path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            return Err(storage_failed("remove", &path, &e));
        }
        _ => {}
    }
    create_private(&path)?;
    Ok(path)
}

pub(super) fn install(checked: &Checked, _: &Path, _: &CancellationToken) -> Result<bool> {
    let mut arguments = vec!["--install".to_owned()];
    for (part, path) in &checked.files {
        let path = path.to_string_lossy().into_owned();
        let show = "--showformat=${Package} ${Version}";
        let found = said("dpkg-deb", &["--show", show, &path]).map_err(failed)?;
        if found.trim() != format!("{} {}", part.package, checked.version) {
            let text = format!("{} holds \"{}\" instead.", part.platform, found.trim());
            return Err(Error::new(Code::UpdateInvalid, text));
        }
        arguments.push(path);
    }
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    for _ in 1..ATTEMPTS {
        match said("dpkg", &arguments) {
            Err(text) if text.contains("locked by another process") => std::thread::sleep(WAIT),
            done => return done.map(|_| true).map_err(failed),
        }
    }
    said("dpkg", &arguments).map(|_| true).map_err(failed)
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
    let out = ran.map_err(|e| format!("{program} cannot be started: {e}."))?;
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    if out.status.success() {
        return Ok(text);
    }
    Err(text + &String::from_utf8_lossy(&out.stderr))
}

fn failed(said: String) -> Error {
    tracing::error!("the update failed: {said}");
    Error::new(Code::UpdateFailed, reason(&said))
}

/// What the package itself says, else the last line.
fn reason(said: &str) -> String {
    let own = format!("{HEADLESS}: ");
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let own = lines.clone().filter_map(|line| line.strip_prefix(&own)).last();
    let text = own.or(lines.last()).unwrap_or("It failed without a word.");
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
        assert_eq!(reason(""), "It failed without a word.");
    }

    #[test]
    fn this_machine_needs_at_least_the_engine() {
        let parts = parts();
        assert_eq!(parts[0].package, HEADLESS);
        assert_eq!(parts[0].platform, format!("linux-{}", std::env::consts::ARCH));
    }
}
