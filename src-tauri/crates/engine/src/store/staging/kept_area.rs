//! The file, the tables and the compiled statements of a staging area. Small reads, of which there are many, hand them on to
//! the next: compiling anew all that plans an import takes longer than the plan itself.

use super::duplicates::IDENTITY_INDEX;
use super::files::{self, OwnFile};
use super::tables;
use crate::store::statements::keep_statements;
use crate::store::{Again, failed};
use connector_model::Result;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// An area of so many pages of 8 KiB is handed on; a larger one gives its space back.
const SMALL: i64 = 512;
/// In so many people an index is sooner made at the end.
const MANY: u64 = 2_000;
/// Areas kept at once.
const KEPT: usize = 2;

/// An area with tables that are empty. The connection ends before its file goes.
pub(super) struct Area {
    pub connection: Connection,
    /// For a large read: there is no index yet.
    has_room: bool,
    #[allow(dead_code, reason = "it goes with the area")]
    file: OwnFile,
}

impl Area {
    fn create(database: &Path) -> Result<Self> {
        let file = files::create(database)?;
        let connection = Connection::open(&file.0).map_err(failed)?;
        keep_statements(&connection)?;
        let area = Self { connection, has_room: false, file };
        area.run(
            "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000; PRAGMA temp_store = FILE;
             PRAGMA main.locking_mode = EXCLUSIVE; PRAGMA main.page_size = 8192; PRAGMA main.secure_delete = ON;",
        )?;
        area.connection
            .execute("ATTACH DATABASE ?1 AS main_store", [database.to_string_lossy()])
            .map_err(failed)?;
        // All at once: each by itself they would be written a dozen times.
        area.run("BEGIN")?;
        for tables in tables::ALL {
            area.run(tables)?;
        }
        area.run("COMMIT")?;
        Ok(area)
    }

    /// Finding people by identity is quick from now on.
    pub fn index(&self) -> Result<()> {
        self.run(IDENTITY_INDEX)
    }

    /// Makes ready for another page of a read that has `read` people.
    pub fn make_room(&mut self, read: u64) -> Result<()> {
        if read > MANY && !self.has_room {
            self.run("DROP INDEX IF EXISTS main.staged_identity")?;
            self.has_room = true;
        }
        Ok(())
    }

    fn is_small(&self) -> bool {
        let pages =
            self.connection.pragma_query_value(Some("main"), "page_count", |row| row.get(0));
        pages.is_ok_and(|pages: i64| pages <= SMALL)
    }

    /// Takes everything out of every table there is.
    fn clear(&self) -> Result<()> {
        self.run("BEGIN")?;
        for table in self.tables()? {
            self.connection
                .execute_again(&format!("DELETE FROM main.{table}"), [])
                .map_err(failed)?;
        }
        self.run("COMMIT")
    }

    fn tables(&self) -> Result<Vec<String>> {
        let sql = "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name";
        let mut query = self.connection.prepare_cached(sql).map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    pub fn run(&self, sql: &str) -> Result<()> {
        self.connection.execute_batch(sql).map_err(failed)
    }
}

/// The areas of a home, beside its database.
#[derive(Clone)]
pub(crate) struct KeptAreas {
    database: Arc<PathBuf>,
    kept: Arc<Mutex<Vec<Area>>>,
}

impl KeptAreas {
    pub fn beside(database: &Path) -> Self {
        Self { database: Arc::new(database.to_owned()), kept: Arc::default() }
    }

    /// One that was handed on, else a new one.
    pub(super) fn take(&self) -> Result<Area> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.map_or_else(|| Area::create(&self.database), Ok)
    }

    /// Hands an area on, empty, if it is small and its read came to its end. Whatever goes wrong with it ends it.
    pub(super) fn hand_on(&self, mut area: Area) {
        area.has_room = false;
        if !area.connection.is_autocommit() || !area.is_small() || area.clear().is_err() {
            return;
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(area);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> usize {
        let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("staging-")).count()
    }

    fn rows(area: &Area) -> Vec<i64> {
        let count = |table| {
            let sql = format!("SELECT count(*) FROM main.{table}");
            area.connection.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        area.tables().unwrap().into_iter().map(count).collect()
    }

    /// Puts somebody into every table.
    fn fill(area: &Area) {
        area.run("BEGIN").unwrap();
        for table in area.tables().unwrap() {
            let columns = format!("SELECT count(*) FROM pragma_table_info('{table}', 'main')");
            let columns: u8 = area.connection.query_row(&columns, [], |row| row.get(0)).unwrap();
            let values = vec!["7"; columns.into()].join(", ");
            area.run(&format!("INSERT INTO main.{table} VALUES ({values})")).unwrap();
        }
        assert!(rows(area).iter().all(|rows| *rows == 1), "{:?}", rows(area));
        area.run("COMMIT").unwrap();
    }

    #[test]
    fn whoever_was_in_it_is_gone_when_it_is_handed_on() {
        let folder = tempfile::tempdir().unwrap();
        let areas = KeptAreas::beside(&folder.path().join("connector.db"));
        let area = areas.take().unwrap();
        area.index().unwrap();
        fill(&area);
        let path = area.file.0.clone();
        areas.hand_on(area);
        let again = areas.take().unwrap();
        assert_eq!(again.file.0, path);
        assert!(rows(&again).iter().all(|rows| *rows == 0), "{:?}", rows(&again));
        assert_eq!(files(folder.path()), 1);

        // Not one that is large, nor one that was cut off.
        let blobs = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
            INSERT INTO claims SELECT i, hex(randomblob(4096)) FROM n";
        again.run(blobs).unwrap();
        areas.hand_on(again);
        assert_eq!(files(folder.path()), 0);
        let cut_off = areas.take().unwrap();
        cut_off.run("BEGIN").unwrap();
        areas.hand_on(cut_off);
        assert_eq!(files(folder.path()), 0);

        // What is kept goes with the last who has them.
        areas.hand_on(areas.take().unwrap());
        assert_eq!(files(folder.path()), 1);
        drop(areas);
        assert_eq!(files(folder.path()), 0);
    }

    #[test]
    fn a_large_read_has_no_index_before_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let areas = KeptAreas::beside(&folder.path().join("connector.db"));
        let mut area = areas.take().unwrap();
        let indexed = |area: &Area| {
            let sql = "SELECT count(*) FROM main.sqlite_schema WHERE name = 'staged_identity'";
            area.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() == 1
        };
        area.index().unwrap();
        area.make_room(MANY).unwrap();
        assert!(indexed(&area));
        area.make_room(MANY + 1).unwrap();
        assert!(!indexed(&area));
        area.index().unwrap();
        assert!(indexed(&area));
    }
}
