//! Searches: scope, candidates, limits, pages, attribute selection.

use super::answer;
use super::matching::{View, matches};
use super::ranges::ranged;
use super::schema;
use super::server::Shared;
use super::tree::{Entry, Tree};
use super::{Face, company};
use connector_model::Dn;
use rasn_ldap::{Filter, SearchRequest, SearchRequestScope};
use std::collections::HashMap;

/// AD's `MaxPageSize`.
const MAX_PAGE: usize = 1000;

/// What a connection may see, and its open cursors.
#[derive(Default)]
pub(super) struct Session {
    pub bound: String,
    pub is_tls: bool,
    pub global_catalog: bool,
    cursors: HashMap<u32, Vec<String>>,
    next_cursor: u32,
    pages: usize,
}

impl Session {
    pub fn new(is_tls: bool, global_catalog: bool) -> Self {
        Self { is_tls, global_catalog, ..Self::default() }
    }

    /// Which page of its search is asked for, counted from 1; a client reads one search at a time.
    pub fn page_number(&mut self, page: Option<&Page>) -> usize {
        self.pages =
            if page.is_some_and(|page| !page.cookie.is_empty()) { self.pages + 1 } else { 1 };
        self.pages
    }
}

/// The request's paging control (RFC 2696).
pub(super) struct Page {
    pub size: usize,
    pub cookie: Vec<u8>,
}

/// One search: its message, what is looked for, and which page of it.
pub(super) struct Asked<'a> {
    pub id: u32,
    pub request: &'a SearchRequest,
    pub page: Option<&'a Page>,
}

/// The answers to a search, message by message.
pub(super) fn search(shared: &Shared, session: &mut Session, asked: &Asked<'_>) -> Vec<Vec<u8>> {
    let tree = shared.tree.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(answers) = about_itself(shared, session, &tree, asked) {
        return answers;
    }
    let Asked { id, request, page } = *asked;
    let Some(base) = find_base(shared.face, &tree, &request.base_object.0) else {
        return vec![done(id, 32, "", None)];
    };
    let cursor =
        page.and_then(|page| Some(u32::from_be_bytes(page.cookie.as_slice().try_into().ok()?)));
    let hits = match cursor.map(|number| session.cursors.remove(&number)) {
        Some(Some(hits)) => hits,
        Some(None) => return vec![done(id, 53, "paged results cookie is invalid", None)],
        None => hits(View { tree: &tree, faults: &shared.faults }, base, request),
    };
    let mut out = deliver(shared, session, &tree, asked, hits);
    if cursor.is_none() {
        let last = out.pop();
        let references = references(shared, session, base, request);
        out.extend(references.map(|url| answer::message(id, answer::reference(&url), None)));
        out.extend(last);
    }
    out
}

/// What the server says of itself to everybody, and that it says no more to whoever has not bound; else `None`.
fn about_itself(
    shared: &Shared,
    session: &Session,
    tree: &Tree,
    asked: &Asked<'_>,
) -> Option<Vec<Vec<u8>>> {
    let Asked { id, request, .. } = *asked;
    let base = request.base_object.0.as_str();
    let told =
        |entry: &Entry| vec![send(shared, session, id, entry, request), done(id, 0, "", None)];
    if base.is_empty() && request.scope == SearchRequestScope::BaseObject {
        return Some(told(&company::root_dse(shared.face)));
    }
    if session.bound.is_empty() {
        return Some(vec![match shared.face {
            Face::ActiveDirectory => done(
                id,
                1,
                "000004DC: LdapErr: DSID-0C090A5C, comment: In order to perform this operation a successful bind must be completed on the connection., data 0, v4563",
                None,
            ),
            Face::OpenLdap => done(id, 32, "", None),
        }]);
    }
    base.eq_ignore_ascii_case(company::SUBSCHEMA).then(|| {
        let mut subschema = Entry::new(company::SUBSCHEMA).with("objectClass", "subschema");
        subschema.set("attributeTypes", schema::describe(tree));
        told(&subschema)
    })
}

/// The end of a search (RFC 4511, 4.5.2).
fn done(id: u32, code: u32, text: &str, control: Option<Vec<u8>>) -> Vec<u8> {
    answer::message(id, answer::result(0x65, code, text), control)
}

/// Everybody whom a new search finds, the last one first: taken from the end.
fn hits(view: View<'_>, base: &Entry, request: &SearchRequest) -> Vec<String> {
    let mut hits: Vec<String> = candidates(view.tree, base, request)
        .into_iter()
        .filter(|entry| in_scope(entry, &base.key, request.scope))
        .filter(|entry| matches(view, entry, &request.filter) == Some(true))
        .map(|entry| entry.dn.clone())
        .collect();
    hits.reverse();
    hits
}

/// Who else has part of what is below the base.
fn references(
    shared: &Shared,
    session: &Session,
    base: &Entry,
    request: &SearchRequest,
) -> impl Iterator<Item = String> {
    let below = request.scope == SearchRequestScope::WholeSubtree;
    let at_root = shared.face == Face::ActiveDirectory
        && base.key == Dn::from_server(shared.face.suffix()).key()
        && !session.global_catalog;
    let asked_for = below.then(|| shared.faults.references()).into_iter().flatten();
    let partitions = (below && at_root).then(company::side_partitions).into_iter().flatten();
    asked_for.chain(partitions)
}

fn deliver(
    shared: &Shared,
    session: &mut Session,
    tree: &Tree,
    asked: &Asked<'_>,
    mut hits: Vec<String>,
) -> Vec<Vec<u8>> {
    let Asked { id, request, page } = *asked;
    let mut out = vec![];
    let size = match page {
        Some(page) if shared.face == Face::ActiveDirectory => page.size.clamp(1, MAX_PAGE),
        Some(page) => page.size.max(1),
        None if shared.face == Face::ActiveDirectory => MAX_PAGE,
        None => usize::MAX,
    };
    let own = if request.size_limit == 0 { usize::MAX } else { request.size_limit as usize };
    let server = shared.faults.size_limit();
    let limit = size.min(own).min(server);
    let keep = hits.len().saturating_sub(limit);
    for dn in hits.split_off(keep).iter().rev() {
        if let Some(entry) = tree.get(dn) {
            out.push(send(shared, session, id, entry, request));
        }
    }
    let more = !hits.is_empty();
    out.push(match page {
        _ if more && limit < size => done(id, 4, "", None),
        None => done(id, if more { 4 } else { 0 }, "", None),
        Some(_) if more => {
            session.next_cursor += 1;
            let number = session.next_cursor;
            if session.cursors.len() >= 16 {
                session.cursors.clear();
            }
            session.cursors.insert(number, hits);
            done(id, 0, "", Some(answer::paging_control(&number.to_be_bytes())))
        }
        Some(_) => done(id, 0, "", Some(answer::paging_control(b""))),
    });
    out
}

/// `<GUID=…>` and `<SID=…>` name an entry on AD (MS-ADTS 3.1.1.3.1.2.4).
fn find_base<'a>(face: Face, tree: &'a Tree, base: &str) -> Option<&'a Entry> {
    let lower = base.to_ascii_lowercase();
    if face == Face::ActiveDirectory
        && let Some(guid) = lower.strip_prefix("<guid=").and_then(|rest| rest.strip_suffix('>'))
    {
        let bytes = connector_model::Identity::from_text(guid).to_guid_bytes().map(|b| b.to_vec());
        let bytes = bytes.or_else(|| hex(guid))?;
        return tree.having("objectGUID", &bytes)?.into_iter().next();
    }
    if face == Face::ActiveDirectory
        && let Some(sid) = lower.strip_prefix("<sid=").and_then(|rest| rest.strip_suffix('>'))
    {
        let bytes = hex(sid)?;
        return tree.iter().find(|entry| entry.values("objectSid").first() == Some(&bytes));
    }
    tree.get(base)
}

fn hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

fn in_scope(entry: &Entry, base: &str, scope: SearchRequestScope) -> bool {
    let below = entry.key.len() > base.len() + 1
        && entry.key.ends_with(base)
        && entry.key.as_bytes()[entry.key.len() - base.len() - 1] == b',';
    match scope {
        SearchRequestScope::BaseObject => entry.key == base,
        SearchRequestScope::SingleLevel => {
            below
                && Dn::from_server(entry.dn.clone())
                    .parent()
                    .is_some_and(|parent| parent.key() == base)
        }
        _ => entry.key == base || below,
    }
}

/// Entries worth looking at: those of an index where the filter asks for one value, else all.
fn candidates<'a>(tree: &'a Tree, base: &'a Entry, request: &SearchRequest) -> Vec<&'a Entry> {
    if request.scope == SearchRequestScope::BaseObject {
        return vec![base];
    }
    indexed(tree, &request.filter).unwrap_or_else(|| tree.iter().collect())
}

fn indexed<'a>(tree: &'a Tree, filter: &Filter) -> Option<Vec<&'a Entry>> {
    match filter {
        Filter::EqualityMatch(ava) => tree.having(&ava.attribute_desc.0, &ava.assertion_value),
        Filter::And(parts) => {
            parts.iter().filter_map(|part| indexed(tree, part)).min_by_key(Vec::len)
        }
        Filter::Or(parts) => {
            let mut found: Vec<&Entry> = vec![];
            for part in parts.iter() {
                found.extend(indexed(tree, part)?);
            }
            found.sort_by(|a, b| a.key.cmp(&b.key));
            found.dedup_by(|a, b| a.key == b.key);
            Some(found)
        }
        _ => None,
    }
}

fn send(
    shared: &Shared,
    session: &Session,
    id: u32,
    entry: &Entry,
    request: &SearchRequest,
) -> Vec<u8> {
    let asked: Vec<&str> = request.attributes.iter().map(|a| a.0.as_str()).collect();
    let all = asked.is_empty() || asked.contains(&"*");
    let operational = asked.contains(&"+");
    let mut list: Vec<(String, Vec<Vec<u8>>)> = vec![];
    for (name, values) in &entry.attributes {
        if shared.faults.hides(&entry.key, name) {
            continue;
        }
        if session.global_catalog && !entry.dn.is_empty() && !schema::in_global_catalog(name) {
            continue;
        }
        let hidden = shared.face == Face::OpenLdap && schema::is_operational(name);
        let wanted =
            asked.iter().find(|a| a.split(';').next().unwrap_or(a).eq_ignore_ascii_case(name));
        let asked = match wanted {
            Some(asked) => *asked,
            None if (all && !hidden) || (operational && hidden) => name.as_str(),
            None => continue,
        };
        if shared.face == Face::ActiveDirectory {
            list.extend(ranged(asked, name, values));
        } else {
            list.push((name.clone(), values.clone()));
        }
    }
    if request.types_only {
        for (_, values) in &mut list {
            values.clear();
        }
    }
    let pairs = list.iter().map(|(name, values)| (name.as_str(), values.as_slice()));
    answer::message(id, answer::entry(&entry.dn, pairs), None)
}
