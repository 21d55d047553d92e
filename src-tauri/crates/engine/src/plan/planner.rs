//! From what was read and what the cloud has to what happens, person by person, with a reason.

use crate::plan::content::Content;
use crate::plan::reasons;
use crate::plan::removal_limit::{self, ListHash};
use crate::store::staging::area::Staging;
use crate::store::staging::staged::{Adoption, Staged, Standing, Unfit};
use crate::store::staging::verdicts::Verdict;
use connector_model::settings::ImportSettings;
use connector_model::{Change, Counts, Dn, Error, Identity, Mapping, PlannedPerson, Result};

/// One decided person, with all that is needed to carry it out.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub identity: Identity,
    pub dn: Dn,
    pub change: Change,
    pub reason: String,
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
        let (change, reason) = judge(mapping, &person, frame);
        visit(Decision {
            cloud_id: person
                .known
                .map(|known| known.cloud_id)
                .or(person.adoption.map(|adopted| adopted.cloud_id)),
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            content: person.content,
        })
    })?;
    staging.for_each_absent(|person, verdict| {
        let (change, reason) = judge_absent(verdict, frame);
        visit(Decision {
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
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

fn judge(mapping: &Mapping, person: &Staged, frame: &Frame) -> (Change, String) {
    let change = change(person.standing(), frame);
    let other = person.other.as_deref().unwrap_or_default();
    let reason = match (person.unfit, change) {
        (Some(Unfit::Disabled), Change::Hold) => {
            reasons::waits_for_approval(frame.removals, &frame.removals_hash)
        }
        (Some(Unfit::Disabled), _) => reasons::DISABLED.to_owned(),
        (Some(Unfit::NoEmail), _) => reasons::NO_EMAIL.to_owned(),
        (Some(Unfit::NoUserName), _) => reasons::no_user_name(mapping.name_from),
        (Some(Unfit::Claimed), _) => reasons::claimed(other),
        (Some(Unfit::SameUserName), _) => reasons::duplicate("user name", other),
        (Some(Unfit::SameIdentity), _) => reasons::duplicate("unique identifier", other),
        (Some(Unfit::SameEmail), _) => reasons::duplicate("e-mail address", other),
        (None, Change::Create) => reasons::NEW.to_owned(),
        (None, Change::Adopt | Change::Skip) => {
            person.adoption.as_ref().map(|a| reasons::adopted(a.how, &a.name)).unwrap_or_default()
        }
        (None, Change::Reactivate) => reasons::BACK.to_owned(),
        (None, Change::Unchanged) => reasons::SAME.to_owned(),
        (None, _) => match &person.known {
            Some(known) if known.mapping != mapping.name => reasons::moved(&known.mapping),
            // Which fields differ is found out where somebody wants to know.
            _ => String::new(),
        },
    };
    (change, reason)
}

fn judge_absent(verdict: Option<Verdict>, frame: &Frame) -> (Change, String) {
    if let Some(error) = &frame.incomplete {
        return (Change::Hold, reasons::not_proven(error));
    }
    let reason = match verdict {
        Some(Verdict::Moves(mapping)) => return (Change::Hold, reasons::moves_to(&mapping)),
        Some(Verdict::Back) | None => return (Change::Hold, reasons::BACK_AGAIN.to_owned()),
        Some(Verdict::Unproven(reason)) if !frame.approved => {
            return (Change::Hold, format!("{reason} {}", reasons::waits(&frame.removals_hash)));
        }
        Some(Verdict::Unproven(_)) => reasons::APPROVED.to_owned(),
        Some(Verdict::Deleted) => reasons::DELETED.to_owned(),
        Some(Verdict::Left(reason)) => reason,
    };
    if frame.over_limit && !frame.approved {
        let waits = reasons::waits_for_approval(frame.removals, &frame.removals_hash);
        return (Change::Hold, format!("{reason} {waits}"));
    }
    (Change::Preserve, reason)
}
