//! What waits for an administrator: lists of people, each approved by the hash of exactly that list.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, IntoStaticStr};

/// What would happen to the people of a list once it is approved.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Default,
    Serialize,
    Deserialize,
    EnumIter,
    IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[non_exhaustive]
pub enum ApprovalKind {
    /// They become inactive in the cloud; their data is kept.
    #[default]
    Deactivate,
    /// They have a new entry in the directory, and keep their users in the cloud.
    Relink,
}

impl ApprovalKind {
    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// People of one mapping to whom one thing happens once an administrator approves exactly them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct ApprovalList {
    /// Whose import it is.
    pub mapping: String,
    /// What would happen to them.
    pub kind: ApprovalKind,
    /// How many they are.
    pub people: u64,
    /// Of kind and people: 32 hexadecimal digits, which an approval names.
    pub hash: String,
}

/// The list that somebody of a plan is on, and that waits for its approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct NeededApproval {
    /// What happens to those on it.
    #[serde(default)]
    pub kind: ApprovalKind,
    /// Hash of exactly that list.
    pub list: String,
    /// How many people are on it.
    pub people: u64,
}
