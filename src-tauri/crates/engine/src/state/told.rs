//! What is told of people and sign-ins, for lists, charts and questions: plain data for every door.

use crate::state::import_rows::ImportedPerson;
use connector_model::{ApprovalList, Dn, Error, Identity, Reason};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How somebody is in the cloud, as far as is known here without asking anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum PersonState {
    /// Active in the cloud.
    Active,
    /// Deactivated; the data is kept.
    Inactive,
    /// Left out by the last import.
    Skipped,
    /// On a list that waits for an approval.
    Waiting,
    /// The cloud refuses them.
    Refused,
}

/// Which people.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct PeopleQuery {
    /// Only people with this text in name, user name, e-mail or DN, whatever the case.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub search: Option<String>,
    /// Only those.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub state: Option<PersonState>,
    /// Only of this mapping.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub mapping: Option<String>,
    /// People to pass over.
    #[serde(default)]
    pub offset: u64,
    /// People to return at most; never more than 500.
    pub limit: u32,
}

/// How many people there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[allow(missing_docs, reason = "as the states say")]
pub struct PeopleCounts {
    pub active: u64,
    pub inactive: u64,
    pub skipped: u64,
    pub waiting: u64,
    pub refused: u64,
}

/// Somebody whom the cloud has, or whom the last import left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct KnownPerson {
    /// Who.
    pub identity: Identity,
    /// Where the entry was last.
    pub dn: Dn,
    /// Display name.
    pub name: Option<String>,
    /// User name.
    pub user_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Mapping.
    pub mapping: String,
    /// How they are.
    pub state: PersonState,
    /// Why they were left out or wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub reason: Option<Reason>,
    /// Why the cloud refuses them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub refused: Option<Error>,
    /// When the cloud acknowledged something of them last, milliseconds since 1970-01-01 UTC.
    pub changed_ms: Option<i64>,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct PeoplePage {
    /// Of everybody who matches, whatever the state.
    pub counts: PeopleCounts,
    /// How many match, of the state that was asked for.
    pub total: u64,
    /// The page, by user name.
    pub people: Vec<KnownPerson>,
}

/// Which sign-ins or activations, the newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInsQuery {
    /// Not before, milliseconds since 1970-01-01 UTC.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub from_ms: Option<i64>,
    /// Before, milliseconds since 1970-01-01 UTC.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub to_ms: Option<i64>,
    /// Only of this outcome.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub outcome: Option<String>,
    /// Only what did not end well, whatever the outcome.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional, as = "Option<bool>"))]
    pub failed: bool,
    /// Only of people with this text in name, user name or e-mail, whatever the case.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub search: Option<String>,
    /// Only before the entry of this id.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub before: Option<i64>,
    /// Entries to return at most; never more than 500.
    pub limit: u32,
}

/// A sign-in or an activation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInRow {
    /// Of the journal's entry.
    pub id: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Who it was, where that is somebody; a typed name that nobody has is kept nowhere.
    pub identity: Option<Identity>,
    /// Display name, where the cloud has the person.
    pub name: Option<String>,
    /// User name, where the cloud has the person.
    pub user_name: Option<String>,
    /// Account, where the cloud has the person.
    pub account: Option<String>,
    /// Mapping that covered the person.
    pub mapping: Option<String>,
    /// How it ended.
    pub outcome: String,
    /// The same, finer where there is more to say.
    pub code: String,
    /// How long it took, in milliseconds; the first of several.
    pub ms: Option<f64>,
    /// How often the same was refused within a minute.
    pub times: u64,
    /// When that was the last time, milliseconds since 1970-01-01 UTC.
    pub last_ms: i64,
}

/// A page of sign-ins or activations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInsPage {
    /// How many there were of each outcome, of everything else that was asked for.
    #[cfg_attr(feature = "contract", ts(type = "Record<string, number>"))]
    pub counts: BTreeMap<String, u64>,
    /// The page.
    pub rows: Vec<SignInRow>,
}

/// What imports did within one hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportCounts {
    /// Where the hour or the day begins, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Imports.
    pub imports: u64,
    /// People who were new, or linked.
    pub added: u64,
    /// People of whom something changed, or who were reactivated.
    pub updated: u64,
    /// People who were deactivated.
    pub deactivated: u64,
    /// People left out by the last import of each mapping.
    pub skipped: u64,
    /// People refused in the last import of each mapping.
    pub refused: u64,
}

/// Sign-ins within one hour.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInHour {
    /// Where the hour begins, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Those that went well.
    pub ok: u64,
    /// The others.
    pub failed: u64,
    /// How many of each outcome.
    #[cfg_attr(feature = "contract", ts(type = "Record<string, number>"))]
    pub by_outcome: BTreeMap<String, u64>,
    /// What 95 of 100 did not exceed, in milliseconds.
    pub p95_ms: Option<u64>,
}

/// What the last import, or the directory, says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Standing {
    /// In no mapping.
    NotCovered,
    /// Covered, and left out for a reason.
    Skipped,
    /// On a list that waits for an approval.
    Waiting,
    /// The cloud refuses them.
    Refused,
    /// Covered, and no import has sent them yet.
    NotYet,
    /// Deactivated in the cloud.
    Inactive,
    /// Active in the cloud.
    Active,
}

impl Standing {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotCovered => "not_covered",
            Self::Skipped => "skipped",
            Self::Waiting => "waiting",
            Self::Refused => "refused",
            Self::NotYet => "not_yet",
            Self::Inactive => "inactive",
            Self::Active => "active",
        }
    }
}

/// What a mapping says of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Coverage {
    /// The mapping.
    pub mapping: String,
    /// Whether it covers them.
    pub covered: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub reason: Option<Reason>,
}

/// What the cloud acknowledged of somebody last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct InCloud {
    /// Its own id of them; empty where it never confirmed one.
    pub cloud_id: String,
    /// Whether they are active.
    pub active: bool,
    /// Of which mapping.
    pub mapping: String,
    /// When, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// What it has of them.
    #[cfg_attr(feature = "contract", ts(type = "Record<string, string>"))]
    pub values: BTreeMap<String, String>,
}

/// What an import did to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportOfPerson {
    /// The import.
    pub run: i64,
    /// When it ended, milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Its mapping.
    pub mapping: String,
    /// What it did.
    pub person: ImportedPerson,
}

/// Wrong passwords that may still be forwarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Budget {
    /// Wrong ones within the window.
    pub wrong: u32,
    /// So many are forwarded.
    pub allowed: u32,
    /// Until when everything is held back, milliseconds since 1970-01-01 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub held_until_ms: Option<i64>,
}

/// Somebody of a typed name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ExplainedPerson {
    /// In which account.
    pub account: String,
    /// Who.
    pub identity: Identity,
    /// Where the entry is, or was.
    pub dn: Dn,
    /// Whether the directory shows the entry now.
    pub in_directory: bool,
    /// Display name.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// How they stand.
    pub standing: Standing,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub reason: Option<Reason>,
    /// The list that they are on and that waits for its approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub waits: Option<ApprovalList>,
    /// Why the cloud refuses them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub refused: Option<Error>,
    /// The mapping that covers them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub mapping: Option<String>,
    /// What each mapping of the account says of them, in order of priority.
    pub mappings: Vec<Coverage>,
    /// What the cloud has of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub cloud: Option<InCloud>,
    /// What imports did to them, the newest first.
    pub imports: Vec<ImportOfPerson>,
    /// Their last sign-ins, the newest first.
    pub sign_ins: Vec<SignInRow>,
    /// Their wrong passwords.
    pub budget: Budget,
}

/// An account whose directory could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct NotAsked {
    /// The account.
    pub account: String,
    /// Why.
    pub error: Error,
}

/// What is known of a typed name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Explanation {
    /// The name as it was typed.
    pub user: String,
    /// Everybody whom it may mean: nobody has it where this is empty and every account was asked.
    pub people: Vec<ExplainedPerson>,
    /// Accounts that were asked, where nobody of the name is.
    pub not_in: Vec<String>,
    /// Accounts that could not be asked.
    pub not_asked: Vec<NotAsked>,
}
