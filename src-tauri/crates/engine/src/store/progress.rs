//! How far each mapping is: its newest import, and the watermark up to which the cloud acknowledged everything.

use super::{Store, failed};
use crate::state::records::ImportRecord;
use connector_model::{Mapping, Result, Watermark};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Keeps the record of a full import, and the rule as it was then.
    pub(crate) fn note_import(&self, record: &ImportRecord, mapping: &Mapping) -> Result<()> {
        let text = serde_json::to_string(record).unwrap_or_default();
        self.lock()
            .execute(
                "INSERT INTO progress (mapping, last_import, rule) VALUES (?1, ?2, ?3)
                 ON CONFLICT (mapping) DO UPDATE SET last_import = ?2, rule = ?3",
                params![record.mapping, text, rule(mapping)],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Has mappings count as changed since their last import.
    pub(crate) fn await_preview(&self, mappings: &[String]) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        for mapping in mappings {
            change
                .execute(
                    "INSERT INTO progress (mapping, rule) VALUES (?1, '')
                     ON CONFLICT (mapping) DO UPDATE SET rule = ''",
                    [mapping],
                )
                .map_err(failed)?;
        }
        change.commit().map_err(failed)
    }

    /// Whether a mapping reads otherwise than at its last import.
    pub(crate) fn is_changed(&self, mapping: &Mapping) -> bool {
        let known = self.progress("rule", &mapping.name).ok().flatten();
        known.is_some_and(|known| known != rule(mapping))
    }

    /// The newest full import of a mapping.
    pub(crate) fn last_import(&self, mapping: &str) -> Result<Option<ImportRecord>> {
        let text = self.progress("last_import", mapping)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Keeps a watermark: everything up to it is in the cloud.
    pub(crate) fn note_watermark(&self, mapping: &str, watermark: &Watermark) -> Result<()> {
        let text = serde_json::to_string(watermark).unwrap_or_default();
        self.lock()
            .execute(
                "INSERT INTO progress (mapping, watermark) VALUES (?1, ?2)
                 ON CONFLICT (mapping) DO UPDATE SET watermark = ?2",
                params![mapping, text],
            )
            .map(drop)
            .map_err(failed)
    }

    /// The watermark of a mapping; `None` before its first complete import.
    pub(crate) fn watermark(&self, mapping: &str) -> Result<Option<Watermark>> {
        let text = self.progress("watermark", mapping)?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Notes that an administrator approved a list of removals: what came before no longer counts against the limit.
    pub(crate) fn note_approval(&self, mapping: &str, now_ms: i64) -> Result<()> {
        self.lock()
            .execute(
                "INSERT INTO progress (mapping, approved_ms) VALUES (?1, ?2)
                 ON CONFLICT (mapping) DO UPDATE SET approved_ms = ?2",
                params![mapping, now_ms],
            )
            .map(drop)
            .map_err(failed)
    }

    /// How many people of a mapping were made inactive since a time, and since the last approval.
    pub(crate) fn removed_since(&self, mapping: &str, since_ms: i64) -> Result<u64> {
        self.lock()
            .query_row(
                "SELECT count(*) FROM people WHERE mapping = ?1 AND active = 0 AND acknowledged_ms > max(?2,
                 coalesce((SELECT approved_ms FROM progress WHERE mapping = ?1), 0))",
                params![mapping, since_ms],
                |row| row.get::<_, i64>(0),
            )
            .map(i64::unsigned_abs)
            .map_err(failed)
    }

    fn progress(&self, column: &str, mapping: &str) -> Result<Option<String>> {
        let sql = format!("SELECT {column} FROM progress WHERE mapping = ?1");
        let found = self.lock().query_row(&sql, [mapping], |row| row.get(0)).optional();
        found.map(Option::flatten).map_err(failed)
    }
}

/// What decides who is imported and how; the place among others does not.
fn rule(mapping: &Mapping) -> String {
    let rule = Mapping { priority: None, ..mapping.clone() };
    serde_json::to_string(&rule).unwrap_or_default()
}
