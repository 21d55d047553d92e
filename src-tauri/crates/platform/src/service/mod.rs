//! The engine as a service of the operating system: nobody needs to be logged on.

mod command;
#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(target_os = "linux", path = "systemd.rs")]
#[cfg_attr(not(any(windows, target_os = "linux")), path = "none.rs")]
mod os;

use crate::{Home, upgrade};
use connector_model::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use std::time::{Duration, Instant};

pub(crate) use command::system;
#[cfg(windows)]
pub(crate) use os::{UPDATER, is_service, run_as};
#[cfg(windows)]
pub use os::{run_as_service, tell_ready, tell_stopping};
#[cfg(not(windows))]
pub use os::{tell_ready, tell_stopping};

/// How the service stands with the system's service manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceStatus {
    /// Whether the service manager knows it.
    pub installed: bool,
    /// Whether it runs now.
    pub running: bool,
    /// Whether it starts with the machine.
    pub starts: bool,
    /// The account it runs as.
    pub account: String,
}

/// Installs the service and starts it. What is there already is brought up to date; settings and secrets stay.
pub fn install() -> Result<ServiceStatus> {
    os::install()?;
    status()
}

/// The same for a system that is started later, such as an image: nothing is started now.
#[cfg(target_os = "linux")]
pub fn prepare() -> Result<ServiceStatus> {
    os::prepare()?;
    status()
}

/// Stops the service and removes it. Settings and secrets stay.
pub fn uninstall() -> Result<()> {
    os::uninstall()
}

/// What is left after that, as paths and accounts: settings and secrets, and what protects them. Where there are none, nothing is.
pub fn leave() -> Result<Vec<String>> {
    os::leave()
}

/// Starts the service and waits until it says that it runs, or why not.
pub fn start() -> Result<ServiceStatus> {
    must_be_installed()?;
    os::start()?;
    status()
}

/// Stops the service: what is under way is finished first, within its time limit.
pub fn stop() -> Result<ServiceStatus> {
    must_be_installed()?;
    os::stop()?;
    status()
}

/// Asks the service manager.
pub fn status() -> Result<ServiceStatus> {
    os::status()
}

fn must_be_installed() -> Result<()> {
    if status()?.installed { Ok(()) } else { Err(Error::of(Code::ServiceMissing)) }
}

/// Time for a version that has just taken the home over to show that it runs, and a little more.
const PROOF: Duration = Duration::from_secs(upgrade::TRIAL.as_secs() + 10);

/// Waits until the version that has just been started has kept running for its trial.
fn prove(home: &Home, runs: impl Fn() -> Result<bool>) -> Result<()> {
    let begun = Instant::now();
    while upgrade::is_on_trial(home) {
        if !runs()? || begun.elapsed() > PROOF {
            return Err(failed("The new version started, but did not keep running.")
                .with_action("Check its log in the logs folder of the connector's home."));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn failed(message: impl Into<String>) -> Error {
    Error::new(Code::ServiceFailed, message)
}
