//! Finds one person by the name they typed.

use crate::context::DirectoryContext;
use crate::people::enabled;
use crate::people::judge::left_out;
use crate::people::named::{all_people, by_identities, people_of};
use crate::people::person_entry;
use crate::people::typed_name::TypedName;
use crate::scope::compile::{Part, Scope as MappingScope};
use crate::scope::membership;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Error, Filter, Identity, Namesake, Person, Result, UserName};
use std::time::Duration;

/// People of one name that are looked at: which of them is meant, the import may have decided.
const NAMESAKES: usize = 50;

/// People of that name inside the mapping, [`NAMESAKES`] at most.
pub(crate) async fn in_mapping(
    context: &DirectoryContext<'_>,
    scope: &MappingScope,
    user: &UserName,
) -> Result<Vec<Namesake>> {
    let mut found = vec![];
    let Some(name) = TypedName::of(context, user).await? else { return Ok(found) };
    let wanted = name.filter();
    for part in scope.parts_for_some() {
        let filter = Filter::selecting(wanted.clone(), part.filter.clone());
        let mut entries = search_people(context, part.base, &filter, NAMESAKES).await?;
        entries.retain(|entry| name.named(entry).is_some());
        let entries = belong(context, (scope, &part), entries, context.limits.members).await?;
        let mut people = people_of(context, &entries)?;
        enabled::of_some(context, part.base, &wanted, &mut people).await?;
        for (person, entry) in people.into_iter().zip(&entries) {
            found.extend(name.named(entry).map(|named| Namesake { person, named }));
        }
    }
    Ok(found)
}

/// People of that name anywhere below a base, [`NAMESAKES`] at most.
pub(crate) async fn anywhere(
    context: &DirectoryContext<'_>,
    base: &Dn,
    user: &UserName,
) -> Result<Vec<Person>> {
    let Some(name) = TypedName::of(context, user).await? else { return Ok(vec![]) };
    let filter = Filter::selecting(name.filter(), context.names.person_filter());
    let mut found = search_people(context, base, &filter, NAMESAKES).await?;
    found.retain(|entry| name.named(entry).is_some());
    people_of(context, &found)
}

/// Those of these identities who are inside the mapping.
pub(crate) async fn in_scope(
    context: &DirectoryContext<'_>,
    scope: &MappingScope,
    identities: &[Identity],
) -> Result<Vec<Person>> {
    let Some(wanted) = by_identities(context.names, identities) else { return Ok(vec![]) };
    let mut found = vec![];
    for part in scope.parts_for_some() {
        let filter = Filter::selecting(wanted.clone(), part.filter.clone());
        let entries = all_people(context, part.base, &filter, identities.len()).await?;
        let entries = belong(context, (scope, &part), entries, context.limits.no_member).await?;
        let mut people = people_of(context, &entries)?;
        enabled::of_some(context, part.base, &wanted, &mut people).await?;
        found.extend(people);
    }
    Ok(found)
}

/// Those of what a part found who belong to the mapping.
async fn belong(
    context: &DirectoryContext<'_>,
    (scope, part): (&MappingScope, &Part<'_>),
    mut entries: Vec<Entry>,
    age: Duration,
) -> Result<Vec<Entry>> {
    let by_name = |entry: &Entry| {
        let identity = person_entry::identity(entry, context.names);
        identity.is_some_and(|identity| scope.included.people.contains(&identity))
    };
    entries.retain(|entry| by_name(entry) == part.by_name);
    let entries =
        if part.by_name { entries } else { members_of(context, scope, entries, age).await? };
    left_out::without(context, &scope.excluded, entries).await
}

/// Those who are members of the mapping's groups, if it has any that the filter does not tell. Whoever is none by a
/// list of some age is looked for in a newer one.
async fn members_of(
    context: &DirectoryContext<'_>,
    scope: &MappingScope,
    mut entries: Vec<Entry>,
    age: Duration,
) -> Result<Vec<Entry>> {
    if scope.groups.is_empty() || entries.is_empty() {
        return Ok(entries);
    }
    let groups = (&scope.groups[..], scope.nested);
    let names = context.names;
    let mut members = membership::members(context, groups, age).await?;
    let newer = context.limits.no_member;
    if age > newer && !entries.iter().all(|entry| members.contains(entry, names)) {
        members = membership::members(context, groups, newer).await?;
    }
    entries.retain(|entry| members.contains(entry, names));
    Ok(entries)
}

async fn search_people(
    context: &DirectoryContext<'_>,
    base: &Dn,
    filter: &Filter,
    limit: usize,
) -> Result<Vec<Entry>> {
    let attributes = context.names.person_attributes();
    let query = Query { base, scope: Scope::Subtree, filter, attributes: &attributes };
    let found = run::collect(context.pool, &query, limit, context.limits.operation).await?;
    // Who is meant cannot be told from a part of them: one of two is not the only one.
    if found.cut && found.entries.len() < limit {
        return Err(Error::of(Code::IncompleteRead));
    }
    Ok(found.entries)
}
