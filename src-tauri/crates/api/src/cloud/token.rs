//! The token of a SCIM service ends one day: another one takes its place without a new registration.

use crate::CloudView;
use crate::host::Host;
use crate::secrets::SCIM_TOKEN;
use connector_cloud::ScimClient;
use connector_model::settings::CloudKind;
use connector_model::{Code, Error, Result, Secret, SettingsChange};

impl Host {
    /// Another token for the registered SCIM service, kept only when the service takes it.
    pub async fn change_token(&self, token: Secret) -> Result<CloudView> {
        let settings = self.settings()?;
        let cloud = settings.cloud.as_ref().ok_or_else(|| Error::of(Code::NotRegistered))?;
        if cloud.kind != CloudKind::Scim {
            let text = "This cloud gave the connector a token of its own.";
            return Err(Error::new(Code::InvalidInput, text)
                .with_action("Nothing to change here. If the cloud refuses it, register again.")
                .at("token"));
        }
        if token.is_empty() {
            let error = Error::new(Code::InvalidInput, "The token is empty.");
            return Err(error.with_action("Copy it from the service's console.").at("token"));
        }
        let endpoint = self.endpoint(&settings).await?;
        ScimClient::new(endpoint, &cloud.scim_url, token.clone())?.check().await?;
        self.keychain.set(SCIM_TOKEN, &token).await?;
        self.change(SettingsChange::TokenChanged, |_| Ok(())).await?;
        self.cloud()?.ok_or_else(|| Error::of(Code::NotRegistered))
    }
}
