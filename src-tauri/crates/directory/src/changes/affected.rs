//! Sorts what was affected: single people, or something that many depend on.

use crate::context::DirectoryContext;
use crate::people::person_entry;
use crate::scope::browse;
use crate::scope::membership::{GROUP_CLASSES, group_filter, is_a};
use crate::search::entry::Entry;
use connector_model::{Changes, Code, Error, Filter, Identity, Mapping, Result, Watermark};
use std::collections::HashSet;

/// Beyond so many a full read is cheaper.
const MANY: usize = 20_000;

/// What came since the last batch.
pub(super) struct Affected<'a> {
    context: &'a DirectoryContext<'a>,
    mapping: &'a Mapping,
    identities: HashSet<Identity>,
    unclear: bool,
}

impl<'a> Affected<'a> {
    pub fn new(context: &'a DirectoryContext<'a>, mapping: &'a Mapping) -> Self {
        Self { context, mapping, identities: HashSet::new(), unclear: false }
    }

    pub fn is_empty(&self) -> bool {
        self.identities.is_empty() && !self.unclear
    }

    /// An entry that was added, changed or moved; or deleted, where the server still shows it.
    pub fn entry(&mut self, entry: &Entry) {
        let identity = person_entry::identity(entry, self.context.names);
        if is_a(entry, &browse::CONTAINERS) {
            // Whoever is below it has another DN now, and perhaps another scope. Nothing is said of them.
            self.unclear = true;
        } else if is_a(entry, &GROUP_CLASSES) || is_a(entry, &["group"]) {
            let groups = || self.mapping.groups.iter().chain(&self.mapping.exclude_groups);
            let chosen = |i: &Identity| groups().any(|g| g.identity.as_ref() == Some(i));
            let counts = self.mapping.nested_groups || identity.as_ref().is_none_or(chosen);
            self.unclear |= counts && groups().next().is_some();
        } else if let Some(identity) = identity {
            self.add(identity);
        } else {
            self.unclear = true;
        }
    }

    /// Something that is gone, of which only the identity is known.
    pub fn gone(&mut self, identity: Identity) {
        let Mapping { groups, units, exclude_groups, exclude_units, .. } = self.mapping;
        let scope = groups.iter().chain(units).chain(exclude_groups).chain(exclude_units);
        let mut scope = scope.filter_map(|chosen| chosen.identity.as_ref());
        self.unclear |= self.mapping.nested_groups || scope.any(|chosen| *chosen == identity);
        self.add(identity);
    }

    /// Something happened that cannot be named.
    pub fn unclear(&mut self) {
        self.unclear = true;
    }

    /// What there is, and an empty start.
    pub fn take(&mut self, watermark: Watermark) -> Changes {
        let affected = std::mem::take(&mut self.identities).into_iter().collect();
        Changes { affected, unclear: std::mem::take(&mut self.unclear), watermark }
    }

    fn add(&mut self, identity: Identity) {
        if self.identities.len() < MANY {
            self.identities.insert(identity);
        } else {
            self.unclear = true;
        }
    }
}

/// Entries whose change may matter to a mapping.
pub(super) fn watched(context: &DirectoryContext<'_>) -> Filter {
    let people = context.names.person_filter();
    Filter::Or(vec![people, group_filter(context.names.is_ad), browse::unit_filter(context)])
}

/// Bytes of an entry of which so little is asked: as many of them as wait are to fit in memory.
const LONGEST_ENTRY: usize = 8 * 1024;

/// An entry that may wait among many.
pub(super) fn fit_to_wait(entry: Entry) -> Result<Entry> {
    if entry.size() <= LONGEST_ENTRY {
        return Ok(entry);
    }
    let text = format!("The server reports a change with more than {LONGEST_ENTRY} bytes.");
    Err(Error::new(Code::MessageTooLarge, text))
}

/// What is asked of them.
pub(super) fn attributes<'a>(context: &'a DirectoryContext<'_>) -> [&'a str; 2] {
    [context.names.unique_id.as_str(), "objectClass"]
}
