//! A User between JSON, the store and an answer.

use super::error::{ScimError, ScimResult};
use super::schema::{CONNECTOR, USER, content};
use crate::clock;
use crate::store::{Draft, StoredPerson};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What the store needs of a User in its stored form.
pub fn draft(user: &Map<String, Value>) -> Draft {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    Draft {
        user_name: text(user.get("userName")).unwrap_or_default(),
        external_id: text(user.get("externalId")),
        mapping: text(user.get(CONNECTOR).and_then(|extension| extension.get("mapping"))),
        document: Value::Object(user.clone()).to_string(),
    }
}

/// Reads the body of a create or replace.
///
/// What connectors send is read straight into a struct; anything else takes the general way, which
/// knows every attribute in any spelling.
pub fn read(body: &[u8]) -> ScimResult<Draft> {
    if let Ok(usual) = serde_json::from_slice::<UsualUser>(body)
        && let Some(draft) = usual.draft()
    {
        return Ok(draft);
    }
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| ScimError::bad("invalidSyntax", "The body is not JSON."))?;
    match body {
        Value::Object(map) => content::normalise(&map).map(|user| draft(&user)),
        _ => Err(ScimError::bad("invalidSyntax", "The body must be an object.")),
    }
}

/// A stored User with `id` and `meta`. `location` is the address of `/Users`.
pub fn resource(
    mut user: Map<String, Value>,
    stored: &StoredPerson,
    location: &str,
) -> Map<String, Value> {
    user.insert("id".to_owned(), Value::String(stored.id.clone()));
    user.insert(
        "meta".to_owned(),
        json!({
            "resourceType": "User",
            "created": clock::rfc3339(stored.created_ms),
            "lastModified": clock::rfc3339(stored.modified_ms),
            "location": format!("{location}/{}", stored.id),
            "version": version(stored.version),
        }),
    );
    user
}

/// Entity tag of a version (weak: the JSON may be written differently).
pub fn version(version: i64) -> String {
    format!("W/\"{version}\"")
}

/// The shape that connectors send (PROTOCOL.md, section 4). It is its own stored form.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct UsualUser {
    schemas: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    user_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<UsualName>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    emails: Vec<UsualEmail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    active: Option<bool>,
    #[serde(
        rename = "urn:insync:params:scim:schemas:extension:connector:2.0:User",
        skip_serializing_if = "Option::is_none"
    )]
    extension: Option<UsualExtension>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct UsualName {
    #[serde(skip_serializing_if = "Option::is_none")]
    formatted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    family_name: Option<String>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct UsualEmail {
    value: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary: Option<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct UsualExtension {
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota_gb: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    activation_email: Option<bool>,
}

impl UsualUser {
    /// `None` for what needs a closer look.
    fn draft(self) -> Option<Draft> {
        let both = self.extension.is_some();
        let schemas = match self.schemas.as_slice() {
            [core] => core == USER && !both,
            [core, extension] => core == USER && extension == CONNECTOR && both,
            _ => false,
        };
        let texts = [&self.external_id, &self.display_name, &self.title];
        let empty = texts.into_iter().flatten().any(String::is_empty);
        let one_email = self.emails.len() == 1 && !self.emails[0].value.is_empty();
        if !schemas || empty || !one_email || self.user_name.trim().is_empty() {
            return None;
        }
        let document = serde_json::to_string(&self).ok()?;
        Some(Draft {
            document,
            mapping: self.extension.and_then(|extension| extension.mapping),
            user_name: self.user_name,
            external_id: self.external_id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fast_way_and_the_general_way_agree() {
        let vector = include_str!("../../../../../src-tauri/crates/cloud/vectors/person.json");
        let vector: Value = serde_json::from_str(vector).unwrap();
        let text = vector["person"].to_string();
        let fast = serde_json::from_str::<UsualUser>(&text).unwrap().draft().unwrap();
        let general = draft(&content::normalise(vector["person"].as_object().unwrap()).unwrap());
        let same = |d: &Draft| serde_json::from_str::<Value>(&d.document).unwrap();
        assert_eq!(same(&fast), same(&general));
        assert_eq!(
            (fast.user_name, fast.external_id, fast.mapping),
            (general.user_name, general.external_id, general.mapping)
        );
    }

    #[test]
    fn unusual_bodies_take_the_general_way() {
        let body = json!({ "schemas": [USER], "UserName": "ann", "active": "false" }).to_string();
        let draft = read(body.as_bytes()).unwrap();
        assert_eq!(draft.user_name, "ann");
        assert!(draft.document.contains("\"active\":false"));
        assert_eq!(read(b"[]").unwrap_err().status, 400);
        assert_eq!(read(b"{").unwrap_err().kind, Some("invalidSyntax"));
    }
}
