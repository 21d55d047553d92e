//! People who are named one by one in a mapping: by identity, else by DN, user name or e-mail address.

use crate::context::DirectoryContext;
use crate::people::person_entry;
use crate::people::typed_name::TypedName;
use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::{
    Code, Dn, Error, Filter, FoundPerson, Identity, PeopleSearch, Person, Result, ScopeRef,
    UserName,
};

/// People who are asked for together.
const TOGETHER: usize = 100;

/// The identity of somebody who is named; one that was looked up once is not looked up again.
pub(crate) async fn identity(
    context: &DirectoryContext<'_>,
    base: &Dn,
    person: &ScopeRef,
) -> Result<Identity> {
    match (&person.identity, &person.dn) {
        (Some(identity), Some(_)) => Ok(identity.clone()),
        _ => Ok(look_up(context, base, person).await?.identity),
    }
}

/// Looks somebody up, wherever they are: by identity where there is one, else by DN, else by name below `base`. A name means
/// one person or nobody.
pub(crate) async fn look_up(
    context: &DirectoryContext<'_>,
    base: &Dn,
    person: &ScopeRef,
) -> Result<Person> {
    let text = match (&person.identity, &person.dn) {
        (Some(identity), _) => identity.to_string(),
        (None, Some(dn)) => dn.to_string(),
        (None, None) => String::new(),
    };
    let mut found = vec![];
    if let Some(wanted) = person
        .identity
        .as_ref()
        .and_then(|who| by_identities(context.names, std::slice::from_ref(who)))
    {
        for base in &context.root.bases {
            found.extend(search(context, (base, Scope::Subtree), &wanted, FOUND).await?);
        }
    } else if let Some(dn) = &person.dn {
        found = search(context, (dn, Scope::Base), &Filter::present("objectClass"), FOUND).await?;
    }
    if found.is_empty()
        && person.dn.is_none()
        && let Ok(user) = text.parse::<UserName>()
        && let Some(name) = TypedName::of(context, &user).await?
    {
        found = search(context, (base, Scope::Subtree), &name.filter(), FOUND).await?;
        found.retain(|entry| name.named(entry).is_some());
    }
    match &found[..] {
        [one] => person_entry::person(one, context.names),
        [] => Err(Error::new(
            Code::ScopeMissing,
            format!("{text} cannot be found in the directory."),
        )
        .with_action(
            "Give a DN, user name or e-mail address of somebody whom the bind account can read.",
        )),
        _ => Err(Error::new(Code::InvalidMapping, format!("{text} is more than one person."))
            .with_action("Give the DN of the one who is meant.")),
    }
}

/// People found at once where nobody says how many, and the most.
const FOUND: usize = 20;
const MOST_FOUND: usize = 1_000;

/// People whose name contains what is typed, or whose identities are given.
pub(crate) async fn found(
    context: &DirectoryContext<'_>,
    query: &PeopleSearch,
) -> Result<Vec<FoundPerson>> {
    let names = context.names;
    let mut entries = vec![];
    if let Some(chosen) = &query.chosen {
        for some in chosen[..chosen.len().min(MOST_FOUND)].chunks(TOGETHER) {
            let Some(wanted) = by_identities(names, some) else { continue };
            for base in &context.root.bases {
                entries.extend(search(context, (base, Scope::Subtree), &wanted, TOGETHER).await?);
            }
        }
    } else {
        let default = context.root.bases.first().ok_or_else(|| Error::of(Code::BaseNotFound))?;
        let base = query.under.as_ref().unwrap_or(default);
        let text = query.search.as_deref().unwrap_or_default().trim();
        let mut any = vec![Attribute::known("cn"), names.display_name.clone()];
        any.extend([names.email.clone(), names.login.clone()]);
        let contains = |name| Filter::substring(name, None, vec![text.as_bytes().to_vec()], None);
        let wanted = match text {
            "" => names.person_filter(),
            _ => Filter::or(any.into_iter().map(contains).collect()),
        };
        let limit = query.limit.unwrap_or(FOUND).clamp(1, MOST_FOUND);
        entries = search(context, (base, Scope::Subtree), &wanted, limit).await?;
    }
    let known = entries.iter().filter(|entry| person_entry::identity(entry, names).is_some());
    let mut found = vec![];
    for entry in known {
        let person = person_entry::person(entry, names)?;
        found.push(FoundPerson {
            name: person.display_name.unwrap_or_else(|| person.dn.leaf_value()),
            identity: person.identity,
            dn: person.dn,
            email: person.email,
            user_name: person.upn.or(person.login),
        });
    }
    found.sort_by_cached_key(|one| (one.name.to_lowercase(), one.dn.key()));
    Ok(found)
}

/// Entries of these identities below any of these bases, whether they are people or not.
pub(crate) async fn identities(
    context: &DirectoryContext<'_>,
    bases: &[Dn],
    identities: &[Identity],
) -> Result<Vec<Entry>> {
    let Some(wanted) = by_identities(context.names, identities) else { return Ok(vec![]) };
    let mut found = vec![];
    for base in bases {
        found.extend(all_people(context, base, &wanted, identities.len()).await?);
    }
    Ok(found)
}

/// Everybody who matches; a server that cuts the answer short proves nothing of those who are missing in it.
pub(crate) async fn all_people(
    context: &DirectoryContext<'_>,
    base: &Dn,
    filter: &Filter,
    expected: usize,
) -> Result<Vec<Entry>> {
    let attributes = context.names.person_attributes();
    let query = Query { base, scope: Scope::Subtree, filter, attributes: &attributes };
    // Identifiers of an account's own choice may be there twice.
    let limit = expected * 2 + 10;
    let found = run::collect(context.pool, &query, limit, context.limits.operation).await?;
    if found.cut {
        return Err(Error::of(Code::IncompleteRead));
    }
    Ok(found.entries)
}

/// People as their entries say.
pub(crate) fn people_of(context: &DirectoryContext<'_>, entries: &[Entry]) -> Result<Vec<Person>> {
    entries.iter().map(|entry| person_entry::person(entry, context.names)).collect()
}

/// A filter for entries of these identities; `None` when the account cannot have any of them.
pub(crate) fn by_identities(names: &Names, identities: &[Identity]) -> Option<Filter> {
    let values = identities.iter().filter_map(|identity| names.identity_value(identity));
    let any: Vec<Filter> =
        values.map(|value| Filter::Equal(names.unique_id.clone(), value)).collect();
    (!any.is_empty()).then(|| Filter::or(any))
}

/// People among what is found there.
async fn search(
    context: &DirectoryContext<'_>,
    (base, scope): (&Dn, Scope),
    wanted: &Filter,
    limit: usize,
) -> Result<Vec<Entry>> {
    let filter = Filter::selecting(wanted.clone(), context.names.person_filter());
    let attributes = context.names.person_attributes();
    let query = Query { base, scope, filter: &filter, attributes: &attributes };
    match run::collect(context.pool, &query, limit, context.limits.operation).await {
        Err(error) if error.code == Code::BaseNotFound => Ok(vec![]),
        Err(error) => Err(error),
        Ok(found) if found.cut && found.entries.is_empty() => Err(Error::of(Code::IncompleteRead)),
        Ok(found) => Ok(found.entries),
    }
}
