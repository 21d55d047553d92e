//! Where a PATCH operation applies, and how: `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub`.

use super::{Verb, holder};
use crate::scim::error::{ScimError, ScimResult};
use crate::scim::filter::evaluate::element_matches;
use crate::scim::filter::{Filter, Operator};
use crate::scim::schema::path::AttributePath;
use crate::scim::schema::{self, CONNECTOR};
use serde_json::{Map, Value};

/// A parsed path.
#[derive(Debug, Clone)]
pub struct Target {
    path: AttributePath,
    filter: Option<Filter>,
}

impl Target {
    /// Reads a path; `invalidPath` if it names nothing, `mutability` if it is the service's own.
    pub fn parse(text: &str) -> ScimResult<Self> {
        let invalid = || ScimError::bad("invalidPath", "The path names no attribute of a User.");
        let text = text.trim();
        let (mut path, filter) = match text.split_once('[') {
            None => (AttributePath::parse(text).ok_or_else(invalid)?, None),
            Some((head, rest)) => {
                let (inside, tail) = rest.rsplit_once(']').ok_or_else(invalid)?;
                let mut path = AttributePath::parse(head).ok_or_else(invalid)?;
                let filter = Filter::parse_inside(inside, &path)?;
                if let Some(sub) = tail.strip_prefix('.') {
                    let known = path.attribute().and_then(|a| schema::find(a.subs, sub));
                    path.sub = Some(known.ok_or_else(invalid)?.name.to_owned());
                } else if !tail.is_empty() {
                    return Err(invalid());
                }
                (path, Some(filter))
            }
        };
        if !path.is_extension() {
            let attribute = path.attribute().ok_or_else(invalid)?;
            if attribute.read_only {
                let detail = format!("{} is set by the service.", attribute.name);
                return Err(ScimError::bad("mutability", detail));
            }
            if let Some(sub) = &path.sub {
                let sub = schema::find(attribute.subs, sub).ok_or_else(invalid)?;
                path.sub = Some(sub.name.to_owned());
            }
            if filter.is_some() && !attribute.many {
                return Err(invalid());
            }
        }
        Ok(Self { path, filter })
    }
}

/// Applies one operation.
pub fn apply(
    user: &mut Map<String, Value>,
    verb: Verb,
    target: &Target,
    value: Option<&Value>,
) -> ScimResult<()> {
    let path = &target.path;
    if path.is_extension() {
        return whole_extension(user, verb, value);
    }
    let many = path.attribute().is_some_and(|a| a.many);
    let holder = holder(user, path.extension);
    if let Some(filter) = &target.filter {
        return elements(holder, verb, path, filter, value);
    }
    let name = path.name.as_str();
    match (verb, &path.sub, value) {
        (Verb::Remove, None, _) => remove(holder, name, value),
        (Verb::Remove, Some(sub), _) => remove_sub(holder, name, sub),
        (_, Some(sub), Some(value)) if many => set_sub_of_each(holder, name, sub, value),
        (_, Some(sub), Some(value)) => {
            let inner = holder.entry(name).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                inner.insert(sub.clone(), value.clone());
            }
        }
        (Verb::Add, None, Some(value)) if many => add_elements(holder, name, value),
        (_, None, Some(Value::Object(values))) if !many => {
            match holder.get_mut(name).and_then(Value::as_object_mut) {
                Some(inner) => merge(inner, values, path),
                None => {
                    holder.insert(name.to_owned(), Value::Object(values.clone()));
                }
            }
        }
        (_, None, Some(value)) => {
            holder.insert(name.to_owned(), value.clone());
        }
        (_, _, None) => {}
    }
    Ok(())
}

/// Removes an attribute, or those of its elements that some clients name by value.
fn remove(holder: &mut Map<String, Value>, name: &str, value: Option<&Value>) {
    match (holder.get_mut(name), value) {
        (Some(Value::Array(list)), Some(value)) => {
            let gone = as_list(value);
            list.retain(|have| !gone.iter().any(|gone| same_element(have, gone)));
        }
        _ => {
            holder.remove(name);
        }
    }
}

fn remove_sub(holder: &mut Map<String, Value>, name: &str, sub: &str) {
    match holder.get_mut(name) {
        Some(Value::Object(inner)) => {
            inner.remove(sub);
        }
        Some(Value::Array(list)) => {
            list.iter_mut().filter_map(Value::as_object_mut).for_each(|o| {
                o.remove(sub);
            });
        }
        _ => {}
    }
}

fn set_sub_of_each(holder: &mut Map<String, Value>, name: &str, sub: &str, value: &Value) {
    match holder.get_mut(name) {
        Some(Value::Array(list)) if !list.is_empty() => {
            for inner in list.iter_mut().filter_map(Value::as_object_mut) {
                inner.insert(sub.to_owned(), value.clone());
            }
        }
        _ => {
            let element = Map::from_iter([(sub.to_owned(), value.clone())]);
            holder.insert(name.to_owned(), Value::Array(vec![Value::Object(element)]));
        }
    }
}

fn whole_extension(
    user: &mut Map<String, Value>,
    verb: Verb,
    value: Option<&Value>,
) -> ScimResult<()> {
    match (verb, value) {
        (Verb::Remove, _) => {
            user.remove(CONNECTOR);
        }
        (_, Some(Value::Object(values))) => {
            let inner = holder(user, true);
            for (key, value) in values {
                let known = schema::find(schema::EXTENSION, key);
                inner.insert(known.map_or(key.as_str(), |a| a.name).to_owned(), value.clone());
            }
        }
        _ => return Err(ScimError::bad("invalidValue", "The extension must be an object.")),
    }
    Ok(())
}

fn elements(
    holder: &mut Map<String, Value>,
    verb: Verb,
    path: &AttributePath,
    filter: &Filter,
    value: Option<&Value>,
) -> ScimResult<()> {
    let entry = holder.entry(path.name.as_str()).or_insert_with(|| Value::Array(vec![]));
    let Value::Array(list) = entry else { return Ok(()) };
    if verb == Verb::Remove && path.sub.is_none() {
        list.retain(|element| !element_matches(filter, element));
        return Ok(());
    }
    let mut found = false;
    for element in list.iter_mut().filter(|element| element_matches(filter, element)) {
        found = true;
        let Value::Object(inner) = element else { continue };
        match (&path.sub, value) {
            (Some(sub), _) if verb == Verb::Remove => {
                inner.remove(sub);
            }
            (Some(sub), Some(value)) => {
                inner.insert(sub.clone(), value.clone());
            }
            (None, Some(Value::Object(values))) => merge(inner, values, path),
            _ => return Err(ScimError::bad("invalidValue", "The value must be an object.")),
        }
    }
    match (verb, found) {
        (_, true) | (Verb::Remove, false) => Ok(()),
        (Verb::Replace, false) => {
            Err(ScimError::bad("noTarget", "No element of the list meets the filter."))
        }
        (Verb::Add, false) => {
            let mut inner = Map::new();
            required_by(filter, &mut inner);
            match (&path.sub, value) {
                (Some(sub), Some(value)) => {
                    inner.insert(sub.clone(), value.clone());
                }
                (None, Some(Value::Object(values))) => merge(&mut inner, values, path),
                _ => return Err(ScimError::bad("invalidValue", "The value must be an object.")),
            }
            list.push(Value::Object(inner));
            Ok(())
        }
    }
}

/// What a new element must have so that it meets the filter it was named by.
fn required_by(filter: &Filter, element: &mut Map<String, Value>) {
    match filter {
        Filter::And(a, b) => {
            required_by(a, element);
            required_by(b, element);
        }
        Filter::Compare(path, Operator::Eq, value) => {
            if let Some(sub) = &path.sub {
                element.insert(sub.clone(), value.clone());
            }
        }
        _ => {}
    }
}

fn add_elements(holder: &mut Map<String, Value>, name: &str, value: &Value) {
    let entry = holder.entry(name).or_insert_with(|| Value::Array(vec![]));
    let Value::Array(list) = entry else { return };
    for new in as_list(value) {
        if list.contains(new) {
            continue;
        }
        if new.get("primary") == Some(&Value::Bool(true)) {
            // A new primary element ends the old one's (RFC 7644, section 3.5.2).
            for old in list.iter_mut().filter_map(Value::as_object_mut) {
                old.remove("primary");
            }
        }
        list.push(new.clone());
    }
}

fn merge(inner: &mut Map<String, Value>, values: &Map<String, Value>, path: &AttributePath) {
    let subs = path.attribute().map_or(&[][..], |a| a.subs);
    for (key, value) in values {
        let name = schema::find(subs, key).map_or(key.as_str(), |a| a.name);
        inner.insert(name.to_owned(), value.clone());
    }
}

fn as_list(value: &Value) -> &[Value] {
    match value {
        Value::Array(list) => list,
        one => std::slice::from_ref(one),
    }
}

fn same_element(have: &Value, gone: &Value) -> bool {
    have == gone || (gone.get("value").is_some() && have.get("value") == gone.get("value"))
}
