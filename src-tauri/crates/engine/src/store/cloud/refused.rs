//! Whom the cloud refuses, since when and why last. Somebody is in it until the cloud acknowledges them, or until an
//! import of everybody had no reason to send them.

use crate::plan::decision::Decision;
use crate::state::records::{LastRefusal, Refused, RefusedPeople};
use crate::store::{Again, Store, failed, read_json, to_json};
use connector_model::{Error, Identity, Result};
use rusqlite::{OptionalExtension, Transaction, params};

impl Store {
    /// Why the cloud refused somebody the last time; `None` where it does not refuse them.
    pub(crate) fn last_refusal(&self, identity: &Identity) -> Result<Option<LastRefusal>> {
        let found: Option<(String, String, i64)> = self
            .lock()
            .prepare_cached("SELECT user_name, error, since_ms FROM refused WHERE identity = ?1")
            .and_then(|mut query| {
                query
                    .query_row([identity.as_str()], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })
                    .optional()
            })
            .map_err(failed)?;
        let Some((user_name, error, since_ms)) = found else { return Ok(None) };
        let error = read_json(&error, "why the cloud refused somebody")?;
        Ok(Some(LastRefusal { user_name, error, since_ms }))
    }

    /// How many people of a mapping the cloud refuses, and since when.
    pub(crate) fn refused_people(&self, mapping: &str) -> Result<RefusedPeople> {
        let sql = "SELECT count(*), min(since_ms) FROM refused WHERE mapping = ?1";
        let found = self.lock().query_row_again(sql, [mapping], |row| {
            let people = row.get::<_, i64>(0)?.unsigned_abs();
            Ok(RefusedPeople { people, since_ms: row.get(1)? })
        });
        found.map_err(failed)
    }

    /// The people of a mapping whom the cloud refuses, and why most of them are; `None` where it refuses nobody.
    pub(crate) fn refused(&self, mapping: &str) -> Result<Option<Refused>> {
        let RefusedPeople { people, since_ms } = self.refused_people(mapping)?;
        let Some(since_ms) = since_ms else { return Ok(None) };
        let sql = "SELECT error FROM refused WHERE mapping = ?1 GROUP BY error ORDER BY count(*) DESC, error LIMIT 1";
        let error: String =
            self.lock().query_row_again(sql, [mapping], |row| row.get(0)).map_err(failed)?;
        let error = read_json(&error, "why the cloud refused somebody")?;
        Ok(Some(Refused { mapping: mapping.to_owned(), people, since_ms, error }))
    }

    /// An import of everybody that began at that time went through: whoever it did not send is refused no longer.
    pub(crate) fn forget_refusals(&self, mapping: &str, began_ms: i64) -> Result<()> {
        self.lock()
            .execute_again(
                "DELETE FROM refused WHERE mapping = ?1 AND at_ms < ?2",
                params![mapping, began_ms],
            )
            .map(drop)
            .map_err(failed)
    }
}

/// Notes whom the cloud refused, and why.
pub(crate) fn note(
    change: &Transaction<'_>,
    mapping: &str,
    refused: &[(&Decision, &Error)],
    now_ms: i64,
) -> Result<()> {
    let mut insert = change
        .prepare_cached(
            "INSERT INTO refused (identity, mapping, user_name, error, since_ms, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
             ON CONFLICT (identity) DO UPDATE SET mapping = ?2, user_name = ?3, error = ?4, at_ms = ?5",
        )
        .map_err(failed)?;
    for (decision, error) in refused {
        let (identity, user_name) = (decision.identity.as_str(), &decision.content.user_name);
        insert
            .execute(params![identity, mapping, user_name, to_json(error)?, now_ms])
            .map_err(failed)?;
    }
    Ok(())
}

/// The cloud acknowledged somebody.
pub(crate) fn is_over(change: &Transaction<'_>, identity: &Identity) -> rusqlite::Result<()> {
    change
        .prepare_cached("DELETE FROM refused WHERE identity = ?1")?
        .execute([identity.as_str()])
        .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::content::Content;
    use connector_model::{Change, Code, Dn, Reason};

    fn refuse(store: &Store, name: &str, why: &str, now_ms: i64) {
        let error = Error::new(Code::CloudRefused, why);
        let decision = Decision {
            identity: Identity::from_text(name),
            dn: Dn::from_server(format!("CN={name}")),
            change: Change::Create,
            reason: Reason::New,
            needs: None,
            content: Content { user_name: name.into(), ..Content::default() },
            cloud_id: None,
            former: None,
            parked: false,
        };
        let mut connection = store.lock();
        let change = connection.transaction().unwrap();
        note(&change, "Sales", &[(&decision, &error)], now_ms).unwrap();
        change.commit().unwrap();
    }

    #[test]
    fn refused_since_the_first_time_for_the_last_reason_until_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        refuse(&store, "ida", "No licence.", 10);
        refuse(&store, "ida", "Name taken.", 20);
        refuse(&store, "max", "No licence.", 20);
        let ida = store.last_refusal(&Identity::from_text("ida")).unwrap().unwrap();
        assert_eq!((ida.since_ms, ida.error.message.as_str()), (10, "Name taken."));
        let wanted = RefusedPeople { people: 2, since_ms: Some(10) };
        assert_eq!(store.refused_people("Sales").unwrap(), wanted);
        assert_eq!(store.refused_people("Support").unwrap(), RefusedPeople::default());
        refuse(&store, "max", "No licence.", 40);
        store.forget_refusals("Sales", 30).unwrap();
        assert_eq!(store.last_refusal(&Identity::from_text("ida")).unwrap(), None);
        let mut connection = store.lock();
        let change = connection.transaction().unwrap();
        is_over(&change, &Identity::from_text("max")).unwrap();
        change.commit().unwrap();
        drop(connection);
        assert_eq!(store.refused_people("Sales").unwrap().people, 0);
    }
}
