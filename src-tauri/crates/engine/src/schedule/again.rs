//! Imports that failed because a server was away: again after some seconds, then after twice as long, up to an hour; soon
//! where it was the cloud and its session is back.

use crate::state::records::ImportRecord;
use connector_model::Code;
use rand::RngExt;
use std::collections::HashMap;
use std::sync::Mutex;

/// The first wait and the longest, in milliseconds; what is waited differs by up to a half from them.
const FIRST_WAIT_MS: i64 = 10_000;
const LONGEST_WAIT_MS: i64 = 3_600_000;
/// Within which time after its return a cloud is asked again, in milliseconds: everybody's connectors see it return.
const AFTER_RETURN_MS: i64 = 15_000;

/// Failures without a success in between, by mapping.
#[derive(Default)]
pub(crate) struct Failures(Mutex<HashMap<String, Failure>>);

struct Failure {
    times: u32,
    again_ms: i64,
    code: Code,
}

impl Failures {
    /// An import ended.
    pub fn note(&self, record: &ImportRecord) {
        let Ok(mut failures) = self.0.lock() else { return };
        let passing =
            record.error.as_ref().map(|error| error.code).filter(|c| c.passes_by_itself());
        let Some(code) = passing else {
            failures.remove(&record.mapping);
            return;
        };
        let times = failures.get(&record.mapping).map_or(0, |failure| failure.times);
        let again_ms = record.finished_ms + wait_ms(times);
        failures.insert(record.mapping.clone(), Failure { times: times + 1, again_ms, code });
    }

    /// The cloud is there again: whoever failed for want of it need not wait.
    pub fn cloud_is_back(&self, now_ms: i64) {
        let Ok(mut failures) = self.0.lock() else { return };
        // A connection that was lost may have been either side's.
        let of_directory = [Code::DirectoryUnavailable, Code::DirectoryBusy];
        for failure in failures.values_mut().filter(|f| !of_directory.contains(&f.code)) {
            let soon = now_ms + rand::rng().random_range(0..AFTER_RETURN_MS);
            failure.again_ms = failure.again_ms.min(soon);
        }
    }

    /// When the import of a mapping whose last one failed like this runs again. After a restart: at once.
    pub fn again_ms(&self, last: &ImportRecord) -> Option<i64> {
        last.error.as_ref().filter(|error| error.code.passes_by_itself())?;
        let failures = self.0.lock().ok()?;
        Some(failures.get(&last.mapping).map_or(last.finished_ms, |failure| failure.again_ms))
    }
}

/// The wait after so many failures before this one, in milliseconds.
fn wait_ms(failures: u32) -> i64 {
    let whole = FIRST_WAIT_MS.saturating_mul(1 << failures.min(20)).min(LONGEST_WAIT_MS);
    rand::rng().random_range(whole / 2..=whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_an_hour_and_are_not_everybodys() {
        let within = |failures, from: i64, to: i64| {
            (0..100).all(|_| (from * 500..=to * 1000).contains(&wait_ms(failures)))
        };
        assert!(within(0, 10, 10) && within(1, 20, 20) && within(3, 80, 80));
        assert!(within(9, 3600, 3600) && within(u32::MAX, 3600, 3600));
        let waits: std::collections::HashSet<_> = (0..20).map(|_| wait_ms(9)).collect();
        assert!(waits.len() > 10);
    }
}
