//! SCIM messages besides the user itself (RFC 7643, RFC 7644), typed so that writing and reading them is cheap.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Media type of SCIM (RFC 7644, section 3.1).
pub(crate) const MEDIA_TYPE: &str = "application/scim+json";
/// What is accepted; some services answer with plain JSON.
pub(crate) const ACCEPT: &str = "application/scim+json, application/json";

/// `PatchOp` with one replacement (RFC 7644, section 3.5.2).
#[derive(Serialize)]
pub(crate) struct Patch {
    schemas: [&'static str; 1],
    #[serde(rename = "Operations")]
    operations: [Replace; 1],
}

#[derive(Serialize)]
struct Replace {
    op: &'static str,
    path: &'static str,
    value: bool,
}

impl Patch {
    /// Sets `active`.
    pub(crate) fn active(value: bool) -> Self {
        Self {
            schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            operations: [Replace { op: "replace", path: "active", value }],
        }
    }
}

/// Head of one operation of a bulk request; the data follows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkHead<'a> {
    pub(crate) method: &'a str,
    pub(crate) bulk_id: &'a str,
    pub(crate) path: &'a str,
}

/// Before and after the operations of a bulk request (RFC 7644, section 3.7).
pub(crate) const BULK_OPEN: &str =
    r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["#;
/// See [`BULK_OPEN`].
pub(crate) const BULK_CLOSE: &str = "]}";

/// Answer to a bulk request.
#[derive(Deserialize)]
pub(crate) struct BulkAnswer {
    #[serde(rename = "Operations", alias = "operations", default)]
    pub(crate) operations: Vec<BulkResult>,
}

/// Answer to one operation.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BulkResult {
    pub(crate) bulk_id: Option<String>,
    pub(crate) location: Option<String>,
    pub(crate) status: Status,
    #[serde(default)]
    pub(crate) response: Option<Body>,
}

/// What is read of a user or an error, whichever came.
#[derive(Deserialize, Default, Debug)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Body {
    pub(crate) id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) detail: Option<String>,
}

/// Answer to a search.
#[derive(Deserialize)]
pub(crate) struct ListAnswer {
    #[serde(rename = "Resources", alias = "resources", default)]
    pub(crate) resources: Vec<Body>,
}

/// A status: text by the standard, a number with some services, an object in old ones.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Status(pub(crate) u16);

impl<'de> Deserialize<'de> for Status {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Status;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an HTTP status")
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Status, E> {
                u16::try_from(number).map(Status).map_err(E::custom)
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Status, E> {
                text.get(..3).unwrap_or(text).parse().map(Status).map_err(E::custom)
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Status, A::Error> {
                let mut status = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key == "code" {
                        status = Some(map.next_value()?);
                    } else {
                        map.next_value::<serde::de::IgnoredAny>()?;
                    }
                }
                status.ok_or_else(|| serde::de::Error::missing_field("code"))
            }
        }
        from.deserialize_any(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_read_in_every_form() {
        for text in ["201", "\"201\"", "\"201 Created\"", "{\"code\":\"201\"}"] {
            assert_eq!(serde_json::from_str::<Status>(text).unwrap(), Status(201), "{text}");
        }
        assert!(serde_json::from_str::<Status>("\"ok\"").is_err());
    }
}
