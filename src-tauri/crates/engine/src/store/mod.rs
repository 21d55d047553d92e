//! Everything that is remembered, in SQLite: people as the cloud acknowledged them, the journal, and
//! the staging area of a plan. The only place that knows SQL.

mod duplicates;
pub mod journal;
pub mod people;
pub mod planned;
mod schema;
mod seen;
pub mod staging;

use connector_model::{Code, Error, Result};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

/// The database of one home. Cheap to clone; calls are short and blocking.
#[derive(Clone)]
pub struct Store {
    connection: Arc<Mutex<Connection>>,
    path: PathBuf,
}

impl Store {
    /// Opens or creates the database and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let mut connection = Connection::open(path).map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 10000;
                 PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = FILE;",
            )
            .map_err(failed)?;
        schema::migrate(&mut connection)?;
        Ok(Self { connection: Arc::new(Mutex::new(connection)), path: path.to_owned() })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A database failure in our words.
#[allow(clippy::needless_pass_by_value, reason = "passed to map_err as it is")]
pub(crate) fn failed(error: rusqlite::Error) -> Error {
    let text = match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => "The disk is full.".to_owned(),
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
            return Error::new(Code::StorageFailed, "The file connector.db is damaged.").with_action(
                "Stop the connector and move connector.db away; the next import compares with the cloud afresh.",
            );
        }
        _ => format!("The database cannot be used: {error}."),
    };
    Error::new(Code::StorageFailed, text)
}
