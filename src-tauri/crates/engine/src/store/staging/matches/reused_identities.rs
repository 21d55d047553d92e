//! People who have the identifier of a user of the cloud and nothing else of theirs. Where administrators give identifiers, such
//! as employee numbers, that may be somebody else: nobody takes over a user without an approval.

use crate::plan::standing::Adoption;
use crate::store::staging::area::Staging;
use crate::store::staging::tables::NOTHING_ELSE;
use crate::store::{Again, failed};
use connector_model::Result;

impl Staging {
    /// Finds them. Those who are left out for another reason are not looked at.
    pub(crate) fn match_reused_identities(&self) -> Result<()> {
        if !self.has_known() || !self.has_own_identifiers {
            return Ok(());
        }
        let sql = format!(
            "INSERT INTO adoptions SELECT s.identity, p.cloud_id, {}, p.dn, NULL
             {NOTHING_ELSE} AND s.unfit = 0",
            Adoption::Reused.number()
        );
        self.connection().execute_again(&sql, []).map(drop).map_err(failed)
    }
}
