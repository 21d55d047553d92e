//! From what was read and what the cloud has to what happens, person by person, with a reason.

use crate::content::Content;
use crate::guard;
use crate::reasons;
use crate::store::people::Acknowledged;
use crate::store::staging::{Staged, Staging, Unfit};
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
    let mut removals = vec![];
    staging.for_each(|person| {
        if is_removal(&person) {
            removals.push(person.identity);
        }
        Ok(())
    })?;
    if incomplete.is_none() {
        staging.for_each_absent(|person| {
            removals.push(person.identity);
            Ok(())
        })?;
    }
    let count = removals.len() as u64;
    let removals_hash = guard::list_hash(&mut removals);
    let held = guard::needs_approval(count, active, limits) && approved != Some(&removals_hash);
    Ok(Frame { incomplete, removals_hash, held, removals: count })
}

/// Decides everybody, in a fixed order.
pub(crate) fn decide(
    staging: &Staging,
    mapping: &Mapping,
    frame: &Frame,
    visit: &mut dyn FnMut(Decision) -> Result<()>,
) -> Result<()> {
    staging.for_each(|person| {
        let (change, reason) = judge(staging, mapping, &person, frame)?;
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

/// Adds everybody up.
pub(crate) fn count(staging: &Staging, mapping: &Mapping, frame: &Frame) -> Result<Counts> {
    let mut counts = Counts::default();
    decide(staging, mapping, frame, &mut |decision| {
        counts.add(decision.change, 1);
        Ok(())
    })?;
    Ok(counts)
}

/// Somebody who was read but is to become inactive in the cloud: disabled, as the directory itself says.
fn is_removal(person: &Staged) -> bool {
    person.unfit == Some(Unfit::Disabled) && person.known.as_ref().is_some_and(|known| known.active)
}

fn judge(
    staging: &Staging,
    mapping: &Mapping,
    person: &Staged,
    frame: &Frame,
) -> Result<(Change, String)> {
    match person.unfit {
        Some(Unfit::Disabled) if is_removal(person) => {
            return Ok(if frame.held {
                (Change::Hold, reasons::waits_for_approval(frame.removals, &frame.removals_hash))
            } else {
                (Change::Preserve, reasons::DISABLED.to_owned())
            });
        }
        Some(Unfit::Disabled) => return Ok((Change::Skip, reasons::DISABLED.to_owned())),
        Some(Unfit::NoEmail) => return Ok((Change::Skip, reasons::NO_EMAIL.to_owned())),
        Some(Unfit::NoUserName) => {
            return Ok((Change::Skip, reasons::no_user_name(mapping.name_from)));
        }
        Some(Unfit::Claimed) => {
            return Ok((
                Change::Skip,
                reasons::claimed(person.claimed_by.as_deref().unwrap_or_default()),
            ));
        }
        None => {}
    }
    if let Some((what, other)) = staging.rival(person)? {
        return Ok((Change::Skip, reasons::duplicate(what, &other)));
    }
    Ok(match &person.known {
        None => (Change::Create, reasons::NEW.to_owned()),
        Some(known) if !known.active => (Change::Reactivate, reasons::BACK.to_owned()),
        Some(known) if known.digest == person.digest => {
            (Change::Unchanged, reasons::SAME.to_owned())
        }
        Some(known) if known.mapping != mapping.name => {
            (Change::Update, reasons::moved(&known.mapping))
        }
        Some(_) => (Change::Update, String::new()),
    })
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
