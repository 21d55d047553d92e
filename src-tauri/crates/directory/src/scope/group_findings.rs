//! What is odd about the groups of a mapping: told with a preview.

use crate::context::DirectoryContext;
use crate::scope::browse;
use crate::scope::compile;
use crate::scope::group_proof::{MAX_GROUPS, groups_in};
use crate::scope::members::findings;
use crate::scope::membership;
use connector_model::{Dn, Finding, FindingKind, Mapping, Result};
use std::collections::{BTreeMap, HashMap, HashSet};

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
    let strange = findings::no_people(context, &chosen).await?;
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
        if inside.len() >= MAX_GROUPS || inside.contains_key(&group.key()) {
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
