//! The cloud's people over SCIM 2.0, as the engine's port sees them.

use crate::host::context::HomeContext;
use crate::secrets::SCIM_TOKEN;
use async_trait::async_trait;
use connector_cloud::ScimClient;
use connector_engine::ports::Delivery;
use connector_model::{
    CloudUser, Code, DeliveryItem, DeliveryResult, Error, Mapping, Result, Settings,
};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OnceCell, mpsc};

/// The registered cloud. Token and proxy password are asked of the keychain when they are first needed, and again where that
/// failed: a keychain that is unlocked later ends the wait.
pub(crate) struct Scim {
    context: HomeContext,
    settings: Settings,
    /// Where people are sent, if not to the service's own address.
    address: Option<String>,
    client: OnceCell<ScimClient>,
    /// Of the terms that were imported in, by their address.
    terms: Mutex<HashMap<String, Arc<Scim>>>,
}

/// Terms whose connections are kept.
const TERMS: usize = 64;

impl Scim {
    /// `None` before registration.
    pub fn of(context: &HomeContext, settings: &Settings) -> Option<Self> {
        settings.cloud.as_ref()?;
        Some(Self::at(context, settings, None))
    }

    fn at(context: &HomeContext, settings: &Settings, address: Option<String>) -> Self {
        let (context, settings) = (context.clone(), settings.clone());
        Self { context, settings, address, client: OnceCell::new(), terms: Mutex::default() }
    }

    async fn client(&self) -> Result<&ScimClient> {
        let open = || async {
            let cloud = self.settings.cloud.as_ref();
            let cloud = cloud.ok_or_else(|| Error::of(Code::NotRegistered))?;
            let token = self.context.keychain.get(SCIM_TOKEN).await?;
            let address = self.address.as_ref().unwrap_or(&cloud.scim_url);
            ScimClient::new(self.context.endpoint(&self.settings).await?, address, token)
        };
        self.client.get_or_try_init(open).await
    }
}

#[async_trait]
impl Delivery for Scim {
    fn bound(&self, mapping: &Mapping) -> Option<Arc<dyn Delivery>> {
        let cloud = self.settings.cloud.as_ref()?;
        let address = self.context.fences.address(mapping, &cloud.scim_url)?;
        let mut terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        if terms.len() >= TERMS && !terms.contains_key(&address) {
            terms.clear();
        }
        let made = || Arc::new(Self::at(&self.context, &self.settings, Some(address.clone())));
        Some(terms.entry(address.clone()).or_insert_with(made).clone())
    }
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        let delivered = match self.client().await {
            Ok(client) => client.deliver(batch).await,
            Err(error) => Err(error),
        };
        // An error here comes before anything is sent.
        delivered.or_else(|error| {
            let waits = || DeliveryResult::Postponed { error: error.clone(), sent: false };
            Ok(batch.iter().map(|_| waits()).collect())
        })
    }
    fn resumes_ms(&self) -> Option<i64> {
        let terms = self.terms.lock().unwrap_or_else(PoisonError::into_inner);
        let of_terms = terms.values().filter_map(|term| term.resumes_ms());
        self.client.get().and_then(ScimClient::resumes_ms).into_iter().chain(of_terms).max()
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
