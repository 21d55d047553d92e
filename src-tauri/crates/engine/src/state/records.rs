//! What is remembered and told about imports, sign-ins and alerts: plain data for journal, status and cloud.

use connector_model::{
    ApprovalList, ChangeMethod, Code, Counts, Error, Finding, Identity, PasswordNotice,
    SignInOutcome, Watermark,
};
use serde::{Deserialize, Serialize};

/// Counts while an import runs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportProgress {
    /// Mapping that is imported.
    pub mapping: String,
    /// People read from the directory so far.
    pub read: u64,
    /// People to send, once planned.
    pub to_send: Option<u64>,
    /// People acknowledged by the cloud so far.
    pub acknowledged: u64,
}

/// What an import read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum ImportKind {
    /// Everybody of the mapping.
    #[default]
    Full,
    /// Those who changed since the last one.
    Changes,
}

impl ImportKind {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Changes => "changes",
        }
    }

    /// The kind of that text form.
    pub(crate) fn from_text(text: &str) -> Self {
        if text == Self::Changes.as_str() { Self::Changes } else { Self::Full }
    }
}

/// What started an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum StartedBy {
    /// It was due, or went on after it was cut off.
    Schedule,
    /// The directory reported a change.
    Changes,
    /// An administrator, in the window or at the tray icon.
    Window,
    /// An administrator or a script, on the command line.
    CommandLine,
    /// The cloud asked for it.
    Cloud,
}

impl StartedBy {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Schedule => "schedule",
            Self::Changes => "changes",
            Self::Window => "window",
            Self::CommandLine => "command_line",
            Self::Cloud => "cloud",
        }
    }
}

/// People whom the cloud refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Refusal {
    /// Code of the refusal; entries of earlier versions have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(type = "string", optional))]
    pub code: Option<Code>,
    /// The cloud's words.
    pub reason: String,
    /// How many people.
    pub people: u64,
    /// Who they are, [`Refusal::EXAMPLES`] at most; entries of earlier versions name nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<RefusedPerson>>", optional))]
    pub examples: Vec<RefusedPerson>,
}

impl Refusal {
    /// People of one reason who are named in a record.
    pub const EXAMPLES: usize = 20;
}

/// Somebody whom the cloud refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct RefusedPerson {
    /// User name as it was sent.
    pub user_name: String,
    /// Who it is, whatever the name.
    pub identity: Identity,
}

/// The last word of the cloud about somebody whom it refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRefusal {
    /// User name as it was sent.
    pub user_name: String,
    /// Why, the last time.
    pub error: Error,
    /// Refused since then without an acknowledgement in between, milliseconds since 1970-01-01 UTC.
    pub since_ms: i64,
}

/// How many people of a mapping are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RefusedPeople {
    /// People.
    pub people: u64,
    /// Since when the first of them is, milliseconds since 1970-01-01 UTC; `None` where nobody is.
    pub since_ms: Option<i64>,
}

/// People of a mapping whom the cloud refuses, until it takes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Refused {
    /// The mapping.
    pub mapping: String,
    /// How many people.
    pub people: u64,
    /// Since when the first of them is refused, milliseconds since 1970-01-01 UTC.
    pub since_ms: i64,
    /// Why most of them are.
    pub error: Error,
}

/// One import, as the journal keeps it and every door shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportRecord {
    /// Mapping that was imported.
    pub mapping: String,
    /// What was read.
    #[serde(default)]
    pub kind: ImportKind,
    /// What started it; imports of earlier versions do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub started_by: Option<StartedBy>,
    /// Milliseconds since 1970-01-01 UTC.
    pub started_ms: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub finished_ms: i64,
    /// Whether the directory returned everything.
    pub complete: bool,
    /// People read.
    pub read: u64,
    /// What the plan asked for.
    pub counts: Counts,
    /// People acknowledged by the cloud.
    pub acknowledged: u64,
    /// Of those, whom the cloud's answer did not show as they should be: it only said that it is done.
    #[serde(default, skip_serializing_if = "none")]
    #[cfg_attr(feature = "contract", ts(as = "Option<u64>", optional))]
    pub assumed: u64,
    /// People refused by the cloud.
    pub refused: u64,
    /// The cloud's reasons for that, the most frequent first, twenty at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<Refusal>>", optional))]
    pub refusals: Vec<Refusal>,
    /// What the import could not decide: people who cannot be judged, parts that are on another server.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<Finding>>", optional))]
    pub findings: Vec<Finding>,
    /// Lists of people that wait for an approval: nothing of them was sent.
    #[serde(default)]
    pub awaiting_approval: Vec<ApprovalList>,
    /// Lists that were approved for this import.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<ApprovalList>>", optional))]
    pub approved: Vec<ApprovalList>,
    /// Where the directory's history stood before; `None` at the first import.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub watermark_before: Option<Watermark>,
    /// Where it stands now; moved only when everything was acknowledged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub watermark_after: Option<Watermark>,
    /// When it goes on by itself, where the cloud asked to wait; milliseconds since 1970-01-01 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub resumes_ms: Option<i64>,
    /// Why it ended early or is incomplete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub error: Option<Error>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn none(count: &u64) -> bool {
    *count == 0
}

/// Answer to a sign-in, for the journal and the command line. The cloud gets outcome and identity only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct SignInAnswer {
    /// How it ended.
    pub outcome: SignInOutcome,
    /// Who it was, if found.
    pub identity: Option<Identity>,
    /// Where the entry is, if found.
    pub dn: Option<connector_model::Dn>,
    /// What the directory says of a password that it accepted: how long it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub notice: Option<PasswordNotice>,
}

/// A mapping that was removed, and whom the cloud still has of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct LeftBehind {
    /// Its name.
    pub mapping: String,
    /// Active people.
    pub people: u64,
}

/// The deactivation of whom a removed mapping left behind: the list, and what was done once that was approved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deactivation {
    /// The removed mapping.
    pub mapping: String,
    /// People of the list.
    pub people: u64,
    /// Hash of exactly that list.
    pub hash: String,
    /// User names of some of them.
    pub examples: Vec<String>,
    /// What was sent; `None` while the list waits for its approval.
    pub record: Option<ImportRecord>,
}

/// What can be wrong for longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum AlertKind {
    /// No server of an account answers.
    DirectoryConnection,
    /// The bind account of an account is refused.
    DirectoryAuthentication,
    /// The database was lost or damaged; it is over once every mapping was imported again.
    DatabaseLost,
    /// The cloud refuses people; it is over once it takes them.
    PeopleRefused,
    /// Somebody, or the bind account, signs in with an expired password, which the directory accepts a few times; it is
    /// over once they sign in with another one.
    GraceSignIns,
    /// Nothing can be stored; of no account.
    Storage,
    /// The keychain is locked, cannot be used, or has not what the registration needs; of no account.
    Secrets,
    /// Another computer uses the registration; of no account.
    Identity,
}

/// Something that needs an administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Alert {
    /// What it is about.
    pub kind: AlertKind,
    /// Which account.
    pub account: Option<String>,
    /// Since when, milliseconds since 1970-01-01 UTC.
    pub since_ms: i64,
    /// Code of the error that raised it.
    #[cfg_attr(feature = "contract", ts(type = "string"))]
    pub code: Code,
    /// What happened.
    pub message: String,
    /// What to do.
    pub action: String,
}

impl Alert {
    /// What raised it.
    pub fn error(&self) -> Error {
        Error::new(self.code, &self.message).with_action(&self.action)
    }
}

/// How the changes of one mapping are learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Following {
    /// The mapping.
    pub mapping: String,
    /// By what the server offers.
    pub method: ChangeMethod,
    /// Why not at the moment; tried again by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub error: Option<Error>,
}
