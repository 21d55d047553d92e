//! People as the cloud acknowledged them last: what every plan is compared with.

use super::{in_flight, refused};
use crate::plan::content::{Content, digest, key};
use crate::plan::decision::Decision;
use crate::store::imports::row::Sent;
use crate::store::imports::run_log::RunLog;
use crate::store::{Again, Store, failed, to_json};
use connector_model::{Dn, Error, Identity, Result};
use rusqlite::{OptionalExtension, Row, Transaction, params};

/// One person the cloud is known to have.
#[derive(Debug, Clone)]
pub(crate) struct Acknowledged {
    pub identity: Identity,
    pub cloud_id: String,
    pub dn: Dn,
    pub content: Content,
}

/// One answer of the cloud to be remembered.
pub(crate) struct Acknowledgement<'a> {
    pub identity: &'a Identity,
    pub cloud_id: &'a str,
    pub active: bool,
    pub dn: &'a Dn,
    pub content: &'a Content,
    /// The identity that the cloud knew the person by before, and no longer does.
    pub former: Option<&'a Identity>,
}

/// What the cloud said to one batch.
pub(crate) struct Answers<'a> {
    pub account: &'a str,
    pub mapping: &'a str,
    pub kept: Vec<Acknowledgement<'a>>,
    pub refused: Vec<(&'a Decision, &'a Error)>,
    /// Whom the cloud has not, or no longer.
    pub absent: Vec<&'a Identity>,
    /// Sent without a sure answer, whether refused or to be sent again.
    pub unsure: Vec<&'a Decision>,
    /// Everybody, as the import's rows tell it.
    pub sent: Vec<Sent<'a>>,
}

/// How long people are remembered after they were made inactive: 90 days.
const FORMER_MS: i64 = 90 * 24 * 3600 * 1000;

pub(crate) const COLUMNS: &str = "identity, cloud_id, dn, person";

/// The content in the column `at`.
pub(crate) fn content(text: &str, at: usize) -> rusqlite::Result<Content> {
    serde_json::from_str(text).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(e))
    })
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Acknowledged> {
    let content = content(&row.get::<_, String>(3)?, 3)?;
    Ok(Acknowledged {
        identity: Identity::from_text(&row.get::<_, String>(0)?),
        cloud_id: row.get(1)?,
        dn: Dn::from_server(row.get::<_, String>(2)?),
        content,
    })
}

/// Whom the cloud has not has no name there that somebody else would have to wait for. They are kept in sight all the same,
/// under the id that they had: a search there may be behind, or somebody took the identity away by hand.
fn note_absent(change: &Transaction<'_>, people: &[&Identity]) -> rusqlite::Result<()> {
    let mut update = change.prepare_cached(
        "UPDATE people SET digest = x'', user_key = 0, email_key = 0 WHERE identity = ?1",
    )?;
    people.iter().try_for_each(|identity| update.execute([identity.as_str()]).map(drop))
}

impl Store {
    /// Remembers the answers to a batch, all or none, and that it is over.
    pub(crate) fn note_answers(
        &self,
        number: i64,
        answers: &Answers<'_>,
        (log, now_ms): (&RunLog, i64),
    ) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        log.answered(&change, answers.mapping, &answers.sent);
        in_flight::batch_ended(&change, number).map_err(failed)?;
        refused::note(&change, answers.mapping, &answers.refused, now_ms)?;
        note_absent(&change, &answers.absent).map_err(failed)?;
        in_flight::count_as_unknown(&change, (answers.account, answers.mapping), &answers.unsure)?;
        {
            let mut insert = change
                .prepare_cached(
                    "INSERT INTO people (identity, account, mapping, cloud_id, active, digest, dn, person, user_key, email_key, acknowledged_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                     ON CONFLICT (identity) DO UPDATE SET account = ?2, mapping = ?3, cloud_id = ?4, active = ?5, digest = ?6,
                         dn = ?7, person = ?8, user_key = ?9, email_key = ?10, acknowledged_ms = ?11",
                )
                .map_err(failed)?;
            let mut replaced =
                change.prepare_cached("DELETE FROM people WHERE identity = ?1").map_err(failed)?;
            for item in &answers.kept {
                refused::is_over(&change, item.identity).map_err(failed)?;
                let text = to_json(item.content)?;
                insert
                    .execute(params![
                        item.identity.as_str(),
                        answers.account,
                        answers.mapping,
                        item.cloud_id,
                        item.active,
                        &digest(item.content, answers.mapping)[..],
                        item.dn.as_str(),
                        text,
                        key(&item.content.user_name),
                        key(&item.content.email),
                        now_ms
                    ])
                    .map_err(failed)?;
                if let Some(former) = item.former {
                    replaced.execute([former.as_str()]).map_err(failed)?;
                }
            }
        }
        change.commit().map_err(failed)
    }

    /// How many active people of a mapping the cloud has.
    pub(crate) fn active_count(&self, mapping: &str) -> Result<u64> {
        self.lock()
            .query_row_again(
                "SELECT count(*) FROM people WHERE mapping = ?1 AND active = 1",
                [mapping],
                |row| row.get::<_, i64>(0),
            )
            .map(i64::unsigned_abs)
            .map_err(failed)
    }

    /// Active people in all mappings whom the cloud acknowledged once.
    pub(crate) fn all_active(&self) -> Result<u64> {
        let sql = "SELECT count(*) FROM people WHERE active AND cloud_id <> ''";
        self.lock()
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
            .map_err(failed)
    }

    /// Those of these identities whom the cloud has as active.
    pub(crate) fn active_of(&self, identities: &[Identity]) -> Result<Vec<Acknowledged>> {
        let connection = self.lock();
        let mut query = connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM people WHERE identity = ?1 AND active"))
            .map_err(failed)?;
        let mut found = vec![];
        for identity in identities {
            found.extend(query.query_row([identity.as_str()], read).optional().map_err(failed)?);
        }
        Ok(found)
    }

    /// Whom the cloud has as active of these identities, or with a user name or e-mail address of these keys.
    pub(crate) fn active_holders(
        &self,
        identities: &[Identity],
        keys: &[i64],
    ) -> Result<Vec<Acknowledged>> {
        let mut found = self.active_of(identities)?;
        let connection = self.lock();
        let mut query = connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM people WHERE user_key = ?1 AND active AND length(digest) > 0
                 UNION SELECT {COLUMNS} FROM people WHERE email_key = ?1 AND active AND length(digest) > 0"
            ))
            .map_err(failed)?;
        for key in keys {
            let rows = query.query_map([key], read).map_err(failed)?;
            found.extend(rows.collect::<rusqlite::Result<Vec<_>>>().map_err(failed)?);
        }
        Ok(found)
    }

    /// The person of that identity.
    pub(crate) fn acknowledged(&self, identity: &Identity) -> Result<Option<Acknowledged>> {
        self.lock()
            .query_row(
                &format!("SELECT {COLUMNS} FROM people WHERE identity = ?1"),
                [identity.as_str()],
                read,
            )
            .optional()
            .map_err(failed)
    }

    /// Forgets who was made inactive long ago: the cloud has deleted them, or links them again by identity when they return.
    pub(crate) fn forget_former(&self, mapping: &str, now_ms: i64) -> Result<()> {
        self.lock()
            .execute_again(
                "DELETE FROM people WHERE mapping = ?1 AND active = 0 AND acknowledged_ms < ?2",
                params![mapping, now_ms - FORMER_MS],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Notes that an import began; what is still noted after a crash is done again.
    pub(crate) fn import_began(&self, mapping: &str, now_ms: i64) -> Result<()> {
        self.lock()
            .execute_again(
                "INSERT OR REPLACE INTO unfinished (mapping, started_ms) VALUES (?1, ?2)",
                params![mapping, now_ms],
            )
            .map(drop)
            .map_err(failed)
    }

    /// Notes that it ended.
    pub(crate) fn import_ended(&self, mapping: &str) -> Result<()> {
        self.lock()
            .execute_again("DELETE FROM unfinished WHERE mapping = ?1", [mapping])
            .map(drop)
            .map_err(failed)
    }

    /// Mappings whose import was cut off.
    pub(crate) fn unfinished(&self) -> Result<Vec<String>> {
        let connection = self.lock();
        let mut query = connection.prepare("SELECT mapping FROM unfinished").map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
