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
    /// Whether the connector's extension may be sent.
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
    bulk: Bulk,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Bulk {
    supported: bool,
    max_operations: Option<u64>,
    max_payload_size: Option<u64>,
}

impl ServiceProviderConfig {
    /// Limits where bulk requests are offered. A limit of 0 or none at all is taken for "not said".
    pub(crate) fn bulk_limits(&self) -> Option<BulkLimits> {
        let within = |said: Option<u64>, most: usize| {
            said.filter(|n| *n > 0).map_or(most, |n| usize::try_from(n).unwrap_or(most).min(most))
        };
        self.bulk.supported.then(|| BulkLimits {
            operations: within(self.bulk.max_operations, MAX_OPERATIONS),
            payload: within(self.bulk.max_payload_size, MAX_PAYLOAD),
        })
    }
}

/// Answer of `/Schemas`: only the ids are read.
#[derive(Deserialize)]
pub(crate) struct Schemas {
    #[serde(rename = "Resources", alias = "resources", default)]
    resources: Vec<Schema>,
}

#[derive(Deserialize)]
struct Schema {
    #[serde(default)]
    id: String,
}

impl Schemas {
    /// Whether a schema is listed. URNs are compared without regard to case (RFC 8141).
    pub(crate) fn lists(&self, urn: &str) -> bool {
        self.resources.iter().any(|s| s.id.eq_ignore_ascii_case(urn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(json: &str) -> Option<(usize, usize)> {
        let config: ServiceProviderConfig = serde_json::from_str(json).unwrap();
        config.bulk_limits().map(|l| (l.operations, l.payload))
    }

    #[test]
    fn limits_are_respected_and_capped() {
        assert_eq!(limits("{}"), None);
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
}
