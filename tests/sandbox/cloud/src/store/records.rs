//! Imports, alerts and settings in SQLite.

use super::sqlite::json;
use super::{Records, SqliteStore, StoreResult};
use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, ToSql, params};
use serde_json::Value;

/// Imports that are kept.
const KEPT: i64 = 1000;

#[async_trait]
impl Records for SqliteStore {
    async fn add_import(&self, connector: String, import: Value) -> StoreResult<()> {
        self.write(move |connection| {
            let number = |key: &str| import.get(key).and_then(Value::as_i64).unwrap_or_default();
            connection.execute(
                "INSERT INTO imports VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE \
                 SET finished_ms = excluded.finished_ms, import = excluded.import",
                params![
                    connector,
                    text(&import, "mapping"),
                    number("started_ms"),
                    number("finished_ms"),
                    import.to_string()
                ],
            )?;
            connection.execute(
                "DELETE FROM imports WHERE rowid IN \
                 (SELECT rowid FROM imports ORDER BY finished_ms DESC LIMIT -1 OFFSET ?1)",
                [KEPT],
            )?;
            Ok(())
        })
        .await
    }

    async fn imports(&self, limit: usize) -> StoreResult<Vec<Value>> {
        self.read(move |connection| {
            let limit = i64::try_from(limit).unwrap_or(KEPT);
            let sql = "SELECT import, connector FROM imports \
                       ORDER BY finished_ms DESC, started_ms DESC LIMIT ?1";
            tagged(connection, sql, &[&limit])
        })
        .await
    }

    async fn raise_alert(&self, connector: String, alert: Value) -> StoreResult<()> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO alerts VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO UPDATE SET since_ms = excluded.since_ms, alert = excluded.alert",
                params![
                    connector,
                    text(&alert, "kind"),
                    text(&alert, "account"),
                    alert.get("since_ms").and_then(Value::as_i64).unwrap_or_default(),
                    alert.to_string()
                ],
            )?;
            Ok(())
        })
        .await
    }

    async fn clear_alert(
        &self,
        connector: String,
        kind_account: Option<[String; 2]>,
    ) -> StoreResult<()> {
        self.write(move |db| {
            match kind_account {
                Some([kind, account]) => db.execute(
                    "DELETE FROM alerts WHERE connector = ?1 AND kind = ?2 AND account = ?3",
                    [connector, kind, account],
                )?,
                None => db.execute("DELETE FROM alerts WHERE connector = ?1", [connector])?,
            };
            Ok(())
        })
        .await
    }

    async fn alerts(&self) -> StoreResult<Vec<Value>> {
        self.read(|connection| {
            tagged(connection, "SELECT alert, connector FROM alerts ORDER BY since_ms", &[])
        })
        .await
    }

    async fn setting(&self, name: &'static str) -> StoreResult<Option<Value>> {
        self.read(move |connection| {
            let text: Option<String> = connection
                .query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
                .optional()?;
            text.map(|text| json(&text)).transpose()
        })
        .await
    }

    async fn set_setting(&self, name: &'static str, value: Value) -> StoreResult<()> {
        self.write(move |connection| {
            connection.execute(
                "INSERT INTO settings VALUES (?1, ?2) \
                 ON CONFLICT DO UPDATE SET value = excluded.value",
                [name.to_owned(), value.to_string()],
            )?;
            Ok(())
        })
        .await
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// JSON objects with the connector they came from.
fn tagged(connection: &Connection, sql: &str, params: &[&dyn ToSql]) -> StoreResult<Vec<Value>> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut list = vec![];
    while let Some(row) = rows.next()? {
        let mut value = json(&row.get::<_, String>(0)?)?;
        if let Some(map) = value.as_object_mut() {
            map.insert("connector".to_owned(), Value::String(row.get(1)?));
        }
        list.push(value);
    }
    Ok(list)
}
