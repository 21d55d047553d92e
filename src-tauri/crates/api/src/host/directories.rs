//! The directories of the registered accounts as the engine's ports see them.

use crate::host::context::HomeContext;
use crate::secrets::{password_of, without_password};
use async_trait::async_trait;
use connector_directory::DirectoryClient;
use connector_engine::ports::{Directories, Directory};
use connector_model::settings::same_name;
use connector_model::{
    Account, BindVerdict, BrowseQuery, Changes, Code, Dn, Error, Finding, FoundPerson, Identity,
    Judgement, LockoutPolicy, Mapping, Namesake, Node, Occupant, PasswordNotice, PeopleSearch,
    Person, ReadSummary, Result, Secret, UserName, Watermark,
};
use connector_platform::Keychain;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OnceCell, mpsc};

/// A status waits so long for a keychain.
const MOMENT: Duration = Duration::from_secs(2);

/// Directories of the registered accounts, opened when first needed and kept with their connections.
pub(crate) struct AccountDirectories {
    keychain: Keychain,
    accounts: Vec<Account>,
    open: Mutex<HashMap<String, Arc<Ldap>>>,
    /// Asked until there is an answer: whoever enters a password has new ones made.
    missing: OnceCell<Vec<String>>,
}

impl AccountDirectories {
    pub fn new(accounts: Vec<Account>, keychain: Keychain) -> Self {
        Self { keychain, accounts, open: Mutex::default(), missing: OnceCell::new() }
    }

    /// The same for accounts that may have changed. Connections of those that did not are kept, but for the account whose
    /// password did.
    pub fn renewed(&self, accounts: Vec<Account>, password_changed: Option<&str>) -> Self {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        open.retain(|name, directory| {
            accounts.contains(&directory.account)
                && !password_changed.is_some_and(|changed| same_name(changed, name))
        });
        Self { open: Mutex::new(open), ..Self::new(accounts, self.keychain.clone()) }
    }

    /// Asks the keychain which passwords are missing, so that a status can tell. One that is locked answers later; nobody
    /// waits for it here.
    pub async fn find_missing(&self) {
        let asked = || without_password(&self.keychain, &self.accounts);
        if self.missing.initialized() || self.keychain.is_shut() {
            return;
        }
        let _ = tokio::time::timeout(MOMENT, self.missing.get_or_try_init(asked)).await;
    }
}

impl Directories for AccountDirectories {
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>> {
        let known = self.accounts.iter().find(|a| same_name(&a.name, account));
        let account = known.ok_or_else(|| {
            Error::new(Code::NotFound, format!("There is no account named \"{account}\"."))
                .at("account")
        })?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let directory = open.entry(account.name.clone()).or_insert_with(|| {
            let (account, keychain) = (account.clone(), self.keychain.clone());
            Arc::new(Ldap { account, keychain, client: OnceCell::new() })
        });
        Ok(directory.clone())
    }

    fn password_notice(&self, account: &str) -> Option<PasswordNotice> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, directory) = open.iter().find(|(name, _)| same_name(name, account))?;
        directory.client.get()?.password_notice()
    }

    fn without_password(&self) -> Vec<String> {
        self.missing.get().cloned().unwrap_or_default()
    }
}

/// One directory over LDAP. Its password is asked of the keychain when it is first needed: no longer than that takes, and only
/// by those who need it.
pub(crate) struct Ldap {
    account: Account,
    keychain: Keychain,
    client: OnceCell<DirectoryClient>,
}

impl Ldap {
    async fn client(&self) -> Result<&DirectoryClient> {
        let open = || async {
            let password = password_of(&self.keychain, &self.account).await?;
            HomeContext::directory_with(&self.account, password)
        };
        self.client.get_or_try_init(open).await
    }
}

#[async_trait]
impl Directory for Ldap {
    async fn bases(&self) -> Result<Vec<Node>> {
        self.client().await?.bases().await
    }
    async fn units(&self, query: &BrowseQuery) -> Result<Vec<Node>> {
        self.client().await?.units(query).await
    }
    async fn groups(&self, query: &BrowseQuery) -> Result<Vec<Node>> {
        self.client().await?.groups(query).await
    }
    async fn search_people(&self, query: &PeopleSearch) -> Result<Vec<FoundPerson>> {
        self.client().await?.search_people(query).await
    }
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary> {
        self.client().await?.read_people(mapping, pages).await
    }
    async fn mark(&self, mapping: &Mapping) -> Result<Watermark> {
        self.client().await?.mark(mapping).await
    }
    async fn follow(
        &self,
        mapping: &Mapping,
        since: Watermark,
        changes: mpsc::Sender<Changes>,
    ) -> Result<()> {
        self.client().await?.follow(mapping, since, changes).await
    }
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Namesake>> {
        self.client().await?.find_in_mapping(mapping, user).await
    }
    async fn find_anywhere(&self, base: &Dn, user: &UserName) -> Result<Vec<Person>> {
        self.client().await?.find_anywhere(base, user).await
    }
    async fn judge(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<(Person, Judgement)>> {
        self.client().await?.judge(mapping, identities).await
    }
    async fn who_is_at(&self, dn: &Dn) -> Result<Occupant> {
        self.client().await?.who_is_at(dn).await
    }
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>> {
        self.client().await?.find_in_scope(mapping, identities).await
    }
    async fn tombstones(&self, identities: &[Identity]) -> Result<Vec<Identity>> {
        self.client().await?.tombstones(identities).await
    }
    async fn has_people(&self, container: &Dn) -> Result<bool> {
        self.client().await?.has_people(container).await
    }
    async fn odd_groups(&self, mapping: &Mapping) -> Result<Vec<Finding>> {
        self.client().await?.odd_groups(mapping).await
    }
    async fn lockout_policy(&self, dn: &Dn) -> Result<Option<LockoutPolicy>> {
        self.client().await?.lockout_policy(dn).await
    }
    async fn verify_password(&self, dn: &Dn, password: &Secret) -> Result<BindVerdict> {
        self.client().await?.verify_password(dn, password).await
    }
}
