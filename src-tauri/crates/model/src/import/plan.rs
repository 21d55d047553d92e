//! What an import would do, person by person, each with a reason.

use crate::{Dn, Error, Identity, NeededApproval, Reason};
use serde::{Deserialize, Serialize};

/// What happens to one person. The connector never deletes: the strongest change is `Preserve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Change {
    /// New in the cloud.
    Create,
    /// Known to the cloud, something differs.
    Update,
    /// Made inactive in the cloud; data is kept.
    Preserve,
    /// Was inactive, becomes active again.
    Reactivate,
    /// The cloud has this person already, without link to the directory: they are linked.
    Adopt,
    /// Not imported, for a reason.
    Skip,
    /// Not decided, because the directory did not prove enough: nothing is sent.
    Hold,
    /// Nothing to do.
    Unchanged,
}

impl Change {
    /// All changes in the order of tables.
    pub const ALL: [Self; 8] = [
        Self::Create,
        Self::Update,
        Self::Preserve,
        Self::Reactivate,
        Self::Adopt,
        Self::Skip,
        Self::Hold,
        Self::Unchanged,
    ];

    /// Whether the cloud is asked for something.
    pub fn is_sent(self) -> bool {
        !matches!(self, Self::Skip | Self::Hold | Self::Unchanged)
    }

    /// The stable text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Preserve => "preserve",
            Self::Reactivate => "reactivate",
            Self::Adopt => "adopt",
            Self::Skip => "skip",
            Self::Hold => "hold",
            Self::Unchanged => "unchanged",
        }
    }

    /// The change of that text form.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == text)
    }
}

/// How many people of each kind a plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Counts {
    /// See [`Change::Create`].
    pub create: u64,
    /// See [`Change::Update`].
    pub update: u64,
    /// See [`Change::Preserve`].
    pub preserve: u64,
    /// See [`Change::Reactivate`].
    pub reactivate: u64,
    /// See [`Change::Adopt`].
    pub adopt: u64,
    /// See [`Change::Skip`].
    pub skip: u64,
    /// See [`Change::Hold`].
    pub hold: u64,
    /// See [`Change::Unchanged`].
    pub unchanged: u64,
}

impl Counts {
    /// The count of one kind.
    pub fn get(&self, change: Change) -> u64 {
        match change {
            Change::Create => self.create,
            Change::Update => self.update,
            Change::Preserve => self.preserve,
            Change::Reactivate => self.reactivate,
            Change::Adopt => self.adopt,
            Change::Skip => self.skip,
            Change::Hold => self.hold,
            Change::Unchanged => self.unchanged,
        }
    }

    /// Adds `n` people to one kind.
    pub fn add(&mut self, change: Change, n: u64) {
        let slot = match change {
            Change::Create => &mut self.create,
            Change::Update => &mut self.update,
            Change::Preserve => &mut self.preserve,
            Change::Reactivate => &mut self.reactivate,
            Change::Adopt => &mut self.adopt,
            Change::Skip => &mut self.skip,
            Change::Hold => &mut self.hold,
            Change::Unchanged => &mut self.unchanged,
        };
        *slot += n;
    }

    /// People who would be sent to the cloud.
    pub fn to_send(&self) -> u64 {
        self.create + self.update + self.preserve + self.reactivate + self.adopt
    }
}

/// One person of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct PlannedPerson {
    /// Who.
    pub identity: Identity,
    /// Where the entry is (or was).
    pub dn: Dn,
    /// Name in the cloud, by the mapping's `name_from`.
    pub user_name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Display name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub name: Option<String>,
    /// What happens.
    pub change: Change,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// The list that the person is on, where it waits for an approval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub needs: Option<NeededApproval>,
    /// Why the cloud refused the person the last time, where it has not taken them since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub refused: Option<Error>,
}
