//! Every check there is: keychain, directories, cloud, clock.

use crate::host::Host;
use connector_model::{Check, Result};

impl Host {
    /// All checks in order; a step that depends on a failed one is skipped.
    pub async fn check(&self) -> Result<Vec<Check>> {
        let settings = self.settings()?;
        let mut checks = vec![];
        if settings.accounts.is_empty() {
            checks.push(Check::skip("resolve", "", "There is no account yet."));
        }
        for account in &settings.accounts {
            checks.extend(self.test_account(&account.name).await?);
        }
        checks.extend(match &settings.cloud {
            None => vec![Check::skip("cloud", "", "Not registered with a cloud yet.")],
            Some(cloud) => match self.endpoint(&settings).await {
                Ok(endpoint) => connector_cloud::check(&endpoint).await,
                Err(error) => vec![Check::fail("cloud", cloud.url.clone(), &error)],
            },
        });
        Ok(checks)
    }
}
