//! Systems for which no updates are made.

use super::Part;
use super::apply::Checked;
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

pub(super) fn parts() -> Vec<Part> {
    vec![]
}

pub(super) fn may_apply() -> Result<()> {
    Err(Error::new(Code::UpdateFailed, "Updates are not available for this operating system."))
}

pub(super) fn vault() -> Result<PathBuf> {
    Err(Error::of(Code::UpdateFailed))
}

pub(super) fn install(_: &Checked, _: &Path, _: &CancellationToken) -> Result<bool> {
    Err(Error::of(Code::UpdateFailed))
}
