//! Whom a mapping leaves out: by organizational unit, by group, by name. Whoever is not seen to stay is not let in.

use super::Court;
use crate::context::DirectoryContext;
use crate::people::named;
use crate::people::person_entry;
use crate::people::shown::Shown;
use crate::scope::compile::{Chosen, Excluded};
use crate::scope::group_proof;
use crate::search::entry::Entry;
use connector_model::{Criterion, Identity, Judgement, Result};
use std::collections::HashSet;

/// Entries that are judged together.
const TOGETHER: usize = 100;

/// Those of these entries whom the directory says not to be left out. Whoever has no identity stays: they are told as such.
pub(crate) async fn without(
    context: &DirectoryContext<'_>,
    excluded: &Excluded,
    entries: Vec<Entry>,
) -> Result<Vec<Entry>> {
    if excluded.is_empty() {
        return Ok(entries);
    }
    let mut kept = Vec::with_capacity(entries.len());
    let mut entries = entries.into_iter().peekable();
    while entries.peek().is_some() {
        let some: Vec<Entry> = entries.by_ref().take(TOGETHER).collect();
        let named = |entry: &Entry| person_entry::identity(entry, context.names).is_some();
        let (some, nameless): (Vec<Entry>, Vec<Entry>) = some.into_iter().partition(named);
        kept.extend(nameless);
        let people = named::people_of(context, &some)?;
        let judged = people.into_iter().map(|person| (person, Judgement::Meets)).collect();
        let (bases, shown) = (context.root.bases.clone(), Shown::default());
        let mut court =
            Court { context, bases, entries: some, judged, shown, included: HashSet::new() };
        court.exclude(excluded).await?;
        let judged = court.entries.into_iter().zip(court.judged);
        kept.extend(judged.filter_map(|(entry, (_, judgement))| {
            (judgement == Judgement::Meets).then_some(entry)
        }));
    }
    Ok(kept)
}

impl Court<'_> {
    /// Notes who is left out, and of whom that cannot be told.
    pub(super) async fn exclude(&mut self, excluded: &Excluded) -> Result<()> {
        let Excluded { units, groups, people, .. } = excluded;
        if !units.is_empty() {
            let (inside, outside) = self.inside(&units.there, units.missing.is_none());
            self.note(Criterion::ExcludedUnits, &outside, &inside);
        }
        if !people.is_empty() {
            let all = self.judged.iter().map(|(person, _)| person.identity.clone());
            let (named, others): (HashSet<Identity>, HashSet<Identity>) =
                all.partition(|identity| people.contains(identity));
            self.note(Criterion::ExcludedPeople, &others, &named);
        }
        if !groups.is_empty() {
            let Chosen { there, missing } = groups;
            let sure = missing.is_none()
                && (excluded.shown
                    || group_proof::excluded_shown(self.context, there, excluded.nested).await?);
            let (members, others) = self.members(there, excluded.nested, sure).await?;
            self.note(Criterion::ExcludedGroups, &others, &members);
        }
        Ok(())
    }
}
