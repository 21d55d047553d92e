//! What is told of people, sign-ins and the days that were.

use crate::host::{Host, blocking};
use chrono::{DateTime, Local, NaiveDate, TimeZone};
use connector_engine::told::{
    Explanation, ImportCounts, PeoplePage, PeopleQuery, SignInHour, SignInsPage, SignInsQuery,
};
use connector_model::{Code, Error, Result, UserName};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Days in a chart at most.
const DAYS: u32 = 400;
const DAY_MS: i64 = 24 * 3_600_000;

/// Counts for charts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct History {
    /// What imports did, by the days of this computer, the oldest first; days without an import are left out.
    pub days: Vec<ImportCounts>,
    /// Sign-ins of the last 24 hours, the oldest first; hours without any are left out.
    pub hours: Vec<SignInHour>,
}

impl Host {
    /// Everybody whom the cloud has or the last imports left out, from what is remembered alone.
    pub async fn people(&self, query: PeopleQuery) -> Result<PeoplePage> {
        let engine = self.engine().clone();
        blocking(move || engine.people(&query)).await
    }

    /// What is known of a typed name.
    pub async fn explain(&self, user: &str) -> Result<Explanation> {
        self.engine().explain(&user.parse::<UserName>()?).await
    }

    /// Sign-ins, the newest first.
    pub async fn sign_ins(&self, query: SignInsQuery) -> Result<SignInsPage> {
        let engine = self.engine().clone();
        engine.flush_journal().await;
        blocking(move || engine.sign_ins(&query)).await
    }

    /// Look-ups for mass deployment, the newest first.
    pub async fn activations(&self, query: SignInsQuery) -> Result<SignInsPage> {
        let engine = self.engine().clone();
        engine.flush_journal().await;
        blocking(move || engine.activations(&query)).await
    }

    /// Counts of so many days for charts.
    pub async fn history(&self, days: u32) -> Result<History> {
        if !(1..=DAYS).contains(&days) {
            let text = format!("A chart has 1 to {DAYS} days.");
            return Err(Error::new(Code::InvalidInput, text).at("days"));
        }
        let engine = self.engine().clone();
        engine.flush_journal().await;
        blocking(move || {
            let now_ms = chrono::Utc::now().timestamp_millis();
            let from_ms = now_ms - i64::from(days) * DAY_MS;
            let days = by_day(&engine.import_hours(from_ms)?, &Local);
            Ok(History { days, hours: engine.sign_in_hours(now_ms - DAY_MS)? })
        })
        .await
    }
}

/// A day's numbers, and those of each mapping's last hour in it.
type Day<'a> = (ImportCounts, BTreeMap<&'a str, (u64, u64)>);

/// Hours added up by the days of a zone. Of who was left out or refused, the last hour of each mapping counts.
fn by_day<Z: TimeZone>(hours: &[(String, ImportCounts)], zone: &Z) -> Vec<ImportCounts> {
    let mut days: BTreeMap<NaiveDate, Day<'_>> = BTreeMap::new();
    for (mapping, hour) in hours {
        let Some(at) = DateTime::from_timestamp_millis(hour.at_ms) else { continue };
        let date = at.with_timezone(zone).date_naive();
        let (day, last) = days.entry(date).or_default();
        day.imports += hour.imports;
        day.added += hour.added;
        day.updated += hour.updated;
        day.deactivated += hour.deactivated;
        last.insert(mapping, (hour.skipped, hour.refused));
    }
    let told = days.into_iter().map(|(date, (day, last))| ImportCounts {
        at_ms: begins(date, zone),
        skipped: last.values().map(|(skipped, _)| skipped).sum(),
        refused: last.values().map(|(_, refused)| refused).sum(),
        ..day
    });
    told.collect()
}

/// Where a day begins. Where the clocks go forward at midnight, an hour later.
fn begins<Z: TimeZone>(date: NaiveDate, zone: &Z) -> i64 {
    let at = |hour| {
        date.and_hms_opt(hour, 0, 0).and_then(|at| at.and_local_timezone(zone.clone()).earliest())
    };
    at(0).or_else(|| at(1)).map(|at| at.timestamp_millis()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    #[test]
    fn days_are_those_of_the_zone_and_whoever_is_left_out_counts_once() {
        let hour = |mapping: &str, at: i64, added, skipped| {
            let at_ms = at * 3_600_000;
            let counts =
                ImportCounts { at_ms, imports: 1, added, skipped, ..ImportCounts::default() };
            (mapping.to_owned(), counts)
        };
        let hours =
            [hour("A", 1, 10, 61), hour("B", 1, 5, 2), hour("A", 12, 1, 60), hour("A", 23, 7, 59)];
        let utc = by_day(&hours, &chrono::Utc);
        assert_eq!((utc.len(), utc[0].at_ms, utc[0].imports, utc[0].added), (1, 0, 4, 23));
        assert_eq!(utc[0].skipped, 61, "59 of A and 2 of B");
        let berlin = by_day(&hours, &FixedOffset::east_opt(3600).unwrap());
        assert_eq!(berlin.iter().map(|day| day.added).collect::<Vec<_>>(), [16, 7]);
        assert_eq!((berlin[0].at_ms, berlin[1].at_ms), (-3_600_000, 23 * 3_600_000));
    }
}
