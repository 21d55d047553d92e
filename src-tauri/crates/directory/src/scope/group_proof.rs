//! That somebody is in no group is proven only where the members of each group can be read.

use crate::context::DirectoryContext;
use crate::scope::group_findings::groups_in;
use crate::scope::membership::{MEMBER_ATTRIBUTES, all_groups, group_filter, in_ranges};
use crate::scope::unseen_groups;
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::filter::IN_CHAIN;
use connector_model::{Code, Dn, Error, Filter, Result};
use std::collections::{HashMap, HashSet};

/// Groups that are looked at; beyond them nothing is proven.
const MAX_GROUPS: usize = 10_000;

/// Whether the members of all these groups can be read; with `nested`, of the groups inside them as well.
pub(crate) async fn members_shown(
    context: &DirectoryContext<'_>,
    groups: &[Dn],
    nested: bool,
) -> Result<bool> {
    if context.names.is_ad {
        for group in inside(context, groups, nested).await? {
            if !shows_members(context, &group).await? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let known = if nested { all_groups(context).await? } else { vec![] };
    let known: HashMap<String, Dn> = known.into_iter().map(|dn| (dn.key(), dn)).collect();
    let (mut open, mut done) = (groups.to_vec(), HashSet::new());
    while let Some(group) = open.pop() {
        if !done.insert(group.key()) {
            continue;
        }
        if done.len() > MAX_GROUPS || !shows_members(context, &group).await? {
            return Ok(false);
        }
        if nested {
            if unseen_groups::named_by(context, &group, &known).await? {
                return Ok(false);
            }
            open.extend(groups_in(context, &group, &known).await?);
        }
    }
    Ok(true)
}

/// AD: these groups and, with `nested`, those inside them.
pub(crate) async fn inside(
    context: &DirectoryContext<'_>,
    groups: &[Dn],
    nested: bool,
) -> Result<Vec<Dn>> {
    let mut all = groups.to_vec();
    for group in groups.iter().filter(|_| nested) {
        let within = Filter::matching("memberOf", IN_CHAIN, group.as_str());
        let within = Filter::And(vec![group_filter(true), within]);
        for base in &context.root.bases {
            all.extend(found(context, base, &within).await?);
        }
    }
    Ok(all)
}

/// AD: whether one of these groups names somebody as a member.
pub(crate) async fn is_named(
    context: &DirectoryContext<'_>,
    member: &Dn,
    groups: &[Dn],
) -> Result<bool> {
    let wanted: HashSet<String> = groups.iter().map(Dn::key).collect();
    let naming = Filter::And(vec![group_filter(true), Filter::equal("member", member.as_str())]);
    for base in &context.root.bases {
        if found(context, base, &naming).await?.iter().any(|group| wanted.contains(&group.key())) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// AD: the tests in a filter for members that are about their primary group; one for each group whose number can be seen.
pub(crate) fn primary_groups(filter: &Filter) -> Vec<Filter> {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().flat_map(primary_groups).collect(),
        Filter::Equal(name, _) if name.as_str() == "primaryGroupID" => vec![filter.clone()],
        _ => vec![],
    }
}

async fn found(context: &DirectoryContext<'_>, base: &Dn, filter: &Filter) -> Result<Vec<Dn>> {
    let query = Query { base, scope: Scope::Subtree, filter, attributes: &["1.1"] };
    let found = run::collect(context.pool, &query, MAX_GROUPS, context.limits.operation).await?;
    if found.cut {
        return Err(Error::of(Code::IncompleteRead));
    }
    Ok(found.entries.into_iter().map(|entry| entry.dn).collect())
}

/// One member can be read, or the server says that there is none. One that it only finds is hidden.
async fn shows_members(context: &DirectoryContext<'_>, group: &Dn) -> Result<bool> {
    let schema = context.schema().await;
    let known = |name: &&str| schema.as_ref().is_none_or(|schema| schema.knows(name));
    let names: Vec<&'static str> = MEMBER_ATTRIBUTES.into_iter().filter(known).collect();
    let present = || names.iter().map(|name| Filter::Present(Attribute::known(name)));
    let some = Filter::or(present().collect());
    if let Some(entry) = read(context, group, Scope::Base, (&some, &names)).await? {
        let shows = |name: &&str| !entry.values(name).is_empty() || in_ranges(&entry, name);
        return Ok(names.iter().any(shows));
    }
    if !context.hides_as_none().await? {
        let none = Filter::and(present().map(Filter::negate).collect());
        return holds(context, group, Scope::Base, &none).await;
    }
    // A server that calls hidden members none: it shows those of others beside the group.
    let Some(container) = group.parent() else { return Ok(false) };
    let beside = Filter::and(vec![group_filter(context.names.is_ad), some]);
    holds(context, &container, Scope::OneLevel, &beside).await
}

async fn holds(
    context: &DirectoryContext<'_>,
    base: &Dn,
    scope: Scope,
    filter: &Filter,
) -> Result<bool> {
    Ok(read(context, base, scope, (filter, &["1.1"])).await?.is_some())
}

/// An entry for which a filter holds, with what it shows of these attributes.
async fn read(
    context: &DirectoryContext<'_>,
    base: &Dn,
    scope: Scope,
    (filter, attributes): (&Filter, &[&str]),
) -> Result<Option<Entry>> {
    let query = Query { base, scope, filter, attributes };
    match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Ok(found) => Ok(found.entries.into_iter().next()),
        Err(error) if matches!(error.code, Code::BaseNotFound | Code::NoReadRights) => Ok(None),
        Err(error) => Err(error),
    }
}
