//! Counts by the hour, which outlive the journal: a few numbers for charts.

use crate::state::import_rows::RunGroup;
use crate::state::records::ImportRecord;
use crate::state::told::{ImportCounts, SignInHour};
use crate::store::{Again, Store, failed};
use connector_model::{Change, Result, SignInOutcome};
use rusqlite::{Connection, params};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

const HOUR_MS: i64 = 3_600_000;
/// Hours that are kept of imports, and of sign-ins: 400 and 40 days.
const IMPORTS: i64 = 400 * 24;
const SIGN_INS: i64 = 40 * 24;

/// Adds an import up. Who is left out or refused is so at every import: of those the last one of an hour counts.
pub(crate) fn add_import(
    connection: &Connection,
    record: &ImportRecord,
    groups: &[RunGroup],
) -> Result<()> {
    let hour = record.finished_ms.div_euclid(HOUR_MS);
    let taken = |changes: [Change; 2]| -> u64 {
        let meant = groups.iter().filter(|group| changes.contains(&group.change));
        meant.map(|group| group.people - group.refused).sum()
    };
    let [added, updated, deactivated, skipped, refused] = [
        taken([Change::Create, Change::Adopt]),
        taken([Change::Update, Change::Reactivate]),
        taken([Change::Preserve; 2]),
        record.counts.skip,
        record.refused,
    ]
    .map(u64::cast_signed);
    connection
        .execute_again(
            "INSERT INTO import_hours (hour, mapping, imports, added, updated, deactivated, skipped, refused)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (hour, mapping) DO UPDATE SET imports = imports + 1, added = added + ?3, updated = updated + ?4,
                 deactivated = deactivated + ?5, skipped = ?6, refused = ?7",
            params![hour, record.mapping, added, updated, deactivated, skipped, refused],
        )
        .map_err(failed)?;
    keep_newest(connection, "import_hours", IMPORTS, hour)?;
    keep_newest(connection, "sign_in_hours", SIGN_INS, hour)
}

/// Lets go of what is older than so many hours, and not among so many hours that were seen: a clock that is wrong for once makes
/// nothing old.
fn keep_newest(connection: &Connection, table: &str, hours: i64, now: i64) -> Result<()> {
    let sql = format!(
        "DELETE FROM {table} WHERE hour < ?1 AND hour NOT IN (SELECT DISTINCT hour FROM {table} ORDER BY hour DESC LIMIT ?2)"
    );
    connection.execute_again(&sql, [now - hours, hours]).map(drop).map_err(failed)
}

/// Adds an entry of the journal up, where it is a sign-in.
pub(crate) fn add_entry(
    connection: &Connection,
    kind: &str,
    at_ms: i64,
    detail: &Value,
) -> Result<()> {
    if kind != "sign_in" {
        return Ok(());
    }
    let outcome = detail["outcome"].as_str().unwrap_or_default();
    let took = class_of(detail["milliseconds"].as_f64().unwrap_or_default());
    connection
        .prepare_cached(
            "INSERT INTO sign_in_hours (hour, outcome, took, count) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (hour, outcome, took) DO UPDATE SET count = count + 1",
        )
        .and_then(|mut add| {
            add.execute(params![at_ms.div_euclid(HOUR_MS), outcome, took.cast_signed()])
        })
        .map(drop)
        .map_err(failed)
}

/// The upper end of the class of a duration: 1, 2, 3, 4, 6, 8, 12, 16, … milliseconds.
fn class_of(ms: f64) -> u64 {
    let took = Duration::try_from_secs_f64(ms / 1000.0).unwrap_or(Duration::MAX);
    let mut end = 1;
    while end < 1 << 20 {
        for class in [end, end + end / 2] {
            if took <= Duration::from_millis(class) {
                return class;
            }
        }
        end *= 2;
    }
    end
}

impl Store {
    /// What imports did from that moment on: by mapping and hour, the oldest first.
    pub(crate) fn import_hours(&self, from_ms: i64) -> Result<Vec<(String, ImportCounts)>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(
                "SELECT mapping, hour, imports, added, updated, deactivated, skipped, refused FROM import_hours
                 WHERE hour >= ?1 ORDER BY hour, mapping",
            )
            .map_err(failed)?;
        let rows = query
            .query_map([from_ms.div_euclid(HOUR_MS)], |row| {
                let n = |at: usize| row.get::<_, i64>(at).map(i64::unsigned_abs);
                let counts = ImportCounts {
                    at_ms: row.get::<_, i64>(1)? * HOUR_MS,
                    imports: n(2)?,
                    added: n(3)?,
                    updated: n(4)?,
                    deactivated: n(5)?,
                    skipped: n(6)?,
                    refused: n(7)?,
                };
                Ok((row.get(0)?, counts))
            })
            .map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }

    /// Sign-ins from that moment on, hour by hour; hours without any are left out.
    pub(crate) fn sign_in_hours(&self, from_ms: i64) -> Result<Vec<SignInHour>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(
                "SELECT hour, took, outcome, count FROM sign_in_hours WHERE hour >= ?1 ORDER BY hour, took",
            )
            .map_err(failed)?;
        let rows = query
            .query_map([from_ms.div_euclid(HOUR_MS)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })
            .map_err(failed)?;
        let mut hours: BTreeMap<i64, Vec<(i64, String, i64)>> = BTreeMap::new();
        for row in rows {
            let (hour, took, outcome, count): (i64, i64, String, i64) = row.map_err(failed)?;
            hours.entry(hour).or_default().push((took, outcome, count));
        }
        Ok(hours.into_iter().map(|(hour, classes)| added_up(hour, &classes)).collect())
    }
}

/// One hour of classes in order of duration.
fn added_up(hour: i64, classes: &[(i64, String, i64)]) -> SignInHour {
    let mut told = SignInHour { at_ms: hour * HOUR_MS, ..SignInHour::default() };
    for (_, outcome, count) in classes {
        *told.by_outcome.entry(outcome.clone()).or_default() += count.unsigned_abs();
    }
    let all: u64 = told.by_outcome.values().sum();
    told.ok = told.by_outcome.get(SignInOutcome::Ok.as_str()).copied().unwrap_or_default();
    told.failed = all - told.ok;
    let mut passed = 0;
    told.p95_ms = classes.iter().find_map(|(took, _, count)| {
        passed += count.unsigned_abs();
        (passed * 100 >= all * 95).then_some(took.unsigned_abs())
    });
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sign_ins_are_counted_by_the_hour() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let add = |at_ms, outcome, ms: f64| {
            let detail = json!({ "outcome": outcome, "milliseconds": ms });
            add_entry(&store.lock(), "sign_in", at_ms, &detail).unwrap();
        };
        (0..95).for_each(|n| add(HOUR_MS + n, "ok", 10.5));
        (0..5).for_each(|n| add(HOUR_MS + n, "wrong_password", 900.0));
        add(2 * HOUR_MS, "ok", 0.2);
        add_entry(&store.lock(), "alert", HOUR_MS, &json!({})).unwrap();
        let hours = store.sign_in_hours(0).unwrap();
        let of = |hour: &SignInHour| (hour.at_ms, hour.ok, hour.failed, hour.p95_ms);
        let wanted = [(HOUR_MS, 95, 5, Some(12)), (2 * HOUR_MS, 1, 0, Some(1))];
        assert_eq!(hours.iter().map(of).collect::<Vec<_>>(), wanted);
        assert_eq!(hours[0].by_outcome["wrong_password"], 5);
        assert_eq!(store.sign_in_hours(2 * HOUR_MS).unwrap().len(), 1);
    }

    #[test]
    fn a_clock_that_jumps_forgets_no_hour() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("connector.db")).unwrap();
        let detail = json!({ "outcome": "ok", "milliseconds": 1.0 });
        for hour in 0..SIGN_INS + 5 {
            add_entry(&store.lock(), "sign_in", hour * HOUR_MS, &detail).unwrap();
        }
        let count = || store.sign_in_hours(0).unwrap().len();
        keep_newest(&store.lock(), "sign_in_hours", SIGN_INS, SIGN_INS + 4).unwrap();
        assert_eq!(count(), 961, "what is old goes");
        let years_later = 9 * 365 * 24;
        add_entry(&store.lock(), "sign_in", years_later * HOUR_MS, &detail).unwrap();
        keep_newest(&store.lock(), "sign_in_hours", SIGN_INS, years_later).unwrap();
        assert_eq!(count(), 960, "and no more than that");
    }

    #[test]
    fn durations_have_classes() {
        let classes = [0.1, 1.0, 1.1, 3.0, 5.0, 13.0, 17.0, 1e9].map(class_of);
        assert_eq!(classes, [1, 1, 2, 3, 6, 16, 24, 1 << 20]);
    }
}
