//! The end of a connector on this machine: nothing of it stays in the keychain.

use crate::Connector;
use crate::connector::password_name;
use connector_model::{Code, Result, Settings};

impl Connector {
    /// Leaves the cloud (its end only where it can be reached), forgets every secret and every setting. Journal and logs stay
    /// in the home, for whoever removes it. People stay in the cloud as they are.
    pub async fn purge(&self) -> Result<()> {
        match self.unregister(true).await {
            Err(error) if error.code != Code::NotRegistered => return Err(error),
            _ => {}
        }
        for account in self.settings()?.accounts {
            self.keychain.delete(&password_name(&account.name))?;
        }
        self.clear_draft()?;
        connector_platform::upgrade::forget(&self.home)?;
        self.change("purged", |settings| {
            *settings = Settings::default();
            Ok(())
        })
        .await
    }
}
