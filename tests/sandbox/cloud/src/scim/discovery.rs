//! What the service can do (RFC 7644, section 4): configuration, resource types, schemas.

use super::error::{ScimError, ScimResult};
use super::schema::{Attribute, CONNECTOR, Kind, SCHEMAS, Schema, USER};
use serde_json::{Value, json};

/// Operations in one Bulk request.
pub const MAX_OPERATIONS: usize = 1000;
/// Bytes of one Bulk request.
pub const MAX_PAYLOAD: usize = 4 << 20;
/// Resources in one list.
pub const MAX_RESULTS: usize = 1000;

/// `/ServiceProviderConfig` (RFC 7643, section 5).
pub fn configuration(base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
        "patch": { "supported": true },
        "bulk": { "supported": true, "maxOperations": MAX_OPERATIONS, "maxPayloadSize": MAX_PAYLOAD },
        "filter": { "supported": true, "maxResults": MAX_RESULTS },
        "changePassword": { "supported": false },
        "sort": { "supported": true },
        "etag": { "supported": true },
        "authenticationSchemes": [{
            "type": "oauthbearertoken",
            "name": "Bearer token",
            "description": "The token that a connector gets when it registers.",
            "specUri": "https://www.rfc-editor.org/rfc/rfc6750",
            "primary": true,
        }],
        "meta": { "resourceType": "ServiceProviderConfig",
            "location": format!("{base}/ServiceProviderConfig") },
    })
}

/// `/ResourceTypes`.
pub fn resource_types(base: &str) -> Vec<Value> {
    vec![json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
        "id": "User",
        "name": "User",
        "description": "A person.",
        "endpoint": "/Users",
        "schema": USER,
        "schemaExtensions": [{ "schema": CONNECTOR, "required": false }],
        "meta": { "resourceType": "ResourceType", "location": format!("{base}/ResourceTypes/User") },
    })]
}

/// `/Schemas`.
pub fn schemas(base: &str) -> Vec<Value> {
    SCHEMAS.iter().map(|schema| describe(schema, base)).collect()
}

/// One of a list by its `id`, in any case.
pub fn by_id(list: Vec<Value>, id: &str) -> ScimResult<Value> {
    let same = |value: &Value| value["id"].as_str().is_some_and(|i| i.eq_ignore_ascii_case(id));
    list.into_iter().find(same).ok_or_else(ScimError::not_found)
}

/// A ListResponse of everything at once.
pub fn list(resources: &[Value]) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": resources.len(),
        "itemsPerPage": resources.len(),
        "startIndex": 1,
        "Resources": resources,
    })
}

fn describe(schema: &Schema, base: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
        "id": schema.id,
        "name": schema.name,
        "description": schema.about,
        "attributes": schema.attributes.iter().map(attribute).collect::<Vec<_>>(),
        "meta": { "resourceType": "Schema", "location": format!("{base}/Schemas/{}", schema.id) },
    })
}

fn attribute(attribute: &Attribute) -> Value {
    let kind = match attribute.kind {
        Kind::Text => "string",
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::DateTime => "dateTime",
        Kind::Reference => "reference",
        Kind::Complex => "complex",
    };
    let mut value = json!({
        "name": attribute.name,
        "type": kind,
        "multiValued": attribute.many,
        "description": attribute.about,
        "required": attribute.required,
        "mutability": if attribute.read_only { "readOnly" } else { "readWrite" },
        "returned": if attribute.always { "always" } else { "default" },
        "uniqueness": if attribute.unique { "server" } else { "none" },
    });
    if matches!(attribute.kind, Kind::Text | Kind::Reference) {
        value["caseExact"] = attribute.exact.into();
    }
    if !attribute.subs.is_empty() {
        value["subAttributes"] = attribute.subs.iter().map(self::attribute).collect();
    }
    value
}
