//! People of one mapping who have the same user name or e-mail address: one keeps it, the others are left out.

use super::staging::Unfit;
use rusqlite::{Connection, Result};

/// Finding somebody who was read by identity.
pub(crate) const IDENTITY_INDEX: &str =
    "CREATE INDEX IF NOT EXISTS staged_identity ON staged (identity)";

const KINDS: [(&str, Unfit); 2] =
    [("user_key", Unfit::SameUserName), ("email_key", Unfit::SameEmail)];

/// Names that came by. Of a fixed size, so that it takes a few strangers for acquaintances, and never the reverse.
pub(crate) struct Names {
    bits: [Vec<u64>; KINDS.len()],
}

/// 4 MiB for each kind: of a million people about 1.5 % are looked at again in the end.
const BITS: u64 = 1 << 25;

impl Names {
    pub fn new() -> Self {
        Self { bits: KINDS.map(|_| vec![0; (BITS / 64) as usize]) }
    }

    /// Notes a person's keys, one of each kind; says of which somebody may have had the same before.
    pub fn note(&mut self, keys: [i64; KINDS.len()]) -> [bool; KINDS.len()] {
        let mut seen = [false; KINDS.len()];
        for ((bits, key), seen) in self.bits.iter_mut().zip(keys).zip(&mut seen) {
            let at = key.cast_unsigned() % BITS;
            let (word, bit) = (&mut bits[(at / 64) as usize], 1 << (at % 64));
            *seen = *word & bit != 0;
            *word |= bit;
        }
        seen
    }
}

/// Marks everybody in `staged` who cannot have the name that another one has.
pub(crate) fn mark(staging: &Connection, mapping: &str, has_known: bool) -> Result<()> {
    for (kind, (column, unfit)) in KINDS.into_iter().enumerate() {
        // One kind after the other: who is out for a user name takes nobody's e-mail address away.
        if find(staging, kind, column)? > 0 {
            staging.execute_batch(IDENTITY_INDEX)?;
            mark_others(staging, kind, column, unfit)?;
        }
        if has_known {
            mark_taken(staging, mapping, column, unfit)?;
        }
    }
    Ok(())
}

/// Who keeps a name that several have: whom the cloud has with it already, else the first by identity.
fn find(staging: &Connection, kind: usize, column: &str) -> Result<usize> {
    let sql = format!(
        "INSERT INTO duplicates
         SELECT {kind}, s.{column}, coalesce(min(CASE WHEN p.identity IS NOT NULL THEN s.identity END), min(s.identity))
         FROM staged s LEFT JOIN main_store.people p ON p.identity = s.identity AND p.active AND p.{column} = s.{column}
         WHERE s.unfit = 0 AND s.{column} IN (SELECT key FROM suspects WHERE kind = {kind})
         GROUP BY s.{column} HAVING count(*) > 1"
    );
    staging.execute(&sql, [])
}

/// Everybody else who has such a name, with the DN of the one who keeps it.
fn mark_others(staging: &Connection, kind: usize, column: &str, unfit: Unfit) -> Result<()> {
    let same = format!("FROM duplicates d WHERE d.kind = {kind} AND d.key = staged.{column}");
    let sql = format!(
        "UPDATE staged SET unfit = {}, other = (SELECT w.dn FROM staged w WHERE w.identity = (SELECT d.winner {same}))
         WHERE unfit = 0 AND EXISTS (SELECT 1 {same} AND d.winner <> staged.identity)",
        unfit.number()
    );
    staging.execute_batch(&sql)
}

/// Those whose name somebody of another mapping has in the cloud.
fn mark_taken(staging: &Connection, mapping: &str, column: &str, unfit: Unfit) -> Result<()> {
    let taken = format!(
        "FROM main_store.people p WHERE p.{column} = staged.{column} AND p.active AND p.identity <> staged.identity
         AND p.mapping <> ?1"
    );
    let sql = format!(
        "UPDATE staged SET unfit = {}, other = (SELECT p.dn {taken} LIMIT 1)
         WHERE unfit = 0 AND EXISTS (SELECT 1 FROM main_store.people WHERE active AND mapping <> ?1)
         AND EXISTS (SELECT 1 {taken})",
        unfit.number()
    );
    staging.execute(&sql, [mapping]).map(drop)
}
