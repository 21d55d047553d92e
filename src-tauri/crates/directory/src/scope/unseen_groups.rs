//! Members of groups that cannot be seen and may be groups themselves: while there is one, nobody is proven to be in none.

use crate::context::DirectoryContext;
use crate::people::occupant;
use crate::scope::members::findings::named;
use crate::scope::members::member_dn;
use crate::scope::membership::group_filter;
use crate::search::attribute_names::Names;
use crate::search::ranges;
use connector_model::{Dn, Filter, Result};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// `uid` by its OID (RFC 4519, 2.39).
const UID: &str = "0.9.2342.19200300.100.1.1";

/// Whether a group names such a member. `known`: the groups that can be seen, by their key. Somebody who was deleted and is
/// still named is none: a member named by a login name, or whose container shows people and no groups, is taken for a person.
pub(crate) async fn named_by(
    context: &DirectoryContext<'_>,
    group: &Dn,
    known: &HashMap<String, Dn>,
) -> Result<bool> {
    let mut candidates = vec![];
    for attribute in ["member", "uniqueMember"] {
        ranges::all_values(context.pool, group, attribute, context.limits.operation, |values| {
            let dns = values.iter().map(|v| member_dn(attribute, &String::from_utf8_lossy(v)));
            candidates.extend(
                dns.filter(|dn| {
                    !has_login_name(dn, context.names) && !known.contains_key(&dn.key())
                }),
            );
            ControlFlow::Continue(())
        })
        .await?;
    }
    if candidates.is_empty() {
        return Ok(false);
    }
    // Only what shows its classes is seen to be no group.
    let no_group = Filter::And(vec![
        Filter::present("objectClass"),
        Filter::negate(group_filter(context.names.is_ad)),
    ]);
    let seen: HashSet<String> =
        named(context, &candidates, &no_group).await?.iter().map(Dn::key).collect();
    candidates.retain(|dn| !seen.contains(&dn.key()));
    let with_groups: HashSet<String> =
        known.values().filter_map(Dn::parent).map(|container| container.key()).collect();
    let mut of_people = HashMap::new();
    for candidate in candidates {
        let Some(container) = candidate.parent() else { continue };
        let key = container.key();
        if with_groups.contains(&key) {
            return Ok(true);
        }
        let shows_people = match of_people.get(&key) {
            Some(shows) => *shows,
            None => occupant::any_person(context, &container).await?,
        };
        of_people.insert(key, shows_people);
        if !shows_people {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_login_name(dn: &Dn, names: &Names) -> bool {
    let is_login = |name: &str| {
        [UID, "uid", names.login.as_str()].iter().any(|login| name.eq_ignore_ascii_case(login))
    };
    let leaf = dn.rdns().ok().and_then(|rdns| rdns.into_iter().next());
    leaf.is_some_and(|pairs| pairs.iter().any(|(name, _)| is_login(name)))
}
