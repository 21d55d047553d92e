//! From what was read and what the cloud has to what happens, person by person, with a reason.

use crate::content::Content;
use crate::guard::{self, ListHash};
use crate::reasons;
use crate::store::people::Acknowledged;
use crate::store::staging::{Staged, Staging, Standing, Unfit};
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
    /// Not seen in this read: must be proven before it is carried out.
    pub absent: bool,
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
    /// Whether they wait for an approval.
    pub held: bool,
    pub removals: u64,
}

/// Looks at everybody who would be made inactive.
pub(crate) fn frame(
    staging: &Staging,
    active: u64,
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
    let held = guard::needs_approval(removals, active, limits) && approved != Some(&removals_hash);
    Ok(Frame { incomplete, removals_hash, held, removals })
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
            cloud_id: person.known.map(|known| known.cloud_id),
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            content: person.content,
            absent: false,
        })
    })?;
    staging.for_each_absent(|person| {
        let (change, reason) = judge_absent(&person, frame);
        visit(Decision {
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            content: person.content,
            cloud_id: Some(person.cloud_id),
            absent: true,
        })
    })
}

/// Adds everybody up, without looking at single people.
pub(crate) fn count(staging: &Staging, frame: &Frame) -> Result<Counts> {
    let mut counts = Counts::default();
    for (standing, people) in staging.standings()? {
        counts.add(change(standing, frame), people);
    }
    staging.for_each_absent(|person| {
        counts.add(judge_absent(&person, frame).0, 1);
        Ok(())
    })?;
    Ok(counts)
}

/// What happens to somebody who was read.
fn change(standing: Standing, frame: &Frame) -> Change {
    match (standing.unfit, standing.known) {
        (Some(Unfit::Disabled), Some(known)) if known.active => {
            if frame.held {
                Change::Hold
            } else {
                Change::Preserve
            }
        }
        (Some(_), _) => Change::Skip,
        (None, None) => Change::Create,
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

fn judge_absent(person: &Acknowledged, frame: &Frame) -> (Change, String) {
    match &frame.incomplete {
        Some(error) => (Change::Hold, reasons::not_proven(error)),
        None if frame.held => {
            (Change::Hold, reasons::waits_for_approval(frame.removals, &frame.removals_hash))
        }
        None if person.active => (Change::Preserve, reasons::ABSENT.to_owned()),
        None => (Change::Unchanged, reasons::SAME.to_owned()),
    }
}
