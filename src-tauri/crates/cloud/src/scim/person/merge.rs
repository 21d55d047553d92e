//! What a service has of a user, with what the person is now: a `PUT` replaces all of a user (RFC 7644, section 3.5.1), and what
//! the service's own administrators set is not the connector's to take away.

use serde_json::{Map, Value, json};

/// What only the service gives, and what nobody sends back.
const NOT_SENT: [&str; 3] = ["meta", "groups", "password"];
/// Attributes that a person may be without.
const OPTIONAL: [&str; 2] = ["displayName", "title"];

/// The user to send; `None` where the service shows no user.
pub(crate) fn merged(current: &Value, own: &Value) -> Option<Value> {
    let (current, own) = (current.as_object()?, own.as_object()?);
    let mut all = Map::new();
    for (name, value) in current {
        let dropped = NOT_SENT.iter().chain(&OPTIONAL).any(|other| is(name, other));
        if !dropped && !own.keys().any(|other| is(name, other)) {
            all.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in own {
        let before = current.iter().find(|(other, _)| is(name, other)).map(|(_, value)| value);
        all.insert(name.clone(), joined(name, before, value));
    }
    Some(Value::Object(all))
}

/// Names of attributes have no case (RFC 7643, section 2.1).
fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn joined(name: &str, before: Option<&Value>, own: &Value) -> Value {
    match (name, before) {
        ("schemas", Some(Value::Array(before))) => {
            let ours = own.as_array().into_iter().flatten();
            let new: Vec<_> = ours.filter(|schema| !before.contains(schema)).cloned().collect();
            Value::Array(before.iter().cloned().chain(new).collect())
        }
        ("name", Some(Value::Object(before))) => {
            let ours = ["givenName", "familyName", "formatted"];
            let others = before.iter().filter(|(part, _)| !ours.iter().any(|our| is(part, our)));
            let own = own.as_object().into_iter().flatten();
            others.chain(own).map(|(part, value)| (part.clone(), value.clone())).collect()
        }
        ("emails", Some(Value::Array(before))) => emails(before, own),
        _ => own.clone(),
    }
}

/// The person's address in the place of the one that was theirs: the only one, the primary one, or that of their work.
fn emails(before: &[Value], own: &Value) -> Value {
    let text =
        |email: &Value, part: &str| email.get(part).and_then(Value::as_str).map(str::to_lowercase);
    let address = own.get(0).and_then(|email| text(email, "value"));
    let theirs = |email: &&Value| {
        before.len() == 1
            || email.get("primary") == Some(&json!(true))
            || text(email, "type").as_deref() == Some("work")
            || text(email, "value") == address
    };
    let others = before.iter().filter(|email| email.is_object() && !theirs(email)).cloned();
    Value::Array(own.as_array().into_iter().flatten().cloned().chain(others).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_set_stays_and_what_the_person_lost_goes() {
        let current = json!({
            "schemas": ["core", "other"], "id": "u1", "meta": { "version": "1" }, "groups": [{ "value": "g" }],
            "username": "old", "title": "Head", "active": false, "roles": [{ "value": "admin" }],
            "name": { "familyName": "Old", "givenName": "Ida", "formatted": "Ida Old", "honorificPrefix": "Dr." },
            "emails": [{ "value": "old@x", "type": "work", "primary": true }, { "value": "home@x", "type": "home" }, "odd"],
            "other": { "costCenter": "7" },
        });
        let own = json!({
            "schemas": ["core"], "userName": "new", "active": true, "externalId": "7",
            "name": { "familyName": "New" }, "emails": [{ "value": "new@x", "type": "work", "primary": true }],
        });
        let wanted = json!({
            "schemas": ["core", "other"], "id": "u1", "userName": "new", "active": true, "externalId": "7",
            "roles": [{ "value": "admin" }], "other": { "costCenter": "7" },
            "name": { "honorificPrefix": "Dr.", "familyName": "New" },
            "emails": [{ "value": "new@x", "type": "work", "primary": true }, { "value": "home@x", "type": "home" }],
        });
        assert_eq!(merged(&current, &own), Some(wanted));
        let alone = json!({ "emails": [{ "value": "old@x" }] });
        assert_eq!(merged(&alone, &own).unwrap()["emails"], own["emails"]);
        assert_eq!(merged(&json!([1]), &own), None);
    }
}
