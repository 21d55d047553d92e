//! What SCIM services say (RFC 7643, RFC 7644), read with patience: names of attributes in any case, numbers and words
//! where others write texts and truth values, `null` for nothing. What is no answer at all is none.

use serde_json::{Map, Value};

/// Media type of SCIM (RFC 7644, section 3.1).
pub(crate) const MEDIA_TYPE: &str = "application/scim+json";
/// What services take that do not know it.
pub(crate) const PLAIN: &str = "application/json";
/// What is accepted; some services answer with plain JSON.
pub(crate) const ACCEPT: &str = "application/scim+json, application/json";

/// What is read of a user or an error, whichever came.
#[derive(Default, Debug, Clone, PartialEq)]
pub(crate) struct Body {
    pub(crate) id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) user_name: Option<String>,
    pub(crate) display_name: Option<String>,
    pub(crate) emails: Vec<String>,
    pub(crate) active: Option<bool>,
    /// `meta.version`.
    pub(crate) version: Option<String>,
    pub(crate) detail: Option<String>,
}

/// Answer to a search (RFC 7644, section 3.4.2).
#[derive(Default, Debug)]
pub(crate) struct ListAnswer {
    /// How many there are, if the service says so.
    pub(crate) total: Option<usize>,
    pub(crate) resources: Vec<Value>,
}

/// Answer to one operation of a bulk request (RFC 7644, section 3.7).
#[derive(Default, Debug)]
pub(crate) struct BulkResult {
    pub(crate) bulk_id: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) status: Option<u16>,
    pub(crate) response: Option<Body>,
}

impl Body {
    /// `None`: this is no JSON object.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        Self::of(&parse(bytes)?)
    }

    pub(crate) fn of(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let text = |name| field(object, name).and_then(text);
        let emails = field(object, "emails").and_then(Value::as_array).into_iter().flatten();
        let email = |email: &Value| {
            email.as_str().map(str::to_owned).or_else(|| {
                email.as_object().and_then(|object| field(object, "value")).and_then(self::text)
            })
        };
        Some(Self {
            id: text("id"),
            external_id: text("externalId"),
            user_name: text("userName"),
            display_name: text("displayName"),
            emails: emails.filter_map(email).collect(),
            active: field(object, "active").and_then(truth),
            version: field(object, "meta")
                .and_then(Value::as_object)
                .and_then(|meta| field(meta, "version"))
                .and_then(self::text),
            detail: text("detail"),
        })
    }
}

impl ListAnswer {
    /// `None`: this is no answer to a search.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let value = parse(bytes)?;
        let object = value.as_object()?;
        let total = field(object, "totalResults");
        let resources = field(object, "Resources");
        if total.is_none() && resources.is_none() {
            return None;
        }
        let total = total.and_then(text).and_then(|total| total.parse().ok());
        match resources {
            None | Some(Value::Null) => Some(Self { total, resources: vec![] }),
            Some(Value::Array(list)) => Some(Self { total, resources: list.clone() }),
            Some(_) => None,
        }
    }
}

impl BulkResult {
    /// The answers of a bulk request that can be read. `None`: this is no such answer.
    pub(crate) fn read_all(bytes: &[u8]) -> Option<Vec<Self>> {
        let value = parse(bytes)?;
        match field(value.as_object()?, "Operations") {
            None | Some(Value::Null) => Some(vec![]),
            Some(Value::Array(list)) => {
                Some(list.iter().filter_map(Value::as_object).map(Self::of).collect())
            }
            Some(_) => None,
        }
    }

    fn of(object: &Map<String, Value>) -> Self {
        Self {
            bulk_id: field(object, "bulkId").and_then(text),
            location: field(object, "location").and_then(text),
            status: field(object, "status").and_then(status),
            response: field(object, "response").and_then(Body::of),
        }
    }
}

/// Whether a service lists a schema. URNs are compared without regard to case (RFC 8141).
pub(crate) fn lists_schema(bytes: &[u8], urn: &str) -> bool {
    let listed = ListAnswer::read(bytes).unwrap_or_default().resources;
    let ids = listed.iter().filter_map(Value::as_object).filter_map(|object| field(object, "id"));
    ids.filter_map(Value::as_str).any(|id| id.eq_ignore_ascii_case(urn))
}

/// A JSON value; a byte order mark before it is no part of it.
pub(crate) fn parse(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()
}

/// An attribute by its name, in any case (RFC 7643, section 2.1).
fn field<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object
        .get(name)
        .or_else(|| object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, v)| v))
}

/// A text that is not empty; numbers are written out.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A truth value; some services write it as a word.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(is) => Some(*is),
        Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
        Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// A status: text by the standard, a number with some services, an object in old ones.
fn status(value: &Value) -> Option<u16> {
    match value {
        Value::Object(object) => status(field(object, "code")?),
        value => text(value)?.get(..3)?.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_status_is_read_in_every_form() {
        for value in [json!("201"), json!(201), json!("201 Created"), json!({ "code": "201" })] {
            assert_eq!(status(&value), Some(201), "{value}");
        }
        for none in [json!("ok"), json!(null), json!("20"), json!({})] {
            assert_eq!(status(&none), None, "{none}");
        }
    }

    #[test]
    fn users_are_read_in_every_form() {
        let odd = json!({ "ID": 7, "externalid": "x", "UserName": "ada", "active": "False",
            "emails": ["a@x", { "value": "b@x" }, { "value": null }, 5], "Meta": { "version": "W/\"1\"" } });
        let body = Body::of(&odd).unwrap();
        assert_eq!((body.id.as_deref(), body.external_id.as_deref()), (Some("7"), Some("x")));
        assert_eq!((body.user_name.as_deref(), body.active), (Some("ada"), Some(false)));
        assert_eq!((body.emails.len(), body.version.as_deref()), (2, Some("W/\"1\"")));
        let nulls = json!({ "id": null, "externalId": "", "emails": null, "active": "perhaps" });
        assert_eq!(Body::of(&nulls), Some(Body::default()));
        for none in ["<html>", "[]", "\"user\"", ""] {
            assert!(Body::read(none.as_bytes()).is_none(), "{none}");
        }
        assert!(Body::read(b"\xef\xbb\xbf{}").is_some());
    }

    #[test]
    fn no_list_is_not_an_empty_list() {
        let read =
            |text: &str| ListAnswer::read(text.as_bytes()).map(|l| (l.total, l.resources.len()));
        assert_eq!(read(r#"{"totalResults":0}"#), Some((Some(0), 0)));
        assert_eq!(read(r#"{"totalResults":"3","Resources":null}"#), Some((Some(3), 0)));
        assert_eq!(read(r#"{"resources":[1,{}]}"#), Some((None, 2)));
        for none in ["{}", "[]", "<html>", r#"{"Resources":"many"}"#, r#"{"detail":"no"}"#] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
