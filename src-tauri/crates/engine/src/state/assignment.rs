//! Whose the imports are, where several connectors serve one account: as the cloud says.

use connector_model::Assignment;
use serde::{Deserialize, Serialize};

/// The cloud's word, as far as it is known.
#[derive(Debug, Clone, Default)]
pub(crate) enum Assignments {
    /// The cloud leaves imports to its connectors.
    #[default]
    Free,
    /// There is a session to come that will tell.
    Awaited,
    /// By mapping.
    Known(Vec<Assignment>),
}

/// Whose import a mapping is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ImportOwner {
    /// Nobody arbitrates.
    Free,
    /// Not known yet.
    Awaited,
    /// This connector's, and whether anybody imported it before.
    Mine { term: u64, imported: bool },
    /// Another connector's, on that machine.
    Elsewhere(String),
}

/// A mapping that another connector imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Elsewhere {
    /// The mapping.
    pub mapping: String,
    /// Machine of that connector.
    pub host: String,
}
