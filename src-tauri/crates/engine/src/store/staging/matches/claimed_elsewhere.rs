//! People who were read and whom the cloud has as people of a mapping of another account.

use crate::plan::standing::SkipReason;
use crate::store::failed;
use crate::store::staging::area::Staging;
use connector_model::{Dn, Identity, Result};
use rusqlite::params;

impl Staging {
    /// People who were read and whom the cloud has as people of another mapping, in order of identity. Whoever that one made
    /// inactive is among them: as it says, not as this one does. Not whoever is left to it already.
    pub(crate) fn people_of(
        &self,
        mapping: &str,
        after: &str,
        limit: usize,
    ) -> Result<Vec<(Identity, Dn)>> {
        if !self.has_known() {
            return Ok(vec![]);
        }
        // Of few who were read each is looked for, else of those whom the mapping has: they may be of quite another directory.
        let both = if self.is_partial() {
            "staged s CROSS JOIN main_store.people p"
        } else {
            "main_store.people p CROSS JOIN staged s"
        };
        let claimed = SkipReason::Claimed.number();
        let sql = format!(
            "SELECT p.identity, s.dn FROM {both} ON s.identity = p.identity
             WHERE p.mapping = ?1 AND p.identity > ?2 AND s.unfit <> {claimed} GROUP BY p.identity ORDER BY p.identity LIMIT ?3"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![mapping, after, limit], |row| {
            let dn = Dn::from_server(row.get_ref(1)?.as_str()?.to_owned());
            Ok((Identity::from_text(row.get_ref(0)?.as_str()?), dn))
        });
        rows.and_then(Iterator::collect).map_err(failed)
    }

    /// Leaves people who were read to a mapping that comes first.
    pub(crate) fn leave_to(&self, identities: &[Identity], mapping: &str) -> Result<()> {
        let sql = "UPDATE staged SET unfit = ?1, other = ?2 WHERE identity = ?3";
        let mut update = self.connection().prepare_cached(sql).map_err(failed)?;
        for identity in identities {
            update
                .execute(params![SkipReason::Claimed.number(), mapping, identity.as_str()])
                .map_err(failed)?;
        }
        Ok(())
    }
}
