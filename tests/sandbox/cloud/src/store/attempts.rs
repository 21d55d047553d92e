//! Wrong passwords of all connectors in SQLite.

use super::{Attempts, Fits, SqliteStore, StoreResult};
use async_trait::async_trait;
use rusqlite::{Connection, params};

#[async_trait]
impl Attempts for SqliteStore {
    async fn attempts(&self, identity: String) -> StoreResult<Vec<(i64, i64)>> {
        self.read(move |connection| known(connection, &identity)).await
    }

    async fn try_attempt(
        &self,
        identity: String,
        at_ms: i64,
        fits: Fits,
    ) -> StoreResult<Option<i64>> {
        self.write(move |connection| {
            let Some(taken) = fits(&known(connection, &identity)?) else { return Ok(None) };
            let sql = "INSERT INTO attempts (identity, at_ms) VALUES (?1, ?2)";
            let row = connection.prepare_cached(sql)?.insert(params![identity, at_ms])?;
            taken(row);
            Ok(Some(row))
        })
        .await
    }

    async fn time_attempt(&self, row: i64, at_ms: i64) -> StoreResult<()> {
        self.write(move |connection| {
            let sql = "UPDATE attempts SET at_ms = ?2 WHERE row = ?1";
            connection.execute(sql, params![row, at_ms])?;
            Ok(())
        })
        .await
    }

    async fn remove_attempts(&self, rows: Vec<i64>) -> StoreResult<()> {
        self.write(move |connection| {
            for row in rows {
                connection.execute("DELETE FROM attempts WHERE row = ?1", [row])?;
            }
            Ok(())
        })
        .await
    }
}

/// The attempts on a person: row, and when.
fn known(connection: &Connection, identity: &str) -> StoreResult<Vec<(i64, i64)>> {
    let sql = "SELECT row, at_ms FROM attempts WHERE identity = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([identity], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
