//! Who is enabled by the account's own rule. The rule is asked as it is and negated: for whom the server says neither, it is
//! undecided (RFC 4511, 4.5.1.7).

use crate::connection::pool::Lease;
use crate::context::DirectoryContext;
use crate::people::person_entry;
use crate::people::shown::Shown;
use crate::scope::compile::Scope;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Sink};
use connector_model::{Dn, Enabled, Error, Filter, Identity, Person, Result};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Whom the server names for the rule, and whom against it: 8 bytes each.
#[derive(Debug, Default, Clone)]
pub(crate) struct Ruling {
    holds: HashSet<u64>,
    fails: HashSet<u64>,
}

impl Ruling {
    /// Sets what the rule says of a person whom the entry itself does not call disabled.
    pub fn apply(&self, person: &mut Person) {
        let who = hash(&person.identity);
        if person.enabled != Enabled::No {
            person.enabled = match (self.holds.contains(&who), self.fails.contains(&who)) {
                (_, true) => Enabled::No,
                (true, false) => Enabled::Yes,
                (false, false) => Enabled::Undecided,
            };
        }
    }
}

/// What is asked, one after the other, and what an answer means.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Holds,
    Fails,
    /// Fails, unless a value is hidden: where others beside the person show such values.
    FailsIfShown,
}

async fn parts(context: &DirectoryContext<'_>) -> Result<Vec<(Part, Filter)>> {
    let Some(rule) = &context.names.enabled else { return Ok(vec![]) };
    let negated = Filter::negate(rule.clone());
    let holds = (Part::Holds, rule.clone());
    Ok(if context.hides_as_none().await? {
        let seen = rule.seen_to_fail(&|_| false);
        vec![holds, (Part::Fails, seen), (Part::FailsIfShown, negated)]
    } else {
        vec![holds, (Part::Fails, negated)]
    })
}

/// What the rule says of everybody in a scope, and why that may not be all. `None`: the account has no rule.
pub(crate) async fn of_everybody(
    context: &DirectoryContext<'_>,
    lease: &mut Lease<'_>,
    scope: &Scope,
) -> Result<(Option<Ruling>, Option<Error>)> {
    let (parts, mut incomplete) = (parts(context).await?, None);
    let mut court = Court::new(context);
    for (part, half) in &parts {
        court.part = *part;
        for part in scope.parts() {
            let (base, filter) = (part.base, Filter::And(vec![part.filter.clone(), half.clone()]));
            let attributes = [context.names.unique_id.as_str()];
            let query = Query {
                base,
                scope: run::Scope::Subtree,
                filter: &filter,
                attributes: &attributes,
            };
            // A base that is gone is told by the read that follows.
            let end = run::stream(lease, &query, context.limits, &mut court).await;
            incomplete = incomplete.or(end.map_or_else(Some, |end| end.incomplete));
        }
    }
    Ok(((!parts.is_empty()).then_some(court.ruling), incomplete))
}

/// Sets what the rule says of people who were found below a base by `selection`. As much is asked whether somebody was found
/// or not.
pub(crate) async fn of_some(
    context: &DirectoryContext<'_>,
    base: &Dn,
    selection: &Filter,
    people: &mut [Person],
) -> Result<()> {
    let parts = parts(context).await?;
    if parts.is_empty() {
        return Ok(());
    }
    let mut court = Court::new(context);
    for (part, half) in parts {
        court.part = part;
        let filter = Filter::selecting(selection.clone(), half);
        let attributes = [context.names.unique_id.as_str()];
        let query =
            Query { base, scope: run::Scope::Subtree, filter: &filter, attributes: &attributes };
        let limit = people.len() * 2 + 10;
        let found = run::collect(context.pool, &query, limit, context.limits.operation).await?;
        found.entries.into_iter().for_each(|entry| court.entry(entry));
        court.page_end().await?;
    }
    for person in people {
        court.ruling.apply(person);
    }
    Ok(())
}

/// Takes the answers.
struct Court<'a> {
    context: &'a DirectoryContext<'a>,
    part: Part,
    ruling: Ruling,
    page: Vec<(u64, Dn)>,
    shown: Shown,
}

impl<'a> Court<'a> {
    fn new(context: &'a DirectoryContext<'a>) -> Self {
        let (ruling, shown) = (Ruling::default(), Shown::default());
        Self { context, part: Part::Holds, ruling, page: vec![], shown }
    }
}

#[async_trait::async_trait]
impl Sink for Court<'_> {
    fn entry(&mut self, entry: Entry) {
        let identity = person_entry::identity(&entry, self.context.names);
        let Some(who) = identity.map(|identity| hash(&identity)) else { return };
        match self.part {
            Part::Holds => drop(self.ruling.holds.insert(who)),
            Part::Fails => drop(self.ruling.fails.insert(who)),
            Part::FailsIfShown if self.ruling.fails.contains(&who) => {}
            Part::FailsIfShown => self.page.push((who, entry.dn)),
        }
    }

    async fn page_end(&mut self) -> Result<()> {
        let rule = self.context.names.enabled.as_ref();
        let names = rule.map(Filter::attributes).unwrap_or_default();
        for (who, dn) in std::mem::take(&mut self.page) {
            let container = dn.parent();
            if self.shown.all_by_others(self.context, container.as_ref(), &names).await? {
                self.ruling.fails.insert(who);
            }
        }
        Ok(())
    }
}

fn hash(identity: &Identity) -> u64 {
    let mut hasher = DefaultHasher::new();
    identity.as_str().hash(&mut hasher);
    hasher.finish()
}
