//! The one file: opened, brought up to date, and shared by everybody in this process.

use super::failure::failed;
use super::schema::migrations;
use super::staging::kept_area::KeptAreas;
use super::statements::keep_statements;
use connector_model::Result;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// The database of one home. Cheap to clone; calls are short and blocking.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    path: PathBuf,
    areas: KeptAreas,
}

impl Store {
    /// Opens or creates the database and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let mut connection = Connection::open(path).map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL;
                 PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = FILE;",
            )
            .map_err(failed)?;
        keep_statements(&connection)?;
        write_ahead(&connection)?;
        migrations::migrate(&mut connection)?;
        // Whoever reads before they write would be refused at once where another connection wrote in between: SQLite waits
        // only for those who say at the start that they will write.
        connection.set_transaction_behavior(TransactionBehavior::Immediate);
        let connection = Arc::new(Mutex::new(connection));
        Ok(Self { connection, path: path.to_owned(), areas: KeptAreas::beside(path) })
    }

    /// A connection of its own for somebody who reads much: nobody else waits meanwhile.
    pub(crate) fn reader(&self) -> Result<Connection> {
        let connection = Connection::open(&self.path).map_err(failed)?;
        connection
            .execute_batch("PRAGMA busy_timeout = 10000; PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA temp_store = FILE;")
            .map_err(failed)?;
        keep_statements(&connection)?;
        Ok(connection)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn areas(&self) -> &KeptAreas {
        &self.areas
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Turns the write-ahead log on. SQLite does not wait here while another program opens the same new file, so we do.
fn write_ahead(connection: &Connection) -> Result<()> {
    let mut tries = 0;
    loop {
        match connection.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && tries < 200 =>
            {
                tries += 1;
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done.map_err(failed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    #[test]
    fn who_reads_and_then_writes_waits_for_other_connections() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let (other, over) = (store.another().unwrap(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !over.load(Ordering::Relaxed) {
                    other.add_attempt("somebody", 1).unwrap();
                }
            });
            for round in 0..200 {
                let mut connection = store.lock();
                let change = connection.transaction().unwrap();
                let before: i64 = change
                    .query_row("SELECT count(*) FROM attempts", [], |row| row.get(0))
                    .unwrap();
                std::thread::sleep(Duration::from_micros(200));
                let sql = "INSERT INTO attempts (identity, at_ms) VALUES ('else', ?1)";
                let written = change.execute(sql, [before]).and_then(|_| change.commit());
                over.store(round == 199 || written.is_err(), Ordering::Relaxed);
                written.unwrap();
            }
        });
    }
}
