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
        let (count, examples) = self.odd();
        if *count > 0 {
            found.push(Finding::new(FindingKind::OddCharacters, *count, examples.clone()));
        }
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
        found.sort_by_key(|finding| finding.kind);
        Ok(found)
    }
}
