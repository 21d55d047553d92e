//! Which attributes an answer has: `attributes` and `excludedAttributes` (RFC 7644, section 3.9).

use super::schema::CONNECTOR;
use super::schema::path::AttributePath;
use serde_json::{Map, Value};

/// What the client wants to see.
#[derive(Debug, Clone, Default)]
pub enum Projection {
    /// The default set.
    #[default]
    Everything,
    /// Only these, and what is always returned.
    Only(Vec<AttributePath>),
    /// All but these.
    Without(Vec<AttributePath>),
}

impl Projection {
    /// From the two parameters; the first wins.
    pub fn of<'a>(
        attributes: impl IntoIterator<Item = &'a str>,
        excluded: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let only = paths(attributes);
        let without = paths(excluded);
        match (only.is_empty(), without.is_empty()) {
            (false, _) => Self::Only(only),
            (true, false) => Self::Without(without),
            (true, true) => Self::Everything,
        }
    }

    /// The resource as the client wants it.
    pub fn apply(&self, user: Map<String, Value>) -> Map<String, Value> {
        match self {
            Self::Everything => user,
            Self::Only(paths) => {
                let mut kept = Map::new();
                for (key, value) in user {
                    if matches!(key.as_str(), "id" | "schemas") {
                        kept.insert(key, value);
                    } else if key == CONNECTOR {
                        let mine: Vec<_> = paths.iter().filter(|p| p.extension).collect();
                        if let Some(value) = keep_extension(value, &mine) {
                            kept.insert(key, value);
                        }
                    } else {
                        let named = |p: &&AttributePath| !p.extension && p.name == key;
                        let mine: Vec<_> = paths.iter().filter(named).collect();
                        if let Some(value) = keep(value, &mine) {
                            kept.insert(key, value);
                        }
                    }
                }
                kept
            }
            Self::Without(paths) => {
                let mut user = user;
                for path in paths {
                    remove(&mut user, path);
                }
                user
            }
        }
    }
}

fn paths<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<AttributePath> {
    names
        .into_iter()
        .flat_map(|list| list.split(','))
        .filter_map(|name| AttributePath::parse(name.trim()))
        .collect()
}

fn keep_extension(value: Value, paths: &[&AttributePath]) -> Option<Value> {
    if paths.iter().any(|path| path.is_extension()) {
        return Some(value);
    }
    let Value::Object(map) = value else { return None };
    let kept: Map<_, _> =
        map.into_iter().filter(|(key, _)| paths.iter().any(|path| path.name == *key)).collect();
    (!kept.is_empty()).then_some(Value::Object(kept))
}

fn keep(value: Value, paths: &[&AttributePath]) -> Option<Value> {
    if paths.is_empty() {
        return None;
    }
    if paths.iter().any(|path| path.sub.is_none()) {
        return Some(value);
    }
    let wanted = |key: &str| paths.iter().any(|path| path.sub.as_deref() == Some(key));
    let shrink = |value: Value| match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(key, _)| wanted(key)).collect())
        }
        other => other,
    };
    Some(match value {
        Value::Array(list) => Value::Array(list.into_iter().map(shrink).collect()),
        one => shrink(one),
    })
}

fn remove(user: &mut Map<String, Value>, path: &AttributePath) {
    let holder = if path.extension {
        if path.is_extension() {
            user.remove(CONNECTOR);
            return;
        }
        match user.get_mut(CONNECTOR).and_then(Value::as_object_mut) {
            Some(extension) => extension,
            None => return,
        }
    } else if matches!(path.name.as_str(), "id" | "schemas") {
        return; // always returned (RFC 7643, section 3.1)
    } else {
        user
    };
    match (&path.sub, holder.get_mut(&path.name)) {
        (None, _) => {
            holder.remove(&path.name);
        }
        (Some(sub), Some(Value::Object(map))) => {
            map.remove(sub);
        }
        (Some(sub), Some(Value::Array(list))) => {
            for map in list.iter_mut().filter_map(Value::as_object_mut) {
                map.remove(sub);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_and_without() {
        let user = json!({ "id": "1", "schemas": [], "userName": "a", "title": "t",
            "name": { "givenName": "g", "familyName": "f" }, CONNECTOR: { "mapping": "m", "profile": "p" } });
        let user = user.as_object().unwrap();
        let project =
            |a: &str, e: &str| Value::Object(Projection::of([a], [e]).apply(user.clone()));
        let mapping = format!("username, name.givenname, {CONNECTOR}:mapping");
        assert_eq!(
            project(&mapping, ""),
            json!({ "id": "1", "schemas": [], "userName": "a", "name": { "givenName": "g" },
                CONNECTOR: { "mapping": "m" } })
        );
        let without = format!("id,title,name.familyName,{CONNECTOR}");
        assert_eq!(
            project("", &without),
            json!({ "id": "1", "schemas": [], "userName": "a", "name": { "givenName": "g" } })
        );
    }
}
