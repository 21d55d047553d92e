//! People who were missing while the server showed an older state, as a restored backup does. They stay on hold until they are
//! seen again, or until an administrator takes the directory for right: what is written there afterwards makes it no newer.

use crate::store::staging::area::Staging;
use crate::store::staging::tables::DOUBTED;
use crate::store::{Again, failed};
use connector_model::{Dn, Identity, Reason, Result};
use rusqlite::params;
use std::collections::HashSet;

impl Staging {
    /// Of these people, who was missing in an older state; nobody where the directory is taken for right.
    pub fn of_an_older_state(&self, people: &[(Identity, Dn)]) -> Result<HashSet<Identity>> {
        let mut held = HashSet::new();
        if self.takes_the_directory_for_right {
            return Ok(held);
        }
        let sql = "SELECT 1 FROM main_store.older_state WHERE mapping = ?1 AND identity = ?2";
        let mut query = self.connection().prepare_cached(sql).map_err(failed)?;
        for (identity, _) in people {
            if query.exists(params![self.mapping_name(), identity.as_str()]).map_err(failed)? {
                held.insert(identity.clone());
            }
        }
        Ok(held)
    }

    /// Remembers who is missing in an older state, and forgets who was read, or everybody where the directory is taken for right.
    pub fn note_older_state(&self) -> Result<()> {
        let gone = "DELETE FROM main_store.older_state WHERE mapping = ?1 AND (?2
            OR identity IN (SELECT s.identity FROM staged s))";
        let values = params![self.mapping_name(), self.takes_the_directory_for_right];
        self.connection().execute_again(gone, values).map_err(failed)?;
        let older = serde_json::to_string(&Reason::OlderState).unwrap_or_default();
        let missing = format!(
            "INSERT OR IGNORE INTO main_store.older_state SELECT ?1, identity FROM proofs
             WHERE verdict IN ({DOUBTED}, 7) AND text = ?2"
        );
        let values = params![self.mapping_name(), older];
        self.connection().execute_again(&missing, values).map(drop).map_err(failed)
    }
}
