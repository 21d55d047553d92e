//! Batches on their way to the cloud. One that is still here when the next import begins was cut off: the cloud may have
//! carried it out or not, and nobody in it is known for sure until it is sent again.

use crate::plan::content::{Content, key};
use crate::plan::planner::Decision;
use crate::store::{Store, failed};
use connector_model::Result;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Sent {
    identity: String,
    dn: String,
    content: Content,
}

impl Store {
    /// Notes a batch before it is sent; gives its number.
    pub(crate) fn batch_begins(
        &self,
        (account, mapping): (&str, &str),
        batch: &[Decision],
    ) -> Result<i64> {
        let people: Vec<Sent> = batch
            .iter()
            .map(|decision| Sent {
                identity: decision.identity.to_string(),
                dn: decision.dn.to_string(),
                content: decision.content.clone(),
            })
            .collect();
        let people = serde_json::to_string(&people).unwrap_or_default();
        let connection = self.lock();
        connection
            .prepare_cached("INSERT INTO in_flight (mapping, account, people) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.insert(params![mapping, account, people]))
            .map_err(failed)
    }

    /// What was cut off, of one mapping or of all: whoever is in it counts as active in the cloud with unknown content,
    /// so that the next plan sends them once more or makes them inactive.
    pub(crate) fn doubt(&self, mapping: Option<&str>) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        let batches: Vec<(i64, String, String, String)> = change
            .prepare("SELECT batch, mapping, account, people FROM in_flight WHERE ?1 IS NULL OR mapping = ?1")
            .and_then(|mut query| {
                let rows = query.query_map([mapping], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?;
                rows.collect()
            })
            .map_err(failed)?;
        for (batch, mapping, account, people) in batches {
            let people: Vec<Sent> = serde_json::from_str(&people).unwrap_or_default();
            doubt(&change, (&account, &mapping), &people).map_err(failed)?;
            change.execute("DELETE FROM in_flight WHERE batch = ?1", [batch]).map_err(failed)?;
        }
        change.commit().map_err(failed)
    }
}

/// Ends a batch that the cloud has answered.
pub(crate) fn batch_ended(change: &Transaction<'_>, batch: i64) -> rusqlite::Result<()> {
    change.prepare_cached("DELETE FROM in_flight WHERE batch = ?1")?.execute([batch]).map(drop)
}

fn doubt(
    change: &Transaction<'_>,
    (account, mapping): (&str, &str),
    people: &[Sent],
) -> rusqlite::Result<()> {
    let mut insert = change.prepare_cached(
        "INSERT INTO people (identity, account, mapping, cloud_id, active, digest, dn, person, user_key, email_key, acknowledged_ms)
         VALUES (?1, ?2, ?3, '', 1, x'', ?4, ?5, ?6, ?7, 0) ON CONFLICT (identity) DO UPDATE SET active = 1, digest = x''",
    )?;
    for sent in people {
        let text = serde_json::to_string(&sent.content).unwrap_or_default();
        let keys = (key(&sent.content.user_name), key(&sent.content.email));
        insert.execute(params![sent.identity, account, mapping, sent.dn, text, keys.0, keys.1])?;
    }
    Ok(())
}
