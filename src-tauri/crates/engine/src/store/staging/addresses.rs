//! Which of several e-mail addresses goes to the cloud. Their order means nothing (RFC 4511, 4.1.7), so an address that
//! the cloud has already stays while it is among them.

use super::area::Staging;
use crate::plan::content::{key, prefer_email, user_name};
use crate::store::failed;
use connector_model::{Person, Result};
use rusqlite::{ToSql, params};

impl Staging {
    /// The address that the cloud has of the person, as far as it is among the person's.
    fn known_email(&self, person: &Person) -> Result<Option<i64>> {
        self.kept_email("identity = ?1", person.identity.as_str(), person)
    }

    /// The same of a user with the person's user name: their entry may be made anew.
    fn former_email(&self, person: &Person) -> Result<Option<i64>> {
        let name = user_name(person, self.name_from()).unwrap_or_default();
        self.kept_email("user_key = ?1", key(name), person)
    }

    /// An address of users, as far as it is among the person's. One that was sent without a sure answer is not kept where
    /// somebody else has it for sure: else whoever has a free one as well would be left out for it for ever.
    fn kept_email(&self, who: &str, value: impl ToSql, person: &Person) -> Result<Option<i64>> {
        let sql = format!(
            "SELECT email_key FROM main_store.people p WHERE {who} AND (length(digest) > 0 OR NOT EXISTS
             (SELECT 1 FROM main_store.people o WHERE o.email_key = p.email_key AND o.active AND length(o.digest) > 0
              AND o.identity <> p.identity))"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let keys = query.query_map([value], |row| row.get(0)).map_err(failed)?;
        let keys: Vec<i64> = keys.collect::<rusqlite::Result<_>>().map_err(failed)?;
        Ok(keys.into_iter().find(|known| person.emails().any(|email| key(email) == *known)))
    }

    /// The address that the cloud has of the person, or of their former entry; else that of a user there who comes from no
    /// directory, who is the person then; else the first that nobody else has there.
    pub(super) fn choose_email(&self, person: &mut Person) -> Result<()> {
        let kept = match self.known_email(person)? {
            Some(known) => Some(known),
            None => self.former_email(person)?,
        };
        if let Some(kept) = kept {
            prefer_email(person, |email| key(email) == kept);
            return Ok(());
        }
        let connection = self.connection();
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
