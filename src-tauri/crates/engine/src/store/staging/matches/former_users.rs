//! People whose entry was made anew: they have another identity than the user whom the cloud has of them, who is inactive
//! or whose old entry is gone, whichever mapping of the account it belonged to. The same user name and e-mail address are the same person where that is one user and one
//! person; where it is more, the same DN decides, and else nobody is touched.

use crate::plan::standing::{Adoption, SkipReason};
use crate::store::staging::area::Staging;
use crate::store::staging::tables::{self, GONE};
use crate::store::staging::verdicts::identity_and_dn;
use crate::store::{Again, failed};
use connector_model::{Dn, Identity, Result};
use rusqlite::named_params;

/// Somebody who was read, whom the cloud does not know, as `s`, and a user with the same names as `p`.
/// `s.unfit`: nobody, or somebody out for a name.
const SAME_NAMES: &str = "FROM staged s CROSS JOIN main_store.people p ON p.user_key = s.user_key AND p.email_key = s.email_key
    WHERE s.unfit IN (0, 5, 6) AND p.cloud_id <> '' AND NOT EXISTS
        (SELECT 1 FROM main_store.people k WHERE k.identity = s.identity AND k.cloud_id <> '')";

/// Whoever is out only for a name that the own former user has, of another mapping or of one that was removed, is not out.
const KEPT_OUT_BY_ONESELF: [&str; 2] = [
    "UPDATE pairs SET unfit = 0 WHERE unfit <> 0 AND EXISTS (SELECT 1 FROM staged s
        JOIN main_store.people p ON p.identity = pairs.former AND p.active AND p.mapping <> ?1
        WHERE s.identity = pairs.identity AND s.other = pairs.former_dn)",
    "UPDATE staged SET unfit = 0, other = NULL WHERE ?1 <> '' AND unfit IN (5, 6) AND EXISTS
        (SELECT 1 FROM pairs x WHERE x.identity = staged.identity AND x.unfit = 0)",
];

/// One user and one person, among those of whom nothing is decided yet.
const ONE_TO_ONE: &str = "NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.identity = x.identity OR a.former = x.former)
    AND NOT EXISTS (SELECT 1 FROM pairs y WHERE y.former = x.former AND y.identity <> x.identity AND y.same_dn >= x.same_dn)
    AND NOT EXISTS (SELECT 1 FROM pairs y WHERE y.identity = x.identity AND y.former <> x.former AND y.same_dn >= x.same_dn)";

impl Staging {
    /// Finds out whose entry was made anew. What is proven of those who were not read must be there before.
    pub fn match_former_users(&mut self) -> Result<()> {
        if !self.has_known() || !self.has_former_users()? {
            return Ok(());
        }
        self.pair()?;
        for sql in KEPT_OUT_BY_ONESELF {
            self.connection().execute_again(sql, [self.mapping_name()]).map_err(failed)?;
        }
        for same_dn in [true, false] {
            let relinked = Adoption::Relinked.number();
            let sql = format!(
                "INSERT INTO adoptions SELECT x.identity, x.cloud_id, {relinked}, x.former_dn, x.former FROM pairs x
                 WHERE x.unfit = 0 AND x.same_dn >= {} AND {ONE_TO_ONE}",
                i64::from(same_dn)
            );
            self.connection().execute_again(&sql, []).map_err(failed)?;
        }
        let ambiguous = format!(
            "INSERT INTO adoptions SELECT x.identity, min(x.cloud_id), {}, group_concat(x.former_dn ||
                coalesce((SELECT ' or ' || group_concat(y.dn, ' or ') FROM pairs y
                WHERE y.former = x.former AND y.identity <> x.identity), ''), ' or '), NULL
             FROM pairs x WHERE x.unfit = 0 AND NOT EXISTS
                (SELECT 1 FROM adoptions a WHERE a.identity = x.identity OR a.former = x.former)
             GROUP BY x.identity",
            Adoption::Ambiguous.number()
        );
        self.connection().execute_again(&ambiguous, []).map_err(failed)?;
        self.note_names_of_former_users()
    }

    fn has_former_users(&self) -> Result<bool> {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM main_store.people WHERE NOT active)
             OR EXISTS (SELECT 1 FROM proofs WHERE verdict IN {GONE})"
        );
        self.connection().query_row_again(&sql, [], |row| row.get(0)).map_err(failed)
    }

    fn pair(&self) -> Result<()> {
        let sql = format!(
            "INSERT INTO pairs SELECT s.identity, s.unfit, s.dn, p.identity, p.cloud_id, p.dn, p.dn = s.dn COLLATE NOCASE
             {SAME_NAMES} AND {FORMER}",
            FORMER = tables::FORMER
        );
        let of = named_params! { ":account": self.account() };
        self.connection().execute_again(&sql, of).map(drop).map_err(failed)
    }

    /// The next users, after an identity, who are inactive or of another mapping, with the user name and e-mail address of
    /// somebody whom the cloud does not know, and the DN that they had last: they may be the same person, unless their own
    /// entry is still there.
    pub fn former_after(&self, after: &str, limit: usize) -> Result<Vec<(Identity, Dn)>> {
        if !self.has_known() || !self.has_others()? {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT DISTINCT p.identity, p.dn {SAME_NAMES} AND (NOT p.active OR p.mapping <> :mapping)
             AND NOT EXISTS (SELECT 1 FROM staged r WHERE r.identity = p.identity)
             AND p.account = :account AND p.identity > :after ORDER BY p.identity LIMIT :limit"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = named_params! {
            ":account": self.account(), ":mapping": self.mapping_name(), ":after": after, ":limit": limit
        };
        let rows = query.query_map(values, identity_and_dn).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Whether the cloud has anybody inactive, or of another mapping.
    fn has_others(&self) -> Result<bool> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM main_store.people WHERE NOT active OR mapping <> ?1)";
        let others =
            self.connection().query_row_again(sql, [self.mapping_name()], |row| row.get(0));
        others.map_err(failed)
    }

    fn has_inactive(&self) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM main_store.people WHERE NOT active)";
        self.connection().query_row_again(sql, [], |row| row.get(0)).map_err(failed)
    }

    /// Leaves out who may be an inactive user of whom nothing could be found out.
    pub(crate) fn mark_names_of_unproven(&self) -> Result<()> {
        if !self.has_inactive()? {
            return Ok(());
        }
        let sql = format!(
            "UPDATE staged SET unfit = {SAME}, other = (SELECT p.dn FROM main_store.people p
                WHERE p.user_key = staged.user_key AND NOT p.active LIMIT 1)
             WHERE identity IN (SELECT s.identity {SAME_NAMES} AND s.unfit = 0 AND {INACTIVE} AND p.account = ?1
                AND NOT EXISTS (SELECT 1 FROM proofs v WHERE v.identity = p.identity))",
            SAME = SkipReason::SameUserName.number(),
            INACTIVE = tables::INACTIVE
        );
        self.connection().execute_again(&sql, [self.account()]).map(drop).map_err(failed)
    }

    /// Who is to have the user name of an inactive user without being the same person: the cloud may not allow it.
    fn note_names_of_former_users(&self) -> Result<()> {
        let sql = format!(
            "INSERT OR IGNORE INTO adoptions SELECT s.identity, '', {}, p.dn, NULL
             FROM staged s CROSS JOIN main_store.people p ON p.user_key = s.user_key
             WHERE s.unfit = 0 AND {UNKNOWN} AND {INACTIVE}
             AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.former = p.identity)",
            Adoption::NameOfFormer.number(),
            UNKNOWN = tables::UNKNOWN,
            INACTIVE = tables::INACTIVE
        );
        self.connection().execute_again(&sql, []).map(drop).map_err(failed)
    }

    /// Whose entry was made anew, in order of identity: whether the cloud has the user as active, and whether only the
    /// identifier tells that it is the same person.
    pub fn for_each_relink(&self, mut visit: impl FnMut(&str, bool, bool)) -> Result<()> {
        let sql = format!(
            "SELECT a.identity, p.active, 0 FROM adoptions a JOIN main_store.people p ON p.identity = a.former
             UNION ALL SELECT a.identity, p.active, 1 FROM adoptions a JOIN main_store.people p ON p.identity = a.identity
                JOIN staged s ON s.identity = a.identity AND s.unfit = 0 WHERE a.how = {} ORDER BY 1",
            Adoption::Reused.number()
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let mut rows = query.query([]).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let (active, in_doubt) = (row.get(1).map_err(failed)?, row.get(2).map_err(failed)?);
            let identity = row.get_ref(0).and_then(|text| Ok(text.as_str()?)).map_err(failed)?;
            visit(identity, active, in_doubt);
        }
        Ok(())
    }
}
