//! What is odd about the people of a read, with examples.

use super::area::Staging;
use crate::plan::standing::SkipReason;
use crate::store::{Again, failed};
use connector_model::{Finding, FindingKind, Result};
use rusqlite::params;

/// What is worth telling of those who are left out. That somebody is disabled is not.
const FINDINGS: [(SkipReason, FindingKind); 6] = [
    (SkipReason::NoEmail, FindingKind::MissingEmail),
    (SkipReason::NoUserName, FindingKind::MissingUserName),
    (SkipReason::SameEmail, FindingKind::DuplicateEmail),
    (SkipReason::SameUserName, FindingKind::DuplicateUserName),
    (SkipReason::SameIdentity, FindingKind::DuplicateIdentity),
    (SkipReason::Claimed, FindingKind::OtherMapping),
];

impl Staging {
    /// What is odd about the people who were read.
    pub fn findings(&self) -> Result<Vec<Finding>> {
        let mut found = vec![];
        for (kind, seen) in self.seen() {
            if seen.count > 0 {
                found.push(Finding::new(kind, seen.count, seen.dns.clone()));
            }
        }
        found.extend(self.lost_emails()?);
        for (unfit, people) in self.left_out()? {
            let Some((_, kind)) = FINDINGS.iter().find(|(reason, _)| reason.number() == unfit)
            else {
                continue;
            };
            let mut some = self
                .connection()
                .prepare_cached("SELECT dn FROM staged WHERE unfit = ?1 ORDER BY rowid LIMIT ?2")
                .map_err(failed)?;
            let limit = i64::try_from(Finding::EXAMPLES).unwrap_or(i64::MAX);
            let examples = some
                .query_map(params![unfit, limit], |row| row.get(0))
                .and_then(Iterator::collect)
                .map_err(failed)?;
            found.push(Finding::new(*kind, people, examples));
        }
        found.sort_by_key(|finding| finding.kind);
        Ok(found)
    }

    /// How many are left out for each reason: one look at everybody.
    fn left_out(&self) -> Result<Vec<(i64, u64)>> {
        let sql = "SELECT unfit, count(*) FROM staged WHERE unfit > 0 GROUP BY unfit";
        let mut query = self.connection().prepare_cached(sql).map_err(failed)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)));
        let count = |row: rusqlite::Result<(i64, i64)>| row.map(|(u, n)| (u, n.unsigned_abs()));
        rows.map_err(failed)?.map(count).collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Who has no e-mail address any more and stays in the cloud with the old one.
    fn lost_emails(&self) -> Result<Option<Finding>> {
        if !self.has_known() {
            return Ok(None);
        }
        let lost = format!(
            "FROM staged s JOIN main_store.people p ON p.identity = s.identity AND p.active WHERE s.unfit IN ({}, {})",
            SkipReason::NoEmail.number(),
            SkipReason::UnusableEmail.number()
        );
        let count = format!("SELECT count(*) {lost}");
        let people: i64 =
            self.connection().query_row_again(&count, [], |row| row.get(0)).map_err(failed)?;
        if people == 0 {
            return Ok(None);
        }
        let some = format!("SELECT s.dn {lost} ORDER BY s.rowid LIMIT {}", Finding::EXAMPLES);
        let mut some = self.connection().prepare_cached(&some).map_err(failed)?;
        let examples =
            some.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)?;
        Ok(Some(Finding::new(FindingKind::LostEmail, people.unsigned_abs(), examples)))
    }
}
