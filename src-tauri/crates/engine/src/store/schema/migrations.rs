//! Tables, by numbered migrations. A database of a newer version is refused, never touched.

use crate::store::failure::failed;
use connector_model::{Code, Error, Result};
use rusqlite::{Connection, TransactionBehavior};

/// Step `n` turns version `n` into `n + 1`.
pub(crate) const MIGRATIONS: &[&str] = &["
    CREATE TABLE people (
        identity TEXT PRIMARY KEY, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
        active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL,
        user_key INTEGER NOT NULL, email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX people_mapping ON people (mapping, active);
    CREATE INDEX people_email ON people (email_key);
    CREATE INDEX people_user ON people (user_key);
    CREATE TABLE unfinished (mapping TEXT PRIMARY KEY, started_ms INTEGER NOT NULL);
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL
    );
    CREATE INDEX journal_kind ON journal (kind, id);
", "
    CREATE TABLE progress (
        mapping TEXT PRIMARY KEY, watermark TEXT, last_import TEXT, approved_ms INTEGER NOT NULL DEFAULT 0,
        rule TEXT
    ) WITHOUT ROWID;
    CREATE TABLE in_flight (batch INTEGER PRIMARY KEY, mapping TEXT NOT NULL, account TEXT NOT NULL, people TEXT NOT NULL);
    INSERT INTO progress (mapping, last_import)
        SELECT subject, detail FROM journal WHERE id IN (SELECT max(id) FROM journal WHERE kind = 'import' GROUP BY subject);
", "
    ALTER TABLE progress ADD COLUMN term INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE told (
        identity TEXT PRIMARY KEY, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
        active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL,
        user_key INTEGER NOT NULL, email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
", "
    CREATE TABLE strangers (
        cloud_id TEXT PRIMARY KEY, user_name TEXT NOT NULL, user_key INTEGER NOT NULL, email_key INTEGER
    ) WITHOUT ROWID;
    CREATE INDEX strangers_user ON strangers (user_key);
    CREATE INDEX strangers_email ON strangers (email_key);
", "
    CREATE TABLE refused (
        identity TEXT PRIMARY KEY, mapping TEXT NOT NULL, user_name TEXT NOT NULL, error TEXT NOT NULL,
        since_ms INTEGER NOT NULL, at_ms INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX refused_mapping ON refused (mapping, at_ms);
", "
    CREATE TABLE loss (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL, kept TEXT, read_back INTEGER NOT NULL);
", "
    UPDATE progress SET last_import = json_set(last_import, '$.awaiting_approval', json_array(json_object(
        'mapping', mapping, 'kind', 'deactivate', 'people', json_extract(last_import, '$.counts.hold'),
        'hash', json_extract(last_import, '$.awaiting_approval'))))
        WHERE CASE WHEN json_valid(last_import) THEN json_type(last_import, '$.awaiting_approval') END = 'text';
    UPDATE journal SET detail = json_set(detail, '$.awaiting_approval', json_array(json_object(
        'mapping', subject, 'kind', 'deactivate', 'people', json_extract(detail, '$.counts.hold'),
        'hash', json_extract(detail, '$.awaiting_approval'))))
        WHERE kind IN ('import', 'changes')
        AND CASE WHEN json_valid(detail) THEN json_type(detail, '$.awaiting_approval') END = 'text';
", "
    CREATE TABLE attempts (id INTEGER PRIMARY KEY, identity TEXT NOT NULL, at_ms INTEGER NOT NULL);
    CREATE INDEX attempts_identity ON attempts (identity);
    CREATE INDEX attempts_time ON attempts (at_ms);
", "
    ALTER TABLE journal ADD COLUMN lived_ms INTEGER NOT NULL DEFAULT 0;
", "
    CREATE TABLE imports (
        id INTEGER PRIMARY KEY, mapping TEXT NOT NULL, kind TEXT NOT NULL, started_ms INTEGER NOT NULL, record TEXT,
        kept INTEGER NOT NULL, slim INTEGER NOT NULL DEFAULT 0, people INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL DEFAULT 0, groups TEXT NOT NULL DEFAULT '[]'
    );
    CREATE INDEX imports_mapping ON imports (mapping, id);
    CREATE TABLE imported (
        place INTEGER PRIMARY KEY, who INTEGER NOT NULL, identity TEXT NOT NULL, dn TEXT NOT NULL, user_name TEXT NOT NULL,
        email TEXT NOT NULL, change TEXT NOT NULL, reason TEXT NOT NULL, reason_values TEXT, list TEXT, refused TEXT,
        postponed TEXT, before TEXT, after TEXT
    );
    CREATE INDEX imported_who ON imported (who);
    INSERT INTO imports (mapping, kind, started_ms, record, kept)
        SELECT subject, coalesce(json_extract(detail, '$.kind'), 'full'), coalesce(json_extract(detail, '$.started_ms'), at_ms), detail, 0
        FROM journal WHERE kind IN ('import', 'changes') AND json_valid(detail) ORDER BY id;
", "
    CREATE TABLE import_hours (
        hour INTEGER NOT NULL, mapping TEXT NOT NULL, imports INTEGER NOT NULL, added INTEGER NOT NULL, updated INTEGER NOT NULL,
        deactivated INTEGER NOT NULL, skipped INTEGER NOT NULL, refused INTEGER NOT NULL, PRIMARY KEY (hour, mapping)
    ) WITHOUT ROWID;
    CREATE TABLE sign_in_hours (
        hour INTEGER NOT NULL, outcome TEXT NOT NULL, took INTEGER NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (hour, outcome, took)
    ) WITHOUT ROWID;
", "
    CREATE TABLE paused (id INTEGER PRIMARY KEY CHECK (id = 1), at_ms INTEGER NOT NULL);
", "
    DROP INDEX imported_who;
    CREATE TABLE imported_who (who INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (who, place)) WITHOUT ROWID;
    INSERT INTO imported_who SELECT who, place FROM imported ORDER BY who;
    CREATE TRIGGER imported_gone AFTER DELETE ON imported BEGIN
        DELETE FROM imported_who WHERE who = old.who AND place = old.place;
    END;
", "
    CREATE TABLE older_state (mapping TEXT NOT NULL, identity TEXT NOT NULL, PRIMARY KEY (mapping, identity)) WITHOUT ROWID;
", "
    CREATE TABLE former_people (
        scim_url TEXT NOT NULL, identity TEXT NOT NULL, account TEXT NOT NULL, mapping TEXT NOT NULL, cloud_id TEXT NOT NULL,
        active INTEGER NOT NULL, digest BLOB NOT NULL, dn TEXT NOT NULL, person TEXT NOT NULL, user_key INTEGER NOT NULL,
        email_key INTEGER NOT NULL, acknowledged_ms INTEGER NOT NULL, PRIMARY KEY (scim_url, identity)
    ) WITHOUT ROWID;
"];

/// The version that all migrations lead to.
#[allow(clippy::cast_possible_truncation, reason = "a handful of migrations")]
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

pub(crate) fn migrate(connection: &mut Connection) -> Result<()> {
    if version(connection)? == VERSION {
        return Ok(());
    }
    // Two programs may open a new home at once: one of them migrates, the other waits and finds it done.
    let change =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let version = version(&change)?;
    if version > VERSION {
        return Err(Error::new(
            Code::SettingsTooNew,
            "The database was written by a newer version.",
        ));
    }
    for step in &MIGRATIONS[version as usize..] {
        change.execute_batch(step).map_err(failed)?;
    }
    change.pragma_update(None, "user_version", VERSION).map_err(failed)?;
    change.commit().map_err(failed)
}

fn version(connection: &Connection) -> Result<u32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(failed)
}

#[cfg(test)]
mod tests {
    use crate::store::Store;
    use connector_model::Code;

    #[test]
    fn programs_that_open_a_new_home_at_once_all_find_it_in_order() {
        for _ in 0..5 {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("connector.db");
            std::thread::scope(|scope| {
                let openers: Vec<_> =
                    (0..8).map(|_| scope.spawn(|| Store::open(&path).map(drop))).collect();
                for opener in openers {
                    opener.join().unwrap().unwrap();
                }
            });
        }
    }

    #[test]
    fn a_newer_or_damaged_database_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("connector.db");
        Store::open(&path).unwrap().lock().pragma_update(None, "user_version", 99).unwrap();
        assert_eq!(Store::open(&path).err().unwrap().code, Code::SettingsTooNew);
        let other = folder.path().join("other.db");
        std::fs::write(&other, "this is no database, however long the text may be ".repeat(100))
            .unwrap();
        assert_eq!(Store::open(&other).err().unwrap().code, Code::StorageFailed);
    }
}
