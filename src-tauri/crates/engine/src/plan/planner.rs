//! From what was read and what the cloud has to what happens, person by person, with a reason.

use crate::plan::content::Content;
use crate::plan::removal_limit::{self, ListHash};
use crate::store::staging::area::Staging;
use crate::store::staging::staged::{Adoption, Staged, Standing, Unfit};
use crate::store::staging::verdicts::Verdict;
use connector_model::settings::ImportSettings;
use connector_model::{
    Change, Counts, Dn, Error, Identity, Mapping, NeededApproval, PlannedPerson, Reason, Result,
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
pub(crate) struct Frame {
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

impl Frame {
    /// Whether somebody waits for an approval.
    pub fn waits(&self) -> bool {
        !self.approved && (self.over_limit || self.unproven > 0)
    }

    /// The approval of everybody who would be made inactive.
    fn approval(&self) -> NeededApproval {
        NeededApproval { list: self.removals_hash.clone(), people: self.removals }
    }
}

/// Looks at everybody who would be made inactive. `people` tells of how many active ones, and how many were in the last day:
/// it has to count them, so it is asked only when there is anybody.
pub(crate) fn frame(
    staging: &Staging,
    people: impl FnOnce() -> Result<(u64, u64)>,
    incomplete: Option<Error>,
    approved: Option<&str>,
    limits: &ImportSettings,
) -> Result<Frame> {
    let (mut removals, mut hash) = (0, ListHash::default());
    staging.for_each_removal(incomplete.is_none(), |identity| {
        removals += 1;
        hash.add(identity);
    })?;
    let removals_hash = hash.finish();
    let (active, recent) = if removals > 0 { people()? } else { (0, 0) };
    Ok(Frame {
        over_limit: removal_limit::needs_approval(removals, recent, active, limits),
        unproven: if incomplete.is_none() { staging.unproven()? } else { 0 },
        approved: approved == Some(&removals_hash),
        incomplete,
        removals_hash,
        removals,
    })
}

/// Decides everybody, in a fixed order.
pub(crate) fn decide(
    staging: &Staging,
    mapping: &Mapping,
    frame: &Frame,
    visit: &mut dyn FnMut(Decision) -> Result<()>,
) -> Result<()> {
    staging.for_each(|person| {
        let change = change(person.standing(), frame);
        let reason = reason(mapping, &person, change);
        visit(Decision {
            cloud_id: person
                .known
                .map(|known| known.cloud_id)
                .or(person.adoption.map(|adopted| adopted.cloud_id)),
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            needs: (change == Change::Hold).then(|| frame.approval()),
            content: person.content,
        })
    })?;
    staging.for_each_absent(|person, verdict| {
        let (change, reason, waits) = judge_absent(verdict, frame);
        visit(Decision {
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            needs: waits.then(|| frame.approval()),
            content: person.content,
            cloud_id: Some(person.cloud_id),
        })
    })
}

/// Adds everybody up, without looking at single people.
pub(crate) fn count(staging: &Staging, frame: &Frame) -> Result<Counts> {
    let mut counts = Counts::default();
    for (standing, people) in staging.standings()? {
        counts.add(change(standing, frame), people);
    }
    staging.for_each_absent(|_, verdict| {
        counts.add(judge_absent(verdict, frame).0, 1);
        Ok(())
    })?;
    Ok(counts)
}

/// What happens to somebody who was read.
fn change(standing: Standing, frame: &Frame) -> Change {
    match (standing.unfit, standing.known) {
        (Some(Unfit::Disabled), Some(known)) if known.active => {
            if frame.over_limit && !frame.approved { Change::Hold } else { Change::Preserve }
        }
        (Some(_), _) => Change::Skip,
        (None, None) => match standing.adoption {
            None => Change::Create,
            Some(Adoption::Ambiguous) => Change::Skip,
            Some(Adoption::ByEmail | Adoption::ByUserName) => Change::Adopt,
        },
        (None, Some(known)) if !known.sure => Change::Create,
        (None, Some(known)) if !known.active => Change::Reactivate,
        (None, Some(known)) if known.same => Change::Unchanged,
        (None, Some(_)) => Change::Update,
    }
}

/// Why that happens to somebody who was read.
fn reason(mapping: &Mapping, person: &Staged, change: Change) -> Reason {
    let other = person.other.clone().unwrap_or_default();
    match (person.unfit, change) {
        (Some(Unfit::Disabled), _) => Reason::Disabled,
        (Some(Unfit::NoEmail), _) => Reason::NoEmail,
        (Some(Unfit::NoUserName), _) => Reason::NoUserName { name_from: mapping.name_from },
        (Some(Unfit::Claimed), _) => Reason::Claimed { mapping: other },
        (Some(Unfit::SameUserName), _) => Reason::SameUserName { other },
        (Some(Unfit::SameIdentity), _) => Reason::SameIdentity { other },
        (Some(Unfit::SameEmail), _) => Reason::SameEmail { other },
        (None, Change::Adopt | Change::Skip) => {
            person.adoption.as_ref().map_or(Reason::New, |a| linked(a.how, a.name.clone()))
        }
        (None, Change::Create) => Reason::New,
        (None, Change::Reactivate) => Reason::Back,
        (None, Change::Unchanged) => Reason::Same,
        (None, _) => match &person.known {
            Some(known) if known.mapping != mapping.name => {
                Reason::Moved { mapping: known.mapping.clone() }
            }
            // Which fields differ is found out where somebody wants to know.
            _ => Reason::MappingChanged,
        },
    }
}

fn linked(how: Adoption, name: String) -> Reason {
    match how {
        Adoption::ByEmail => Reason::LinkedByEmail { name },
        Adoption::ByUserName => Reason::LinkedByUserName { name },
        Adoption::Ambiguous => Reason::Ambiguous { name },
    }
}

/// What happens to somebody who was not read, why, and whether it waits for an approval.
fn judge_absent(verdict: Option<Verdict>, frame: &Frame) -> (Change, Reason, bool) {
    let held = |reason| (Change::Hold, reason, false);
    if let Some(error) = &frame.incomplete {
        return held(Reason::NotProven { error: error.clone() });
    }
    let reason = match verdict {
        Some(Verdict::Moves(mapping)) => return held(Reason::MovesTo { mapping }),
        Some(Verdict::Back) | None => return held(Reason::BackAgain),
        Some(Verdict::Unproven(reason)) if !frame.approved => return (Change::Hold, reason, true),
        Some(Verdict::Unproven(_)) => Reason::Approved,
        Some(Verdict::Deleted) => Reason::Deleted,
        Some(Verdict::Left(reason)) => reason,
    };
    if frame.over_limit && !frame.approved {
        return (Change::Hold, reason, true);
    }
    (Change::Preserve, reason, false)
}
