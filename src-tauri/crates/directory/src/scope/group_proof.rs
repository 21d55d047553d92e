//! That somebody is in no group is proven only where the members of each group can be read.

use crate::context::DirectoryContext;
use crate::scope::members::member_dn;
use crate::scope::membership::{self, MEMBER_ATTRIBUTES, all_groups, group_filter, in_ranges};
use crate::scope::unseen_groups;
use crate::search::entry::Entry;
use crate::search::ranges;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::Attribute;
use connector_model::filter::IN_CHAIN;
use connector_model::{Code, Dn, Error, Filter, Identity, Person, Result};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// Groups that are looked at; beyond them nothing is proven.
pub(crate) const MAX_GROUPS: usize = 10_000;

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

/// The same of groups that are left out. One that has lost its last member is no riddle where members of other groups can be
/// read, and on AD what people are members of.
pub(crate) async fn excluded_shown(
    context: &DirectoryContext<'_>,
    groups: &[Dn],
    nested: bool,
) -> Result<bool> {
    if members_shown(context, groups, nested).await? {
        return Ok(true);
    }
    if !context.hides_as_none().await? {
        return Ok(false);
    }
    let some = MEMBER_ATTRIBUTES.map(|name| Filter::Present(Attribute::known(name)));
    let mut shown =
        vec![Filter::and(vec![group_filter(context.names.is_ad), Filter::Or(some.to_vec())])];
    if context.names.is_ad {
        shown.push(Filter::and(vec![context.names.person_filter(), Filter::present("memberOf")]));
    }
    for filter in shown {
        let mut any = false;
        for base in &context.root.bases {
            any = any || holds(context, base, Scope::Subtree, &filter).await?;
        }
        if !any {
            return Ok(false);
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

/// The groups that are direct members of a group.
pub(crate) async fn groups_in(
    context: &DirectoryContext<'_>,
    group: &Dn,
    known: &HashMap<String, Dn>,
) -> Result<Vec<Dn>> {
    let limit = context.limits.operation;
    if context.names.is_ad {
        let direct =
            Filter::and(vec![group_filter(true), Filter::equal("memberOf", group.as_str())]);
        let mut found = vec![];
        for base in &context.root.bases {
            let query =
                Query { base, scope: Scope::Subtree, filter: &direct, attributes: &["1.1"] };
            let entries = run::collect(context.pool, &query, MAX_GROUPS, limit).await?.entries;
            found.extend(entries.into_iter().map(|entry| entry.dn));
        }
        return Ok(found);
    }
    let mut found = vec![];
    for attribute in ["member", "uniqueMember"] {
        ranges::all_values(context.pool, group, attribute, limit, |values| {
            for value in values {
                let dn = member_dn(attribute, &String::from_utf8_lossy(value));
                found.extend(known.get(&dn.key()).cloned());
            }
            ControlFlow::Continue(())
        })
        .await?;
    }
    Ok(found)
}

/// People of whom each is asked for; for more the members of the groups are read.
const FEW: usize = 8;

/// AD: those of these people whom one of these groups names as a member.
pub(crate) async fn named<'a>(
    context: &DirectoryContext<'_>,
    people: impl Iterator<Item = &'a Person>,
    groups: &[Dn],
) -> Result<Vec<Identity>> {
    let people: Vec<&Person> = people.collect();
    let mut found = vec![];
    if people.len() > FEW {
        let members =
            membership::members(context, (groups, false), context.limits.no_member).await?;
        let named = people.into_iter().filter(|person| members.names(&person.dn));
        return Ok(named.map(|person| person.identity.clone()).collect());
    }
    for person in people {
        if is_named(context, &person.dn, groups).await? {
            found.push(person.identity.clone());
        }
    }
    Ok(found)
}

/// AD: whether one of these groups names somebody as a member.
async fn is_named(context: &DirectoryContext<'_>, member: &Dn, groups: &[Dn]) -> Result<bool> {
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
