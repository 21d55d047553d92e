//! Users of the cloud who come from no directory: somebody made them there by hand. A person who is one of them is linked
//! instead of created: by e-mail address, else by user name, and only where that is one user and one person.

use crate::plan::content::key;
use crate::store::{Again, Store, failed};
use connector_model::{CloudUser, Result};
use rusqlite::params;

impl Store {
    /// Takes the place of whoever was known before.
    pub(crate) fn refresh_unlinked_users(&self, users: &[CloudUser]) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        change.execute_again("DELETE FROM strangers", []).map_err(failed)?;
        {
            let mut insert = change
                .prepare_cached("INSERT OR REPLACE INTO strangers VALUES (?1, ?2, ?3, ?4)")
                .map_err(failed)?;
            for user in users.iter().filter(|user| user.identity.is_none()) {
                let email = (!user.email.is_empty()).then(|| key(&user.email));
                insert
                    .execute(params![user.cloud_id, user.user_name, key(&user.user_name), email])
                    .map_err(failed)?;
            }
        }
        change.commit().map_err(failed)
    }
}
