//! People who have the identifier of a user of the cloud and nothing else of theirs. Where administrators give identifiers, such
//! as employee numbers, that may be somebody else: nobody takes over a user without an approval.

use crate::plan::standing::Adoption;
use crate::store::staging::area::Staging;
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
             FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.cloud_id <> ''
             WHERE s.unfit = 0 AND p.dn <> s.dn COLLATE NOCASE AND p.user_key <> s.user_key AND p.email_key <> s.email_key",
            Adoption::Reused.number()
        );
        self.connection().execute_again(&sql, []).map(drop).map_err(failed)
    }
}
