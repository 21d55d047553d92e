//! Who belongs to a group: by the server's own filter on AD, by reading member lists elsewhere.

use crate::connection::pool::Pool;
use crate::search::ranges;
use crate::search::run::{self, Query, Scope};
use connector_model::filter::IN_CHAIN;
use connector_model::{Code, Dn, Error, Filter, Result};
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::time::Duration;

/// Object classes of groups outside AD.
pub(crate) const GROUP_CLASSES: [&str; 4] =
    ["groupOfNames", "groupOfUniqueNames", "groupOfMembers", "posixGroup"];
const MEMBER_ATTRIBUTES: [&str; 3] = ["member", "uniqueMember", "memberUid"];
/// Most groups looked at while following nested groups.
const MAX_GROUPS: usize = 100_000;

/// Entries that are groups.
pub(crate) fn group_filter(is_ad: bool) -> Filter {
    if is_ad {
        return Filter::equal("objectCategory", "group");
    }
    Filter::Or(GROUP_CLASSES.iter().map(|class| Filter::equal("objectClass", *class)).collect())
}

/// AD: a filter that holds for the members of `group`, those by primary group included.
pub(crate) async fn ad_filter(
    pool: &Pool,
    group: &Dn,
    base: &Dn,
    nested: bool,
    deadline: Duration,
) -> Result<Filter> {
    let dn = group.as_str();
    let mut parts = vec![];
    let mut groups = vec![group.clone()];
    if nested {
        parts.push(Filter::matching("memberOf", IN_CHAIN, dn));
        let inner =
            Filter::and(vec![group_filter(true), Filter::matching("memberOf", IN_CHAIN, dn)]);
        let query = Query { base, scope: Scope::Subtree, filter: &inner, attributes: &["1.1"] };
        let found = run::collect(pool, &query, MAX_GROUPS, deadline).await?;
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
        let found = run::collect(pool, &query, 1, deadline).await?;
        // The last four bytes of a SID are its relative identifier (MS-DTYP 2.4.2.2).
        if let Some([.., a, b, c, d]) =
            found.entries.first().and_then(|e| e.values("objectSid").first()).map(Vec::as_slice)
        {
            let rid = u32::from_le_bytes([*a, *b, *c, *d]);
            parts.push(Filter::equal("primaryGroupID", rid.to_string()));
        }
    }
    Ok(Filter::or(parts))
}

/// The members of groups as hashed keys: 8 bytes each.
#[derive(Debug, Default, Clone)]
pub(crate) struct Members {
    dns: HashSet<u64>,
    logins: HashSet<u64>,
}

impl Members {
    pub fn contains(&self, dn: &Dn, login: Option<&str>) -> bool {
        self.dns.contains(&hash(&dn.key()))
            || login.is_some_and(|l| self.logins.contains(&hash(&l.to_lowercase())))
    }

    pub fn len(&self) -> usize {
        self.dns.len() + self.logins.len()
    }
}

/// Reads the members of `groups`; with `nested`, those of groups inside them as well, cycles included.
pub(crate) async fn read(
    pool: &Pool,
    groups: &[Dn],
    bases: &[Dn],
    nested: bool,
    deadline: Duration,
) -> Result<Members> {
    let mut members = Members::default();
    let known = if nested { all_groups(pool, bases, deadline).await? } else { vec![] };
    let mut open: Vec<Dn> = groups.to_vec();
    let mut done: HashSet<u64> = open.iter().map(|dn| hash(&dn.key())).collect();
    while let Some(group) = open.pop() {
        for attribute in MEMBER_ATTRIBUTES {
            ranges::all_values(pool, &group, attribute, deadline, |values| {
                for value in values {
                    let text = String::from_utf8_lossy(value).into_owned();
                    if attribute == "memberUid" {
                        members.logins.insert(hash(&text.to_lowercase()));
                    } else {
                        members.dns.insert(hash(&Dn::from_server(text).key()));
                    }
                }
                ControlFlow::Continue(())
            })
            .await?;
        }
        for inner in &known {
            let key = hash(&inner.key());
            if members.dns.contains(&key) && done.insert(key) {
                open.push(inner.clone());
            }
        }
    }
    Ok(members)
}

/// Whether one person is a member: asked of the groups, so that a sign-in need not read member lists.
pub(crate) async fn is_member(
    pool: &Pool,
    (dn, login): (&Dn, Option<&str>),
    groups: &[Dn],
    bases: &[Dn],
    nested: bool,
    deadline: Duration,
) -> Result<bool> {
    let direct = |dn: &Dn, login: Option<&str>| {
        let mut parts =
            vec![Filter::equal("member", dn.as_str()), Filter::equal("uniqueMember", dn.as_str())];
        parts.extend(login.map(|l| Filter::equal("memberUid", l)));
        Filter::Or(parts)
    };
    let first = direct(dn, login);
    if !nested {
        for group in groups {
            let query =
                Query { base: group, scope: Scope::Base, filter: &first, attributes: &["1.1"] };
            if !run::collect(pool, &query, 1, deadline).await?.entries.is_empty() {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    let wanted: HashSet<String> = groups.iter().map(Dn::key).collect();
    let mut seen = HashSet::new();
    let mut open = vec![first];
    while let Some(filter) = open.pop() {
        for base in bases {
            let query =
                Query { base, scope: Scope::Subtree, filter: &filter, attributes: &["1.1"] };
            for entry in run::collect(pool, &query, MAX_GROUPS, deadline).await?.entries {
                let key = entry.dn.key();
                if wanted.contains(&key) {
                    return Ok(true);
                }
                if seen.insert(key) {
                    open.push(direct(&entry.dn, None));
                }
                if seen.len() > MAX_GROUPS {
                    return Err(too_many());
                }
            }
        }
    }
    Ok(false)
}

/// Every group below these bases.
pub(crate) async fn all_groups(pool: &Pool, bases: &[Dn], deadline: Duration) -> Result<Vec<Dn>> {
    let filter = group_filter(false);
    let mut groups = vec![];
    for base in bases {
        let query = Query { base, scope: Scope::Subtree, filter: &filter, attributes: &["1.1"] };
        let found = run::collect(pool, &query, MAX_GROUPS, deadline).await?;
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

fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
