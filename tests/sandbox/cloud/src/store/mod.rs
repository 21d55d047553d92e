//! What the cloud remembers: five small ports, and their implementation with SQLite.
//!
//! A cloud that outgrows one machine implements the same ports with another database; nothing else
//! in the cloud knows about SQL.

mod activation;
mod attempts;
mod connectors;
mod ids;
mod lane;
mod layout;
mod people;
mod people_query;
mod records;
mod sqlite;
mod tokens;

pub use sqlite::SqliteStore;

use crate::scim::error::ScimError;
use crate::scim::filter::Filter;
use crate::scim::schema::path::AttributePath;
use crate::token::TokenHash;
use async_trait::async_trait;
use serde_json::{Map, Value};

/// The database failed; nothing of the call was done.
#[derive(Debug, Clone)]
pub struct StoreError(pub String);

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

/// Shorthand.
pub type StoreResult<T> = Result<T, StoreError>;

/// Everything the cloud remembers. What a call reports as done has been committed.
pub trait Store: People + Connectors + DeploymentTokens + Records + Attempts {}
impl<T: People + Connectors + DeploymentTokens + Records + Attempts> Store for T {}

/// What is stored of a person: the document and the columns that are searched.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// `userName` as sent.
    pub user_name: String,
    /// `externalId`.
    pub external_id: Option<String>,
    /// Mapping of the extension.
    pub mapping: Option<String>,
    /// The SCIM User without `id` and `meta`, as JSON.
    pub document: String,
}

/// A stored person.
#[derive(Debug, Clone)]
pub struct StoredPerson {
    /// Identifier.
    pub id: String,
    /// Grows with every change.
    pub version: i64,
    /// Milliseconds since 1970.
    pub created_ms: i64,
    /// Milliseconds since 1970.
    pub modified_ms: i64,
    /// The SCIM User without `id` and `meta`, as JSON.
    pub document: String,
}

/// Computes the new content of a person from the old document.
pub type Edit = Box<dyn FnOnce(Map<String, Value>) -> Result<Draft, ScimError> + Send>;

/// One change of one person. `if_version` makes it conditional.
pub enum PersonChange {
    /// A new person.
    Create(Draft),
    /// New content for an existing one.
    Replace(String, Option<i64>, Draft),
    /// New content computed from the old.
    Edit(String, Option<i64>, Edit),
    /// Gone, with devices.
    Delete(String, Option<i64>),
}

/// How a change ended.
#[derive(Debug)]
pub enum Changed {
    /// Done.
    Stored(StoredPerson),
    /// Deleted.
    Deleted,
    /// Refused, with the SCIM error for it.
    Refused(ScimError),
    /// Not tried, because as many changes as `stop_after` had been refused before.
    NotTried,
}

/// A search for people.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// Whom to return; everybody when absent.
    pub filter: Option<Filter>,
    /// By what to sort, and whether downwards; by age when absent.
    pub sort: Option<(AttributePath, bool)>,
    /// How many to leave out at the start.
    pub offset: usize,
    /// How many to return at most.
    pub limit: usize,
}

/// One page of people.
#[derive(Debug, Default)]
pub struct Page {
    /// How many there are without `offset` and `limit`.
    pub total: usize,
    /// The page.
    pub people: Vec<StoredPerson>,
}

/// A device of a person.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Device {
    /// Name for people.
    pub name: String,
    /// Serial number, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// UUID, where given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
    /// When it was activated first.
    pub activated_ms: i64,
}

/// How an activation ended in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Activated {
    /// Done; the person's id, and whether the person was made for it.
    Done(String, bool),
    /// The token ended in the meantime.
    TokenExpired,
}

/// People and their devices.
#[async_trait]
pub trait People: Send + Sync {
    /// Applies changes in one transaction, in order. Refused ones do not undo the others; after
    /// `stop_after` refusals the rest is not tried. Answers as many results as changes.
    async fn change(
        &self,
        changes: Vec<PersonChange>,
        now_ms: i64,
        stop_after: Option<usize>,
    ) -> StoreResult<Vec<Changed>>;
    /// One person.
    async fn person(&self, id: String) -> StoreResult<Option<StoredPerson>>;
    /// A page of people. `location` is the address below which their ids are.
    async fn search(&self, query: PeopleQuery, location: String) -> StoreResult<Page>;
    /// Devices of some people, in the same order.
    async fn devices(&self, ids: Vec<String>) -> StoreResult<Vec<Vec<Device>>>;
    /// Makes the person if missing, makes them active, and adds the device: all or nothing.
    async fn activate(
        &self,
        token: TokenHash,
        person: Draft,
        device: Device,
    ) -> StoreResult<Activated>;
}

/// A registration key as stored.
#[derive(Debug, Clone)]
pub struct RegistrationKey {
    /// Hash of the key.
    pub hash: TokenHash,
    /// Name for people.
    pub name: Option<String>,
    /// The connector that a new one takes the place of.
    pub replaces: Option<String>,
    /// When it ends.
    pub expires_ms: i64,
}

/// Why a registration key is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyRefusal {
    /// There is no such key.
    Unknown,
    /// It was used.
    Used,
    /// It is past its end.
    Expired,
}

/// A registered connector.
#[derive(Debug, Clone)]
pub struct Connector {
    /// Identifier.
    pub id: String,
    /// Name of its key, for people.
    pub name: Option<String>,
    /// Machine.
    pub host: String,
    /// Program version.
    pub version: String,
    /// Ed25519 public key.
    pub signing_key: [u8; 32],
    /// X25519 public key.
    pub sealing_key: [u8; 32],
    /// When it registered.
    pub registered_ms: i64,
    /// When a session of it began or ended last.
    pub seen_ms: Option<i64>,
    /// When it was revoked.
    pub revoked_ms: Option<i64>,
    /// Accounts as last told.
    pub accounts: Value,
    /// Mappings as last told.
    pub mappings: Value,
}

/// Registration keys and connectors.
#[async_trait]
pub trait Connectors: Send + Sync {
    /// Remembers a key.
    async fn add_key(&self, key: RegistrationKey) -> StoreResult<()>;
    /// Uses the key up, adds the connector, and revokes the one that the key replaces (its id is
    /// returned). The connector's name comes from the key.
    async fn register(
        &self,
        key: TokenHash,
        connector: Connector,
        scim_token: TokenHash,
    ) -> StoreResult<Result<Option<String>, KeyRefusal>>;
    /// One connector, revoked or not.
    async fn connector(&self, id: String) -> StoreResult<Option<Connector>>;
    /// All connectors that are not revoked.
    async fn connectors(&self) -> StoreResult<Vec<Connector>>;
    /// The connector whose SCIM token this is, unless it was revoked.
    async fn connector_of(&self, scim_token: TokenHash) -> StoreResult<Option<String>>;
    /// Revokes a connector; whether there was one.
    async fn revoke(&self, id: String, now_ms: i64) -> StoreResult<bool>;
    /// Remembers what a connector said of itself when its session began or changed.
    async fn seen(&self, connector: Connector) -> StoreResult<()>;
}

/// A deployment token as stored.
#[derive(Debug, Clone)]
pub struct DeploymentToken {
    /// Name, unique among the tokens that are good.
    pub name: String,
    /// Hash of the token.
    pub hash: TokenHash,
    /// When it was made.
    pub created_ms: i64,
    /// When it ends, if ever.
    pub expires_ms: Option<i64>,
    /// Activations with it so far.
    pub used: i64,
}

/// Tokens for mass deployment.
#[async_trait]
pub trait DeploymentTokens: Send + Sync {
    /// Remembers a token; false if a good one has that name.
    async fn add_token(&self, token: DeploymentToken) -> StoreResult<bool>;
    /// All tokens, ended ones included, youngest first.
    async fn tokens(&self) -> StoreResult<Vec<DeploymentToken>>;
    /// The token with that hash.
    async fn token(&self, hash: TokenHash) -> StoreResult<Option<DeploymentToken>>;
    /// Ends the good token of that name at once; whether there was one.
    async fn expire_token(&self, name: String, now_ms: i64) -> StoreResult<bool>;
}

/// Whether one more fits beside these (row, and when), and who is told its row.
pub type Fits = Box<dyn FnOnce(&[(i64, i64)]) -> Option<Box<dyn FnOnce(i64) + Send>> + Send>;

/// Passwords that connectors forwarded and that were not found right.
#[async_trait]
pub trait Attempts: Send + Sync {
    /// Those on a person: row, and when.
    async fn attempts(&self, identity: String) -> StoreResult<Vec<(i64, i64)>>;
    /// Remembers one if it fits beside those that there are; its row, which `fits` is told before anybody else sees it.
    async fn try_attempt(
        &self,
        identity: String,
        at_ms: i64,
        fits: Fits,
    ) -> StoreResult<Option<i64>>;
    /// One was at that time.
    async fn time_attempt(&self, row: i64, at_ms: i64) -> StoreResult<()>;
    /// Forgets these.
    async fn remove_attempts(&self, rows: Vec<i64>) -> StoreResult<()>;
}

/// Imports, alerts and settings, as JSON.
#[async_trait]
pub trait Records: Send + Sync {
    /// Remembers an import; the same one told twice is kept once.
    async fn add_import(&self, connector: String, import: Value) -> StoreResult<()>;
    /// The last imports, youngest first.
    async fn imports(&self, limit: usize) -> StoreResult<Vec<Value>>;
    /// Remembers an alert until it is cleared.
    async fn raise_alert(&self, connector: String, alert: Value) -> StoreResult<()>;
    /// Forgets an alert; with neither kind nor account, all of the connector.
    async fn clear_alert(
        &self,
        connector: String,
        kind_account: Option<[String; 2]>,
    ) -> StoreResult<()>;
    /// All alerts, oldest first.
    async fn alerts(&self) -> StoreResult<Vec<Value>>;
    /// A setting.
    async fn setting(&self, name: &'static str) -> StoreResult<Option<Value>>;
    /// Changes a setting.
    async fn set_setting(&self, name: &'static str, value: Value) -> StoreResult<()>;
}
