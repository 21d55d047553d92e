//! The operating system's keychain, through the `keyring` crates.

#[cfg(target_os = "linux")]
use super::gate::{Collection, GATE};
use connector_model::{Code, Error, Result, Secret};
use keyring_core::{CredentialStore, Entry};
use std::collections::HashMap;
use std::sync::Arc;

/// Name under which entries appear to people.
const SERVICE: &str = "inSync Connector";

#[cfg(windows)]
pub(super) const DESCRIPTION: &str = "Windows Credential Manager";
#[cfg(target_os = "macos")]
pub(super) const DESCRIPTION: &str = "macOS Keychain";
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) const DESCRIPTION: &str = "Secret Service";

#[cfg(windows)]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}
#[cfg(target_os = "macos")]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
#[cfg(all(unix, not(target_os = "macos")))]
fn store() -> keyring_core::Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

pub(super) fn set(user: &str, secret: &Secret) -> Result<()> {
    unlocked()?;
    entry(user)?.set_secret(secret.expose()).map_err(|e| explain(&e))
}

pub(super) fn get(user: &str) -> Result<Secret> {
    unlocked()?;
    entry(user)?.get_secret().map(Secret::new).map_err(|e| explain(&e))
}

pub(super) fn delete(user: &str) -> Result<()> {
    unlocked()?;
    match entry(user)?.delete_credential() {
        Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
        Err(error) => Err(explain(&error)),
    }
}

/// Whether a secret can be had only after somebody has unlocked the keychain, as far as is known.
#[cfg(target_os = "linux")]
pub(super) fn is_shut() -> bool {
    GATE.is_shut()
}

/// Somebody acts: who did not want to unlock the keychain may be asked again.
#[cfg(target_os = "linux")]
pub(super) fn ask_again() {
    GATE.ask_again();
}

/// The library would ask for each secret anew.
#[cfg(target_os = "linux")]
fn unlocked() -> Result<()> {
    Collection::find().map_or(Ok(()), |collection| GATE.pass(&collection))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_shut() -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
pub(super) fn ask_again() {}

/// The keychain opens with the session of its user.
#[cfg(not(target_os = "linux"))]
#[allow(clippy::unnecessary_wraps, reason = "the same on every system")]
fn unlocked() -> Result<()> {
    Ok(())
}

fn entry(user: &str) -> Result<Entry> {
    // A secret of this machine does not roam to others.
    let local = cfg!(windows).then(|| HashMap::from([("persistence", "local")]));
    store().and_then(|store| store.build(SERVICE, user, local.as_ref())).map_err(|e| explain(&e))
}

fn explain(error: &keyring_core::Error) -> Error {
    match error {
        keyring_core::Error::NoEntry => Error::of(Code::SecretMissing),
        keyring_core::Error::NoStorageAccess(_) => Error::of(Code::KeychainLocked),
        keyring_core::Error::TooLong(..) => {
            Error::new(Code::InvalidInput, "The secret is too long for the keychain.")
        }
        other => {
            tracing::warn!(error = %other, "keychain not usable");
            let text = format!("{DESCRIPTION} cannot be used.");
            let error = Error::new(Code::KeychainUnavailable, text);
            if cfg!(target_os = "linux") {
                error
            } else {
                error.with_action(
                    "Sign in to the computer once as the account that runs the connector.",
                )
            }
        }
    }
}
