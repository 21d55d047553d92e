//! Bodies of `PATCH` (RFC 7644, section 3.5.2), in the forms that services insist on.

use crate::scim::failure::Outcome;
use crate::scim::person::alone::json;
use hyper::body::Bytes;
use serde_json::{Map, Value, json};

/// Attributes that a person may be without.
const OPTIONAL: [&str; 2] = ["displayName", "title"];
const NAMES: [&str; 2] = ["givenName", "familyName"];

/// Sets `active` by its path; `value` is a truth value or a word.
pub(crate) fn active_by_path(value: &Value) -> Outcome<Bytes> {
    message(&json!([{ "op": "replace", "path": "active", "value": value }]))
}

/// Sets `active` without a path.
pub(crate) fn active(value: bool) -> Outcome<Bytes> {
    message(&json!([{ "op": "replace", "value": { "active": value } }]))
}

/// Replaces what the connector knows of a user, without a path. An attribute that is gone is `null`.
pub(crate) fn whole(user: &Value) -> Outcome<Bytes> {
    let mut value = attributes(user);
    for name in OPTIONAL {
        value.entry(name).or_insert(Value::Null);
    }
    if let Value::Object(name) = value.entry("name").or_insert_with(|| json!({})) {
        for part in NAMES {
            name.entry(part).or_insert(Value::Null);
        }
    }
    message(&json!([{ "op": "replace", "value": value }]))
}

/// The same attribute by attribute.
pub(crate) fn by_paths(user: &Value) -> Outcome<Bytes> {
    let mut values = attributes(user);
    let name = values.remove("name").unwrap_or_default();
    let parts = NAMES.map(|part| (format!("name.{part}"), name.get(part).cloned()));
    let missing = OPTIONAL.iter().filter(|name| !values.contains_key(**name));
    let removed: Vec<_> = missing.map(|name| ((*name).to_owned(), None)).collect();
    let all = values.into_iter().map(|(name, value)| (name, Some(value)));
    let all = all.chain(parts).chain(removed).map(|(path, value)| match value {
        Some(value) => json!({ "op": "replace", "path": path, "value": value }),
        None => json!({ "op": "remove", "path": path }),
    });
    message(&all.collect())
}

fn attributes(user: &Value) -> Map<String, Value> {
    let mut attributes = user.as_object().cloned().unwrap_or_default();
    attributes.remove("schemas");
    attributes
}

fn message(operations: &Value) -> Outcome<Bytes> {
    let schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    json(&json!({ "schemas": [schema], "Operations": operations }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operations(body: Outcome<Bytes>) -> Value {
        serde_json::from_slice::<Value>(&body.unwrap()).unwrap()["Operations"].take()
    }

    #[test]
    fn both_forms_say_the_same_and_name_what_is_gone() {
        let user = json!({ "schemas": ["x"], "userName": "ida", "name": { "givenName": "Ida" }, "title": "Head" });
        let whole = operations(whole(&user));
        assert_eq!(
            whole,
            json!([{ "op": "replace", "value": { "userName": "ida", "title": "Head", "displayName": null,
                "name": { "givenName": "Ida", "familyName": null } } }])
        );
        let paths = operations(by_paths(&user));
        let short: Vec<String> = paths
            .as_array()
            .unwrap()
            .iter()
            .map(|o| format!("{} {} {}", o["op"], o["path"], o["value"]).replace('"', ""))
            .collect();
        let wanted = [
            "replace title Head",
            "replace userName ida",
            "replace name.givenName Ida",
            "remove name.familyName null",
            "remove displayName null",
        ];
        assert_eq!(short.len(), wanted.len());
        assert!(wanted.iter().all(|line| short.iter().any(|s| s == line)), "{short:?}");
    }
}
