//! Batches on their way to the cloud. One that is still here when the next import begins was cut off: the cloud may have
//! carried it out or not, and nobody in it is known for sure until it is sent again. One that cannot be read stays, and
//! no import goes past it: whoever is in it might be taken for somebody whom the cloud has acknowledged.

use crate::plan::content::{Content, key};
use crate::plan::decision::Decision;
use crate::store::{Store, failed, read_json, to_json};
use connector_model::Result;
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Sent {
    identity: String,
    dn: String,
    content: Content,
    /// The identity that the cloud knew the person by before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    former: Option<String>,
}

impl Sent {
    fn of(decision: &Decision) -> Self {
        Self {
            identity: decision.identity.to_string(),
            dn: decision.dn.to_string(),
            content: decision.content.clone(),
            former: decision.former.as_ref().map(ToString::to_string),
        }
    }
}

impl Store {
    /// Notes a batch before it is sent; gives its number.
    pub(crate) fn batch_begins(
        &self,
        (account, mapping): (&str, &str),
        batch: &[Decision],
    ) -> Result<i64> {
        let people: Vec<Sent> = batch.iter().map(Sent::of).collect();
        let people = to_json(&people)?;
        let connection = self.lock();
        connection
            .prepare_cached("INSERT INTO in_flight (mapping, account, people) VALUES (?1, ?2, ?3)")
            .and_then(|mut insert| insert.insert(params![mapping, account, people]))
            .map_err(failed)
    }

    /// Mappings with batches that were not answered.
    pub(crate) fn cut_off(&self) -> Result<Vec<String>> {
        let connection = self.lock();
        let mut query =
            connection.prepare_cached("SELECT DISTINCT mapping FROM in_flight").map_err(failed)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// What was cut off, of one mapping or of all: whoever is in it counts as active in the cloud with unknown content,
    /// so that the next plan sends them once more or makes them inactive. An error when a batch cannot be read: that one
    /// is kept as it is, the others are done.
    pub(crate) fn requeue_unacknowledged(&self, mapping: Option<&str>) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        let batches: Vec<(i64, String, String, String)> = change
            .prepare_cached("SELECT batch, mapping, account, people FROM in_flight WHERE ?1 IS NULL OR mapping = ?1")
            .and_then(|mut query| {
                let rows = query.query_map([mapping], |row| {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                })?;
                rows.collect()
            })
            .map_err(failed)?;
        let mut unreadable = None;
        for (batch, mapping, account, people) in batches {
            match read_json::<Vec<Sent>>(&people, "a batch that was cut off") {
                Ok(people) => {
                    note_unknown(&change, (&account, &mapping), &people)?;
                    batch_ended(&change, batch).map_err(failed)?;
                }
                Err(error) => unreadable = Some(error),
            }
        }
        change.commit().map_err(failed)?;
        unreadable.map_or(Ok(()), Err)
    }
}

/// Ends a batch that the cloud has answered.
pub(crate) fn batch_ended(change: &Transaction<'_>, batch: i64) -> rusqlite::Result<()> {
    change.prepare_cached("DELETE FROM in_flight WHERE batch = ?1")?.execute([batch]).map(drop)
}

/// Counts people of a batch as sent without a sure answer: active in the cloud with unknown content.
pub(crate) fn count_as_unknown(
    change: &Transaction<'_>,
    of: (&str, &str),
    people: &[&Decision],
) -> Result<()> {
    let people: Vec<Sent> = people.iter().map(|decision| Sent::of(decision)).collect();
    note_unknown(change, of, &people)
}

fn note_unknown(
    change: &Transaction<'_>,
    (account, mapping): (&str, &str),
    people: &[Sent],
) -> Result<()> {
    let mut insert = change.prepare_cached(
        "INSERT INTO people (identity, account, mapping, cloud_id, active, digest, dn, person, user_key, email_key, acknowledged_ms)
         VALUES (?1, ?2, ?3, '', 1, x'', ?4, ?5, ?6, ?7, 0) ON CONFLICT (identity) DO UPDATE SET active = 1, digest = x'',
             account = ?2, mapping = ?3, user_key = coalesce(nullif(user_key, 0), ?6),
             email_key = coalesce(nullif(email_key, 0), ?7)",
    ).map_err(failed)?;
    // Whoever was to be linked is so again: the user that the cloud has is to be kept in sight, whichever identity it has now.
    let mut relink = change
        .prepare_cached(
            "UPDATE people SET active = 1, digest = x'', account = ?2, mapping = ?3 WHERE identity = ?1",
        )
        .map_err(failed)?;
    for sent in people {
        if let Some(former) = &sent.former {
            relink.execute(params![former, account, mapping]).map_err(failed)?;
        }
        let text = to_json(&sent.content)?;
        let keys = (key(&sent.content.user_name), key(&sent.content.email));
        insert
            .execute(params![sent.identity, account, mapping, sent.dn, text, keys.0, keys.1])
            .map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::{Code, Identity};

    fn waiting(store: &Store) -> Vec<String> {
        let connection = store.lock();
        let mut query = connection.prepare("SELECT mapping FROM in_flight ORDER BY batch").unwrap();
        let rows = query.query_map([], |row| row.get(0)).unwrap();
        rows.map(std::result::Result::unwrap).collect()
    }

    #[test]
    fn a_batch_that_cannot_be_read_stays_and_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let ada = r#"[{"identity":"ada","dn":"CN=Ada","content":{"user_name":"ada","email":"ada@example.com"}}]"#;
        for (mapping, people) in [("Sales", "[{\"identity\":"), ("Sales", ada), ("Support", ada)] {
            let sql = "INSERT INTO in_flight (mapping, account, people) VALUES (?1, 'corp', ?2)";
            store.lock().execute(sql, [mapping, people]).unwrap();
        }
        let error = store.requeue_unacknowledged(Some("Sales")).unwrap_err();
        assert_eq!(error.code, Code::StorageFailed);
        assert!(!error.action.is_empty());
        assert_eq!(
            waiting(&store),
            ["Sales", "Support"],
            "the unreadable one and the other mapping's"
        );
        let ada = store.acknowledged(&Identity::from_text("ada")).unwrap();
        assert!(ada.is_some(), "the readable one counts as sent");
        assert_eq!(store.requeue_unacknowledged(None).unwrap_err().code, Code::StorageFailed);
        assert_eq!(waiting(&store), ["Sales"], "kept however often it is asked for");
    }
}
