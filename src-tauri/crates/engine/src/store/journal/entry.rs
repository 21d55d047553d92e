//! What an entry of the journal is, and which ones are asked for.

use serde::{Deserialize, Serialize};

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct JournalEntry {
    /// Rises with every entry.
    pub id: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// `import`, `changes`, `approval`, `missed`, `sign_in`, `activation`, `settings`, `alert` or `update`.
    pub kind: String,
    /// Mapping, account or identity it is about.
    pub subject: String,
    /// What happened, as JSON; never a password.
    #[cfg_attr(feature = "contract", ts(type = "unknown"))]
    pub detail: serde_json::Value,
}

impl JournalEntry {
    /// Every kind of entry.
    pub const KINDS: [&str; 9] = [
        "import",
        "changes",
        "approval",
        "missed",
        "sign_in",
        "activation",
        "settings",
        "alert",
        "update",
    ];
}

/// Which entries, the newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct JournalQuery {
    /// Only entries of this kind.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub kind: Option<String>,
    /// Only entries with this text in subject or detail, whatever the case.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub search: Option<String>,
    /// Only entries older than the one of this id.
    #[serde(default)]
    #[cfg_attr(feature = "contract", ts(optional = nullable))]
    pub before: Option<i64>,
    /// Entries to return at most.
    pub limit: u32,
}

/// A line to be written.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub at_ms: i64,
    pub kind: &'static str,
    pub subject: String,
    pub detail: serde_json::Value,
}
