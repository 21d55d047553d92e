//! Finds one person by the name they typed.

use crate::client::Parts;
use crate::names::Names;
use crate::scope::{self, Scope as MappingScope};
use crate::search::{self, Query, Scope};
use crate::{browse, membership, person_entry};
use connector_model::{Dn, Filter, Identity, Mapping, Person, Result, UserName};

/// More than this many of one name are as ambiguous as two.
const ENOUGH: usize = 10;

/// At most two people of that name inside the mapping.
pub(crate) async fn in_mapping(
    parts: &Parts<'_>,
    scope: &MappingScope,
    mapping: &Mapping,
    user: &UserName,
) -> Result<Vec<Person>> {
    let mut found = vec![];
    for base in &scope.bases {
        for (filter, disabled) in scope::enabled_split(&scope.filter, parts.names) {
            let filter = named(parts.names, user, filter);
            for mut person in search_people(parts, base, &filter).await? {
                person.disabled |= disabled;
                let candidate = (&person.dn, person.login.as_deref());
                let bases = &parts.root.bases;
                let member = scope.groups.is_empty()
                    || membership::is_member(
                        parts.pool,
                        candidate,
                        &scope.groups,
                        bases,
                        mapping.nested_groups,
                        parts.limits.operation,
                    )
                    .await?;
                if member {
                    found.push(person);
                }
            }
        }
    }
    found.truncate(2);
    Ok(found)
}

/// At most two people of that name anywhere below a base.
pub(crate) async fn anywhere(parts: &Parts<'_>, base: &Dn, user: &UserName) -> Result<Vec<Person>> {
    let filter = named(parts.names, user, parts.names.person_filter());
    let mut found = search_people(parts, base, &filter).await?;
    found.truncate(2);
    Ok(found)
}

/// One person by identity, whatever the mapping's filter says.
pub(crate) async fn by_identity(parts: &Parts<'_>, identity: &Identity) -> Result<Option<Person>> {
    let attributes = parts.names.person_attributes();
    let entry =
        browse::by_identity(parts, identity, &parts.names.person_filter(), &attributes).await?;
    entry.map(|entry| person_entry::person(&entry, parts.names)).transpose()
}

async fn search_people(parts: &Parts<'_>, base: &Dn, filter: &Filter) -> Result<Vec<Person>> {
    let attributes = parts.names.person_attributes();
    let query = Query { base, scope: Scope::Subtree, filter, attributes: &attributes };
    let found = search::collect(parts.pool, &query, ENOUGH, parts.limits.operation).await?;
    found.entries.iter().map(|entry| person_entry::person(entry, parts.names)).collect()
}

/// People of that name who match a filter. The name alone selects: negated twice, the rest means the same, but no
/// server collects everybody who matches it before it looks at the name (OpenLDAP does, for each indexed part).
fn named(names: &Names, user: &UserName, filter: Filter) -> Filter {
    Filter::And(vec![user_filter(names, user), Filter::negate(Filter::negate(filter))])
}

/// Which attributes hold a name of that form.
fn user_filter(names: &Names, user: &UserName) -> Filter {
    let login = |value: &str| Filter::Equal(names.login.clone(), value.as_bytes().to_vec());
    match user {
        UserName::AtDomain(name) => {
            let mut any = vec![Filter::Equal(names.email.clone(), name.as_bytes().to_vec())];
            any.push(if names.is_ad {
                Filter::equal("userPrincipalName", name.as_bytes())
            } else {
                login(name)
            });
            Filter::Or(any)
        }
        UserName::Down { user, .. } | UserName::Plain(user) => login(user),
    }
}
