//! The journal: imports, sign-ins, activations and changes of settings. Bounded in number and age.

mod entry;
pub(crate) mod repeated;

use crate::store::told::hours;
use crate::store::{Again, Store, failed, read_json};
use connector_model::Result;
pub(crate) use entry::NewEntry;
pub use entry::{JournalEntry, JournalQuery};
use repeated::Repeated;
use rusqlite::{OptionalExtension, params};
use serde_json::json;

/// Entries of sign-ins and look-ups kept at most, and of all other kinds: however many sign-ins there are, what somebody
/// decided stays.
const OFTEN_KEPT: i64 = 80_000;
const OTHERS_KEPT: i64 = 20_000;
/// Kinds that whoever tries to sign in can make many of.
const OFTEN: &str = "('sign_in', 'activation')";
/// After so long entries go, in milliseconds of which the connector knows: 30 days.
const MAX_AGE_MS: i64 = 30 * 24 * 3600 * 1000;
/// Time between two runs of the program counts as so much at most.
const LONGEST_BREAK_MS: i64 = 24 * 3600 * 1000;
/// Entries removed at once for their age.
const AT_ONCE: u32 = 1_000;

impl Store {
    /// Writes a batch of entries; refusals that repeat are one. `lived_ms`: how long the journal has been kept until now, by a
    /// clock that nobody sets.
    pub(crate) fn write_journal(
        &self,
        entries: &[NewEntry],
        lived_ms: i64,
        repeated: &mut Repeated,
    ) -> Result<()> {
        let written = self.write_entries(entries, lived_ms, repeated);
        if written.is_err() {
            repeated.forget();
        }
        written
    }

    fn write_entries(
        &self,
        entries: &[NewEntry],
        lived_ms: i64,
        repeated: &mut Repeated,
    ) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        {
            let sql = "INSERT INTO journal (at_ms, kind, subject, detail, lived_ms) VALUES (?1, ?2, ?3, ?4, ?5)";
            let mut insert = change.prepare_cached(sql).map_err(failed)?;
            for entry in entries {
                if !repeated.add(&change, entry).map_err(failed)? {
                    let detail = entry.detail.to_string();
                    let values = params![entry.at_ms, entry.kind, entry.subject, detail, lived_ms];
                    repeated.note(entry, insert.insert(values).map_err(failed)?);
                }
                hours::add_entry(&change, entry.kind, entry.at_ms, &entry.detail)?;
            }
        }
        change.commit().map_err(failed)
    }

    /// The same for whoever does not know that.
    pub(crate) fn append_journal(&self, entry: NewEntry) -> Result<()> {
        let lived_ms = self.journal_lived(entry.at_ms)?;
        self.write_journal(&[entry], lived_ms, &mut Repeated::default())
    }

    /// Drops what is too old or too much.
    pub(crate) fn trim_journal(&self, lived_ms: i64) -> Result<()> {
        let connection = self.lock();
        for (of, kept) in [("IN", OFTEN_KEPT), ("NOT IN", OTHERS_KEPT)] {
            let sql = format!(
                "DELETE FROM journal WHERE kind {of} {OFTEN} AND id <= (SELECT id FROM journal WHERE kind {of} {OFTEN}
                 ORDER BY id DESC LIMIT 1 OFFSET ?1)"
            );
            connection.execute_again(&sql, [kept]).map_err(failed)?;
        }
        // Ids rise with time: a look at the oldest is enough, however long the journal is.
        let sql = "DELETE FROM journal WHERE id IN
             (SELECT id FROM (SELECT id, lived_ms FROM journal ORDER BY id LIMIT ?1) WHERE lived_ms < ?2)";
        let values = params![AT_ONCE, lived_ms - MAX_AGE_MS];
        connection.execute_again(sql, values).map(drop).map_err(failed)
    }

    /// How long the journal has been kept at that time, in milliseconds: what it was at the newest entry, and what has passed
    /// since by the wall clock, a day at most.
    pub(crate) fn journal_lived(&self, now_ms: i64) -> Result<i64> {
        let sql =
            "SELECT lived_ms + min(max(?1 - at_ms, 0), ?2) FROM journal ORDER BY id DESC LIMIT 1";
        let connection = self.lock();
        let lived = connection.query_row_again(sql, [now_ms, LONGEST_BREAK_MS], |row| row.get(0));
        lived.optional().map(Option::unwrap_or_default).map_err(failed)
    }

    /// The same, and not before the disk has them: power that fails afterwards takes none away.
    pub(crate) fn keep_journal(
        &self,
        entries: &[NewEntry],
        lived_ms: i64,
        repeated: &mut Repeated,
    ) -> Result<()> {
        self.lock().pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        let written = self.write_journal(entries, lived_ms, repeated);
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
                let entry = JournalEntry {
                    id: row.get(0)?,
                    at_ms: row.get(1)?,
                    kind: row.get(2)?,
                    subject: row.get(3)?,
                    detail: serde_json::Value::Null,
                };
                Ok((entry, row.get::<_, String>(4)?))
            })
            .map_err(failed)?;
        let read = |row: rusqlite::Result<(JournalEntry, String)>| {
            let (entry, detail) = row.map_err(failed)?;
            // Of an entry that is damaged the others say nothing, so they are told; and of it, that it is.
            let detail = read_json(&detail, "an entry of the journal");
            Ok(JournalEntry { detail: detail.unwrap_or_else(|e| json!({ "error": e })), ..entry })
        };
        rows.map(read).collect()
    }
}
