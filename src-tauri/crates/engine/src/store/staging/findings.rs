//! What is odd about the people of a read, with examples.

use super::area::Staging;
use crate::plan::standing::SkipReason;
use crate::store::failed;
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
        let prepare = |sql| self.connection().prepare(sql).map_err(failed);
        let mut count = prepare("SELECT count(*) FROM staged WHERE unfit = ?1")?;
        let mut some = prepare("SELECT dn FROM staged WHERE unfit = ?1 ORDER BY rowid LIMIT ?2")?;
        for (unfit, kind) in FINDINGS {
            let people: i64 =
                count.query_row([unfit.number()], |row| row.get(0)).map_err(failed)?;
            if people > 0 {
                let limit = i64::try_from(Finding::EXAMPLES).unwrap_or(i64::MAX);
                let examples = some
                    .query_map(params![unfit.number(), limit], |row| row.get(0))
                    .and_then(Iterator::collect)
                    .map_err(failed)?;
                found.push(Finding::new(kind, people.unsigned_abs(), examples));
            }
        }
        found.extend(self.doubted()?);
        found.sort_by_key(|finding| finding.kind);
        Ok(found)
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
            self.connection().query_row(&count, [], |row| row.get(0)).map_err(failed)?;
        let some = format!("SELECT s.dn {lost} ORDER BY s.rowid LIMIT {}", Finding::EXAMPLES);
        let mut some = self.connection().prepare(&some).map_err(failed)?;
        let examples =
            some.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(failed)?;
        Ok((people > 0)
            .then(|| Finding::new(FindingKind::LostEmail, people.unsigned_abs(), examples)))
    }
}
