//! People in SQLite.

use super::ids::Ids;
use super::{
    Activated, Changed, Device, Draft, Page, People, PeopleQuery, PersonChange, SqliteStore,
    StoreError, StoreResult, StoredPerson, activation, people_query,
};
use crate::scim::error::ScimError;
use crate::token::TokenHash;
use async_trait::async_trait;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, ffi, params};
use serde_json::{Map, Value};
use std::sync::atomic::{AtomicI64, Ordering};

#[async_trait]
impl People for SqliteStore {
    async fn change(
        &self,
        changes: Vec<PersonChange>,
        now_ms: i64,
        stop_after: Option<usize>,
    ) -> StoreResult<Vec<Changed>> {
        let (ids, next_row) = (self.ids, self.next_row.clone());
        self.write(move |connection| {
            let table = Table { connection, ids, next_row: &next_row, now_ms };
            let mut refused = 0;
            let mut results = Vec::with_capacity(changes.len());
            for change in changes {
                if stop_after.is_some_and(|limit| refused >= limit) {
                    results.push(Changed::NotTried);
                    continue;
                }
                let result = table.change(change)?;
                refused += usize::from(matches!(result, Changed::Refused(_)));
                results.push(result);
            }
            Ok(results)
        })
        .await
    }

    async fn person(&self, id: String) -> StoreResult<Option<StoredPerson>> {
        let ids = self.ids;
        let Some(row) = ids.row(&id) else { return Ok(None) };
        self.read(move |connection| load(connection, ids, row)).await
    }

    async fn search(&self, query: PeopleQuery, location: String) -> StoreResult<Page> {
        let ids = self.ids;
        self.read(move |connection| people_query::search(connection, ids, &query, &location)).await
    }

    async fn devices(&self, people: Vec<String>) -> StoreResult<Vec<Vec<Device>>> {
        let ids = self.ids;
        self.read(move |connection| {
            people.iter().map(|id| activation::devices(connection, ids.row(id))).collect()
        })
        .await
    }

    async fn activate(
        &self,
        token: TokenHash,
        person: Draft,
        device: Device,
    ) -> StoreResult<Activated> {
        let (ids, next_row) = (self.ids, self.next_row.clone());
        self.write(move |connection| {
            let now_ms = device.activated_ms;
            let table = Table { connection, ids, next_row: &next_row, now_ms };
            activation::activate(&table, token, person, &device)
        })
        .await
    }
}

/// The table inside one transaction.
pub(super) struct Table<'a> {
    pub(super) connection: &'a Connection,
    pub(super) ids: Ids,
    pub(super) next_row: &'a AtomicI64,
    pub(super) now_ms: i64,
}

impl Table<'_> {
    pub(super) fn change(&self, change: PersonChange) -> StoreResult<Changed> {
        match change {
            PersonChange::Create(draft) => self.create(draft),
            PersonChange::Replace(id, if_version, draft) => {
                self.update(&id, if_version, Box::new(move |_| Ok(draft)), false)
            }
            PersonChange::Edit(id, if_version, edit) => self.update(&id, if_version, edit, true),
            PersonChange::Delete(id, if_version) => self.delete(&id, if_version),
        }
    }

    fn create(&self, draft: Draft) -> StoreResult<Changed> {
        let row = self.next_row.load(Ordering::Relaxed);
        let result = self
            .connection
            .prepare_cached(
                "INSERT INTO people (row, external_id, user_name_key, mapping, created_ms, \
                 modified_ms, version, document) VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1, ?6)",
            )?
            .execute(params![
                row,
                draft.external_id,
                draft.user_name.to_lowercase(),
                draft.mapping,
                self.now_ms,
                draft.document
            ]);
        if let Some(refused) = taken(result)? {
            return Ok(refused);
        }
        self.next_row.store(row + 1, Ordering::Relaxed);
        Ok(Changed::Stored(StoredPerson {
            id: self.ids.text(row),
            version: 1,
            created_ms: self.now_ms,
            modified_ms: self.now_ms,
            document: draft.document,
        }))
    }

    fn update(
        &self,
        id: &str,
        if_version: Option<i64>,
        edit: super::Edit,
        needs_document: bool,
    ) -> StoreResult<Changed> {
        let gone = Ok(Changed::Refused(ScimError::not_found()));
        let Some(row) = self.ids.row(id) else { return gone };
        let Some(old) = load(self.connection, self.ids, row)? else { return gone };
        if if_version.is_some_and(|wanted| wanted != old.version) {
            return Ok(Changed::Refused(ScimError::stale()));
        }
        let document = if needs_document { parse(&old.document)? } else { Map::new() };
        let draft = match edit(document) {
            Ok(draft) => draft,
            Err(error) => return Ok(Changed::Refused(error)),
        };
        if draft.document == old.document {
            return Ok(Changed::Stored(old)); // nothing to write, and the version stays
        }
        let result = self
            .connection
            .prepare_cached(
                "UPDATE people SET external_id = ?2, user_name_key = ?3, mapping = ?4, \
                 modified_ms = ?5, version = ?6, document = ?7 WHERE row = ?1",
            )?
            .execute(params![
                row,
                draft.external_id,
                draft.user_name.to_lowercase(),
                draft.mapping,
                self.now_ms,
                old.version + 1,
                draft.document
            ]);
        if let Some(refused) = taken(result)? {
            return Ok(refused);
        }
        Ok(Changed::Stored(StoredPerson {
            version: old.version + 1,
            modified_ms: self.now_ms,
            document: draft.document,
            ..old
        }))
    }

    fn delete(&self, id: &str, if_version: Option<i64>) -> StoreResult<Changed> {
        let gone = Ok(Changed::Refused(ScimError::not_found()));
        let Some(row) = self.ids.row(id) else { return gone };
        let Some(old) = load(self.connection, self.ids, row)? else { return gone };
        if if_version.is_some_and(|wanted| wanted != old.version) {
            return Ok(Changed::Refused(ScimError::stale()));
        }
        self.connection.execute("DELETE FROM people WHERE row = ?1", [row])?;
        self.connection.execute("DELETE FROM devices WHERE person = ?1", [row])?;
        let last = self.next_row.load(Ordering::Relaxed) - 1;
        self.connection.execute(
            "INSERT INTO settings VALUES ('last_row', ?1) \
             ON CONFLICT DO UPDATE SET value = excluded.value",
            [last.to_string()],
        )?;
        Ok(Changed::Deleted)
    }
}

/// A person by row.
pub(super) fn load(
    connection: &Connection,
    ids: Ids,
    row: i64,
) -> StoreResult<Option<StoredPerson>> {
    Ok(connection
        .prepare_cached(
            "SELECT row, version, created_ms, modified_ms, document FROM people WHERE row = ?1",
        )?
        .query_row([row], |row| read(row, ids))
        .optional()?)
}

/// The columns `row, version, created_ms, modified_ms, document`.
pub(super) fn read(row: &Row<'_>, ids: Ids) -> rusqlite::Result<StoredPerson> {
    Ok(StoredPerson {
        id: ids.text(row.get(0)?),
        version: row.get(1)?,
        created_ms: row.get(2)?,
        modified_ms: row.get(3)?,
        document: row.get(4)?,
    })
}

/// A stored document as a map.
pub(super) fn parse(document: &str) -> StoreResult<Map<String, Value>> {
    serde_json::from_str(document).map_err(|error| StoreError(error.to_string()))
}

/// A broken unique index becomes a refusal; other failures stay failures.
fn taken(result: rusqlite::Result<usize>) -> StoreResult<Option<Changed>> {
    match result {
        Ok(_) => Ok(None),
        Err(rusqlite::Error::SqliteFailure(error, text))
            if error.code == ErrorCode::ConstraintViolation
                && error.extended_code == ffi::SQLITE_CONSTRAINT_UNIQUE =>
        {
            let by_name = text.is_some_and(|text| text.contains("user_name_key"));
            let attribute = if by_name { "userName" } else { "externalId" };
            Ok(Some(Changed::Refused(ScimError::taken(attribute))))
        }
        Err(error) => Err(error.into()),
    }
}
