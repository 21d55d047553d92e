//! What the engine needs from the outside. Adapters are joined to these traits in `connector-api`.

use async_trait::async_trait;
use connector_model::{
    BindVerdict, BrowseQuery, Changes, CloudUser, DeliveryItem, DeliveryResult, Dn, Finding,
    FoundPerson, GuessLimit, Identity, Judgement, LockoutPolicy, Mapping, Namesake, Node, Occupant,
    PasswordNotice, PeopleSearch, Person, ReadSummary, Result, Secret, UserName, Watermark,
};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Gives the directory of an account; connections are pooled behind it.
pub trait Directories: Send + Sync {
    /// The directory of the account of that name (`not_found` otherwise).
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>>;
    /// What a directory said of the password of its bind account when it was used last.
    fn password_notice(&self, _account: &str) -> Option<PasswordNotice> {
        None
    }
    /// Accounts whose password has still to be entered on this machine.
    fn without_password(&self) -> Vec<String> {
        vec![]
    }
}

/// One directory. Every call has its own deadline and ends early when the returned future is dropped.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Naming contexts that hold people.
    async fn bases(&self) -> Result<Vec<Node>>;
    /// Organizational units (and containers), one level below `under`, or found by name.
    async fn units(&self, query: &BrowseQuery) -> Result<Vec<Node>>;
    /// Groups below `under`, or found by name.
    async fn groups(&self, query: &BrowseQuery) -> Result<Vec<Node>>;
    /// People by a part of their name, or by identity, to be named in a mapping.
    async fn search_people(&self, query: &PeopleSearch) -> Result<Vec<FoundPerson>>;
    /// Streams the people of a mapping in pages. The summary says whether that was everybody.
    ///
    /// An error means that nothing can be concluded at all; pages sent before it may be shown, never acted on.
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary>;
    /// Where the history of the server that answers now stands, for what is around a mapping.
    async fn mark(&self, mapping: &Mapping) -> Result<Watermark>;
    /// Follows what happens around a mapping after a watermark until the connection ends or `changes` is closed.
    /// `changes_unknown`: the server does not know what happened since then; only a full read tells.
    async fn follow(
        &self,
        mapping: &Mapping,
        since: Watermark,
        changes: mpsc::Sender<Changes>,
    ) -> Result<()>;
    /// People of that name inside the mapping, by any value of theirs, at most 50.
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Namesake>>;
    /// People of that name anywhere below `base`, at most 50.
    async fn find_anywhere(&self, base: &Dn, user: &UserName) -> Result<Vec<Person>>;
    /// Those of these identities (at most 100) whose entry can be seen, wherever it is and whatever the filter, each with
    /// what the directory itself says: that the person belongs to the mapping, that a criterion fails, or neither.
    async fn judge(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<(Person, Judgement)>>;
    /// Who is at a DN now.
    async fn who_is_at(&self, dn: &Dn) -> Result<Occupant>;
    /// Those of these identities (at most 100) who are inside the mapping now.
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>>;
    /// Those of these identities (at most 100) whom the server shows as deleted. A server that keeps no tombstones, or
    /// does not show them to the bind account, names nobody.
    async fn tombstones(&self, identities: &[Identity]) -> Result<Vec<Identity>>;
    /// Whether anybody can be read directly in that container; `false` when the container itself cannot.
    async fn has_people(&self, container: &Dn) -> Result<bool>;
    /// What is odd about the groups of a mapping.
    async fn odd_groups(&self, mapping: &Mapping) -> Result<Vec<Finding>>;
    /// After how many wrong passwords the directory locks this person; `None` where it does not, or does not say.
    async fn lockout_policy(&self, _dn: &Dn) -> Result<Option<LockoutPolicy>> {
        Ok(None)
    }
    /// A bind with the person's own DN. `Err` only when no server gave an answer.
    async fn verify_password(&self, dn: &Dn, password: &Secret) -> Result<BindVerdict>;
}

/// People going to the cloud.
#[async_trait]
pub trait Delivery: Send + Sync {
    /// Sends one batch; one result for each item, in order. `Err`: nothing is known about any of them,
    /// the batch may be sent again without harm.
    async fn deliver(&self, batch: &[DeliveryItem]) -> Result<Vec<DeliveryResult>>;
    /// The same delivery as far as it is this import's: what is sent there is refused once the import is another's. `None`
    /// where the cloud does not tell them apart.
    fn bound(&self, _mapping: &Mapping) -> Option<Arc<dyn Delivery>> {
        None
    }
    /// Until when the cloud asked to be left alone, milliseconds since 1970-01-01 UTC: for longer than an import can
    /// wait. `None` where it did not, or that is over.
    fn resumes_ms(&self) -> Option<i64> {
        None
    }
    /// Users of the cloud who come from no directory, at most a hundred thousand of them.
    async fn unlinked_users(&self) -> Result<Vec<CloudUser>>;
    /// Streams the people of a mapping as the cloud has them now, whichever connector sent them.
    async fn people_of(&self, mapping: &Mapping, pages: mpsc::Sender<Vec<CloudUser>>)
    -> Result<()>;
    /// Streams everybody with an identity of a directory, of whatever mapping and active or not.
    async fn everybody(&self, pages: mpsc::Sender<Vec<CloudUser>>) -> Result<()>;
}

/// What several connectors count together, at the cloud.
#[async_trait]
pub trait SharedBudget: Send + Sync {
    /// Whether the cloud is there and counts.
    fn counts(&self) -> bool;
    /// Takes a place in a person's budget; `None` when it is used up. `Err`: the cloud counts, and does not answer.
    async fn reserve(
        &self,
        identity: &Identity,
        limit: GuessLimit,
    ) -> Result<Option<Box<dyn Place>>>;
}

/// A place in a budget that is kept elsewhere.
pub trait Place: Send + Sync {
    /// The sign-in is over.
    fn settle(self: Box<Self>, end: End);
}

/// How a sign-in that was forwarded, or was to be, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The directory may count it.
    Counts,
    /// It does not.
    Free,
    /// It does not, and it has forgotten all others.
    Forget,
}

/// Time, so that tests can move it.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> i64;
}

/// What the engine tells the outside as it happens.
#[derive(Debug, Clone, serde::Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// An import moved on.
    ImportProgress(crate::state::records::ImportProgress),
    /// An import ended.
    ImportFinished(Box<crate::state::records::ImportRecord>),
    /// Something needs an administrator.
    AlertRaised(crate::state::records::Alert),
    /// It is over.
    AlertCleared {
        /// Kind of alert.
        kind: crate::state::records::AlertKind,
        /// The account it was about.
        account: Option<String>,
    },
}
