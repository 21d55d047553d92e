//! What is decided: person by person, and before that for the whole.

use crate::plan::content::Content;
use connector_model::{Change, Dn, Error, Identity, NeededApproval, PlannedPerson, Reason};

/// One decided person, with all that is needed to carry it out.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub identity: Identity,
    pub dn: Dn,
    pub change: Change,
    pub reason: Reason,
    pub needs: Option<NeededApproval>,
    pub content: Content,
    pub cloud_id: Option<String>,
}

impl Decision {
    pub fn to_planned(&self) -> PlannedPerson {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        PlannedPerson {
            identity: self.identity.clone(),
            dn: self.dn.clone(),
            user_name: some(&self.content.user_name),
            email: some(&self.content.email),
            change: self.change,
            reason: self.reason.clone(),
            needs: self.needs.clone(),
        }
    }
}

/// What is known about the whole before single people are decided.
#[derive(Debug, Clone)]
pub(crate) struct PlanContext {
    /// Why the read is incomplete, if it is.
    pub incomplete: Option<Error>,
    /// Hash of everybody who would be made inactive.
    pub removals_hash: String,
    /// How many they are.
    pub removals: u64,
    /// Whether they are more than may go without an approval.
    pub over_limit: bool,
    /// How many of them cannot be told from people who are out of sight.
    pub unproven: u64,
    /// Whether an administrator approved exactly this list.
    pub approved: bool,
}

impl PlanContext {
    /// Whether somebody waits for an approval.
    pub fn waits(&self) -> bool {
        !self.approved && (self.over_limit || self.unproven > 0)
    }

    /// The approval of everybody who would be made inactive.
    pub fn approval(&self) -> NeededApproval {
        NeededApproval { list: self.removals_hash.clone(), people: self.removals }
    }
}
