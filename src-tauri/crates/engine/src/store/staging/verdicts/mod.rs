//! What is proven of people who were not read, kept beside the read until the plan is carried out.

mod older_state;
mod waiting_links;

use super::area::Staging;
use super::tables::{DOUBTED, NOTHING_ELSE, UNDECIDED, UNPROVEN};
use crate::plan::standing::SkipReason;
use crate::store::cloud::people::{Acknowledged, read};
use crate::store::{Again, failed};
use connector_model::{Dn, Finding, FindingKind, Identity, Reason, Result};
use rusqlite::{Row, named_params, params};
use std::collections::HashSet;

/// Identities that are kept at once because several entries have them.
const SHARED: usize = 10_000;

/// What was found out about somebody who was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Gone from the directory.
    Deleted,
    /// Still there, outside the mapping, and why.
    Left(Reason),
    /// In another mapping of the account.
    Moves(String),
    /// In the mapping after all.
    Back,
    /// Seen, and neither inside nor outside; or something is seen that may be the person.
    Undecided(Reason),
    /// Deleted, elsewhere or out of sight: which of them cannot be told, and why. An administrator can.
    Unproven(Reason),
    /// The same, because the server itself may not be the right one, or not up to date: there is nothing to approve.
    Doubted(Reason),
    /// Still there, outside the mapping, as such a server says.
    DoubtedElsewhere(Reason),
}

impl Verdict {
    fn to_row(&self) -> (i64, String) {
        let json = |reason| serde_json::to_string(reason).unwrap_or_default();
        match self {
            Self::Deleted => (1, String::new()),
            Self::Left(reason) => (2, json(reason)),
            Self::Unproven(reason) => (UNPROVEN, json(reason)),
            Self::Moves(mapping) => (4, mapping.clone()),
            Self::Back => (5, String::new()),
            Self::Doubted(reason) => (DOUBTED, json(reason)),
            Self::DoubtedElsewhere(reason) => (DOUBTED + 1, json(reason)),
            Self::Undecided(reason) => (UNDECIDED, json(reason)),
        }
    }

    /// `None` where nothing is known, so that nobody is removed.
    fn from_row(number: Option<i64>, text: Option<String>) -> Option<Self> {
        let text = text.unwrap_or_default();
        let reason = || serde_json::from_str::<Reason>(&text).ok();
        match number? {
            1 => Some(Self::Deleted),
            2 => reason().map(Self::Left),
            UNPROVEN => reason().map(Self::Unproven),
            4 => Some(Self::Moves(text)),
            5 => Some(Self::Back),
            DOUBTED => reason().map(Self::Doubted),
            7 => reason().map(Self::DoubtedElsewhere),
            UNDECIDED => reason().map(Self::Undecided),
            _ => None,
        }
    }
}

pub(super) fn identity_and_dn(row: &Row<'_>) -> rusqlite::Result<(Identity, Dn)> {
    let identity = Identity::from_text(row.get_ref(0)?.as_str()?);
    Ok((identity, Dn::from_server(row.get::<_, String>(1)?)))
}

impl Staging {
    /// The next people who were not read, after an identity, with the DN that they had last.
    pub fn absent_after(&self, after: &str, limit: usize) -> Result<Vec<(Identity, Dn)>> {
        if !self.has_known() {
            return Ok(vec![]);
        }
        let sql = format!(
            "SELECT p.identity, p.dn {} AND p.identity > :after ORDER BY p.identity LIMIT :limit",
            self.absent()
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let values = named_params! {
            ":mapping": self.mapping_name(), ":after": after, ":limit": i64::try_from(limit).unwrap_or(i64::MAX)
        };
        let rows = query.query_map(values, identity_and_dn).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Identities that several entries have, or that are a user's of whom the entry has nothing else; some of them where they
    /// are very many.
    pub fn shared_identities(&self) -> Result<HashSet<Identity>> {
        let reused = if self.has_own_identifiers {
            format!("UNION SELECT s.identity {NOTHING_ELSE}")
        } else {
            String::new()
        };
        let sql = format!(
            "SELECT DISTINCT identity FROM staged WHERE unfit = ?1 {reused} LIMIT {SHARED}"
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let identity = |row: &Row<'_>| Ok(Identity::from_text(row.get_ref(0)?.as_str()?));
        let rows =
            query.query_map([SkipReason::SameIdentity.number()], identity).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Keeps verdicts.
    pub fn note_verdicts(&self, verdicts: &[(Identity, Verdict)]) -> Result<()> {
        let mut insert = self
            .connection()
            .prepare_cached("INSERT OR REPLACE INTO proofs VALUES (?1, ?2, ?3)")
            .map_err(failed)?;
        for (identity, verdict) in verdicts {
            let (number, text) = verdict.to_row();
            insert.execute(params![identity.as_str(), number, text]).map_err(failed)?;
        }
        Ok(())
    }

    /// Of whom the directory does not say whether they belong, or are enabled: how many, and some of them.
    pub fn undecided(&self) -> Result<(u64, Vec<String>)> {
        let unfit = SkipReason::Undecided.number();
        let known = if self.has_known() {
            "UNION ALL SELECT p.dn FROM proofs v CROSS JOIN main_store.people p ON p.identity = v.identity AND p.active WHERE v.verdict = ?2 AND v.text NOT LIKE '%\"may_belong_to\"%'"
        } else {
            "AND ?2 > 0"
        };
        let those = format!("SELECT dn FROM staged WHERE unfit = ?1 {known}");
        let values = params![unfit, UNDECIDED];
        let count = format!("SELECT count(*) FROM ({those})");
        let count: i64 =
            self.connection().query_row_again(&count, values, |row| row.get(0)).map_err(failed)?;
        if count == 0 {
            return Ok((0, vec![]));
        }
        let some = format!("SELECT dn FROM ({those}) ORDER BY dn LIMIT {}", Finding::EXAMPLES);
        let mut some = self.connection().prepare_cached(&some).map_err(failed)?;
        let rows = some.query_map(values, |row| row.get(0)).map_err(failed)?;
        Ok((count.unsigned_abs(), rows.collect::<rusqlite::Result<_>>().map_err(failed)?))
    }

    /// People on hold for what may be wrong with the server: why, how many, and some of them.
    pub fn doubted(&self) -> Result<Option<Finding>> {
        let of = format!(
            "FROM proofs v JOIN main_store.people p ON p.identity = v.identity AND p.active WHERE v.verdict IN ({DOUBTED}, 7)
             AND p.identity NOT IN (SELECT former FROM adoptions WHERE former IS NOT NULL)"
        );
        let (people, text): (i64, Option<String>) = self
            .connection()
            .query_row_again(&format!("SELECT count(*), min(v.text) {of}"), [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .map_err(failed)?;
        let kind = match Verdict::from_row(Some(DOUBTED), text) {
            Some(Verdict::Doubted(Reason::OtherServer)) => FindingKind::OtherServer,
            Some(Verdict::Doubted(Reason::OlderState)) => FindingKind::OlderState,
            _ => return Ok(None),
        };
        let sql = format!("SELECT p.dn {of} ORDER BY p.identity LIMIT ?1");
        let mut some = self.connection().prepare_cached(&sql).map_err(failed)?;
        let limit = i64::try_from(Finding::EXAMPLES).unwrap_or(i64::MAX);
        let examples = some
            .query_map([limit], |row| row.get(0))
            .and_then(Iterator::collect)
            .map_err(failed)?;
        Ok(Some(Finding::new(kind, people.unsigned_abs(), examples)))
    }

    /// Active people of the mapping whom the cloud has and who were not read, with what is known about them.
    pub fn for_each_absent(
        &self,
        mut visit: impl FnMut(Acknowledged, Option<Verdict>) -> Result<()>,
    ) -> Result<()> {
        if !self.has_known() {
            return Ok(());
        }
        let sql = format!(
            "SELECT p.identity, p.cloud_id, p.dn, p.person, v.verdict, v.text
             FROM (SELECT p.* {}) p LEFT JOIN proofs v ON v.identity = p.identity ORDER BY p.identity",
            self.absent()
        );
        let mut query = self.connection().prepare_cached(&sql).map_err(failed)?;
        let mut rows =
            query.query(named_params! { ":mapping": self.mapping_name() }).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            let verdict =
                Verdict::from_row(row.get(4).map_err(failed)?, row.get(5).map_err(failed)?);
            visit(read(row).map_err(failed)?, verdict)?;
        }
        Ok(())
    }
}
