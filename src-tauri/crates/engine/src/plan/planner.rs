//! From what was read and what the cloud has to what happens, person by person, with a reason.

use crate::plan::consent::{Consent, Gate};
use crate::plan::decision::{Decision, PlanContext};
use crate::plan::people_list::PeopleList;
use crate::plan::removal_limit;
use crate::plan::standing::{Adopted, Adoption, SkipReason, Staged, Standing};
use crate::plan::temporary_name::temporary;
use crate::store::staging::area::Staging;
use crate::store::staging::verdicts::Verdict;
use connector_model::settings::ImportSettings;
use connector_model::{
    ApprovalKind, Change, Counts, Criterion, Error, Finding, FindingKind, Mapping, NeededApproval,
    Reason, Reference, Result,
};

/// Looks at everybody who would be made inactive. `people` tells of how many active ones, and how many were in the last day:
/// it has to count them, so it is asked only when there is anybody.
pub(crate) fn context(
    staging: &Staging,
    people: impl Fn() -> Result<(u64, u64)>,
    (incomplete, elsewhere): (Option<Error>, &[Reference]),
    consent: &Consent,
    limits: &ImportSettings,
) -> Result<PlanContext> {
    let mut all = PeopleList::new(ApprovalKind::Deactivate);
    let mut in_doubt = PeopleList::new(ApprovalKind::Deactivate);
    staging.for_each_removal(incomplete.is_none(), |identity, is_in_doubt| {
        all.add(identity);
        if is_in_doubt {
            in_doubt.add(identity);
        }
    })?;
    let (active, recent) = if all.people > 0 { people()? } else { (0, 0) };
    let everybody = removal_limit::needs_approval(all.people, recent, active, limits);
    let all_removals = all.finish(staging.mapping_name());
    let in_doubt = in_doubt.finish(staging.mapping_name());
    let list = if everybody { all_removals.clone() } else { in_doubt };
    let removals = Gate { approved: consent.approves(&list), list, everybody };
    let relinks = relinks(staging, people, consent, limits)?;
    let findings = findings(staging, elsewhere)?;
    Ok(PlanContext { incomplete, findings, removals, relinks, all_removals })
}

/// Looks at everybody whose entry was made anew. More than may be made inactive at once, or everybody, need an approval; whoever
/// has nothing but the identifier of somebody needs one in any case.
fn relinks(
    staging: &Staging,
    people: impl Fn() -> Result<(u64, u64)>,
    consent: &Consent,
    limits: &ImportSettings,
) -> Result<Gate> {
    let mut list = PeopleList::new(ApprovalKind::Relink);
    let mut in_doubt = PeopleList::new(ApprovalKind::Relink);
    let mut inactive = 0;
    staging.for_each_relink(|identity, is_active, is_in_doubt| {
        list.add(identity);
        inactive += u64::from(!is_active);
        if is_in_doubt {
            in_doubt.add(identity);
        }
    })?;
    let active = if list.people > 0 { people()?.0 } else { 0 };
    let everybody = removal_limit::needs_approval(list.people, 0, active + inactive, limits);
    let needed = if everybody { list } else { in_doubt };
    let list = needed.finish(staging.mapping_name());
    Ok(Gate { approved: consent.approves(&list), list, everybody })
}

/// What cannot be decided whatever is done about it here.
fn findings(staging: &Staging, elsewhere: &[Reference]) -> Result<Vec<Finding>> {
    let (undecided, examples) = staging.undecided()?;
    let urls: Vec<String> = elsewhere.iter().map(|part| part.url.clone()).collect();
    let all = [
        Finding::new(FindingKind::Undecided, undecided, examples),
        Finding::new(FindingKind::OnOtherServer, urls.len() as u64, urls),
    ];
    let all = all.into_iter().filter(|finding| finding.count > 0);
    Ok(staging.doubted()?.into_iter().chain(all).collect())
}

/// Decides everybody, in a fixed order.
pub(crate) fn decide(
    staging: &Staging,
    mapping: &Mapping,
    context: &PlanContext,
    visit: &mut dyn FnMut(Decision) -> Result<()>,
) -> Result<()> {
    staging.for_each(None, |person| visit(decided(person, mapping, context)))?;
    decide_absent(staging, context, visit)
}

/// Decides those whose turn it is: whoever takes a user name of somebody else comes after them.
pub(crate) fn decide_turn(
    staging: &Staging,
    mapping: &Mapping,
    context: &PlanContext,
    turn: u32,
    visit: &mut dyn FnMut(Decision) -> Result<()>,
) -> Result<()> {
    staging.for_each(Some(turn), |person| visit(decided(person, mapping, context)))?;
    if turn == 0 { decide_absent(staging, context, visit) } else { Ok(()) }
}

fn decided(mut person: Staged, mapping: &Mapping, context: &PlanContext) -> Decision {
    let change = change(person.standing(), context);
    let reason = reason(mapping, &person, change);
    let needs = match (change, &reason) {
        (Change::Hold, Reason::Relinked { .. }) => context.relinks.needed(false),
        (Change::Hold, Reason::ReusedIdentity { .. }) => context.relinks.needed(true),
        (Change::Hold, Reason::Disabled) => context.removals.needed(false),
        _ => None,
    };
    // Whoever is made inactive keeps in the cloud what they have there, whatever the directory says of them by now.
    let kept = person.known.as_mut().and_then(|known| known.content_if_disabled.take());
    let kept = kept.filter(|_| change == Change::Preserve);
    let (cloud_id, former) = match (person.known, person.adoption) {
        (_, Some(Adopted { former: Some(former), cloud_id, .. })) => (Some(cloud_id), Some(former)),
        (Some(known), _) => (Some(known.cloud_id), None),
        (None, Some(adopted)) => (Some(adopted.cloud_id), None),
        (None, None) => (None, None),
    };
    let mut sent = kept.unwrap_or(person.content);
    if person.parked {
        sent.user_name = temporary(&sent.user_name, &person.identity);
    }
    let (identity, dn, parked) = (person.identity, person.dn, person.parked);
    Decision { identity, dn, change, reason, needs, content: sent, cloud_id, former, parked }
}

fn decide_absent(
    staging: &Staging,
    context: &PlanContext,
    visit: &mut dyn FnMut(Decision) -> Result<()>,
) -> Result<()> {
    staging.for_each_absent(|person, verdict| {
        let (change, reason, needs) = change_of_absent(verdict, context);
        visit(Decision {
            identity: person.identity,
            dn: person.dn,
            change,
            reason,
            needs,
            content: person.content,
            cloud_id: Some(person.cloud_id),
            former: None,
            parked: false,
        })
    })
}

/// Adds everybody up, without looking at single people.
pub(crate) fn count(staging: &Staging, context: &PlanContext) -> Result<Counts> {
    let mut counts = Counts::default();
    for (standing, people) in staging.standings()? {
        counts.add(change(standing, context), people);
    }
    staging.for_each_absent(|_, verdict| {
        counts.add(change_of_absent(verdict, context).0, 1);
        Ok(())
    })?;
    Ok(counts)
}

/// What happens to somebody who was read.
fn change(standing: Standing, context: &PlanContext) -> Change {
    match (standing.unfit, standing.known) {
        (Some(SkipReason::Disabled), Some(known)) if known.active => {
            if context.removals.needed(false).is_some() { Change::Hold } else { Change::Preserve }
        }
        (Some(SkipReason::Undecided), Some(known)) if known.active => Change::Hold,
        (Some(_), _) => Change::Skip,
        (None, Some(_))
            if standing.adoption == Some(Adoption::Reused)
                && context.relinks.needed(true).is_some() =>
        {
            Change::Hold
        }
        (None, None) => match standing.adoption {
            None | Some(Adoption::NameOfFormer | Adoption::Reused) => Change::Create,
            Some(Adoption::Ambiguous) => Change::Skip,
            Some(Adoption::Relinked) if context.relinks.needed(false).is_some() => Change::Hold,
            Some(Adoption::ByEmail | Adoption::ByUserName | Adoption::Relinked) => Change::Adopt,
        },
        // Sent without a sure answer, and the same person as before all the same.
        (None, Some(known)) if !known.sure => match standing.adoption {
            Some(Adoption::Relinked) if context.relinks.needed(false).is_some() => Change::Hold,
            Some(Adoption::Relinked) => Change::Adopt,
            _ => Change::Create,
        },
        (None, Some(known)) if !known.active => Change::Reactivate,
        (None, Some(known)) if known.same => Change::Unchanged,
        (None, Some(_)) => Change::Update,
    }
}

/// Why that happens to somebody who was read.
fn reason(mapping: &Mapping, person: &Staged, change: Change) -> Reason {
    let other = person.other.clone().unwrap_or_default();
    match (person.unfit, change) {
        (Some(SkipReason::Disabled), _) => Reason::Disabled,
        (Some(SkipReason::NoEmail | SkipReason::UnusableEmail), _)
            if person.known.as_ref().is_some_and(|known| known.active) =>
        {
            Reason::LostEmail
        }
        (Some(SkipReason::Undecided), _) => Reason::Undecided { criterion: Criterion::Enabled },
        (Some(SkipReason::NoEmail), _) => Reason::NoEmail,
        (Some(SkipReason::UnusableEmail), _) => Reason::UnusableEmail { value: other },
        (Some(SkipReason::NoUserName), _) => Reason::NoUserName { name_from: mapping.name_from },
        (Some(SkipReason::Claimed), _) => Reason::Claimed { mapping: other },
        (Some(SkipReason::SameUserName), _) => Reason::SameUserName { other },
        (Some(SkipReason::SameIdentity), _) => Reason::SameIdentity { other },
        (Some(SkipReason::SameEmail), _) => Reason::SameEmail { other },
        (Some(SkipReason::NameOfFormer), _) => Reason::NameOfFormer { other },
        (None, Change::Adopt | Change::Skip | Change::Hold | Change::Create) => {
            person.adoption.clone().map_or(Reason::New, linked)
        }
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

fn linked(Adopted { how, name, former, .. }: Adopted) -> Reason {
    let identity = || former.map(|former| former.to_string()).unwrap_or_default();
    match how {
        Adoption::Relinked => Reason::Relinked { former: name, identity: identity() },
        Adoption::NameOfFormer => Reason::NameOfFormer { other: name },
        Adoption::Reused => Reason::ReusedIdentity { former: name },
        Adoption::ByEmail => Reason::LinkedByEmail { name },
        Adoption::ByUserName => Reason::LinkedByUserName { name },
        Adoption::Ambiguous => Reason::Ambiguous { name },
    }
}

/// What happens to somebody who was not read, why, and the approval that it waits for.
fn change_of_absent(
    verdict: Option<Verdict>,
    context: &PlanContext,
) -> (Change, Reason, Option<NeededApproval>) {
    let held = |reason| (Change::Hold, reason, None);
    if let Some(error) = &context.incomplete {
        return held(Reason::NotProven { error: error.clone() });
    }
    let (reason, in_doubt) = match verdict {
        Some(Verdict::Moves(mapping)) => return held(Reason::MovesTo { mapping }),
        Some(Verdict::Back) | None => return held(Reason::BackAgain),
        // No approval is offered of what the directory may decide yet, or of what the reason itself says may be wrong.
        Some(
            Verdict::Undecided(reason)
            | Verdict::Doubted(reason)
            | Verdict::DoubtedElsewhere(reason),
        ) => return held(reason),
        Some(Verdict::Unproven(_)) if context.removals.approved => (Reason::Approved, true),
        Some(Verdict::Unproven(reason)) => (reason, true),
        Some(Verdict::Deleted) => (Reason::Deleted, false),
        Some(Verdict::Left(reason)) => (reason, false),
    };
    match context.removals.needed(in_doubt) {
        Some(needs) => (Change::Hold, reason, Some(needs)),
        None => (Change::Preserve, reason, None),
    }
}
