//! When imports run by themselves: every so many hours after the last one, missed ones soon after a start.

use connector_model::{Mapping, Settings};
use rand::RngExt;
use std::time::Duration;

/// Wait before an import that was missed or cut off, so that a restart does not storm the cloud.
const SOON: Duration = Duration::from_secs(5);

/// How long until this mapping's next import; `None` when it only runs on demand.
pub(crate) fn due_in(
    settings: &Settings,
    mapping: &Mapping,
    last_finished_ms: Option<i64>,
    now_ms: i64,
) -> Option<Duration> {
    if !mapping.auto_import {
        return None;
    }
    let interval = i64::from(settings.import.interval_hours.max(1)) * 3_600_000;
    // Never imported: the first import is the administrator's word, or the next interval from now.
    let last = last_finished_ms?;
    // A clock that was set back must not postpone imports for days.
    let passed = (now_ms - last).clamp(0, interval);
    Some(Duration::from_millis(u64::try_from(interval - passed).unwrap_or(0)).max(SOON))
}

/// How long until a time that the cloud named; not earlier.
pub(crate) fn at(at_ms: i64, now_ms: i64) -> Duration {
    Duration::from_millis(u64::try_from(at_ms - now_ms).unwrap_or(0)).max(SOON)
}

/// Spreads connectors of one hour over a few minutes.
pub(crate) fn jitter() -> Duration {
    Duration::from_secs(rand::rng().random_range(0..120))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_interval_after_the_last_and_soon_when_missed() {
        let settings = Settings::default();
        let mut mapping: Mapping =
            serde_json::from_str(r#"{"name":"a","account":"b","base_dn":"DC=x"}"#).unwrap();
        let hour = 3_600_000;
        let due = |m: &Mapping, last, now| due_in(&settings, m, last, now);
        assert_eq!(due(&mapping, Some(0), hour), Some(Duration::from_hours(23)));
        assert_eq!(due(&mapping, Some(0), 100 * hour), Some(SOON));
        assert_eq!(due(&mapping, Some(50 * hour), 0), Some(Duration::from_hours(24)));
        assert_eq!(due(&mapping, None, hour), None);
        mapping.auto_import = false;
        assert_eq!(due(&mapping, Some(0), 100 * hour), None);
    }
}
