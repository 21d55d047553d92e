//! What an administrator chooses for a mapping: whether it is there, and whether it is what it is chosen as.

use crate::context::DirectoryContext;
use crate::scope::browse;
use crate::scope::membership::{self, group_filter, is_a, no_group};
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{Code, Dn, Error, Filter, Node, Result, ScopeRef};
use std::time::Duration;

/// `APP_QUERY` of `groupType` (MS-ADTS 2.2.12): the members are what a filter finds.
const QUERY_GROUP: i64 = 0x20;

/// A group whose members the server tells: `scope_missing`, `wrong_scope` or `group_not_listed` otherwise.
pub(crate) async fn group(context: &DirectoryContext<'_>, chosen: &ScopeRef) -> Result<Node> {
    let entry = entry(context, chosen).await?;
    if context.names.is_ad {
        ad_group(&entry)?;
    } else {
        let groups = std::slice::from_ref(&entry.dn);
        membership::members(context, (groups, false), Duration::ZERO).await?;
    }
    Ok(browse::node(context, &entry, false, None))
}

/// A base DN or organizational unit: something that people are below. `scope_missing` or `wrong_scope` otherwise.
pub(crate) async fn container(context: &DirectoryContext<'_>, chosen: &ScopeRef) -> Result<Node> {
    let entry = entry(context, chosen).await?;
    let wrong = |what: &str| {
        let text = format!("{} {what}, not a base DN or an organizational unit.", entry.dn);
        Error::new(Code::WrongScope, text).with_action(
            "Choose a base DN or an organizational unit. Groups have a key of their own.",
        )
    };
    if matches(context, &entry.dn, &context.names.person_filter()).await? {
        return Err(wrong("is a person"));
    }
    if matches(context, &entry.dn, &group_filter(context.names.is_ad)).await? {
        return Err(wrong("is a group"));
    }
    if !is_a(&entry, &browse::CONTAINERS) && !has_anything_below(context, &entry.dn).await? {
        return Err(wrong("has nothing below it"));
    }
    Ok(browse::node(context, &entry, false, None))
}

/// On AD the server filters by group; this is whether it can.
pub(crate) fn ad_group(entry: &Entry) -> Result<()> {
    if !is_a(entry, &["group"]) {
        return Err(no_group(&entry.dn));
    }
    let kind = entry.text("groupType").and_then(|text| text.parse::<i64>().ok());
    if kind.is_some_and(|kind| kind & QUERY_GROUP != 0) {
        let text = format!("{} is a query group, and the server lists no members of it.", entry.dn);
        return Err(Error::new(Code::GroupNotListed, text));
    }
    Ok(())
}

async fn entry(context: &DirectoryContext<'_>, chosen: &ScopeRef) -> Result<Entry> {
    match browse::entry(context, chosen).await {
        Err(error) if error.code == Code::ScopeMissing => Err(no_name(context, chosen, error)),
        found => found,
    }
}

/// Why a text finds nothing that is no DN: it can only be an identity, and does not look like one.
fn no_name(context: &DirectoryContext<'_>, chosen: &ScopeRef, error: Error) -> Error {
    let (Some(identity), None) = (&chosen.identity, &chosen.dn) else { return error };
    let text = identity.as_str();
    let own = !context.names.realm.is_empty() && text.starts_with(&context.names.realm);
    let looks_like_one = text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    match text.parse::<Dn>() {
        Err(no_dn) if !own && !looks_like_one => no_dn,
        _ => error,
    }
}

async fn matches(context: &DirectoryContext<'_>, dn: &Dn, filter: &Filter) -> Result<bool> {
    any(context, Query { base: dn, scope: Scope::Base, filter, attributes: &["1.1"] }).await
}

async fn has_anything_below(context: &DirectoryContext<'_>, dn: &Dn) -> Result<bool> {
    let filter = Filter::present("objectClass");
    any(context, Query { base: dn, scope: Scope::OneLevel, filter: &filter, attributes: &["1.1"] })
        .await
}

async fn any(context: &DirectoryContext<'_>, query: Query<'_>) -> Result<bool> {
    let found = run::collect(context.pool, &query, 1, context.limits.operation).await?;
    Ok(!found.entries.is_empty())
}
