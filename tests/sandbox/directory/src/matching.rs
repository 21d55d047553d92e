//! Whether an entry matches a filter (RFC 4511, 4.5.1.7), with AD's bit and chain rules.

use super::faults::Faults;
use super::schema::{self, Syntax};
use super::tree::{Entry, Tree};
use rasn_ldap::{Filter, SubstringChoice};
use std::collections::HashSet;

const BIT_AND: &str = "1.2.840.113556.1.4.803";
const BIT_OR: &str = "1.2.840.113556.1.4.804";
const IN_CHAIN: &str = "1.2.840.113556.1.4.1941";

/// What filters are evaluated on.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub tree: &'a Tree,
    pub faults: &'a Faults,
}

impl View<'_> {
    /// Whether a test of an attribute can be decided for an entry.
    fn decides(self, entry: &Entry, attribute: &str) -> bool {
        let name = attribute.to_ascii_lowercase();
        (self.tree.attribute_names().contains(&name) || schema::is_known(&name))
            && !self.faults.hides(&entry.key, &name)
    }
}

/// `None` is the third truth value, Undefined.
pub(super) fn matches(view: View<'_>, entry: &Entry, filter: &Filter) -> Option<bool> {
    match filter {
        Filter::And(parts) => all(parts.iter().map(|part| matches(view, entry, part))),
        Filter::Or(parts) => {
            all(parts.iter().map(|part| matches(view, entry, part).map(|b| !b))).map(|b| !b)
        }
        Filter::Not(inner) => matches(view, entry, inner).map(|b| !b),
        test => test_of(view, entry, test).or(view.faults.two_valued().then_some(false)),
    }
}

fn test_of(view: View<'_>, entry: &Entry, filter: &Filter) -> Option<bool> {
    let name = match filter {
        Filter::Present(name) => Some(&name.0),
        Filter::EqualityMatch(ava) | Filter::ApproxMatch(ava) => Some(&ava.attribute_desc.0),
        Filter::GreaterOrEqual(ava) | Filter::LessOrEqual(ava) => {
            Some(&ava.attribute_desc.0).filter(|name| view.faults.orders(name))
        }
        Filter::Substrings(pieces) => Some(&pieces.r#type.0),
        Filter::ExtensibleMatch(rule) => rule.r#type.as_ref().map(|name| &name.0),
        _ => None,
    };
    if !view.decides(entry, name?) {
        return None;
    }
    match filter {
        Filter::Present(name) => Some(!entry.values(&name.0).is_empty()),
        Filter::EqualityMatch(ava) | Filter::ApproxMatch(ava) => {
            Some(equal(entry, &ava.attribute_desc.0, &ava.assertion_value))
        }
        Filter::GreaterOrEqual(ava) => Some(ordered(
            entry,
            &ava.attribute_desc.0,
            &ava.assertion_value,
            std::cmp::Ordering::is_ge,
        )),
        Filter::LessOrEqual(ava) => Some(ordered(
            entry,
            &ava.attribute_desc.0,
            &ava.assertion_value,
            std::cmp::Ordering::is_le,
        )),
        Filter::Substrings(pieces) => Some(
            entry
                .values(&pieces.r#type.0)
                .iter()
                .any(|value| substring(&pieces.r#type.0, value, &pieces.substrings)),
        ),
        Filter::ExtensibleMatch(rule) => {
            let name = &rule.r#type.as_ref()?.0;
            match rule.matching_rule.as_ref().map(|r| r.0.as_str()) {
                Some(BIT_AND) => {
                    bits(entry, name, &rule.match_value, |have, want| have & want == want)
                }
                Some(BIT_OR) => bits(entry, name, &rule.match_value, |have, want| have & want != 0),
                Some(IN_CHAIN) => Some(chain(view.tree, entry, name, &rule.match_value)),
                Some(_) => None,
                None => Some(equal(entry, name, &rule.match_value)),
            }
        }
        _ => None,
    }
}

fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut unknown = false;
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => unknown = true,
            Some(true) => {}
        }
    }
    if unknown { None } else { Some(true) }
}

fn equal(entry: &Entry, name: &str, wanted: &[u8]) -> bool {
    // AD lets objectCategory be asked by its short name.
    if name.eq_ignore_ascii_case("objectCategory") && !wanted.contains(&b'=') {
        let start = format!("cn={},", String::from_utf8_lossy(wanted).to_lowercase());
        return entry.text(name).is_some_and(|value| value.to_lowercase().starts_with(&start));
    }
    let wanted = schema::normal(name, wanted);
    entry.values(name).iter().any(|value| schema::normal(name, value) == wanted)
}

fn ordered(
    entry: &Entry,
    name: &str,
    wanted: &[u8],
    holds: impl Fn(std::cmp::Ordering) -> bool,
) -> bool {
    let number = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().parse::<i64>().ok();
    entry.values(name).iter().any(|value| {
        match (schema::syntax(name), number(value), number(wanted)) {
            (Syntax::Integer, Some(a), Some(b)) => holds(a.cmp(&b)),
            _ => holds(schema::normal(name, value).cmp(&schema::normal(name, wanted))),
        }
    })
}

fn substring(name: &str, value: &[u8], pieces: &[SubstringChoice]) -> bool {
    if schema::syntax(name) == Syntax::Dn {
        return false;
    }
    let fold = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase();
    let text = fold(value);
    let mut rest = text.as_str();
    for piece in pieces {
        match piece {
            SubstringChoice::Initial(start) => match rest.strip_prefix(fold(start).as_str()) {
                Some(tail) => rest = tail,
                None => return false,
            },
            SubstringChoice::Any(part) => {
                let part = fold(part);
                match rest.find(&part) {
                    Some(at) => rest = &rest[at + part.len()..],
                    None => return false,
                }
            }
            SubstringChoice::Final(end) => return rest.ends_with(fold(end).as_str()),
            _ => return false,
        }
    }
    true
}

fn bits(
    entry: &Entry,
    name: &str,
    wanted: &[u8],
    holds: impl Fn(i64, i64) -> bool,
) -> Option<bool> {
    let wanted = String::from_utf8_lossy(wanted).trim().parse::<i64>().ok()?;
    Some(
        entry
            .text(name)
            .and_then(|v| v.parse::<i64>().ok())
            .is_some_and(|have| holds(have, wanted)),
    )
}

/// Follows a DN-valued attribute through any number of entries; cycles end by themselves.
fn chain(tree: &Tree, entry: &Entry, name: &str, wanted: &[u8]) -> bool {
    let wanted = schema::normal(name, wanted);
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    let mut open: Vec<Vec<u8>> = entry.values(name).to_vec();
    while let Some(dn) = open.pop() {
        let key = schema::normal(name, &dn);
        if key == wanted {
            return true;
        }
        if seen.insert(key)
            && let Some(next) = tree.get(&String::from_utf8_lossy(&dn))
        {
            open.extend(next.values(name).iter().cloned());
        }
    }
    false
}
