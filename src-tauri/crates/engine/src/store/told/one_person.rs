//! What is remembered of one person.

use crate::plan::content::key;
use crate::state::import_rows::ImportedPerson;
use crate::state::told::{ImportOfPerson, InCloud};
use crate::store::imports::people::at;
use crate::store::imports::{kept, runs};
use crate::store::{Store, failed, read_json};
use connector_model::{Code, Dn, Identity, Result};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

impl Store {
    /// What the cloud has of somebody.
    pub(crate) fn in_cloud(&self, identity: &Identity) -> Result<Option<InCloud>> {
        let found = self
            .reader()?
            .query_row(
                "SELECT cloud_id, active, mapping, acknowledged_ms, person FROM people WHERE identity = ?1",
                [identity.as_str()],
                |row| {
                    let known = InCloud {
                        cloud_id: row.get(0)?,
                        active: row.get(1)?,
                        mapping: row.get(2)?,
                        at_ms: row.get(3)?,
                        values: BTreeMap::new(),
                    };
                    Ok((known, row.get::<_, String>(4)?))
                },
            )
            .optional()
            .map_err(failed)?;
        let Some((known, person)) = found else { return Ok(None) };
        let values = read_json(&person, "what the cloud has of somebody")?;
        Ok(Some(InCloud { values, ..known }))
    }

    /// Whom the cloud has, or had, of that user name or e-mail address: account, identity and place of the entry.
    pub(crate) fn of_name(&self, name: &str) -> Result<Vec<(String, Identity, Dn)>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(
                "SELECT account, identity, dn FROM people WHERE user_key = ?1 UNION
                 SELECT account, identity, dn FROM people WHERE email_key = ?1 LIMIT 20",
            )
            .map_err(failed)?;
        let rows = query
            .query_map([key(name)], |row| {
                let (identity, dn): (String, String) = (row.get(1)?, row.get(2)?);
                Ok((row.get(0)?, Identity::from_text(&identity), Dn::from_server(dn)))
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// What imports did to somebody, the newest first.
    pub(crate) fn imports_of(
        &self,
        identity: &Identity,
        limit: u32,
    ) -> Result<Vec<ImportOfPerson>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(
                "SELECT place FROM imported_who JOIN imported USING (place) WHERE imported_who.who = ?1 AND identity = ?2
                 ORDER BY place DESC LIMIT ?3",
            )
            .map_err(failed)?;
        let who = params![key(identity.as_str()), identity.as_str(), limit];
        let places = query.query_map(who, |row| row.get(0)).map_err(failed)?;
        let places = places.collect::<rusqlite::Result<Vec<i64>>>().map_err(failed)?;
        let people: Vec<ImportedPerson> = at(&connection, &places)?;
        let mut told = vec![];
        for (place, person) in places.into_iter().zip(people) {
            let run = match self.run(kept::run_of(place)) {
                // Of an import under way there is no record yet.
                Err(error) if error.code == Code::NotFound => continue,
                run => run?,
            };
            let (at_ms, mapping) = (run.record.finished_ms, run.record.mapping);
            told.push(ImportOfPerson { run: run.id, at_ms, mapping, person });
        }
        Ok(told)
    }

    /// Whether the newest import of everybody of a mapping is the one of that number.
    pub(crate) fn is_newest(&self, mapping: &str, run: i64) -> Result<bool> {
        Ok(runs::newest_full(&self.reader()?, mapping)?.is_none_or(|newest| run >= newest))
    }

    /// Wrong passwords of somebody since then: how many, and when the newest was.
    pub(crate) fn wrong_since(
        &self,
        identity: &Identity,
        since_ms: i64,
    ) -> Result<(u32, Option<i64>)> {
        self.reader()?
            .query_row(
                "SELECT count(*), max(at_ms) FROM attempts WHERE identity = ?1 AND at_ms > ?2",
                params![identity.as_str(), since_ms],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .map_err(failed)
    }
}
