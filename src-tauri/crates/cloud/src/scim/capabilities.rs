//! What a SCIM service can do: `ServiceProviderConfig` (RFC 7643, section 5) and its schemas.

use serde::Deserialize;

/// Most operations in one request, whatever the service allows.
const MAX_OPERATIONS: usize = 1000;
/// Most bytes in one request, whatever the service allows.
const MAX_PAYLOAD: usize = 8 * 1024 * 1024;

/// What matters for delivering people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Capabilities {
    /// `None`: single requests only.
    pub(crate) bulk: Option<BulkLimits>,
    /// Whether `PATCH` is worth a try.
    pub(crate) patch: bool,
    /// Whether the connector's extension may be sent. Such a service keeps the connector's protocol: an identity is one
    /// user there, and an id is never another's.
    pub(crate) extension: bool,
}

/// Limits of one bulk request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BulkLimits {
    pub(crate) operations: usize,
    pub(crate) payload: usize,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct ServiceProviderConfig {
    bulk: Option<Bulk>,
    patch: Option<Patch>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Bulk {
    supported: Option<bool>,
    max_operations: Option<u64>,
    max_payload_size: Option<u64>,
}

#[derive(Deserialize)]
struct Patch {
    supported: Option<bool>,
}

impl ServiceProviderConfig {
    /// Limits where bulk requests are offered. A limit of 0 or none at all is taken for "not said".
    pub(crate) fn bulk_limits(&self) -> Option<BulkLimits> {
        let within = |said: Option<u64>, most: usize| {
            said.filter(|n| *n > 0).map_or(most, |n| usize::try_from(n).unwrap_or(most).min(most))
        };
        let bulk = self.bulk.as_ref().filter(|bulk| bulk.supported == Some(true))?;
        Some(BulkLimits {
            operations: within(bulk.max_operations, MAX_OPERATIONS),
            payload: within(bulk.max_payload_size, MAX_PAYLOAD),
        })
    }

    /// Whether `PATCH` is offered; only a clear no is one.
    pub(crate) fn patches(&self) -> bool {
        self.patch.as_ref().is_none_or(|patch| patch.supported != Some(false))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(json: &str) -> ServiceProviderConfig {
        serde_json::from_str(json).unwrap()
    }

    fn limits(json: &str) -> Option<(usize, usize)> {
        config(json).bulk_limits().map(|l| (l.operations, l.payload))
    }

    #[test]
    fn limits_are_respected_and_capped() {
        assert_eq!(limits("{}"), None);
        assert_eq!(limits(r#"{"bulk":null}"#), None);
        assert_eq!(limits(r#"{"bulk":{"supported":false,"maxOperations":10}}"#), None);
        assert_eq!(
            limits(r#"{"bulk":{"supported":true,"maxOperations":10,"maxPayloadSize":500}}"#),
            Some((10, 500))
        );
        assert_eq!(limits(r#"{"bulk":{"supported":true}}"#), Some((MAX_OPERATIONS, MAX_PAYLOAD)));
        assert_eq!(
            limits(r#"{"bulk":{"supported":true,"maxOperations":1000000,"maxPayloadSize":0}}"#),
            Some((MAX_OPERATIONS, MAX_PAYLOAD))
        );
    }

    #[test]
    fn patch_is_tried_unless_it_is_ruled_out() {
        for (json, wanted) in [
            ("{}", true),
            (r#"{"patch":null}"#, true),
            (r#"{"patch":{"supported":true}}"#, true),
            (r#"{"patch":{"supported":false}}"#, false),
        ] {
            assert_eq!(config(json).patches(), wanted, "{json}");
        }
    }
}
