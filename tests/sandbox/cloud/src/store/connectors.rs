//! Registration keys and connectors in SQLite.

use super::sqlite::json;
use super::{Connector, Connectors, KeyRefusal, RegistrationKey, SqliteStore, StoreResult};
use crate::token::TokenHash;
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

const COLUMNS: &str = "id, name, host, version, signing_key, sealing_key, registered_ms, seen_ms, \
                       revoked_ms, accounts, mappings";

#[async_trait]
impl Connectors for SqliteStore {
    async fn add_key(&self, key: RegistrationKey) -> StoreResult<()> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO registration_keys VALUES (?1, ?2, ?3, ?4, NULL)",
                params![key.hash, key.name, key.replaces, key.expires_ms],
            )?;
            Ok(())
        })
        .await
    }

    async fn register(
        &self,
        key: TokenHash,
        connector: Connector,
        scim_token: TokenHash,
    ) -> StoreResult<Result<Option<String>, KeyRefusal>> {
        self.write(move |db| {
            let now_ms = connector.registered_ms;
            let (name, replaces) = match use_key(db, key, now_ms)? {
                Ok(found) => found,
                Err(refusal) => return Ok(Err(refusal)),
            };
            db.execute(
                "INSERT INTO connectors VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, NULL, '[]', '[]')",
                params![
                    connector.id,
                    name,
                    connector.host,
                    connector.version,
                    connector.signing_key,
                    connector.sealing_key,
                    scim_token,
                    now_ms
                ],
            )?;
            if let Some(former) = &replaces {
                revoke(db, former, now_ms)?;
            }
            Ok(Ok(replaces))
        })
        .await
    }

    async fn connector(&self, id: String) -> StoreResult<Option<Connector>> {
        self.read(move |connection| {
            let sql = format!("SELECT {COLUMNS} FROM connectors WHERE id = ?1");
            Ok(connection.prepare_cached(&sql)?.query_row([id], read).optional()?)
        })
        .await
    }

    async fn connectors(&self) -> StoreResult<Vec<Connector>> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM connectors WHERE revoked_ms IS NULL ORDER BY registered_ms, id"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            Ok(statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?)
        })
        .await
    }

    async fn connector_of(&self, scim_token: TokenHash) -> StoreResult<Option<String>> {
        self.read(move |connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT id FROM connectors WHERE scim_token = ?1 AND revoked_ms IS NULL",
                )?
                .query_row([scim_token], |row| row.get(0))
                .optional()?)
        })
        .await
    }

    async fn revoke(&self, id: String, now_ms: i64) -> StoreResult<bool> {
        self.write(move |connection| revoke(connection, &id, now_ms)).await
    }

    async fn seen(&self, connector: Connector) -> StoreResult<()> {
        self.write(move |db| {
            db.execute(
                "UPDATE connectors SET host = ?2, version = ?3, seen_ms = ?4, accounts = ?5, \
                 mappings = ?6 WHERE id = ?1",
                params![
                    connector.id,
                    connector.host,
                    connector.version,
                    connector.seen_ms,
                    connector.accounts.to_string(),
                    connector.mappings.to_string()
                ],
            )?;
            Ok(())
        })
        .await
    }
}

type KeyContent = (Option<String>, Option<String>);

fn use_key(
    connection: &Connection,
    key: TokenHash,
    now_ms: i64,
) -> StoreResult<Result<KeyContent, KeyRefusal>> {
    let found = connection
        .query_row(
            "SELECT name, replaces, expires_ms, used_ms FROM registration_keys WHERE hash = ?1",
            [key],
            |row| {
                let content = (row.get(0)?, row.get(1)?);
                Ok((content, row.get::<_, i64>(2)?, row.get::<_, Option<i64>>(3)?))
            },
        )
        .optional()?;
    Ok(match found {
        None => Err(KeyRefusal::Unknown),
        Some((_, _, Some(_))) => Err(KeyRefusal::Used),
        Some((_, expires_ms, None)) if expires_ms <= now_ms => Err(KeyRefusal::Expired),
        Some((content, _, None)) => {
            connection.execute(
                "UPDATE registration_keys SET used_ms = ?2 WHERE hash = ?1",
                params![key, now_ms],
            )?;
            Ok(content)
        }
    })
}

fn revoke(connection: &Connection, id: &str, now_ms: i64) -> StoreResult<bool> {
    let count = connection.execute(
        "UPDATE connectors SET revoked_ms = ?2 WHERE id = ?1 AND revoked_ms IS NULL",
        params![id, now_ms],
    )?;
    connection.execute("DELETE FROM alerts WHERE connector = ?1", [id])?;
    Ok(count > 0)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Connector> {
    let list = |text: String| json(&text).unwrap_or(Value::Array(vec![]));
    Ok(Connector {
        id: row.get(0)?,
        name: row.get(1)?,
        host: row.get(2)?,
        version: row.get(3)?,
        signing_key: row.get(4)?,
        sealing_key: row.get(5)?,
        registered_ms: row.get(6)?,
        seen_ms: row.get(7)?,
        revoked_ms: row.get(8)?,
        accounts: list(row.get(9)?),
        mappings: list(row.get(10)?),
    })
}
