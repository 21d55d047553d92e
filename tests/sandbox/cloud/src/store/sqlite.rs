//! The store in one SQLite file: one thread writes, two read.

use super::ids::Ids;
use super::lane::Lane;
use super::{StoreError, StoreResult, ids, layout};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

/// Implements the five ports with SQLite in WAL mode.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Lane,
    readers: [Lane; 2],
    turn: AtomicUsize,
    pub(super) ids: Ids,
    pub(super) next_row: Arc<AtomicI64>,
}

impl SqliteStore {
    /// Opens or makes the store at `path`. The file must exist already where its rights matter.
    pub fn open(path: &Path) -> StoreResult<Self> {
        let writer = layout::open_writer(path)?;
        let ids = Ids::of(&writer)?;
        let next_row = Arc::new(AtomicI64::new(ids::next_row(&writer)?));
        let readers = [
            Lane::start(layout::open_reader(path)?, "store-read-1")?,
            Lane::start(layout::open_reader(path)?, "store-read-2")?,
        ];
        let writer = Lane::start(writer, "store-write")?;
        Ok(Self { writer, readers, turn: AtomicUsize::new(0), ids, next_row })
    }

    /// Does a job in a transaction; it is committed before the answer.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    ) -> StoreResult<T> {
        self.writer
            .run(move |connection| {
                let transaction = connection.transaction()?;
                let result = job(&transaction)?;
                transaction.commit()?;
                Ok(result)
            })
            .await
    }

    /// Does a job that only reads.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Connection) -> StoreResult<T> + Send + 'static,
    ) -> StoreResult<T> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % self.readers.len();
        self.readers[turn].run(move |connection| job(connection)).await
    }
}

/// JSON from a column.
pub(super) fn json(text: &str) -> StoreResult<serde_json::Value> {
    serde_json::from_str(text).map_err(|error| StoreError(error.to_string()))
}
