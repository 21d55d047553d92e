//! What past imports did, run by run and person by person: plain data for every door.

use crate::state::records::ImportRecord;
use connector_model::{ApprovalList, Change, Error, PlannedPerson};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which imports, the newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportsQuery {
    /// Only of this mapping.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub mapping: Option<String>,
    /// Only imports before the one of this id.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub before: Option<i64>,
    /// Imports to return at most; never more than 500.
    pub limit: u32,
}

/// One import of the past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportRun {
    /// Rises with every import.
    pub id: i64,
    /// How it ended.
    pub record: ImportRecord,
    /// Whether all its people can be shown: they are kept for 90 days at most, and while there is room.
    pub people_kept: bool,
}

/// Which people of an import.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct RunPeopleQuery {
    /// Only people of this change.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub change: Option<Change>,
    /// Only people with a reason of this kind.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub reason_kind: Option<String>,
    /// Only people whom the cloud refused.
    #[serde(default)]
    pub refused: bool,
    /// Only people with this text in DN, user name, e-mail or the values of their reason, whatever the case.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub search: Option<String>,
    /// People to pass over.
    #[serde(default)]
    pub offset: u64,
    /// People to return at most; never more than 500.
    pub limit: u32,
}

/// How many people of an import had one change for one kind of reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct RunGroup {
    /// What happened to them.
    pub change: Change,
    /// Why.
    pub reason_kind: String,
    /// How many.
    pub people: u64,
    /// Of those, whom the cloud refused.
    pub refused: u64,
}

/// A person of a past import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ImportedPerson {
    /// Who, what and why; `refused` says why the cloud did not take them in that import.
    #[serde(flatten)]
    pub planned: PlannedPerson,
    /// Why nothing came of it in that import, where the cloud could not be reached or asked to wait.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub postponed: Option<Error>,
    /// What the cloud had before, of the fields that differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(type = "Record<string, string>", optional))]
    pub before: Option<BTreeMap<String, String>>,
    /// What was sent instead. Of somebody new it is all that the cloud has, as long as that is the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(type = "Record<string, string>", optional))]
    pub after: Option<BTreeMap<String, String>>,
}

/// People of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct RunPeople {
    /// How many match.
    pub total: u64,
    /// How many there are of each change and reason, whatever was asked for.
    pub groups: Vec<RunGroup>,
    /// The page.
    pub people: Vec<ImportedPerson>,
}

/// The people of a list that waits for its approval, as they were when the list was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct AwaitingPeople {
    /// The list; an approval names its hash.
    pub list: ApprovalList,
    /// How many of them match.
    pub total: u64,
    /// The page.
    pub people: Vec<ImportedPerson>,
}
