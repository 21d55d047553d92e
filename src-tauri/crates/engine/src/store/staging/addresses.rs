//! Which of several e-mail addresses goes to the cloud. Their order means nothing (RFC 4511, 4.1.7), so an address that
//! the cloud has already stays while it is among them.

use super::area::Staging;
use crate::plan::content::{key, prefer_email, user_name};
use crate::store::cloud::people::read;
use crate::store::failed;
use connector_model::{Person, Result};
use rusqlite::{OptionalExtension, params};

impl Staging {
    /// The address of a user with the person's user name, as far as it is among the person's: their entry may be made anew.
    fn former_email(&self, person: &Person) -> Result<Option<i64>> {
        let name = user_name(person, self.name_from()).unwrap_or_default();
        let mut query = self
            .connection()
            .prepare_cached("SELECT email_key FROM main_store.people WHERE user_key = ?1")
            .map_err(failed)?;
        let keys = query.query_map([key(name)], |row| row.get(0)).map_err(failed)?;
        let keys: Vec<i64> = keys.collect::<rusqlite::Result<_>>().map_err(failed)?;
        Ok(keys.into_iter().find(|known| person.emails().any(|email| key(email) == *known)))
    }

    /// The address that the cloud has of the person, or of their former entry; else that of a user there who comes from no directory, who is the
    /// person then; else the first that nobody else has there.
    pub(super) fn choose_email(&self, person: &mut Person) -> Result<()> {
        let connection = self.connection();
        let known = connection
            .prepare_cached(
                "SELECT identity, cloud_id, dn, person FROM main_store.people WHERE identity = ?1",
            )
            .and_then(|mut query| query.query_row([person.identity.as_str()], read).optional())
            .map_err(failed)?;
        if let Some(known) = known {
            let kept = key(&known.content.email);
            if prefer_email(person, |email| key(email) == kept) {
                return Ok(());
            }
        }
        if let Some(former) = self.former_email(person)? {
            prefer_email(person, |email| key(email) == former);
            return Ok(());
        }
        let mut unlinked = connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM main_store.strangers WHERE email_key = ?1)",
            )
            .map_err(failed)?;
        let mut taken = connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM main_store.people WHERE email_key = ?1 AND active AND identity <> ?2)",
            )
            .map_err(failed)?;
        let (mut link, mut free) = (None, None);
        for (at, email) in person.emails().enumerate() {
            let key = key(email);
            if unlinked.query_row([key], |row| row.get(0)).map_err(failed)? {
                link = link.or(Some(at));
            }
            let others = params![key, person.identity.as_str()];
            if !taken.query_row(others, |row| row.get::<_, bool>(0)).map_err(failed)? {
                free = free.or(Some(at));
            }
        }
        let best = link.or(free);
        let mut at = 0;
        prefer_email(person, |_| {
            at += 1;
            best == Some(at - 1)
        });
        Ok(())
    }
}
