//! When imports run by themselves: every so many hours after the last one, missed ones soon after a start.

use connector_model::{Mapping, Settings};
use rand::RngExt;
use std::time::Duration;

/// Wait before an import that was missed or cut off, so that a restart does not storm the cloud.
const SOON: Duration = Duration::from_secs(5);

/// How long until an import, and whether everybody else's may be due at the same moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    pub wait: Duration,
    shared: bool,
}

impl Due {
    /// At a time that the cloud named; not earlier.
    pub fn at(at_ms: i64, now_ms: i64) -> Self {
        let wait = Duration::from_millis(u64::try_from(at_ms - now_ms).unwrap_or(0)).max(SOON);
        Self { wait, shared: true }
    }

    /// At a time that was drawn by lot.
    pub fn again_at(at_ms: i64, now_ms: i64) -> Self {
        Self { shared: false, ..Self::at(at_ms, now_ms) }
    }

    /// What to wait besides, so that connectors of one hour are spread over a few minutes.
    pub fn spread(self) -> Duration {
        Duration::from_secs(if self.shared { rand::rng().random_range(0..120) } else { 0 })
    }
}

/// How long until this mapping's next import; `None` when it only runs on demand.
pub(crate) fn due_in(
    settings: &Settings,
    mapping: &Mapping,
    last_finished_ms: Option<i64>,
    now_ms: i64,
) -> Option<Due> {
    if !mapping.auto_import {
        return None;
    }
    let interval = i64::from(settings.import.interval_hours.max(1)) * 3_600_000;
    // Never imported: the first import is the administrator's word.
    let last = last_finished_ms?;
    // A clock that was set back must not postpone imports for days.
    let passed = now_ms.saturating_sub(last).clamp(0, interval);
    Some(Due::at(interval - passed, 0))
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
        let due = |m: &Mapping, last, now| due_in(&settings, m, last, now).map(|due| due.wait);
        assert_eq!(due(&mapping, Some(0), hour), Some(Duration::from_hours(23)));
        assert_eq!(due(&mapping, Some(0), 100 * hour), Some(SOON));
        assert_eq!(due(&mapping, Some(50 * hour), 0), Some(Duration::from_hours(24)));
        assert_eq!(due(&mapping, None, hour), None);
        mapping.auto_import = false;
        assert_eq!(due(&mapping, Some(0), 100 * hour), None);
    }
}
