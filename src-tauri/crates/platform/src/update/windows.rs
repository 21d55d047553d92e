//! The setup for Windows. It proves itself whether the new version runs, and brings the one before it back.

use super::apply::{Checked, apply, report};
use super::inbox::Inbox;
use super::{APPROVED, Outcome, Part};
use crate::atomic::{storage_failed, write_atomically};
use crate::rights::{self, ADMINISTRATORS, SYSTEM};
use crate::service;
use connector_model::{Code, Error, Result, io_reason};
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;

/// Between two looks for an approval, and for the end of a setup.
const LOOK: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(200);
/// Longest run of a setup.
const PATIENCE: Duration = Duration::from_mins(30);
/// Exit code of a setup whose service did not run: it has brought the version before it back.
const SERVICE_FAILED: i32 = 4;

/// What a setup that replaces whoever started it leaves to the next one to tell.
#[derive(Serialize, Deserialize)]
struct Pending {
    version: String,
    home: PathBuf,
}

pub(super) fn parts() -> Vec<Part> {
    let platform = format!("windows-{}", std::env::consts::ARCH);
    vec![Part { platform, file: "setup.exe", package: "" }]
}

pub(super) fn may_apply() -> Result<()> {
    let folder = folder()?;
    if folder.join("uninstall.exe").is_file() {
        return Ok(());
    }
    let text = format!("{} was not installed by the setup.", folder.display());
    Err(Error::new(Code::UpdateFailed, text)
        .with_action("Install the new version the way this one was installed."))
}

/// In the folder of the programs; whatever that inherits, this one is for the system and administrators alone.
pub(super) fn vault() -> Result<PathBuf> {
    let path = folder()?.join("update");
    let refused = |e: std::io::Error| match e.kind() {
        ErrorKind::PermissionDenied => Error::of(Code::ServiceForbidden)
            .with_action("Use a command prompt that was started as an administrator."),
        _ => storage_failed("create", &path, &e),
    };
    match std::fs::remove_dir_all(&path) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(refused(e)),
        _ => {}
    }
    std::fs::create_dir(&path).map_err(refused)?;
    rights::leave_to(&path, &[SYSTEM, ADMINISTRATORS])?;
    Ok(path)
}

/// Runs the setup to its end. Where it replaces the service that started it, that is told to stop on the way.
pub(super) fn install(checked: &Checked, home: &Path, stop: &CancellationToken) -> Result<bool> {
    let Some((_, setup)) = checked.files.first() else { return Err(Error::of(Code::UpdateFailed)) };
    let left = Pending { version: checked.version.clone(), home: home.to_owned() };
    let text = serde_json::to_vec(&left).map_err(|_| Error::of(Code::Internal))?;
    write_atomically(&pending()?, &text)?;
    let started = Command::new(setup)
        .arg("/S")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let ended = match started {
        Ok(setup) => wait(setup, stop),
        Err(e) => Err(format!("The setup cannot be started: {}.", io_reason(&e))),
    };
    let failed = match ended {
        Ok(None) => return Ok(false),
        Ok(Some(0)) => None,
        Ok(Some(SERVICE_FAILED)) => {
            Some("The new version could not run; the previous version is back.".to_owned())
        }
        Ok(Some(code)) => Some(format!("The setup ended with code {code}.")),
        Err(text) => Some(text),
    };
    let _ = std::fs::remove_file(pending()?);
    failed.map_or(Ok(true), |text| Err(Error::new(Code::UpdateFailed, text)))
}

fn wait(mut setup: Child, stop: &CancellationToken) -> std::result::Result<Option<i32>, String> {
    let begun = Instant::now();
    loop {
        match setup.try_wait() {
            Err(e) => {
                return Err(format!("The state of the setup is not known: {}.", io_reason(&e)));
            }
            Ok(Some(status)) => return Ok(Some(status.code().unwrap_or(-1))),
            Ok(None) if stop.is_cancelled() => return Ok(None),
            Ok(None) if begun.elapsed() > PATIENCE => {
                let _ = setup.kill().and_then(|()| setup.wait());
                return Err("The setup did not finish in time and was stopped.".to_owned());
            }
            Ok(None) => std::thread::sleep(GLANCE),
        }
    }
}

/// Waits for approvals in the service's home, as the service that may install; returns when that is stopped.
pub fn serve(own: &'static str) -> Result<()> {
    service::run_as(service::UPDATER, move |stop| {
        service::tell_ready();
        let home = crate::home::service_folder().ok_or_else(|| Error::of(Code::Internal))?;
        if let Err(error) = tell_what_is_left(own) {
            tracing::warn!("how the update ended cannot be told: {}", error.message);
        }
        while !stop.is_cancelled() {
            if home.join("update").join(APPROVED).exists()
                && let Err(error) = apply(&home, own, &stop)
            {
                // An approval that is not used up would come back for ever.
                let _ = Inbox::open(&home).and_then(|inbox| {
                    inbox.remove(APPROVED)?;
                    let failure = Some(error);
                    report(&inbox, &Outcome { version: String::new(), failure })
                });
            }
            let mut waited = Duration::ZERO;
            while waited < LOOK && !stop.is_cancelled() {
                std::thread::sleep(GLANCE);
                waited += GLANCE;
            }
        }
        Ok(())
    })
}

/// How the setup ended that started this version, or brought it back.
fn tell_what_is_left(own: &str) -> Result<()> {
    let path = pending()?;
    let Ok(text) = std::fs::read(&path) else { return Ok(()) };
    let _ = std::fs::remove_file(&path);
    let _ = std::fs::remove_dir_all(folder()?.join("update"));
    let Ok(left) = serde_json::from_slice::<Pending>(&text) else { return Ok(()) };
    let failure = (left.version != own).then(|| {
        let text = "The new version could not run; the previous version is back.";
        Error::new(Code::UpdateFailed, text)
    });
    report(&Inbox::open(&left.home)?, &Outcome { version: left.version, failure })
}

fn pending() -> Result<PathBuf> {
    Ok(folder()?.join("update-pending.json"))
}

fn folder() -> Result<PathBuf> {
    let program = std::env::current_exe().map_err(|_| Error::of(Code::Internal))?;
    Ok(program.parent().unwrap_or(Path::new(".")).to_owned())
}
