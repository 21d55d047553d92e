//! Base DNs, organizational units and groups, for choosing the scope of a mapping.

use crate::context::DirectoryContext;
use crate::people::person_entry;
use crate::scope::membership::{MEMBER_ATTRIBUTES, group_filter, in_ranges};
use crate::search::entry::Entry;
use crate::search::run::{self, Query, Scope};
use connector_model::{BrowseQuery, Code, Dn, Error, Filter, Identity, Node, Result, ScopeRef};
use std::ops::ControlFlow;

/// Nodes returned when the caller names no limit.
const DEFAULT_LIMIT: usize = 500;
/// Most nodes returned at all.
const MAX_LIMIT: usize = 10_000;
/// Members are counted for at most so many groups of an answer; the others show none.
const MAX_COUNTED: usize = 200;

pub(crate) async fn bases(context: &DirectoryContext<'_>) -> Result<Vec<Node>> {
    let mut nodes = vec![];
    for base in &context.root.bases {
        let filter = Filter::present("objectClass");
        let attributes = [context.names.unique_id.as_str()];
        let query = Query { base, scope: Scope::Base, filter: &filter, attributes: &attributes };
        let found = run::collect(context.pool, &query, 1, context.limits.operation).await;
        let identity =
            found.ok().and_then(|f| person_entry::identity(f.entries.first()?, context.names));
        nodes.push(Node {
            name: base.to_string(),
            dn: base.clone(),
            identity,
            has_children: has_units(context, base).await?,
            members: None,
        });
    }
    Ok(nodes)
}

pub(crate) async fn units(
    context: &DirectoryContext<'_>,
    query: &BrowseQuery,
) -> Result<Vec<Node>> {
    let scope = if query.search.is_some() { Scope::Subtree } else { Scope::OneLevel };
    let filter = named(unit_filter(context), &["ou", "cn", "o"], query);
    let mut nodes = vec![];
    for entry in find(context, query, &filter, scope).await? {
        let children = has_units(context, &entry.dn).await?;
        nodes.push(node(context, &entry, children, None));
    }
    sort(&mut nodes);
    Ok(nodes)
}

pub(crate) async fn groups(
    context: &DirectoryContext<'_>,
    query: &BrowseQuery,
) -> Result<Vec<Node>> {
    let filter = named(group_filter(context.names.is_ad), &["cn", "sAMAccountName"], query);
    let mut nodes = vec![];
    for entry in find(context, query, &filter, Scope::Subtree).await? {
        let members =
            if nodes.len() < MAX_COUNTED { count_members(context, &entry.dn).await? } else { None };
        nodes.push(node(context, &entry, false, members));
    }
    sort(&mut nodes);
    Ok(nodes)
}

/// Looks an OU or group up: by identity where there is one, else by DN.
pub(crate) async fn resolve(context: &DirectoryContext<'_>, scope: &ScopeRef) -> Result<Node> {
    Ok(node(context, &entry(context, scope).await?, false, None))
}

/// The entry of an OU or group, with what tells its kind.
pub(crate) async fn entry(context: &DirectoryContext<'_>, scope: &ScopeRef) -> Result<Entry> {
    let entry = match (&scope.identity, &scope.dn) {
        (Some(identity), _) => by_identity(context, identity).await?,
        (None, Some(dn)) => by_dn(context, dn).await?,
        (None, None) => None,
    };
    entry.ok_or_else(|| missing(scope))
}

/// One entry by identity, wherever it is now.
async fn by_identity(context: &DirectoryContext<'_>, identity: &Identity) -> Result<Option<Entry>> {
    let attributes = [context.names.unique_id.as_str(), "objectClass", "groupType"];
    let Some(value) = context.names.identity_value(identity) else { return Ok(None) };
    let wanted = Filter::Equal(context.names.unique_id.clone(), value);
    for base in &context.root.bases {
        let query = Query { base, scope: Scope::Subtree, filter: &wanted, attributes: &attributes };
        let found = run::collect(context.pool, &query, 2, context.limits.operation).await?;
        if let Some(entry) = found.entries.into_iter().next() {
            return Ok(Some(entry));
        }
        if found.cut {
            return Err(Error::of(Code::IncompleteRead));
        }
    }
    Ok(None)
}

async fn by_dn(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<Entry>> {
    let attributes = [context.names.unique_id.as_str(), "objectClass", "groupType"];
    let filter = Filter::present("objectClass");
    let query = Query { base: dn, scope: Scope::Base, filter: &filter, attributes: &attributes };
    match run::collect(context.pool, &query, 1, context.limits.operation).await {
        Ok(found) => Ok(found.entries.into_iter().next()),
        Err(error) if error.code == Code::BaseNotFound => Ok(None),
        Err(error) => Err(error),
    }
}

async fn find(
    context: &DirectoryContext<'_>,
    query: &BrowseQuery,
    filter: &Filter,
    scope: Scope,
) -> Result<Vec<Entry>> {
    let default = context.root.bases.first().ok_or_else(|| Error::of(Code::BaseNotFound))?;
    let base = query.under.as_ref().unwrap_or(default);
    let attributes = [context.names.unique_id.as_str(), "ou", "cn"];
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let query = Query { base, scope, filter, attributes: &attributes };
    let found = run::collect(context.pool, &query, limit, context.limits.operation).await;
    found
        .map(|f| f.entries)
        .map_err(|e| if e.code == Code::BaseNotFound { e.at("under") } else { e })
}

pub(crate) fn node(
    context: &DirectoryContext<'_>,
    entry: &Entry,
    has_children: bool,
    members: Option<u64>,
) -> Node {
    Node {
        name: entry.dn.leaf_value(),
        dn: entry.dn.clone(),
        identity: person_entry::identity(entry, context.names),
        has_children,
        members,
    }
}

/// Object classes of entries that people are below.
pub(crate) const CONTAINERS: [&str; 9] = [
    "organizationalUnit",
    "organization",
    "domain",
    "domainDNS",
    "nsContainer",
    "container",
    "builtinDomain",
    "country",
    "locality",
];

/// OUs, and on AD the containers where people live by default (`CN=Users`); system containers are left out.
pub(crate) fn unit_filter(context: &DirectoryContext<'_>) -> Filter {
    if context.names.is_ad {
        let visible = Filter::negate(Filter::equal("showInAdvancedViewOnly", "TRUE"));
        let classes = ["organizationalUnit", "container", "builtinDomain"]
            .map(|c| Filter::equal("objectClass", c));
        return Filter::And(vec![Filter::Or(classes.to_vec()), visible]);
    }
    Filter::Or(CONTAINERS.iter().map(|c| Filter::equal("objectClass", *c)).collect())
}

/// Narrows a filter to names that contain what was typed. Nothing typed narrows nothing: an always-true
/// filter `(&)` (RFC 4526) is not known to every server.
fn named(filter: Filter, attributes: &[&'static str], query: &BrowseQuery) -> Filter {
    let Some(text) = query.search.as_deref().filter(|text| !text.is_empty()) else { return filter };
    let any = |name: &&'static str| {
        Filter::substring(
            connector_model::filter::Attribute::known(name),
            None,
            vec![text.as_bytes().to_vec()],
            None,
        )
    };
    Filter::and(vec![filter, Filter::Or(attributes.iter().map(any).collect())])
}

async fn has_units(context: &DirectoryContext<'_>, dn: &Dn) -> Result<bool> {
    let filter = unit_filter(context);
    let query = Query { base: dn, scope: Scope::OneLevel, filter: &filter, attributes: &["1.1"] };
    let found = run::collect(context.pool, &query, 1, context.limits.operation).await?;
    Ok(!found.entries.is_empty())
}

/// Members of a group that are counted where they come in ranges: some seventy round trips on AD.
const COUNTED: u64 = 100_000;

/// Direct members; `None` where the group is so large that counting would take many round trips.
pub(crate) async fn count_members(context: &DirectoryContext<'_>, dn: &Dn) -> Result<Option<u64>> {
    let filter = Filter::present("objectClass");
    let query =
        Query { base: dn, scope: Scope::Base, filter: &filter, attributes: &MEMBER_ATTRIBUTES };
    let found = run::collect(context.pool, &query, 1, context.limits.operation).await?;
    let Some(entry) = found.entries.first() else { return Ok(None) };
    if in_ranges(entry, "member") {
        let mut count = 0u64;
        let limit = context.limits.operation;
        crate::search::ranges::all_values(context.pool, dn, "member", limit, |values| {
            count += values.len() as u64;
            if count > COUNTED { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .await?;
        return Ok((count <= COUNTED).then_some(count));
    }
    Ok(Some(MEMBER_ATTRIBUTES.iter().map(|a| entry.values(a).len() as u64).sum()))
}

fn sort(nodes: &mut [Node]) {
    nodes.sort_by_cached_key(|node| (node.name.to_lowercase(), node.dn.key()));
}

/// `scope_missing` for something that was chosen once and is gone.
fn missing(scope: &ScopeRef) -> Error {
    let name = scope.dn.as_ref().map_or_else(
        || scope.identity.as_ref().map(ToString::to_string).unwrap_or_default(),
        ToString::to_string,
    );
    Error::new(Code::ScopeMissing, format!("{name} {GONE}"))
}

/// What is known of a unit or group that the server no longer shows.
pub(crate) const GONE: &str =
    "cannot be found in the directory: it was deleted, or the bind account cannot read it.";
