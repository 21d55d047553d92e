//! What is odd about the groups of a mapping: told with a preview.

use crate::context::DirectoryContext;
use crate::scope::browse;
use crate::scope::compile;
use crate::scope::member_findings;
use crate::scope::members::member_dn;
use crate::scope::membership::{self, group_filter};
use crate::search::ranges;
use crate::search::run::{self, Query, Scope};
use connector_model::{Dn, Filter, Finding, FindingKind, Mapping, Result};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

/// Groups that are looked at.
const GROUPS: usize = 10_000;

/// Groups of the mapping that are too large to be counted, and members who are no people; where nested groups count, groups
/// that contain themselves.
pub(crate) async fn groups(
    context: &DirectoryContext<'_>,
    mapping: &Mapping,
) -> Result<Vec<Finding>> {
    let (chosen, _) = compile::groups(context, mapping).await?;
    let mut large = vec![];
    for group in &chosen {
        if browse::count_members(context, group).await?.is_none() {
            large.push(group.to_string());
        }
    }
    let strange = member_findings::no_people(context, &chosen).await?;
    let circular = if mapping.nested_groups { circular(context, chosen).await? } else { vec![] };
    let found = [
        (FindingKind::CircularGroup, circular),
        (FindingKind::LargeGroup, large),
        (FindingKind::MemberNoPerson, strange.iter().map(Dn::to_string).collect()),
    ];
    let found = found.into_iter().filter(|(_, groups)| !groups.is_empty());
    Ok(found.map(|(kind, groups)| Finding::new(kind, groups.len() as u64, groups)).collect())
}

/// Those of these groups, and of groups in them, that contain themselves.
async fn circular(context: &DirectoryContext<'_>, mut open: Vec<Dn>) -> Result<Vec<String>> {
    let known = if context.names.is_ad { vec![] } else { membership::all_groups(context).await? };
    let known: HashMap<String, Dn> = known.into_iter().map(|dn| (dn.key(), dn)).collect();
    let mut inside: BTreeMap<String, (Dn, Vec<String>)> = BTreeMap::new();
    while let Some(group) = open.pop() {
        if inside.len() >= GROUPS || inside.contains_key(&group.key()) {
            continue;
        }
        let members = groups_in(context, &group, &known).await?;
        let keys = members.iter().map(Dn::key).collect();
        inside.insert(group.key(), (group, keys));
        open.extend(members);
    }
    let circular = inside.iter().filter(|(key, _)| reaches_itself(key, &inside));
    Ok(circular.map(|(_, (dn, _))| dn.to_string()).collect())
}

fn reaches_itself(start: &str, inside: &BTreeMap<String, (Dn, Vec<String>)>) -> bool {
    let (mut seen, mut open) = (HashSet::new(), vec![start]);
    while let Some(group) = open.pop() {
        for next in inside.get(group).map_or(&[][..], |(_, members)| members) {
            if next == start {
                return true;
            }
            if seen.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    false
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
            let entries = run::collect(context.pool, &query, GROUPS, limit).await?.entries;
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
