//! Who has to wait for whom: a user name is given up before somebody else takes it. Where people exchange names in a
//! circle, one of them gives its name up for a temporary one first.

use super::area::Staging;
use crate::store::{Again, failed};
use connector_model::{Identity, Result};
use rusqlite::{OptionalExtension, params};

/// Who takes the user name that somebody else has in the cloud and gives up in the same import. In this order of tables: each
/// is looked up in the index of the next, where SQLite would rather compare everybody with everybody.
const TAKES: &str = "SELECT s.identity, p.identity FROM staged s CROSS JOIN main_store.people p ON p.user_key = s.user_key
    CROSS JOIN staged g ON g.identity = p.identity
    WHERE s.unfit = 0 AND p.identity <> s.identity AND g.unfit = 0 AND g.user_key <> s.user_key
    AND NOT EXISTS (SELECT 1 FROM turns d WHERE d.identity = s.identity)";

/// The first of each chain waits for somebody who waits for nobody; then one after the other.
const CHAINS: &str = "INSERT OR IGNORE INTO turns
    WITH RECURSIVE line (identity, turn) AS (
        SELECT identity, 1 FROM takes WHERE holder NOT IN (SELECT identity FROM takes)
        UNION ALL SELECT t.identity, line.turn + 1 FROM line JOIN takes t ON t.holder = line.identity)
    SELECT identity, turn, 0 FROM line";

/// A circle, from whoever waits for `?1` around to `?1`, who has a temporary name meanwhile.
const CIRCLE: &str = "INSERT OR IGNORE INTO turns
    WITH RECURSIVE line (identity, turn) AS (
        SELECT identity, 1 FROM takes WHERE holder = ?1
        UNION ALL SELECT t.identity, line.turn + 1 FROM line JOIN takes t ON t.holder = line.identity
        WHERE line.identity <> ?1)
    SELECT identity, turn, identity = ?1 FROM line";

/// Whose name in the cloud is not known for sure, after a change without an answer, may have one that somebody else wants: it
/// is given up first, and the right one comes last, or when its turn is. Who is to have the name that was known keeps it,
/// unless the cloud refused that. Whom the cloud has not has none (`user_key` 0).
const UNSURE: &str = "INSERT INTO turns
    SELECT s.identity, (SELECT coalesce(max(turn), 0) + 1 FROM turns), 1 FROM main_store.people p
    JOIN staged s ON s.identity = p.identity
    WHERE p.active AND length(p.digest) = 0 AND p.cloud_id <> '' AND p.user_key <> 0 AND s.unfit = 0
    AND (s.user_key <> p.user_key OR s.identity IN (SELECT identity FROM turns)
        OR EXISTS (SELECT 1 FROM main_store.refused r WHERE r.identity = s.identity))
    ON CONFLICT (identity) DO UPDATE SET parked = 1";

impl Staging {
    /// Finds out who has to wait for whom. Everybody else's turn is 0.
    pub fn find_turns(&mut self) -> Result<()> {
        if !self.has_known() {
            return Ok(());
        }
        self.find_waiting()?;
        let run = |sql: &str| self.connection().execute_again(sql, []).map_err(failed);
        let any = format!("SELECT EXISTS ({TAKES})");
        if self.connection().query_row_again(&any, [], |row| row.get(0)).map_err(failed)? {
            run(&format!("INSERT OR IGNORE INTO takes {TAKES}"))?;
            run(CHAINS)?;
            while let Some(first) = self.in_a_circle()? {
                // Nobody waits for somebody who waits for a circle: names are unique. Should it be so, it ends here all the same.
                if self.connection().execute_again(CIRCLE, params![first]).map_err(failed)? == 0 {
                    break;
                }
            }
        }
        self.connection().execute_again(UNSURE, []).map_err(failed)?;
        // Whoever is only parked has no turn after the first.
        let last = "SELECT coalesce(max(max(turn, parked)), 0) FROM turns";
        let last: i64 =
            self.connection().query_row_again(last, [], |row| row.get(0)).map_err(failed)?;
        self.set_last_turn(u32::try_from(last).unwrap_or(u32::MAX));
        Ok(())
    }

    fn in_a_circle(&self) -> Result<Option<String>> {
        let sql = "SELECT t.identity FROM takes t WHERE NOT EXISTS
            (SELECT 1 FROM turns d WHERE d.identity = t.identity) ORDER BY 1 LIMIT 1";
        self.connection().query_row_again(sql, [], |row| row.get(0)).optional().map_err(failed)
    }

    /// Active people of the mapping, not looked at yet, who have the user name or e-mail address of somebody who was read.
    pub fn holders(&self) -> Result<Vec<Identity>> {
        let sql = "SELECT DISTINCT p.identity FROM staged s CROSS JOIN main_store.people p
            ON (p.user_key = s.user_key OR p.email_key = s.email_key)
            WHERE s.unfit = 0 AND p.active AND p.mapping = ?1 AND p.identity <> s.identity
            AND NOT EXISTS (SELECT 1 FROM only_these o WHERE o.identity = p.identity) LIMIT 1000";
        let mut query = self.connection().prepare_cached(sql).map_err(failed)?;
        let rows = query
            .query_map([self.mapping_name()], |row| {
                Ok(Identity::from_text(row.get_ref(0)?.as_str()?))
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}
