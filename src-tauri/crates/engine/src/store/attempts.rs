//! Passwords that were forwarded and not found right: one row each, written before the bind is sent.

use super::{Store, failed};
use connector_model::Result;
use rusqlite::{Params, params};

/// One attempt: its row, and when (milliseconds since 1970-01-01 UTC).
pub(crate) type Attempt = (i64, i64);

impl Store {
    /// Another connection to the same file.
    pub(crate) fn another(&self) -> Result<Self> {
        let other = Self::open(self.path())?;
        // Whoever signs in does not wait for ten seconds.
        other.lock().execute_batch("PRAGMA busy_timeout = 2000;").map_err(failed)?;
        Ok(other)
    }

    /// Everything until [`Store::commit`] or [`Store::roll_back`] is one transaction; where it is to be durable, it is on the
    /// disk when [`Store::commit`] comes back. What is not outlives the program, but not a power failure.
    pub(crate) fn begin_durably(&self, durably: bool) -> Result<()> {
        let rule = if durably { "FULL" } else { "NORMAL" };
        let begin = format!("PRAGMA synchronous = {rule}; BEGIN IMMEDIATE");
        self.lock().execute_batch(&begin).map_err(failed)
    }

    pub(crate) fn commit(&self) -> Result<()> {
        self.lock().execute_batch("COMMIT").map_err(failed)
    }

    pub(crate) fn roll_back(&self) {
        let _ = self.lock().execute_batch("ROLLBACK");
    }

    /// The attempts on a person, in any order.
    pub(crate) fn attempts(&self, identity: &str) -> Result<Vec<Attempt>> {
        let connection = self.lock();
        let sql = "SELECT id, at_ms FROM attempts WHERE identity = ?1";
        let mut query = connection.prepare_cached(sql).map_err(failed)?;
        let rows = query.query_map([identity], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.map_err(failed)?.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Notes an attempt; its row.
    pub(crate) fn add_attempt(&self, identity: &str, at_ms: i64) -> Result<i64> {
        let connection = self.lock();
        let sql = "INSERT INTO attempts (identity, at_ms) VALUES (?1, ?2)";
        connection
            .prepare_cached(sql)
            .map_err(failed)?
            .insert(params![identity, at_ms])
            .map_err(failed)
    }

    /// The attempt was at that time.
    pub(crate) fn time_attempt(&self, row: i64, at_ms: i64) -> Result<()> {
        let sql = "UPDATE attempts SET at_ms = ?2 WHERE id = ?1";
        self.changed(sql, params![row, at_ms])
    }

    /// The attempt does not count.
    pub(crate) fn remove_attempt(&self, row: i64) -> Result<()> {
        self.changed("DELETE FROM attempts WHERE id = ?1", [row])
    }

    /// Drops what is older than every window.
    pub(crate) fn sweep_attempts(&self, before_ms: i64) -> Result<()> {
        let sql = "DELETE FROM attempts WHERE at_ms < ?1";
        self.changed(sql, [before_ms])
    }

    fn changed(&self, sql: &str, values: impl Params) -> Result<()> {
        let connection = self.lock();
        let mut change = connection.prepare_cached(sql).map_err(failed)?;
        change.execute(values).map(drop).map_err(failed)
    }
}
