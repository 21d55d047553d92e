//! Identifiers of people: the row number dressed as a UUID of version 8 (RFC 9562, section 5.8), so
//! that looking one up needs no index of its own. Rows are never used again.

use super::StoreResult;
use rusqlite::Connection;
use uuid::{Builder, Uuid};

/// How rows become identifiers in one store.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids {
    salt: [u8; 10],
}

impl Ids {
    /// The scheme of this store, made with it.
    pub(super) fn of(connection: &Connection) -> StoreResult<Self> {
        let fresh = Uuid::new_v4().simple().to_string();
        connection.execute(
            "INSERT INTO settings VALUES ('id_salt', ?1) ON CONFLICT DO NOTHING",
            [&fresh],
        )?;
        let kept: String = connection.query_row(
            "SELECT value FROM settings WHERE name = 'id_salt'",
            [],
            |row| row.get(0),
        )?;
        let bytes = Uuid::parse_str(&kept).map(Uuid::into_bytes).unwrap_or_default();
        let mut salt = [0; 10];
        salt.copy_from_slice(&bytes[..10]);
        Ok(Self { salt })
    }

    /// The identifier of a row.
    pub(super) fn text(self, row: i64) -> String {
        let mut bytes = [0; 16];
        bytes[..10].copy_from_slice(&self.salt);
        bytes[10..].copy_from_slice(&row.to_be_bytes()[2..]);
        Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }

    /// The row of an identifier of this store.
    pub(super) fn row(self, text: &str) -> Option<i64> {
        let bytes = Uuid::try_parse(text).ok()?.into_bytes();
        let mut row = [0; 8];
        row[2..].copy_from_slice(&bytes[10..]);
        let row = i64::from_be_bytes(row);
        self.text(row).eq_ignore_ascii_case(text).then_some(row)
    }
}

/// The first row that was never used.
pub(super) fn next_row(connection: &Connection) -> StoreResult<i64> {
    Ok(connection.query_row(
        "SELECT 1 + max(coalesce((SELECT max(row) FROM people), 0), \
         coalesce((SELECT cast(value AS INTEGER) FROM settings WHERE name = 'last_row'), 0))",
        [],
        |row| row.get(0),
    )?)
}
