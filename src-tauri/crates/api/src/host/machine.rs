//! What ails the machine rather than the directory or the cloud: a full disk, a folder that is gone, settings that cannot be read,
//! a locked keychain. It is looked for while the engine runs, and told where people look.

use super::Host;
use crate::secrets::{SCIM_TOKEN, registration_is_whole};
use connector_engine::records::AlertKind;
use connector_model::{Code, Error};
use connector_platform::storage;
use std::time::Duration;

/// Between two looks.
const AGAIN: Duration = Duration::from_secs(5);
/// Looks between two times that the status is kept.
const KEPT_EVERY: u32 = 6;

impl Host {
    /// Looks again and again, until the engine ends.
    pub(super) async fn watch_machine(self) {
        if self.settings().is_ok_and(|settings| settings.cloud.is_some()) {
            self.look_at_registration().await;
        }
        for round in 0_u32.. {
            self.look_at_storage().await;
            self.look_at_keychain().await;
            if round.is_multiple_of(KEPT_EVERY) {
                self.keep_status().await;
            }
            tokio::select! {
                () = self.0.end.cancelled() => return,
                () = tokio::time::sleep(AGAIN) => {}
            }
        }
    }

    /// Tells whether something can be stored.
    pub(crate) async fn look_at_storage(&self) {
        let home = self.home.clone();
        let host = self.clone();
        let looked = super::blocking(move || {
            storage::look(&home)?;
            host.settings().map(drop)
        });
        let trouble = looked.await.err().or_else(|| self.engine().unwritten());
        self.engine().note_trouble(AlertKind::Storage, trouble.as_ref());
    }

    /// Tells whether the keychain is locked. One that is has been asked for already, and is not asked for here.
    async fn look_at_keychain(&self) {
        if self.keychain.is_shut() || self.engine().is_in_trouble(AlertKind::Secrets) {
            self.look_at_registration().await;
        }
    }

    /// Tells whether the keychain has what the registration needs: behind a home that was moved, it has not.
    pub(crate) async fn look_at_registration(&self) {
        let whole = match self.settings().ok().and_then(|settings| settings.cloud) {
            Some(cloud) => registration_is_whole(&self.keychain, &cloud).await,
            None => self.keychain.get(SCIM_TOKEN).await.map(drop),
        };
        let trouble = whole.err().filter(is_of_the_keychain);
        self.engine().note_trouble(AlertKind::Secrets, trouble.as_ref());
    }

    /// Tells of a keychain that gave no secret.
    pub(super) fn note_keychain(&self, error: &Error) {
        if is_of_the_keychain(error) {
            self.engine().note_trouble(AlertKind::Secrets, Some(error));
        }
    }
}

/// Whether it is the keychain that fails, or has lost the registration, and not a password that it does not have.
pub(super) fn is_of_the_keychain(error: &Error) -> bool {
    matches!(error.code, Code::KeychainLocked | Code::KeychainUnavailable | Code::IdentityMissing)
}
