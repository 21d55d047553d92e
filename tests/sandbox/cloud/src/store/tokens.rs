//! Deployment tokens in SQLite.

use super::{DeploymentToken, DeploymentTokens, SqliteStore, StoreResult};
use crate::token::TokenHash;
use async_trait::async_trait;
use rusqlite::{OptionalExtension, Row, params};

const GOOD: &str = "name = ?1 AND (expires_ms IS NULL OR expires_ms > ?2)";

#[async_trait]
impl DeploymentTokens for SqliteStore {
    async fn add_token(&self, token: DeploymentToken) -> StoreResult<bool> {
        self.write(move |connection| {
            let exists: bool = connection.query_row(
                &format!("SELECT EXISTS (SELECT 1 FROM deployment_tokens WHERE {GOOD})"),
                params![token.name, token.created_ms],
                |row| row.get(0),
            )?;
            if !exists {
                connection.execute(
                    "INSERT INTO deployment_tokens VALUES (?1, ?2, ?3, ?4, 0)",
                    params![token.hash, token.name, token.created_ms, token.expires_ms],
                )?;
            }
            Ok(!exists)
        })
        .await
    }

    async fn tokens(&self) -> StoreResult<Vec<DeploymentToken>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT name, hash, created_ms, expires_ms, used FROM deployment_tokens \
                 ORDER BY created_ms DESC, name",
            )?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn token(&self, hash: TokenHash) -> StoreResult<Option<DeploymentToken>> {
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT name, hash, created_ms, expires_ms, used FROM deployment_tokens \
                     WHERE hash = ?1",
                )?
                .query_row([hash], read)
                .optional()?)
        })
        .await
    }

    async fn expire_token(&self, name: String, now_ms: i64) -> StoreResult<bool> {
        self.write(move |connection| {
            let sql = format!("UPDATE deployment_tokens SET expires_ms = ?2 WHERE {GOOD}");
            Ok(connection.execute(&sql, params![name, now_ms])? > 0)
        })
        .await
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<DeploymentToken> {
    Ok(DeploymentToken {
        name: row.get(0)?,
        hash: row.get(1)?,
        created_ms: row.get(2)?,
        expires_ms: row.get(3)?,
        used: row.get(4)?,
    })
}
