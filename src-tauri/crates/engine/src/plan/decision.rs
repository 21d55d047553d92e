//! What is decided: person by person, and before that for the whole.

use crate::plan::consent::{Consent, Gate};
use crate::plan::content::Content;
use connector_model::{
    ApprovalList, Change, Dn, Error, Finding, Identity, NeededApproval, PlannedPerson, Reason,
};

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
    /// The identity that the cloud knows the person by until now, where the entry was made anew.
    pub former: Option<Identity>,
    /// The user name is a temporary one: somebody else gets the old one, and this person another one later.
    pub parked: bool,
}

impl Decision {
    pub fn to_planned(&self) -> PlannedPerson {
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        PlannedPerson {
            identity: self.identity.clone(),
            dn: self.dn.clone(),
            user_name: some(&self.content.user_name),
            email: some(&self.content.email),
            name: self.content.display_name.clone(),
            change: self.change,
            reason: self.reason.clone(),
            needs: self.needs.clone(),
            refused: None,
        }
    }
}

/// What is known about the whole before single people are decided.
#[derive(Debug, Clone)]
pub(crate) struct PlanContext {
    /// Why the read is incomplete, if it is.
    pub incomplete: Option<Error>,
    /// What could not be decided although the read is complete.
    pub findings: Vec<Finding>,
    /// Those who would be made inactive.
    pub removals: Gate,
    /// Those whose entry was made anew, and who would keep their users.
    pub relinks: Gate,
    /// Everybody who would be made inactive, whether they need an approval or not.
    pub all_removals: ApprovalList,
}

impl PlanContext {
    /// Every list that needs an approval, whether it has it or not.
    pub fn lists(&self) -> Vec<&ApprovalList> {
        self.gates().map(|gate| &gate.list).collect()
    }

    /// The lists that wait for an approval.
    pub fn awaiting(&self) -> Vec<ApprovalList> {
        self.gates().filter(|gate| gate.waits()).map(|gate| gate.list.clone()).collect()
    }

    /// The lists that were approved.
    pub fn approved(&self) -> Vec<ApprovalList> {
        self.gates().filter(|gate| gate.approved).map(|gate| gate.list.clone()).collect()
    }

    /// The same where nobody is made inactive without an approval, however few they are.
    #[must_use]
    pub fn with_approval_of_everybody(self, consent: &Consent) -> Self {
        let list = self.all_removals.clone();
        let approved = consent.approves(&list);
        Self { removals: Gate { list, everybody: true, approved }, ..self }
    }

    /// Hash of those who would be made inactive: of the list where there is one, else of everybody.
    pub fn plan_hash(&self) -> &str {
        let list = &self.removals.list;
        if list.people > 0 { &list.hash } else { &self.all_removals.hash }
    }

    fn gates(&self) -> impl Iterator<Item = &Gate> {
        [&self.removals, &self.relinks].into_iter().filter(|gate| gate.list.people > 0)
    }
}
