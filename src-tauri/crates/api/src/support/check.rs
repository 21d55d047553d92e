//! Every check there is: keychain, directories, cloud, clock.

use crate::OfferedProxy;
use crate::host::Host;
use crate::secrets::{SCIM_TOKEN, proxy_password_is_there, registration_is_whole};
use crate::settings::rules::check_rules;
use connector_cloud::Endpoint;
use connector_engine::records::AlertKind;
use connector_model::settings::{CloudKind, CloudSettings};
use connector_model::{Check, CheckFinding, Result};

impl Host {
    /// All checks in order; a step that depends on a failed one is skipped.
    pub async fn check(&self) -> Result<Vec<Check>> {
        self.keychain.ask_again();
        let settings = self.settings()?;
        let mut checks = vec![self.check_storage().await];
        if let Err(error) = check_rules(&settings) {
            checks.push(Check::fail(
                "settings",
                self.home.settings_path().display().to_string(),
                &error,
            ));
        }
        if settings.accounts.is_empty() {
            checks.push(Check::skip("resolve", "", CheckFinding::NoAccount));
        }
        for account in &settings.accounts {
            checks.extend(self.test_account(&account.name).await?);
        }
        if let Some(error) = self.engine().trouble(AlertKind::Identity) {
            checks.push(Check::fail("identity", self.home.root().display().to_string(), &error));
        }
        if let Some(CloudSettings { url, proxy: None, .. }) = &settings.cloud
            && let Some(OfferedProxy { proxy, .. }) = self.offered_proxy(url)
        {
            let (proxy, variable) = (proxy.place(), proxy.from.unwrap_or_default());
            let found = CheckFinding::ProxyNotUsed { proxy, variable };
            checks.push(Check::skip("proxy", url.clone(), found));
        }
        if let Some(cloud) = &settings.cloud {
            checks.extend(self.missing_secrets(cloud).await);
        }
        checks.extend(match &settings.cloud {
            None => vec![Check::skip("cloud", "", CheckFinding::NotRegistered)],
            Some(cloud) => match self.endpoint(&settings).await {
                Ok(endpoint) => self.check_at(&endpoint, cloud).await,
                Err(error) => vec![Check::fail("cloud", cloud.url.clone(), &error)],
            },
        });
        Ok(checks)
    }

    /// What the way to the cloud needs and the keychain has not.
    async fn missing_secrets(&self, cloud: &CloudSettings) -> Vec<Check> {
        let registration = registration_is_whole(&self.keychain, cloud).await;
        let proxy = proxy_password_is_there(&self.keychain, cloud).await;
        let failed = |what: &str, error| Check::fail("secrets", what, &error);
        let registration = registration.err().map(|error| failed("registration", error));
        registration.into_iter().chain(proxy.err().map(|error| failed("proxy", error))).collect()
    }

    /// Whether what is learned can be kept.
    async fn check_storage(&self) -> Check {
        self.look_at_storage().await;
        let place = self.home.root().display().to_string();
        match self.engine().trouble(AlertKind::Storage) {
            None => Check::pass("storage", place, CheckFinding::Writable),
            Some(error) => Check::fail("storage", place, &error),
        }
    }

    /// Every step to the registered cloud by a way that need not be the one in the settings: what the connector protocol
    /// has, or what a SCIM service has.
    pub(crate) async fn check_at(&self, endpoint: &Endpoint, cloud: &CloudSettings) -> Vec<Check> {
        if cloud.kind == CloudKind::Connector {
            return connector_cloud::check(endpoint).await;
        }
        match self.keychain.get(SCIM_TOKEN).await {
            Ok(token) => connector_cloud::check_scim(endpoint, &cloud.scim_url, token).await,
            Err(error) => vec![Check::fail("cloud", cloud.scim_url.clone(), &error)],
        }
    }
}
