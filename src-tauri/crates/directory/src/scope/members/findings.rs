//! Members of groups who are no people, so that nobody wonders where they are.

use crate::context::DirectoryContext;
use crate::scope::membership::group_filter;
use crate::search::ranges;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::{Dn, Filter, Result};
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

/// Members that are looked at, of each attribute of a group.
const MEMBERS: usize = 10_000;
/// Members looked up at once.
const TOGETHER: usize = 100;

/// Direct members of these groups who are neither people nor groups.
pub(crate) async fn no_people(context: &DirectoryContext<'_>, groups: &[Dn]) -> Result<Vec<Dn>> {
    let strange = Filter::And(vec![
        Filter::negate(context.names.person_filter()),
        Filter::negate(group_filter(context.names.is_ad)),
    ]);
    let mut found = vec![];
    for group in groups {
        if context.names.is_ad {
            let member = Filter::equal("memberOf", group.as_str());
            found.extend(everywhere(context, Filter::And(vec![member, strange.clone()])).await?);
        } else {
            found.extend(by_dn(context, group, &strange).await?);
            found.extend(by_login(context, group, &strange).await?);
        }
    }
    found.sort_by_key(Dn::key);
    found.dedup_by_key(|dn| dn.key());
    Ok(found)
}

/// Those whom a group names by DN.
async fn by_dn(context: &DirectoryContext<'_>, group: &Dn, strange: &Filter) -> Result<Vec<Dn>> {
    let mut members = vec![];
    for attribute in ["member", "uniqueMember"] {
        let values = values(context, group, attribute).await?;
        members.extend(values.into_iter().map(Dn::from_server));
    }
    named(context, &members, strange).await
}

/// Which of these entries a filter holds for, asked container by container; not one that cannot be looked into.
pub(crate) async fn named(
    context: &DirectoryContext<'_>,
    entries: &[Dn],
    holds: &Filter,
) -> Result<Vec<Dn>> {
    let mut inside: BTreeMap<String, Vec<&Dn>> = BTreeMap::new();
    for dn in entries {
        if let Some(container) = dn.parent() {
            inside.entry(container.key()).or_default().push(dn);
        }
    }
    let mut found = vec![];
    for members in inside.into_values() {
        for some in members.chunks(TOGETHER) {
            let Some(base) = some.first().and_then(|dn| dn.parent()) else { continue };
            let wanted: HashSet<String> = some.iter().map(|dn| dn.key()).collect();
            let named = Filter::or(some.iter().filter_map(|dn| leaf(dn)).collect());
            let filter = Filter::And(vec![named, holds.clone()]);
            let seen = below(context, &base, Scope::OneLevel, &filter).await.unwrap_or_default();
            found.extend(seen.into_iter().filter(|dn| wanted.contains(&dn.key())));
        }
    }
    Ok(found)
}

/// An entry has the values of its own name (RFC 4512, 2.3).
fn leaf(dn: &Dn) -> Option<Filter> {
    let pairs = dn.rdns().ok()?.into_iter().next()?;
    let equal = |(name, value): (String, Vec<u8>)| {
        Some(Filter::Equal(name.parse::<Attribute>().ok()?, value))
    };
    pairs.into_iter().map(equal).collect::<Option<Vec<_>>>().map(Filter::and)
}

/// Those whom a group names by login name.
async fn by_login(context: &DirectoryContext<'_>, group: &Dn, strange: &Filter) -> Result<Vec<Dn>> {
    let logins = values(context, group, "memberUid").await?;
    let mut found = vec![];
    for some in logins.chunks(TOGETHER) {
        let equal =
            |login: &String| Filter::Equal(context.names.login.clone(), login.as_bytes().to_vec());
        let named = Filter::or(some.iter().map(equal).collect());
        found.extend(everywhere(context, Filter::And(vec![named, strange.clone()])).await?);
    }
    Ok(found)
}

async fn values(
    context: &DirectoryContext<'_>,
    group: &Dn,
    attribute: &str,
) -> Result<Vec<String>> {
    let mut all = vec![];
    ranges::all_values(context.pool, group, attribute, context.limits.operation, |values| {
        all.extend(values.iter().map(|value| String::from_utf8_lossy(value).into_owned()));
        if all.len() < MEMBERS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
    .await?;
    all.truncate(MEMBERS);
    Ok(all)
}

async fn everywhere(context: &DirectoryContext<'_>, filter: Filter) -> Result<Vec<Dn>> {
    let mut found = vec![];
    for base in &context.root.bases {
        found.extend(below(context, base, Scope::Subtree, &filter).await?);
    }
    Ok(found)
}

async fn below(
    context: &DirectoryContext<'_>,
    base: &Dn,
    scope: Scope,
    filter: &Filter,
) -> Result<Vec<Dn>> {
    let query = Query { base, scope, filter, attributes: &["1.1"] };
    let found = run::collect(context.pool, &query, MEMBERS, context.limits.operation).await?;
    Ok(found.entries.into_iter().map(|entry| entry.dn).collect())
}
