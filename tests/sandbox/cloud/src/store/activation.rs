//! An activation in one transaction, and devices.

use super::people::{Table, load, parse};
use super::{Activated, Changed, Device, Draft, PersonChange, StoreError, StoreResult};
use crate::scim::user;
use crate::token::TokenHash;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

/// See [`super::People::activate`]. An error anywhere undoes everything.
pub(super) fn activate(
    table: &Table<'_>,
    token: TokenHash,
    person: Draft,
    device: &Device,
) -> StoreResult<Activated> {
    // The token is judged again here: it may have been ended while the connector was asked.
    let counted = table.connection.execute(
        "UPDATE deployment_tokens SET used = used + 1 \
         WHERE hash = ?1 AND (expires_ms IS NULL OR expires_ms > ?2)",
        params![token, table.now_ms],
    )?;
    if counted == 0 {
        return Ok(Activated::TokenExpired);
    }
    let (row, created) = match known(table.connection, &person)? {
        Some(row) => (row, false),
        None => (create(table, person)?, true),
    };
    if !created {
        make_active(table, row)?;
    }
    table.connection.execute(
        "INSERT INTO devices VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT DO UPDATE SET name = excluded.name",
        params![row, key(device), device.name, device.serial, device.uuid, device.activated_ms],
    )?;
    Ok(Activated::Done(table.ids.text(row), created))
}

/// Devices of one person, oldest first.
pub(super) fn devices(connection: &Connection, row: Option<i64>) -> StoreResult<Vec<Device>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, serial, uuid, activated_ms FROM devices WHERE person = ?1 \
         ORDER BY activated_ms, key",
    )?;
    let rows = statement.query_map([row], |row| {
        Ok(Device {
            name: row.get(0)?,
            serial: row.get(1)?,
            uuid: row.get(2)?,
            activated_ms: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The row of the same person: by identity, else by user name.
fn known(connection: &Connection, person: &Draft) -> StoreResult<Option<i64>> {
    let by_identity = connection
        .prepare_cached("SELECT row FROM people WHERE external_id = ?1")?
        .query_row([&person.external_id], |row| row.get(0))
        .optional()?;
    if by_identity.is_some() {
        return Ok(by_identity);
    }
    Ok(connection
        .prepare_cached("SELECT row FROM people WHERE user_name_key = ?1")?
        .query_row([person.user_name.to_lowercase()], |row| row.get(0))
        .optional()?)
}

fn create(table: &Table<'_>, person: Draft) -> StoreResult<i64> {
    match table.change(PersonChange::Create(person))? {
        Changed::Stored(stored) => {
            table.ids.row(&stored.id).ok_or_else(|| StoreError("an id does not fit".to_owned()))
        }
        _ => Err(StoreError("a missing person could not be made".to_owned())),
    }
}

/// The directory says that the person may work, so that a preserved one comes back.
fn make_active(table: &Table<'_>, row: i64) -> StoreResult<()> {
    let Some(stored) = load(table.connection, table.ids, row)? else { return Ok(()) };
    let mut document = parse(&stored.document)?;
    if document.get("active") != Some(&Value::Bool(false)) {
        return Ok(());
    }
    document.insert("active".to_owned(), Value::Bool(true));
    let edit: super::Edit = Box::new(move |_| Ok(user::draft(&document)));
    match table.change(PersonChange::Edit(stored.id, None, edit))? {
        Changed::Stored(_) => Ok(()),
        _ => Err(StoreError("a person could not be made active".to_owned())),
    }
}

/// What makes a device the same one.
fn key(device: &Device) -> String {
    match (&device.uuid, &device.serial) {
        (Some(uuid), _) => format!("uuid:{}", uuid.to_lowercase()),
        (None, Some(serial)) => format!("serial:{}", serial.to_lowercase()),
        (None, None) => format!("name:{}", device.name.to_lowercase()),
    }
}
