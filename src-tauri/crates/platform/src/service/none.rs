//! Systems for which no service is made.

use super::{ServiceStatus, failed};
use connector_model::{Error, Result};

fn none() -> Error {
    failed("The connector cannot run as a service on this operating system.")
        .with_action("Let your own service manager start: insync-connector run.")
}

pub(super) fn install() -> Result<()> {
    Err(none())
}

pub(super) fn uninstall() -> Result<()> {
    Err(none())
}

/// The service has the computer's own account; settings and secrets stay, as the setup says.
#[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
pub(super) fn leave() -> Result<Vec<String>> {
    Ok(vec![])
}

pub(super) fn start() -> Result<()> {
    Err(none())
}

pub(super) fn stop() -> Result<()> {
    Err(none())
}

pub(super) fn status() -> Result<ServiceStatus> {
    Ok(ServiceStatus::default())
}

/// Nobody waits to hear it.
pub fn tell_ready() {}

/// Nobody waits to hear it.
pub fn tell_stopping() {}
