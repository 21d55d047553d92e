//! Who belongs to a group: by the server's own filter on AD, by reading member lists elsewhere. Imports, sign-ins and
//! proofs ask the same.

use crate::context::DirectoryContext;
use crate::scope::members::{Members, hash};
use crate::search::entry::Entry;
use crate::search::ranges;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::IN_CHAIN;
use connector_model::{Code, Dn, Error, Filter, Result};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

/// Object classes of groups outside AD.
pub(crate) const GROUP_CLASSES: [&str; 6] = [
    "groupOfNames",
    "groupOfUniqueNames",
    "groupOfMembers",
    "groupOfEntries",
    "groupOfURLs",
    "posixGroup",
];
/// Attributes that list members.
pub(crate) const MEMBER_ATTRIBUTES: [&str; 3] = ["member", "uniqueMember", "memberUid"];
/// Most groups looked at while following nested groups.
const MAX_GROUPS: usize = 100_000;
/// Most members of all groups of a mapping: some 40 MiB.
const MAX_MEMBERS: usize = 2_000_000;

/// Entries that are groups.
pub(crate) fn group_filter(is_ad: bool) -> Filter {
    if is_ad {
        return Filter::equal("objectCategory", "group");
    }
    Filter::Or(GROUP_CLASSES.iter().map(|class| Filter::equal("objectClass", *class)).collect())
}

/// AD: a filter that holds for the members of `group`, those by primary group included.
pub(crate) async fn ad_filter(
    context: &DirectoryContext<'_>,
    group: &Dn,
    base: &Dn,
    nested: bool,
) -> Result<Filter> {
    let (pool, limit) = (context.pool, context.limits.operation);
    let dn = group.as_str();
    let mut parts = vec![];
    let mut groups = vec![group.clone()];
    if nested {
        parts.push(Filter::matching("memberOf", IN_CHAIN, dn));
        let inner =
            Filter::and(vec![group_filter(true), Filter::matching("memberOf", IN_CHAIN, dn)]);
        let query = Query { base, scope: Scope::Subtree, filter: &inner, attributes: &["1.1"] };
        let found = run::collect(pool, &query, MAX_GROUPS, limit).await?;
        if found.cut {
            return Err(too_many());
        }
        groups.extend(found.entries.into_iter().map(|entry| entry.dn));
    } else {
        parts.push(Filter::equal("memberOf", dn));
    }
    let filter = Filter::present("objectSid");
    for group in groups {
        let query =
            Query { base: &group, scope: Scope::Base, filter: &filter, attributes: &["objectSid"] };
        let found = run::collect(pool, &query, 1, limit).await?;
        // The last four bytes of a SID are its relative identifier (MS-DTYP 2.4.2.2).
        if let Some([.., a, b, c, d]) =
            found.entries.first().and_then(|e| e.values("objectSid").first().copied())
        {
            let rid = u32::from_le_bytes([*a, *b, *c, *d]);
            parts.push(Filter::equal("primaryGroupID", rid.to_string()));
        }
    }
    Ok(Filter::or(parts))
}

/// The members of groups, read not longer ago than `age`.
pub(crate) async fn members(
    context: &DirectoryContext<'_>,
    (groups, nested): (&[Dn], bool),
    age: Duration,
) -> Result<Arc<Members>> {
    context.members.get_or_read((groups, nested), age, read(context, groups, nested)).await
}

/// Reads the members of `groups`; with `nested`, those of groups inside them as well, cycles included. `wrong_scope` for
/// what is no group, `group_not_listed` where the server does not say who its members are.
async fn read(context: &DirectoryContext<'_>, groups: &[Dn], nested: bool) -> Result<Members> {
    let mut members = Members::default();
    let known = if nested { all_groups(context).await? } else { vec![] };
    let known: HashMap<u64, Dn> = known.into_iter().map(|dn| (hash(&dn.key()), dn)).collect();
    let mut open: Vec<Dn> = groups.to_vec();
    let mut done: HashSet<u64> = open.iter().map(|dn| hash(&dn.key())).collect();
    while let Some(group) = open.pop() {
        read_one(context, &group, &mut members, &mut |key| {
            if let Some(inner) = known.get(&key)
                && done.insert(key)
            {
                open.push(inner.clone());
            }
        })
        .await?;
        if members.len() > MAX_MEMBERS {
            let text = format!("The groups have more than {MAX_MEMBERS} members.");
            return Err(Error::new(Code::IncompleteRead, text)
                .with_action("Choose smaller groups, or a base DN or units instead of groups."));
        }
    }
    Ok(members)
}

/// Adds the members of one group; `on_dn` gets the key of each that is named by DN.
async fn read_one(
    context: &DirectoryContext<'_>,
    group: &Dn,
    members: &mut Members,
    on_dn: &mut (dyn FnMut(u64) + Send),
) -> Result<()> {
    let (pool, limit) = (context.pool, context.limits.operation);
    let filter = Filter::present("objectClass");
    let attributes =
        ["objectClass", "gidNumber", "memberURL", "member", "uniqueMember", "memberUid"];
    let query = Query { base: group, scope: Scope::Base, filter: &filter, attributes: &attributes };
    let found = run::collect(pool, &query, 1, limit).await;
    let found = found
        .map(|found| found.entries.into_iter().next())
        .or_else(|error| if error.code == Code::BaseNotFound { Ok(None) } else { Err(error) })?;
    let Some(entry) = found else {
        return Err(Error::new(Code::ScopeMissing, format!("{group} no longer exists.")));
    };
    let mut listed = false;
    for attribute in MEMBER_ATTRIBUTES {
        if in_ranges(&entry, attribute) {
            listed = true;
            ranges::all_values(pool, group, attribute, limit, |values| {
                let keys = values.iter().filter_map(|value| members.add(attribute, value));
                keys.for_each(&mut *on_dn);
                ControlFlow::Continue(())
            })
            .await?;
        }
        for value in entry.values(attribute) {
            listed = true;
            if let Some(key) = members.add(attribute, value) {
                on_dn(key);
            }
        }
    }
    must_have_known_members(&entry, listed)?;
    if is_a(&entry, &["posixGroup"]) {
        entry.texts("gidNumber").for_each(|gid| members.add_primary(&gid));
    }
    Ok(())
}

/// Fails where an entry is no group whose members are known; `listed`: some are.
fn must_have_known_members(entry: &Entry, listed: bool) -> Result<()> {
    let dn = &entry.dn;
    if listed {
        return Ok(());
    }
    if !entry.values("memberURL").is_empty() {
        return Err(Error::new(
            Code::GroupNotListed,
            format!("{dn} is a dynamic group, and the server lists no members of it."),
        ));
    }
    if is_a(entry, &GROUP_CLASSES) || is_a(entry, &["group"]) {
        return Ok(());
    }
    Err(no_group(dn))
}

/// What is chosen as a group and is none.
pub(crate) fn no_group(dn: &Dn) -> Error {
    Error::new(Code::WrongScope, format!("{dn} is not a group."))
        .with_action("Choose a group. For an organizational unit, use the units of the mapping.")
}

/// Whether an entry has one of these object classes.
pub(crate) fn is_a(entry: &Entry, classes: &[&str]) -> bool {
    entry.texts("objectClass").any(|class| classes.iter().any(|c| class.eq_ignore_ascii_case(c)))
}

/// Whether an attribute came in portions (MS-ADTS 3.1.1.3.1.3.3).
pub(crate) fn in_ranges(entry: &Entry, attribute: &str) -> bool {
    let start = format!("{attribute};range=").to_ascii_lowercase();
    entry.names().any(|name| name.to_ascii_lowercase().starts_with(&start))
}

/// Every group below the server's bases.
pub(crate) async fn all_groups(context: &DirectoryContext<'_>) -> Result<Vec<Dn>> {
    let filter = group_filter(false);
    let mut groups = vec![];
    for base in &context.root.bases {
        let query = Query { base, scope: Scope::Subtree, filter: &filter, attributes: &["1.1"] };
        let found =
            run::collect(context.pool, &query, MAX_GROUPS, context.limits.operation).await?;
        if found.cut {
            return Err(too_many());
        }
        groups.extend(found.entries.into_iter().map(|entry| entry.dn));
    }
    Ok(groups)
}

fn too_many() -> Error {
    Error::new(
        Code::IncompleteRead,
        format!("There are more than {MAX_GROUPS} groups, or not all of them can be read."),
    )
}
