//! Updates: what is offered (a manifest in the format of Tauri's updater, signed itself), whom this program trusts to offer it,
//! and the part with an administrator's rights that installs it. The engine downloads into its home and asks; what asks is
//! believed nothing but what is signed.

mod apply;
#[cfg_attr(unix, path = "inbox_unix.rs")]
#[cfg_attr(not(unix), path = "inbox_windows.rs")]
mod inbox;
mod manifest;
#[cfg_attr(windows, path = "windows.rs")]
#[cfg_attr(target_os = "linux", path = "debian.rs")]
#[cfg_attr(not(any(windows, target_os = "linux")), path = "none.rs")]
mod os;
mod privilege;
mod trust;
mod within;

pub use apply::apply;
pub use manifest::{Artifact, Offer};
#[cfg(windows)]
pub use os::serve;
pub use privilege::{Privilege, apply_as_administrator};
pub use trust::Trust;

use connector_model::Error;
use serde::{Deserialize, Serialize};

/// What is offered, in the home and where it is offered.
pub const MANIFEST: &str = "connector.json";
/// Its signature, beside it.
pub const MANIFEST_SIGNATURE: &str = "connector.json.minisig";
/// The version that is to be installed: whoever has the rights takes the file away and does it.
pub const APPROVED: &str = "approved";
/// How that ended.
pub const OUTCOME: &str = "outcome.json";

/// Most bytes of a manifest.
pub const MAX_MANIFEST: usize = 64 * 1024;
/// Most bytes of a signature.
pub const MAX_SIGNATURE: usize = 4 * 1024;
/// Most bytes of a package or a setup.
pub const MAX_ARTIFACT: u64 = 256 * 1024 * 1024;

/// A file that an update consists of on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name in a manifest.
    pub platform: String,
    /// Its name here, whatever it is called where it comes from.
    pub file: &'static str,
    /// Name of the package; empty where there are none.
    pub package: &'static str,
}

/// What this machine needs of an update. Empty where none can be installed.
pub fn parts() -> Vec<Part> {
    os::parts()
}

/// How an installation ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Version that was to be installed.
    pub version: String,
    /// Why it was not; `None`: it is installed.
    pub failure: Option<Error>,
}
