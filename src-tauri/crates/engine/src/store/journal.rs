//! The journal: imports, sign-ins, activations and changes of settings. Bounded in number and age.

use super::{Store, failed};
use connector_model::Result;
use rusqlite::params;
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

/// Entries kept at most.
const KEPT: i64 = 100_000;
/// Age in milliseconds after which entries go: 30 days.
const MAX_AGE_MS: i64 = 30 * 24 * 3600 * 1000;

impl Store {
    /// Writes a batch of entries and drops what is too old or too much.
    pub(crate) fn write_journal(&self, entries: &[NewEntry]) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        {
            let mut insert = change
                .prepare_cached(
                    "INSERT INTO journal (at_ms, kind, subject, detail) VALUES (?1, ?2, ?3, ?4)",
                )
                .map_err(failed)?;
            for entry in entries {
                let values =
                    params![entry.at_ms, entry.kind, entry.subject, entry.detail.to_string()];
                insert.execute(values).map_err(failed)?;
            }
            if let Some(newest) = entries.last() {
                change
                    .execute(
                        // Ids rise with time: a look at the oldest is enough, however long the journal is.
                        "DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?1 OR id IN
                         (SELECT id FROM (SELECT id, at_ms FROM journal ORDER BY id LIMIT 1000) WHERE at_ms < ?2)",
                        params![KEPT, newest.at_ms - MAX_AGE_MS],
                    )
                    .map_err(failed)?;
            }
        }
        change.commit().map_err(failed)
    }

    /// The same, and not before the disk has them: power that fails afterwards takes none away.
    pub(crate) fn keep_journal(&self, entries: &[NewEntry]) -> Result<()> {
        self.lock().pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        let written = self.write_journal(entries);
        self.lock().pragma_update(None, "synchronous", "NORMAL").map_err(failed)?;
        written
    }

    /// The entries that match, the newest first.
    pub fn journal(&self, asked: &JournalQuery) -> Result<Vec<JournalEntry>> {
        let search = asked.search.as_deref().map(|text| text.trim().to_lowercase());
        let connection = self.lock();
        let mut query = connection
            .prepare_cached(
                "SELECT id, at_ms, kind, subject, detail FROM journal WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR id < ?2)
                 AND (?3 IS NULL OR instr(lower(subject), ?3) > 0 OR instr(lower(detail), ?3) > 0) ORDER BY id DESC LIMIT ?4",
            )
            .map_err(failed)?;
        let rows = query
            .query_map(params![asked.kind, asked.before, search, asked.limit], |row| {
                let detail: String = row.get(4)?;
                Ok(JournalEntry {
                    id: row.get(0)?,
                    at_ms: row.get(1)?,
                    kind: row.get(2)?,
                    subject: row.get(3)?,
                    detail: serde_json::from_str(&detail).unwrap_or_default(),
                })
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
