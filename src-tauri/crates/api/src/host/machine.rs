//! What ails the machine rather than the directory or the cloud: a full disk, a folder that is gone, settings that cannot be read,
//! a locked keychain. It is looked for while the engine runs, and told where people look.

use super::Host;
use crate::secrets::SCIM_TOKEN;
use connector_engine::records::AlertKind;
use connector_model::{Code, Error};
use connector_platform::storage;
use std::time::Duration;

/// Between two looks.
const AGAIN: Duration = Duration::from_secs(5);

impl Host {
    /// Looks again and again, until the engine ends.
    pub(super) async fn watch_machine(self) {
        loop {
            self.look_at_storage().await;
            self.look_at_keychain().await;
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
        let engine = self.engine();
        if !self.keychain.is_shut() && !engine.is_in_trouble(AlertKind::Secrets) {
            return;
        }
        let asked = self.keychain.get(SCIM_TOKEN).await;
        let trouble = asked.err().filter(is_of_the_keychain);
        engine.note_trouble(AlertKind::Secrets, trouble.as_ref());
    }

    /// Tells of a keychain that gave no secret.
    pub(super) fn note_keychain(&self, error: &Error) {
        if is_of_the_keychain(error) {
            self.engine().note_trouble(AlertKind::Secrets, Some(error));
        }
    }
}

/// Whether it is the keychain that fails, and not a secret that it does not have.
pub(super) fn is_of_the_keychain(error: &Error) -> bool {
    matches!(error.code, Code::KeychainLocked | Code::KeychainUnavailable)
}
