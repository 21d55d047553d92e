//! People of one mapping who have the same identity, user name or e-mail address: one keeps it, the others are left out.

use super::tables::GONE;
use crate::plan::standing::{Adoption, SkipReason};
use crate::store::Again;
use rusqlite::{Connection, Result};

/// Finding somebody who was read by identity.
pub(crate) const IDENTITY_INDEX: &str =
    "CREATE INDEX IF NOT EXISTS staged_identity ON staged (identity)";

/// What is unique: the column, what is said of whoever is out for it, and the column that tells who gives it up.
const KINDS: [(&str, SkipReason, &str); 2] = [
    ("user_key", SkipReason::SameUserName, "gives_name"),
    ("email_key", SkipReason::SameEmail, "gives_email"),
];

/// Who was read and is imported is sent with what they have now.
const KEEPS: &str =
    "NOT EXISTS (SELECT 1 FROM staged r WHERE r.identity = p.identity AND r.unfit = 0)";

/// What the cloud has is known, not in doubt: only then somebody holds a name. Else the cloud itself decides.
const SURE: &str = "length(p.digest) > 0";

const NOT_RELINKED: &str = "NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.former = p.identity)";

/// Marks everybody in `staged` who cannot have the name that another one has: one who was read, or, if the cloud has
/// anybody, one of another mapping than this. Without suspects nobody who was read has another one's name.
pub(crate) fn mark_duplicates(
    staging: &Connection,
    has_suspects: bool,
    mapping: Option<&str>,
) -> Result<()> {
    mark_repeated(staging)?;
    if has_suspects {
        // One look at everybody; what follows looks at few.
        staging.execute_again(
            "INSERT INTO candidates SELECT rowid FROM staged WHERE unfit = 0
             AND (user_key IN (SELECT key FROM suspects WHERE kind = 0) OR email_key IN (SELECT key FROM suspects WHERE kind = 1))",
            [],
        )?;
    }
    let elsewhere =
        "SELECT EXISTS (SELECT 1 FROM main_store.people WHERE active AND mapping <> ?1)";
    let elsewhere = match mapping {
        Some(mapping) => staging.query_row_again(elsewhere, [mapping], |row| row.get(0))?,
        None => false,
    };
    for (kind, (column, unfit, gives)) in KINDS.into_iter().enumerate() {
        // One kind after the other: who is out for a user name takes nobody's e-mail address away.
        if has_suspects && find(staging, kind, column)? > 0 {
            staging.execute_batch(IDENTITY_INDEX)?;
            mark_others(staging, kind, column, unfit)?;
        }
        if let Some(mapping) = mapping.filter(|_| elsewhere) {
            mark_held_elsewhere(staging, (column, unfit, gives), mapping)?;
        }
    }
    Ok(())
}

/// Marks everybody whose user name somebody of another mapping keeps after all; tells how many that are.
pub(crate) fn mark_kept_names(staging: &Connection, mapping: &str) -> Result<usize> {
    mark_held_elsewhere(staging, KINDS[0], mapping)
}

fn mark_held_elsewhere(
    staging: &Connection,
    (column, unfit, gives): (&str, SkipReason, &str),
    mapping: &str,
) -> Result<usize> {
    let who = format!(
        "p.mapping <> ?1 AND {KEEPS} AND NOT EXISTS
        (SELECT 1 FROM new_names n WHERE n.identity = p.identity AND n.{gives})"
    );
    mark_taken(staging, (column, unfit), &who, mapping)
}

/// Marks everybody who cannot have the name that somebody of the mapping has in the cloud who was not read, or is undecided
/// and so stays as before, as whoever may be somebody else by now does; without those whose new entry was read.
pub(crate) fn mark_names_of_absent(staging: &Connection, mapping: &str) -> Result<()> {
    let undecided = SkipReason::Undecided.number();
    let absent = format!(
        "p.mapping = ?1 AND {NOT_RELINKED} AND (NOT EXISTS
            (SELECT 1 FROM staged s WHERE s.identity = p.identity AND s.unfit <> {undecided})
            OR p.identity IN (SELECT identity FROM adoptions WHERE how = {reused}))",
        reused = Adoption::Reused.number()
    );
    let any =
        format!("SELECT EXISTS (SELECT 1 FROM main_store.people p WHERE p.active AND {absent})");
    if !staging.query_row_again(&any, [mapping], |row| row.get::<_, bool>(0))? {
        return Ok(());
    }
    for (column, unfit, _) in KINDS {
        let gone = format!(
            "{absent} AND p.identity IN (SELECT identity FROM proofs WHERE verdict IN {GONE})"
        );
        mark_taken(staging, (column, SkipReason::NameOfFormer), &gone, mapping)?;
        mark_taken(staging, (column, unfit), &absent, mapping)?;
    }
    Ok(())
}

/// Of several entries with one identity, whose user the cloud has: the entry that it was made of, else the one with its names,
/// else, where all have the same names, as an entry that moved while it was read, the first.
const OWNERS: &str = "INSERT INTO owners SELECT r.identity, coalesce(
    (SELECT min(s.rowid) FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.cloud_id <> ''
        WHERE s.identity = r.identity AND s.dn = p.dn COLLATE NOCASE),
    (SELECT min(s.rowid) FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.cloud_id <> ''
        WHERE s.identity = r.identity AND s.user_key = p.user_key AND s.email_key = p.email_key),
    (SELECT CASE WHEN count(DISTINCT s.user_key) = 1 AND count(DISTINCT s.email_key) = 1 THEN min(s.rowid) END
        FROM staged s WHERE s.identity = r.identity)) AS owner FROM repeated r";

/// Whoever has the identity of another one. It takes an account whose unique identifier is not unique, or an entry that
/// moved while it was read; both as one person would be one person too few in the cloud. Whose it is where the cloud does
/// not say, nobody guesses.
fn mark_repeated(staging: &Connection) -> Result<()> {
    let any: bool =
        staging.query_row_again("SELECT EXISTS (SELECT 1 FROM repeated)", [], |row| row.get(0))?;
    if !any {
        return Ok(());
    }
    staging.execute_batch(IDENTITY_INDEX)?;
    staging.execute_again(OWNERS, [])?;
    let owner = "(SELECT o.owner FROM owners o WHERE o.identity = staged.identity)";
    let sql = format!(
        "UPDATE staged SET unfit = {}, other = (SELECT f.dn FROM staged f WHERE f.identity = staged.identity
            AND f.rowid <> staged.rowid ORDER BY f.rowid IS NOT {owner}, f.rowid LIMIT 1)
         WHERE identity IN (SELECT identity FROM repeated) AND rowid IS NOT {owner}",
        SkipReason::SameIdentity.number()
    );
    staging.execute_again(&sql, []).map(drop)
}

/// Who keeps a name that several have: whom the cloud has with it already, else the first by identity.
fn find(staging: &Connection, kind: usize, column: &str) -> Result<usize> {
    let sql = format!(
        "INSERT INTO duplicates
         SELECT {kind}, s.{column}, coalesce(min(CASE WHEN p.identity IS NOT NULL THEN s.identity END), min(s.identity))
         FROM candidates c CROSS JOIN staged s ON s.rowid = c.at
         LEFT JOIN main_store.people p ON p.identity = s.identity AND p.active AND p.{column} = s.{column} AND {SURE}
         WHERE s.unfit = 0 AND s.{column} IN (SELECT key FROM suspects WHERE kind = {kind})
         GROUP BY s.{column} HAVING count(*) > 1"
    );
    staging.execute_again(&sql, [])
}

/// Everybody else who has such a name, with the DN of the one who keeps it.
fn mark_others(staging: &Connection, kind: usize, column: &str, unfit: SkipReason) -> Result<()> {
    let same = format!("FROM duplicates d WHERE d.kind = {kind} AND d.key = staged.{column}");
    let sql = format!(
        "UPDATE staged SET unfit = {}, other = (SELECT w.dn FROM staged w WHERE w.identity = (SELECT d.winner {same}))
         WHERE unfit = 0 AND EXISTS (SELECT 1 {same} AND d.winner <> staged.identity)",
        unfit.number()
    );
    staging.execute_again(&sql, []).map(drop)
}

/// Those whose name somebody has in the cloud who was not read; `who` says which of them counts.
fn mark_taken(
    staging: &Connection,
    (column, unfit): (&str, SkipReason),
    who: &str,
    mapping: &str,
) -> Result<usize> {
    let taken = format!(
        "FROM main_store.people p WHERE p.{column} = staged.{column} AND p.active AND p.identity <> staged.identity
         AND {SURE} AND {who}"
    );
    let sql = format!(
        "UPDATE staged SET unfit = {}, other = (SELECT p.dn {taken} LIMIT 1)
         WHERE unfit = 0 AND NOT EXISTS (SELECT 1 FROM adoptions a WHERE a.identity = staged.identity AND a.former IS NOT NULL)
         AND EXISTS (SELECT 1 {taken})",
        unfit.number()
    );
    staging.execute_again(&sql, [mapping])
}
