//! How an engine gets what it may not do itself: from a part of the service that waits for it, or from an administrator at the machine.

use super::{APPROVED, OUTCOME, Outcome};
use crate::Home;
use connector_model::{Code, Error, Result, io_reason};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Who installs an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Privilege {
    /// A part of the service that waits for approvals: nobody needs to be there.
    Waiting,
    /// This account may do it.
    Own,
    /// An administrator, who is asked.
    Asked,
}

impl Privilege {
    /// Who installs for an engine of this process.
    pub fn of_this_process() -> Self {
        if has_helper() {
            Self::Waiting
        } else if is_administrator() {
            Self::Own
        } else {
            Self::Asked
        }
    }
}

/// What the unit of the service says to the engine: that another unit waits for approvals.
#[cfg(not(windows))]
fn has_helper() -> bool {
    std::env::var_os("INSYNC_CONNECTOR_UPDATE_HELPER").is_some_and(|value| value == "1")
}

#[cfg(windows)]
fn has_helper() -> bool {
    crate::service::is_service()
}

#[cfg(unix)]
fn is_administrator() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_administrator() -> bool {
    false
}

/// Has what was approved installed by an administrator, and waits for the end. `service_forbidden`: none agreed; the approval
/// stays for one who does it by hand.
pub fn apply_as_administrator(home: &Home) -> Result<Outcome> {
    let program = connector()?;
    let ran = command(&program, home).stdin(Stdio::null()).stdout(Stdio::null()).output();
    let told = std::fs::read(home.update_dir().join(OUTCOME)).ok();
    if let Some(outcome) = told.and_then(|text| serde_json::from_slice(&text).ok()) {
        return Ok(outcome);
    }
    let by_hand = format!(
        "As an administrator, run: {} update apply --home {}",
        program.display(),
        home.root().display()
    );
    let ran = ran.map_err(|e| {
        let text = format!("No administrator could be asked for approval: {}.", io_reason(&e));
        Error::new(Code::ServiceForbidden, text).with_action(by_hand.clone())
    })?;
    if !is_administrator() && !ran.status.success() && was_refused(ran.status.code()) {
        let text = "No administrator allowed the update.";
        return Err(Error::new(Code::ServiceForbidden, text).with_action(by_hand));
    }
    let _ = std::fs::remove_file(home.update_dir().join(APPROVED));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    let mut lines = said.lines().map(|line| line.trim_start_matches("error: ").trim());
    let line = lines.find(|line| !line.is_empty()).unwrap_or("It ended without a message.");
    let text: String = line.chars().take(300).collect();
    Err(Error::new(Code::UpdateFailed, text)
        .with_action("Install the new version the way this one was installed."))
}

/// The command line, beside whatever program this is.
fn connector() -> Result<PathBuf> {
    let own = std::env::current_exe().map_err(|_| Error::of(Code::Internal))?;
    Ok(own.with_file_name(format!("insync-connector{}", std::env::consts::EXE_SUFFIX)))
}

/// pkexec(1): dismissed, or not authorized.
#[cfg(not(windows))]
fn was_refused(code: Option<i32>) -> bool {
    matches!(code, Some(126 | 127))
}

/// PowerShell fails where the program was not started.
#[cfg(windows)]
fn was_refused(_: Option<i32>) -> bool {
    true
}

/// polkit asks in a window or on the terminal.
#[cfg(not(windows))]
fn command(program: &std::path::Path, home: &Home) -> Command {
    let mut command = if is_administrator() {
        Command::new(program)
    } else {
        let mut command = Command::new("pkexec");
        command.arg(program);
        command
    };
    command.args(["update", "apply", "--home"]).arg(home.root());
    command
}

/// Windows asks whether the program may change this machine.
#[cfg(windows)]
fn command(program: &std::path::Path, home: &Home) -> Command {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let program = quoted(&program.to_string_lossy());
    let home = quoted(&format!("\"{}\"", home.root().display()));
    let script = format!(
        "Start-Process -FilePath {program} -ArgumentList 'update','apply','--home',{home} -Verb RunAs -WindowStyle Hidden -Wait"
    );
    let mut command = Command::new("powershell.exe");
    command.args(["-NoProfile", "-NonInteractive", "-Command", &script]);
    command
}
