//! How many wrong passwords of one person are forwarded, so that the directory never locks their account.

use crate::settings::SignInSettings;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What a directory itself does about wrong passwords of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockoutPolicy {
    /// Wrong passwords with which the account is locked; at least 1.
    pub threshold: u32,
    /// After so long without another one it counts from the start.
    pub window: Window,
}

/// How long a directory remembers wrong passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// It does not say.
    Unknown,
    /// So long.
    Lasts(Duration),
    /// Until the right one comes.
    UntilRight,
}

/// What is waited where the directory waits for the right password: then whoever forgot it has asked somebody for help.
const WITHOUT_END: Duration = Duration::from_hours(24);

/// A server may note a wrong password a little later than whoever sent it.
const LATER: Duration = Duration::from_secs(5);

/// Wrong passwords of one person that may be forwarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuessLimit {
    /// So many; at least 1.
    pub attempts: u32,
    /// Until so long has passed without one, in seconds.
    pub window_seconds: u64,
    /// Or until the right one comes.
    pub until_right: bool,
}

impl GuessLimit {
    /// What the administrator allows, and never as many as one less than the directory's threshold: somebody else's typing
    /// error has room beside it. A threshold of 1 or 2 leaves none; then it is one.
    pub fn new(rules: &SignInSettings, policy: Option<LockoutPolicy>) -> Self {
        let below = policy.map_or(u32::MAX, |policy| policy.threshold.saturating_sub(2));
        let own = Duration::from_secs(u64::from(rules.window_minutes) * 60);
        let theirs = policy.map_or(Window::Unknown, |policy| policy.window);
        let window = match theirs {
            Window::Unknown => own,
            Window::Lasts(window) => own.max(window + LATER),
            Window::UntilRight => own.max(WITHOUT_END),
        };
        Self {
            attempts: rules.wrong_attempts.min(below).max(1),
            window_seconds: window.as_secs(),
            until_right: theirs == Window::UntilRight,
        }
    }

    /// How many of these attempts count now; times in milliseconds, in any order.
    ///
    /// An attempt counts for as long as the next one followed within the window, as it does for a domain controller, which
    /// keeps the time of the newest one only (`badPasswordTime`). So no window of that length, wherever it begins, has more
    /// attempts than the limit, and steady guessing adds up to no more either. Times in the future are those of a clock that
    /// was set back: they count as if they were as long ago.
    pub fn counted(&self, times: &[i64], now_ms: i64) -> usize {
        let window = i64::try_from(self.window_seconds.saturating_mul(1000)).unwrap_or(i64::MAX);
        let mut times: Vec<i64> =
            times.iter().map(|at| now_ms.saturating_sub((now_ms - at).abs())).collect();
        times.sort_unstable_by(|a, b| b.cmp(a));
        let mut later = now_ms;
        let recent = times.into_iter().take_while(|at| {
            let follows = later - at < window;
            later = *at;
            follows
        });
        recent.count()
    }

    /// Whether another attempt fits beside these.
    pub fn allows(&self, times: &[i64], now_ms: i64) -> bool {
        self.counted(times, now_ms) < usize::try_from(self.attempts).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn limit(threshold: u32, minutes: u64) -> GuessLimit {
        let window = Window::Lasts(Duration::from_mins(minutes));
        GuessLimit::new(&SignInSettings::default(), Some(LockoutPolicy { threshold, window }))
    }

    #[test]
    fn the_directory_s_policy_makes_it_stricter_and_never_looser() {
        let rules = SignInSettings::default();
        let plain = GuessLimit { attempts: 4, window_seconds: 15 * 60, until_right: false };
        assert_eq!(GuessLimit::new(&rules, None), plain);
        for (threshold, minutes, attempts, seconds) in [
            (100, 1, 4, 15 * 60),
            (6, 15, 4, 15 * 60 + 5),
            (5, 30, 3, 30 * 60 + 5),
            (3, 30, 1, 30 * 60 + 5),
            (1, 30, 1, 30 * 60 + 5),
        ] {
            let expected = GuessLimit { attempts, window_seconds: seconds, ..plain };
            assert_eq!(limit(threshold, minutes), expected, "{threshold} in {minutes} minutes");
        }
    }

    #[test]
    fn the_window_slides_with_the_newest_attempt() {
        let (limit, minute) = (limit(5, 30), 60_000);
        let times = [0, 20 * minute, 40 * minute];
        assert_eq!(limit.counted(&times, 40 * minute), 3, "each followed within 30 minutes");
        let end = 70 * minute + 5000;
        assert!(!limit.allows(&times, end - 1) && limit.allows(&times, end));
        assert_eq!(limit.counted(&[50 * minute], 40 * minute), 1, "the clock was set back");
        assert_eq!(limit.counted(&[500 * minute], 40 * minute), 0);
    }

    proptest! {
        /// A domain controller that counts as MS-SAMR says never comes to its threshold − 1.
        #[test]
        fn steady_guessing_never_adds_up(
            threshold in 3u32..20, minutes in 1u64..120, gaps in prop::collection::vec(0i64..4_000_000, 1..400),
        ) {
            let limit = limit(threshold, minutes);
            let window = i64::try_from(minutes * 60_000).unwrap();
            let (mut now, mut forwarded, mut counter, mut newest) = (0, vec![], 0, i64::MIN / 2);
            for gap in gaps {
                now += gap;
                if limit.allows(&forwarded, now) {
                    forwarded.push(now);
                    counter = if now - newest < window { counter + 1 } else { 1 };
                    newest = now;
                    prop_assert!(counter < threshold - 1, "{counter} of {threshold}");
                }
            }
        }
    }
}
