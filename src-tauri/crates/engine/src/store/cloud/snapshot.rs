//! People as the cloud has them, kept beside the acknowledged ones until all were read; then they take their place.

use crate::plan::content::{Content, digest, key};
use crate::store::{Again, Store, failed, to_json};
use connector_model::{CloudUser, Result};
use rusqlite::{OptionalExtension, params};

impl Store {
    /// The term for which what is known of a mapping's people holds; 0 before the first.
    pub(crate) fn term(&self, mapping: &str) -> Result<u64> {
        let term = self
            .lock()
            .query_row_again("SELECT term FROM progress WHERE mapping = ?1", [mapping], |row| {
                row.get::<_, i64>(0)
            })
            .optional()
            .map_err(failed)?;
        Ok(term.map_or(0, i64::unsigned_abs))
    }

    /// Forgets what an earlier attempt was told.
    pub(crate) fn begin_cloud_snapshot(&self) -> Result<()> {
        self.lock().execute("DELETE FROM told", []).map(drop).map_err(failed)
    }

    /// Keeps a page. Whoever has no identity of a directory is nobody's here; whose last change is not told was changed now.
    pub(crate) fn add_to_cloud_snapshot(
        &self,
        (account, mapping): (&str, &str),
        page: &[CloudUser],
        now_ms: i64,
    ) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        {
            let mut insert = change
                .prepare_cached(
                    "INSERT OR REPLACE INTO told (identity, account, mapping, cloud_id, active, digest, dn, person,
                         user_key, email_key, acknowledged_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, coalesce((SELECT dn FROM people WHERE identity = ?1), ''), ?7, ?8, ?9, ?10)",
                )
                .map_err(failed)?;
            for user in page {
                let Some(identity) = &user.identity else { continue };
                let content = content_of(user);
                insert
                    .execute(params![
                        identity.as_str(),
                        account,
                        mapping,
                        user.cloud_id,
                        user.active,
                        &digest(&content, mapping)[..],
                        to_json(&content)?,
                        key(&content.user_name),
                        key(&content.email),
                        if user.changed_ms == 0 { now_ms } else { user.changed_ms }
                    ])
                    .map_err(failed)?;
            }
        }
        change.commit().map_err(failed)
    }

    /// Everybody was told: they take the place of what was known of the mapping. Where the directory stood when another
    /// connector imported last is not known, so the next read is a full one. Nor is what it did to the people of mappings
    /// that are gone (`left`), of whom nobody tells: what was known of them is in doubt, so they keep nobody from a name. Whoever
    /// was to come into the mapping, without a sure answer, and is not in it, is where they were before: another mapping
    /// (`heir`) looks for them.
    pub(crate) fn take_cloud_snapshot(
        &self,
        mapping: &str,
        term: u64,
        left: &[&str],
        heir: Option<&str>,
    ) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        for left in left {
            let doubted = "UPDATE people SET digest = x'' WHERE mapping = ?1 AND active";
            change.execute(doubted, [left]).map_err(failed)?;
        }
        if let Some(heir) = heir {
            let elsewhere = "UPDATE people SET mapping = ?2 WHERE mapping = ?1 AND active AND length(digest) = 0
                 AND identity NOT IN (SELECT identity FROM told)";
            change.execute(elsewhere, [mapping, heir]).map_err(failed)?;
        }
        let term = i64::try_from(term).unwrap_or(i64::MAX);
        change
            .execute("DELETE FROM people WHERE mapping = ?1", [mapping])
            .and_then(|_| change.execute("INSERT OR REPLACE INTO people SELECT * FROM told", []))
            .and_then(|_| change.execute("DELETE FROM told", []))
            .and_then(|_| change.execute("DELETE FROM in_flight WHERE mapping = ?1", [mapping]))
            .and_then(|_| {
                change.execute(
                    "INSERT INTO progress (mapping, term) VALUES (?1, ?2)
                     ON CONFLICT (mapping) DO UPDATE SET term = ?2, watermark = NULL",
                    params![mapping, term],
                )
            })
            .map_err(failed)?;
        change.commit().map_err(failed)
    }
}

fn content_of(user: &CloudUser) -> Content {
    Content {
        user_name: user.user_name.clone(),
        email: user.email.clone(),
        display_name: user.display_name.clone(),
        given_name: user.given_name.clone(),
        surname: user.surname.clone(),
        department: user.department.clone(),
        country: user.country.clone(),
        title: user.title.clone(),
    }
}
