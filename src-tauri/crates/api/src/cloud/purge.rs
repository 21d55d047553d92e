//! The end of a connector on this machine: nothing of it stays in the keychain.

use crate::host::Host;
use crate::secrets::{PROXY_PASSWORD, SCIM_TOKEN, SEALING_KEY, SIGNING_KEY, forget_password};
use connector_model::{Code, Result, Settings, SettingsChange};

impl Host {
    /// Leaves the cloud (its end only where it can be reached), forgets every secret and every setting. Journal and logs stay
    /// in the home, for whoever removes it. People stay in the cloud as they are.
    pub async fn purge(&self) -> Result<()> {
        match self.unregister(true).await {
            Err(error) if error.code != Code::NotRegistered => return Err(error),
            _ => {}
        }
        let accounts = self.settings()?.accounts;
        for account in accounts {
            forget_password(&self.keychain, &account.name).await?;
        }
        // Of a registration that came to nothing, and of a proxy that was kept for one to come, too.
        let others = [SCIM_TOKEN, SIGNING_KEY, SEALING_KEY, PROXY_PASSWORD];
        for name in others {
            self.keychain.delete(name).await?;
        }
        self.clear_draft()?;
        connector_platform::upgrade::forget(&self.home)?;
        self.change(SettingsChange::Purged, |settings| {
            *settings = Settings::default();
            Ok(())
        })
        .await
    }
}
