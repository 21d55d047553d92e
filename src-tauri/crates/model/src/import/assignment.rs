//! Which of several connectors imports a mapping: the cloud decides, one at a time.

use serde::{Deserialize, Serialize};

/// The cloud's word on one mapping (protocol, section 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Account of the mapping.
    pub account: String,
    /// Name of the mapping.
    pub mapping: String,
    /// Rises whenever the import passes from one connector to another: what a connector remembers of the cloud's people
    /// holds for one term.
    pub term: u64,
    /// Whether this connector imports it.
    pub mine: bool,
    /// Machine of the connector that does, for people.
    #[serde(default)]
    pub host: String,
    /// Whether any connector has imported it before.
    #[serde(default)]
    pub imported: bool,
    /// Where this connector sends the people of this term: the cloud refuses them there once the import is another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scim_url: Option<String>,
}
