//! Installs what the engine downloaded, with an administrator's rights. Everything is copied to where only administrators write,
//! and only then checked, so that nobody changes it in between.

use super::inbox::Inbox;
use super::{APPROVED, MANIFEST, MANIFEST_SIGNATURE, MAX_MANIFEST, MAX_SIGNATURE, OUTCOME};
use super::{Offer, Outcome, Part, Trust, os};
use connector_model::{Code, Error, Result};
use std::path::{Path, PathBuf};
use tokio_util::sync::CancellationToken;

/// Most bytes of an approval: a version.
const MAX_APPROVED: usize = 100;

/// What was checked and may be installed.
pub(super) struct Checked {
    pub version: String,
    pub files: Vec<(Part, PathBuf)>,
}

/// Installs the update that was approved in a home, for a program of version `own`. The approval is used up, however it ends;
/// the engine reads from the home how it did. `None`: told to `stop`, because what is installed replaces this program as well.
pub fn apply(home: &Path, own: &str, stop: &CancellationToken) -> Result<Option<Outcome>> {
    let may = os::may_apply();
    if let Err(error) = &may
        && error.code == Code::ServiceForbidden
    {
        // The approval stays for one who may.
        return Err(error.clone());
    }
    // Before anything else can fail: whoever waits for approvals would find this one again, and again.
    let inbox = Inbox::open(home)?;
    let version = match take_approval(&inbox) {
        Ok(version) => version,
        Err(error) => {
            if error.code != Code::UpdateNone {
                let outcome = Outcome { version: String::new(), failure: Some(error.clone()) };
                let _ = report(&inbox, &outcome);
            }
            return Err(may.err().unwrap_or(error));
        }
    };
    let installed = may.and_then(|()| install(&inbox, &version, own, home, stop));
    if let Ok(false) = installed {
        return Ok(None);
    }
    let outcome = Outcome { version, failure: installed.err() };
    report(&inbox, &outcome)?;
    Ok(Some(outcome))
}

fn install(
    inbox: &Inbox,
    version: &str,
    own: &str,
    home: &Path,
    stop: &CancellationToken,
) -> Result<bool> {
    let trust = Trust::compiled_in()?;
    let vault = os::vault()?;
    let installed = check(inbox, &trust, &Step { from: own, to: version }, &vault, os::parts())
        .and_then(|checked| os::install(&checked, home, stop));
    if !matches!(installed, Ok(false)) {
        let _ = std::fs::remove_dir_all(&*vault);
    }
    installed
}

/// Tells the engine how it ended.
pub(super) fn report(inbox: &Inbox, outcome: &Outcome) -> Result<()> {
    let text = serde_json::to_vec(outcome).map_err(|_| Error::of(Code::Internal))?;
    inbox.put(OUTCOME, &text)
}

fn take_approval(inbox: &Inbox) -> Result<String> {
    let approved = inbox.read(APPROVED, MAX_APPROVED);
    // Whatever it is: it is looked at once.
    inbox.remove(APPROVED)?;
    let approved = approved?.ok_or_else(|| Error::of(Code::UpdateNone))?;
    Ok(String::from_utf8_lossy(&approved).trim().to_owned())
}

/// The version that runs, and the one that was approved.
struct Step<'a> {
    from: &'a str,
    to: &'a str,
}

/// Copies what the machine needs into `vault` and checks it there.
fn check(
    inbox: &Inbox,
    trust: &Trust,
    step: &Step<'_>,
    vault: &Path,
    parts: Vec<Part>,
) -> Result<Checked> {
    let Step { from, to: version } = *step;
    let missing = || Error::new(Code::UpdateFailed, "The offered update no longer exists.");
    let manifest = inbox.read(MANIFEST, MAX_MANIFEST)?.ok_or_else(missing)?;
    let signature = inbox.read(MANIFEST_SIGNATURE, MAX_SIGNATURE)?.ok_or_else(missing)?;
    trust.check_manifest(&manifest, &signature)?;
    let offer = Offer::read(&manifest)?;
    if offer.version.to_string() != version {
        let text = format!("Version {version} was approved; version {} is offered.", offer.version);
        return Err(Error::new(Code::UpdateInvalid, text));
    }
    if !offer.is_later_than(from) {
        let text = format!("Version {version} is not newer than version {from}.");
        return Err(Error::new(Code::UpdateOutdated, text));
    }
    let mut files = vec![];
    for part in parts {
        let path = vault.join(part.file);
        inbox.copy(part.file, &path)?;
        trust.check_file(&path, &offer.artifact(&part.platform)?.signature)?;
        files.push((part, path));
    }
    if files.is_empty() {
        return Err(Error::new(
            Code::UpdateInvalid,
            "Updates are not available for this operating system.",
        ));
    }
    Ok(Checked { version: version.to_owned(), files })
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
