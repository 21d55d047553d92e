//! Directory and cloud as the engine's ports see them.

use crate::host::connector::{password_of, without_password};
use async_trait::async_trait;
use connector_cloud::ScimClient;
use connector_directory::{DirectoryClient, Limits};
use connector_engine::ports::{Delivery, Directories, Directory};
use connector_model::settings::same_name;
use connector_model::{
    Account, BrowseQuery, Changes, Check, CloudUser, Code, DeliveryItem, DeliveryResult, Dn, Error,
    Finding, Identity, Mapping, Node, Person, ReadSummary, Result, ScopeRef, Secret, ServerKind,
    SignInOutcome, UserName, Watermark,
};
use connector_platform::Keychain;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::mpsc;

/// Directories of the registered accounts, opened when first needed and kept.
pub(crate) struct AccountDirectories {
    accounts: Vec<Account>,
    keychain: Keychain,
    open: Mutex<HashMap<String, Arc<Ldap>>>,
    /// Asked once: whoever enters a password has new ones made.
    missing: OnceLock<Vec<String>>,
}

impl AccountDirectories {
    pub fn new(accounts: Vec<Account>, keychain: Keychain) -> Self {
        Self { accounts, keychain, open: Mutex::default(), missing: OnceLock::new() }
    }
}

impl Directories for AccountDirectories {
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>> {
        let known = self.accounts.iter().find(|a| same_name(&a.name, account));
        let account = known.ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no account named \"{account}\"."))
                .at("account")
        })?;
        let mut open = self.open.lock().map_err(|_| Error::of(Code::Internal))?;
        if let Some(directory) = open.get(&account.name) {
            return Ok(directory.clone());
        }
        let password = password_of(&self.keychain, &account.name)?;
        let client = DirectoryClient::new(account.clone(), password, Limits::default())?;
        let directory = Arc::new(Ldap(client));
        open.insert(account.name.clone(), directory.clone());
        Ok(directory)
    }

    fn without_password(&self) -> Vec<String> {
        self.missing.get_or_init(|| without_password(&self.keychain, &self.accounts)).clone()
    }
}

/// One directory over LDAP.
pub(crate) struct Ldap(pub DirectoryClient);

#[async_trait]
impl Directory for Ldap {
    async fn kind(&self) -> Result<ServerKind> {
        self.0.kind().await
    }
    async fn bases(&self) -> Result<Vec<Node>> {
        self.0.bases().await
    }
    async fn units(&self, query: &BrowseQuery) -> Result<Vec<Node>> {
        self.0.units(query).await
    }
    async fn groups(&self, query: &BrowseQuery) -> Result<Vec<Node>> {
        self.0.groups(query).await
    }
    async fn resolve(&self, scope: &ScopeRef) -> Result<Node> {
        self.0.resolve(scope).await
    }
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary> {
        self.0.read_people(mapping, pages).await
    }
    async fn follow(
        &self,
        mapping: &Mapping,
        since: Watermark,
        changes: mpsc::Sender<Changes>,
    ) -> Result<()> {
        self.0.follow(mapping, since, changes).await
    }
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Person>> {
        self.0.find_in_mapping(mapping, user).await
    }
    async fn find_anywhere(&self, base: &Dn, user: &UserName) -> Result<Vec<Person>> {
        self.0.find_anywhere(base, user).await
    }
    async fn find_identities(&self, identities: &[Identity]) -> Result<Vec<Person>> {
        self.0.find_identities(identities).await
    }
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>> {
        self.0.find_in_scope(mapping, identities).await
    }
    async fn tombstones(&self, identities: &[Identity]) -> Result<Vec<Identity>> {
        self.0.tombstones(identities).await
    }
    async fn has_people(&self, container: &Dn) -> Result<bool> {
        self.0.has_people(container).await
    }
    async fn odd_groups(&self, mapping: &Mapping) -> Result<Vec<Finding>> {
        self.0.odd_groups(mapping).await
    }
    async fn verify_password(&self, dn: &Dn, password: &Secret) -> Result<SignInOutcome> {
        self.0.verify_password(dn, password).await
    }
    async fn check(&self, bases: &[Dn]) -> Vec<Check> {
        self.0.check(bases).await
    }
}

/// The cloud's people over SCIM 2.0.
pub(crate) struct Scim(pub ScimClient);

#[async_trait]
impl Delivery for Scim {
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>> {
        self.0.deliver(batch).await
    }
    async fn strangers(&self) -> Result<Vec<CloudUser>> {
        self.0.strangers().await
    }
    async fn people_of(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<CloudUser>>,
    ) -> Result<()> {
        self.0.people_of(mapping, pages).await
    }
}
