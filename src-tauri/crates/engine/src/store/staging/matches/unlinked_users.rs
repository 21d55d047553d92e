//! Who of those to be created is in the cloud already, under a user whom somebody made there by hand: matched by e-mail
//! address, else by user name, and only where that is one user and one person.

use crate::plan::standing::Adoption;
use crate::store::staging::area::Staging;
use crate::store::{Again, failed};
use connector_model::Result;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet};

/// A user of the cloud who may be a person who was read.
struct Candidate {
    cloud_id: String,
    user_name: String,
    by_email: bool,
}

impl Staging {
    /// Finds out who of those to be created is in the cloud already.
    pub fn match_unlinked_users(&self) -> Result<()> {
        let any = "SELECT EXISTS (SELECT 1 FROM main_store.strangers)";
        let any: bool =
            self.connection().query_row_again(any, [], |row| row.get(0)).map_err(failed)?;
        if !any {
            return Ok(());
        }
        let candidates = self.candidates()?;
        let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for ((identity, _), those) in &candidates {
            for candidate in those {
                wanted.entry(&candidate.cloud_id).or_default().insert(identity);
            }
        }
        let names: BTreeMap<&str, &str> =
            candidates.keys().map(|(identity, dn)| (identity.as_str(), dn.as_str())).collect();
        let mut insert = self
            .connection()
            .prepare_cached("INSERT OR IGNORE INTO adoptions VALUES (?1, ?2, ?3, ?4, NULL)")
            .map_err(failed)?;
        for ((identity, _), those) in &candidates {
            // An e-mail address says more than a user name, but not when the name is another user's.
            let rivals: Vec<&str> = wanted[those[0].cloud_id.as_str()]
                .iter()
                .filter(|rival| **rival != identity.as_str())
                .filter_map(|rival| names.get(rival).copied())
                .collect();
            let (how, other) = match &those[..] {
                [one] if rivals.is_empty() && one.by_email => {
                    (Adoption::ByEmail, one.user_name.clone())
                }
                [one] if rivals.is_empty() => (Adoption::ByUserName, one.user_name.clone()),
                [one] => {
                    (Adoption::Ambiguous, format!("{} or {}", one.user_name, rivals.join(" or ")))
                }
                several => {
                    let names: Vec<&str> = several.iter().map(|c| c.user_name.as_str()).collect();
                    (Adoption::Ambiguous, names.join(" or "))
                }
            };
            insert
                .execute(params![identity, those[0].cloud_id, how.number(), other])
                .map_err(failed)?;
        }
        Ok(())
    }

    /// By identity and DN of the person.
    fn candidates(&self) -> Result<BTreeMap<(String, String), Vec<Candidate>>> {
        let select = "SELECT s.identity, s.dn, t.cloud_id, t.user_name";
        let new = "s.unfit = 0 AND NOT EXISTS (SELECT 1 FROM main_store.people p WHERE p.identity = s.identity)
             AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.identity = s.identity) AND t.cloud_id NOT IN (SELECT cloud_id FROM main_store.people)";
        let sql = format!(
            "{select}, 1 FROM staged s CROSS JOIN main_store.strangers t ON t.email_key = s.email_key WHERE {new}
             UNION ALL
             {select}, 0 FROM staged s CROSS JOIN main_store.strangers t ON t.user_key = s.user_key
             WHERE {new} AND t.email_key IS NOT s.email_key"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        let mut found: BTreeMap<(String, String), Vec<Candidate>> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(failed)? {
            let read = || {
                let person = (row.get(0)?, row.get(1)?);
                let (cloud_id, user_name) = (row.get(2)?, row.get(3)?);
                Ok((person, Candidate { cloud_id, user_name, by_email: row.get(4)? }))
            };
            let (person, candidate) = read().map_err(failed)?;
            found.entry(person).or_default().push(candidate);
        }
        Ok(found)
    }
}
