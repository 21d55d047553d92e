//! Names that people of other mappings have and give up, and who of this one has to wait for that.

use super::area::Staging;
use super::duplicates;
use crate::plan::standing::SkipReason;
use crate::store::{Again, failed};
use connector_model::{Identity, Result};
use rusqlite::params;

/// What somebody of another mapping is to have in the cloud.
pub(crate) struct NewNames {
    pub identity: Identity,
    pub user_key: i64,
    pub email_keys: Vec<i64>,
}

/// Whoever wants the user name of one of them waits until that one was imported, and so on. Whose own name one of them wants
/// is parked under a temporary name meanwhile, so that nobody waits for ever; and so is whoever has a name in the cloud that
/// is not known for sure.
const WAITING: &str = "
    INSERT OR IGNORE INTO waiting
    WITH RECURSIVE wants (identity, holder) AS MATERIALIZED (
        SELECT s.identity, p.identity FROM staged s CROSS JOIN main_store.people p ON p.user_key = s.user_key
        WHERE s.unfit = 0 AND p.identity <> s.identity AND p.active),
    line (identity, holder) AS (
        SELECT w.identity, w.holder FROM wants w JOIN new_names n ON n.identity = w.holder AND n.gives_name
        UNION SELECT w.identity, w.holder FROM wants w JOIN line ON w.holder = line.identity)
    SELECT identity, holder, EXISTS (SELECT 1 FROM main_store.people k WHERE k.identity = line.identity AND k.active
        AND k.user_key <> 0 AND (length(k.digest) = 0 OR k.user_key IN (SELECT user_key FROM new_names WHERE gives_name))) FROM line";
const PARKED: &str = "INSERT OR IGNORE INTO turns SELECT identity, 0, 1 FROM waiting WHERE parked";

/// Who keeps their user name all the same: somebody else has the one that they are to have, and keeps it.
const KEPT: &str = "
    UPDATE new_names SET gives_name = 0 WHERE gives_name AND EXISTS
        (SELECT 1 FROM main_store.people p WHERE p.user_key = new_names.user_key AND p.active AND length(p.digest) > 0
        AND p.identity <> new_names.identity
        AND (EXISTS (SELECT 1 FROM new_names n WHERE n.identity = p.identity AND NOT n.gives_name)
            OR EXISTS (SELECT 1 FROM staged s WHERE s.identity = p.identity AND s.unfit = 0 AND s.user_key = p.user_key)))";

/// Who keeps it because whoever has the name that they are to have was read and is left out, and so keeps it in turn.
const KEPT_BY_LEFT_OUT: &str = "
    UPDATE new_names SET gives_name = 0 WHERE gives_name AND EXISTS
        (SELECT 1 FROM main_store.people p JOIN staged s ON s.identity = p.identity AND s.unfit NOT IN (0, ?1)
        WHERE p.user_key = new_names.user_key AND p.active AND length(p.digest) > 0 AND p.identity <> new_names.identity)";

/// Who gives nothing up that the cloud is known to have: never acknowledged, and left out by the newest import of their mapping.
/// Whether the cloud has the name, it says itself.
const LEFT_OUT_THERE: &str = "
    UPDATE new_names SET gives_name = 0 WHERE gives_name AND EXISTS
        (SELECT 1 FROM main_store.people p
        JOIN main_store.imports r ON r.id = (SELECT max(n.id) FROM main_store.imports n
            WHERE n.mapping = p.mapping AND n.kind = 'full' AND n.record IS NOT NULL)
        JOIN main_store.imported i ON i.place BETWEEN r.id << 32 AND ((r.id + 1) << 32) - 1 AND i.identity = p.identity
        WHERE p.identity = new_names.identity AND p.active AND length(p.digest) = 0 AND i.change = 'skip')";

/// Whether somebody else has that address, which the person has not, and is not seen to give it up.
const TAKEN_EMAIL: &str = "SELECT EXISTS (SELECT 1 FROM main_store.people p WHERE p.email_key = ?1 AND p.active
    AND length(p.digest) > 0 AND p.identity <> ?2
    AND NOT EXISTS (SELECT 1 FROM main_store.people k WHERE k.identity = ?2 AND k.email_key = ?1 AND length(k.digest) > 0)
    AND NOT EXISTS (SELECT 1 FROM staged s WHERE s.identity = p.identity AND s.unfit = 0 AND s.email_key <> p.email_key)
    AND NOT EXISTS (SELECT 1 FROM new_names n WHERE n.identity = p.identity AND n.gives_email))";

impl Staging {
    /// Active people who are not imported now and have a user name or an e-mail address in the cloud that somebody wants who
    /// was read, or (`further`) a user name that one of those who were looked up is to have: they may be another mapping's.
    pub fn names_held_elsewhere(&self, further: bool) -> Result<Vec<Identity>> {
        if !self.has_known() {
            return Ok(vec![]);
        }
        let wanted = if further {
            "new_names s CROSS JOIN main_store.people p ON p.user_key = s.user_key WHERE s.gives_name"
        } else {
            "staged s CROSS JOIN main_store.people p ON (p.user_key = s.user_key OR p.email_key = s.email_key)
             WHERE s.unfit = 0"
        };
        let sql = format!(
            "SELECT DISTINCT p.identity FROM {wanted} AND p.active AND p.identity <> s.identity
             AND NOT EXISTS (SELECT 1 FROM staged r WHERE r.identity = p.identity AND r.unfit = 0)
             AND NOT EXISTS (SELECT 1 FROM new_names n WHERE n.identity = p.identity) LIMIT 10000"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let identity = |row: &rusqlite::Row<'_>| Ok(Identity::from_text(row.get_ref(0)?.as_str()?));
        let rows = query.query_map([], identity).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Keeps what these people of other mappings are to have; of whom nothing is known, that they keep what they have.
    pub fn note_new_names(&self, asked: &[Identity], new: &[NewNames]) -> Result<()> {
        let mut known = self
            .connection()
            .prepare_cached("SELECT user_key, email_key FROM main_store.people WHERE identity = ?1")
            .map_err(failed)?;
        let mut insert = self
            .connection()
            .prepare_cached("INSERT OR IGNORE INTO new_names VALUES (?1, ?2, ?3, ?4)")
            .map_err(failed)?;
        for NewNames { identity, user_key, email_keys } in new {
            let has = known.query_row([identity.as_str()], |row| Ok((row.get(0)?, row.get(1)?)));
            let (name, email): (i64, i64) = has.map_err(failed)?;
            let gives = (name != *user_key, !email_keys.contains(&email));
            insert
                .execute(params![identity.as_str(), user_key, gives.0, gives.1])
                .map_err(failed)?;
        }
        for identity in asked {
            insert.execute(params![identity.as_str(), 0, false, false]).map_err(failed)?;
        }
        self.note_left_out_for_email(new)
    }

    /// Who is left out, because every address that they are to have is another one's, keeps the user name.
    fn note_left_out_for_email(&self, new: &[NewNames]) -> Result<()> {
        let mut taken = self.connection().prepare_cached(TAKEN_EMAIL).map_err(failed)?;
        let mut keeps = self
            .connection()
            .prepare_cached("UPDATE new_names SET gives_name = 0 WHERE identity = ?1")
            .map_err(failed)?;
        for NewNames { identity, email_keys, .. } in new {
            let mut left_out = true;
            for email in email_keys {
                let of = params![email, identity.as_str()];
                left_out &= taken.query_row(of, |row| row.get::<_, bool>(0)).map_err(failed)?;
            }
            if left_out {
                keeps.execute([identity.as_str()]).map_err(failed)?;
            }
        }
        Ok(())
    }

    /// Finds out who of other mappings keeps the user name although the directory has another one.
    pub fn find_kept_names(&self) -> Result<()> {
        let mut kept = self.connection().prepare_cached(KEPT).map_err(failed)?;
        while kept.execute([]).map_err(failed)? > 0 {}
        Ok(())
    }

    /// Nobody waits for a name that is not given up: whoever is left out keeps theirs, and with it whoever is to have that one.
    fn find_names_kept_by_left_out(&self) -> Result<()> {
        // The rows of imports never stand in the way of an import.
        if let Err(unread) = self.connection().execute_again(LEFT_OUT_THERE, []) {
            tracing::error!(error = %unread, "who was left out elsewhere is not known");
        }
        let claimed = SkipReason::Claimed.number();
        while self.connection().execute_again(KEPT_BY_LEFT_OUT, [claimed]).map_err(failed)? > 0 {
            self.find_kept_names()?;
            duplicates::mark_kept_names(self.connection(), self.mapping_name()).map_err(failed)?;
        }
        Ok(())
    }

    /// Finds out who has to wait for people of other mappings.
    pub(super) fn find_waiting(&self) -> Result<()> {
        let any = "SELECT EXISTS (SELECT 1 FROM new_names WHERE gives_name)";
        if !self
            .connection()
            .query_row_again(any, [], |row| row.get::<_, bool>(0))
            .map_err(failed)?
        {
            return Ok(());
        }
        self.find_names_kept_by_left_out()?;
        self.connection().execute_again(WAITING, []).map_err(failed)?;
        self.connection().execute_again(PARKED, []).map_err(failed)?;
        let sql = "UPDATE staged SET unfit = ?1, other = (SELECT p.dn FROM waiting w
                JOIN main_store.people p ON p.identity = w.holder WHERE w.identity = staged.identity)
            WHERE identity IN (SELECT identity FROM waiting WHERE NOT parked)";
        let unfit = SkipReason::SameUserName.number();
        self.connection().execute_again(sql, [unfit]).map(drop).map_err(failed)
    }
}
