//! How far each mapping is: its newest import, and the watermark up to which the cloud acknowledged everything.

use super::{Again, Store, failed, read_json, to_json};
use crate::state::records::ImportRecord;
use connector_model::{Mapping, Result, Watermark};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// Keeps the record of a full import, and the rule as it was then.
    pub(crate) fn note_import(&self, record: &ImportRecord, mapping: &Mapping) -> Result<()> {
        let (text, rule) = (to_json(record)?, rule(mapping)?);
        self.lock()
            .execute_again(
                "INSERT INTO progress (mapping, last_import, rule) VALUES (?1, ?2, ?3)
                 ON CONFLICT (mapping) DO UPDATE SET last_import = ?2, rule = ?3",
                params![record.mapping, text, rule],
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
                .execute_again(
                    "INSERT INTO progress (mapping, rule) VALUES (?1, '')
                     ON CONFLICT (mapping) DO UPDATE SET rule = ''",
                    [mapping],
                )
                .map_err(failed)?;
        }
        change.commit().map_err(failed)
    }

    /// Whether a mapping reads otherwise than at its last import. Where that cannot be told it waits for its preview.
    pub(crate) fn is_changed(&self, mapping: &Mapping) -> bool {
        match (self.progress("rule", &mapping.name), rule(mapping)) {
            (Ok(known), Ok(rule)) => known.is_some_and(|known| known != rule),
            _ => true,
        }
    }

    /// The newest full import of a mapping.
    pub(crate) fn last_import(&self, mapping: &str) -> Result<Option<ImportRecord>> {
        let text = self.progress("last_import", mapping)?;
        text.map(|text| read_json(&text, "the record of the last import")).transpose()
    }

    /// Keeps a watermark: everything up to it is in the cloud.
    pub(crate) fn note_watermark(&self, mapping: &str, watermark: &Watermark) -> Result<()> {
        let text = to_json(watermark)?;
        self.lock()
            .execute_again(
                "INSERT INTO progress (mapping, watermark) VALUES (?1, ?2)
                 ON CONFLICT (mapping) DO UPDATE SET watermark = ?2",
                params![mapping, text],
            )
            .map(drop)
            .map_err(failed)
    }

    /// The watermark of a mapping; `None` before its first complete import. One that cannot be read is an error: without
    /// it nobody would notice that another server, or an older state of it, answers.
    pub(crate) fn watermark(&self, mapping: &str) -> Result<Option<Watermark>> {
        let text = self.progress("watermark", mapping)?;
        text.map(|text| read_json(&text, "where the directory's history stood")).transpose()
    }

    /// Notes that an administrator approved a list of removals: what came before no longer counts against the limit.
    pub(crate) fn note_approval(&self, mapping: &str, now_ms: i64) -> Result<()> {
        self.lock()
            .execute_again(
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
            .query_row_again(
                "SELECT count(*) FROM people WHERE mapping = ?1 AND active = 0 AND acknowledged_ms > max(?2,
                 coalesce((SELECT approved_ms FROM progress WHERE mapping = ?1), 0))",
                params![mapping, since_ms],
                |row| row.get::<_, i64>(0),
            )
            .map(i64::unsigned_abs)
            .map_err(failed)
    }

    /// Keeps that imports wait until somebody resumes them, or that they do no longer.
    pub(crate) fn set_paused(&self, paused: bool, now_ms: i64) -> Result<()> {
        let connection = self.lock();
        let changed = if paused {
            let sql = "INSERT OR IGNORE INTO paused (id, at_ms) VALUES (1, ?1)";
            connection.execute_again(sql, [now_ms])
        } else {
            connection.execute_again("DELETE FROM paused", [])
        };
        changed.map(drop).map_err(failed)
    }

    /// Whether imports wait until somebody resumes them. Where that cannot be told they do.
    pub(crate) fn is_paused(&self) -> bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM paused)";
        self.lock().query_row_again(sql, [], |row| row.get(0)).map_err(failed).unwrap_or(true)
    }

    fn progress(&self, column: &str, mapping: &str) -> Result<Option<String>> {
        let sql = format!("SELECT {column} FROM progress WHERE mapping = ?1");
        let found = self.lock().query_row_again(&sql, [mapping], |row| row.get(0)).optional();
        found.map(Option::flatten).map_err(failed)
    }
}

/// What decides who is imported and how; the place among others does not.
fn rule(mapping: &Mapping) -> Result<String> {
    to_json(&Mapping { priority: None, ..mapping.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::Code;

    #[test]
    fn what_cannot_be_read_is_no_first_import() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let json = r#"{"name":"Sales","account":"corp","base_dn":"DC=x"}"#;
        let sales: Mapping = serde_json::from_str(json).unwrap();
        assert!(store.watermark("Sales").unwrap().is_none() && !store.is_changed(&sales));
        let sql =
            "INSERT INTO progress (mapping, watermark, last_import) VALUES ('Sales', '{', '{')";
        store.lock().execute(sql, []).unwrap();
        assert_eq!(store.watermark("Sales").unwrap_err().code, Code::StorageFailed);
        assert_eq!(store.last_import("Sales").unwrap_err().code, Code::StorageFailed);
        assert!(!store.is_paused());
        store.lock().execute_batch("DROP TABLE progress; DROP TABLE paused").unwrap();
        assert!(store.is_changed(&sales), "nothing starts by itself on a guess");
        assert!(store.is_paused());
    }
}
