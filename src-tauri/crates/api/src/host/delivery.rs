//! The cloud's people over SCIM 2.0, as the engine's port sees them.

use crate::host::context::HomeContext;
use crate::secrets::SCIM_TOKEN;
use async_trait::async_trait;
use connector_cloud::ScimClient;
use connector_engine::ports::Delivery;
use connector_model::{
    CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result, Settings,
};
use tokio::sync::{OnceCell, mpsc};

/// The registered cloud. Token and proxy password are asked of the keychain when they are first needed, and again where that
/// failed: a keychain that is unlocked later ends the wait.
pub(crate) struct Scim {
    context: HomeContext,
    settings: Settings,
    client: OnceCell<ScimClient>,
}

impl Scim {
    /// `None` before registration.
    pub fn of(context: &HomeContext, settings: &Settings) -> Option<Self> {
        settings.cloud.as_ref()?;
        let (context, settings) = (context.clone(), settings.clone());
        Some(Self { context, settings, client: OnceCell::new() })
    }

    async fn client(&self) -> Result<&ScimClient> {
        let open = || async {
            let cloud = self.settings.cloud.as_ref();
            let cloud = cloud.ok_or_else(|| Error::of(Code::NotRegistered))?;
            let token = self.context.keychain.get(SCIM_TOKEN).await?;
            ScimClient::new(self.context.endpoint(&self.settings).await?, &cloud.scim_url, token)
        };
        self.client.get_or_try_init(open).await
    }
}

#[async_trait]
impl Delivery for Scim {
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        self.client().await?.deliver(batch).await
    }
    async fn unlinked_users(&self) -> Result<Vec<CloudUser>> {
        self.client().await?.unlinked_users().await
    }
    async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()> {
        self.client().await?.everybody(pages).await
    }
    async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        self.client().await?.people_of(mapping, pages).await
    }
}
