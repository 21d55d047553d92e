//! Brings what a client sends into the one form that is stored: canonical names, checked types,
//! nothing that only the service may set, nothing unknown.

use super::{Attribute, CONNECTOR, CORE, EXTENSION, Kind, USER};
use crate::clock;
use crate::scim::error::{ScimError, ScimResult};
use serde_json::{Map, Value, json};

/// A User without `id` and `meta`, ready to be stored.
pub fn normalise(body: &Map<String, Value>) -> ScimResult<Map<String, Value>> {
    let mut user = Map::new();
    let mut extension = None;
    for (key, value) in body {
        if key.eq_ignore_ascii_case(CONNECTOR) {
            let Value::Object(inner) = value else { return Err(type_error(key)) };
            extension = Some(object(inner, EXTENSION)?);
        } else if key.eq_ignore_ascii_case("schemas") {
            check_schemas(value)?;
        } else if let Some(attribute) = super::find_core(key)
            && let Some(value) = attribute_value(value, attribute)?
        {
            user.insert(attribute.name.to_owned(), value);
        }
    }
    let missing = CORE.iter().find(|a| a.required && !user.contains_key(a.name));
    if let Some(attribute) = missing {
        return Err(ScimError::bad("invalidValue", format!("{} is required.", attribute.name)));
    }
    let mut schemas = vec![USER];
    if let Some(extension) = extension.filter(|e| !e.is_empty()) {
        schemas.push(CONNECTOR);
        user.insert(CONNECTOR.to_owned(), Value::Object(extension));
    }
    user.insert("schemas".to_owned(), json!(schemas));
    Ok(user)
}

fn check_schemas(value: &Value) -> ScimResult<()> {
    let list = value.as_array().ok_or_else(|| type_error("schemas"))?;
    let core = |v: &Value| v.as_str().is_some_and(|s| s.eq_ignore_ascii_case(USER));
    if list.iter().any(core) {
        Ok(())
    } else {
        Err(ScimError::bad("invalidSyntax", format!("schemas must name {USER}.")))
    }
}

/// `None` for what is unassigned (RFC 7643, section 2.5) or not the client's to set.
fn attribute_value(value: &Value, attribute: &Attribute) -> ScimResult<Option<Value>> {
    if attribute.read_only || value.is_null() {
        return Ok(None);
    }
    if !attribute.many {
        return single(value, attribute);
    }
    let one = std::slice::from_ref(value);
    let list = value.as_array().map_or(one, Vec::as_slice);
    let mut kept = Vec::with_capacity(list.len());
    let mut primary = 0;
    for value in list {
        if let Some(value) = single(value, attribute)? {
            primary += usize::from(value.get("primary") == Some(&Value::Bool(true)));
            kept.push(value);
        }
    }
    if primary > 1 {
        let detail = format!("Only one of {} may be primary.", attribute.name);
        return Err(ScimError::bad("invalidValue", detail));
    }
    Ok((!kept.is_empty()).then_some(Value::Array(kept)))
}

fn single(value: &Value, attribute: &Attribute) -> ScimResult<Option<Value>> {
    let wrong = || type_error(attribute.name);
    Ok(match (attribute.kind, value) {
        (_, Value::Null) => None,
        (Kind::Complex, Value::Object(inner)) => {
            let inner = object(inner, attribute.subs)?;
            (!inner.is_empty()).then_some(Value::Object(inner))
        }
        (Kind::Complex, Value::String(_)) if attribute.many => Some(json!({ "value": value })),
        (Kind::Text | Kind::Reference, Value::String(text)) => {
            if attribute.required && text.trim().is_empty() {
                return Err(ScimError::bad(
                    "invalidValue",
                    format!("{} must not be empty.", attribute.name),
                ));
            }
            (!text.is_empty()).then(|| value.clone())
        }
        (Kind::DateTime, Value::String(text)) if clock::parse(text).is_some() => {
            Some(value.clone())
        }
        (Kind::Boolean, Value::Bool(_)) => Some(value.clone()),
        // Some widely used clients write booleans as text.
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("true") => {
            Some(Value::Bool(true))
        }
        (Kind::Boolean, Value::String(text)) if text.eq_ignore_ascii_case("false") => {
            Some(Value::Bool(false))
        }
        (Kind::Integer, Value::Number(number)) if number.is_i64() => Some(value.clone()),
        _ => return Err(wrong()),
    })
}

fn object(map: &Map<String, Value>, list: &[Attribute]) -> ScimResult<Map<String, Value>> {
    let mut kept = Map::new();
    for (key, value) in map {
        if let Some(attribute) = super::find(list, key)
            && let Some(value) = attribute_value(value, attribute)?
        {
            kept.insert(attribute.name.to_owned(), value);
        }
    }
    Ok(kept)
}

fn type_error(name: &str) -> ScimError {
    ScimError::bad("invalidValue", format!("{name} has a value of the wrong type."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(body: &Value) -> ScimResult<Value> {
        normalise(body.as_object().unwrap()).map(Value::Object)
    }

    #[test]
    fn names_are_canonical_and_the_rest_is_dropped() {
        let user = normal(&json!({ "schemas": [USER], "USERNAME": "ann", "id": "x", "unknown": 1,
            "Emails": [{ "VALUE": "a@b.c" }], "title": null, "active": "False", "phoneNumbers": [] }));
        assert_eq!(
            user.unwrap(),
            json!({ "schemas": [USER], "userName": "ann", "active": false,
                "emails": [{ "value": "a@b.c" }] })
        );
    }

    #[test]
    fn wrong_values_are_refused() {
        for body in [
            json!({}),
            json!({ "userName": "" }),
            json!({ "userName": 1 }),
            json!({ "userName": "a", "active": "perhaps" }),
            json!({ "userName": "a", "emails": [{ "primary": true, "value": "a" }, { "primary": true, "value": "b" }] }),
            json!({ "userName": "a", CONNECTOR: { "quotaGb": "many" } }),
            json!({ "userName": "a", "schemas": ["urn:x"] }),
        ] {
            assert_eq!(normal(&body).unwrap_err().status, 400, "{body}");
        }
    }

    #[test]
    fn the_example_of_the_protocol_is_kept_as_it_is() {
        let vector = include_str!("../../../../../../src-tauri/crates/cloud/vectors/person.json");
        let vector: Value = serde_json::from_str(vector).unwrap();
        assert_eq!(normal(&vector["person"]).unwrap(), vector["person"]);
    }
}
