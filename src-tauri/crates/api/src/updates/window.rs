//! The maintenance window: local time, and over midnight if need be.

use chrono::Timelike;
use connector_model::{Result, UpdateSettings, update::minutes_of};
use std::time::Duration;

const DAY: u32 = 24 * 60;

/// Begin and length in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    from: u32,
    length: u32,
}

impl Window {
    /// The window of these settings; a whole day where it begins when it ends.
    pub fn of(settings: &UpdateSettings) -> Result<Self> {
        let from = minutes_of(&settings.from, "from")?;
        let to = minutes_of(&settings.to, "to")?;
        let length = if from == to { DAY } else { (to + DAY - from) % DAY };
        Ok(Self { from, length })
    }

    /// How long until it opens, in minutes, at that minute of the day; 0 while it is open.
    pub fn opens_in(self, minute: u32) -> u32 {
        let since = (minute + DAY - self.from) % DAY;
        if since < self.length { 0 } else { DAY - since }
    }

    /// When to begin: at once while it is open; else somewhere in its first third, so that not all connectors begin together.
    pub fn begins_in(self, minute: u32) -> Duration {
        match self.opens_in(minute) {
            0 => Duration::ZERO,
            wait => {
                let spread = rand::random_range(0..=u64::from(self.length) * 60 / 3);
                Duration::from_secs(u64::from(wait) * 60 + spread)
            }
        }
    }
}

/// The minute of the day on this machine's clock.
pub(crate) fn now() -> u32 {
    let now = chrono::Local::now();
    now.hour() * 60 + now.minute()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(from: &str, to: &str) -> Window {
        let (from, to) = (from.to_owned(), to.to_owned());
        Window::of(&UpdateSettings { from, to, ..UpdateSettings::default() }).unwrap()
    }

    #[test]
    fn open_inside_and_not_outside() {
        let night = window("02:00", "04:00");
        for (minute, wait) in [(119, 1), (120, 0), (239, 0), (240, DAY - 120), (0, 120)] {
            assert_eq!(night.opens_in(minute), wait, "{minute}");
        }
        let midnight = window("23:30", "00:30");
        for (minute, wait) in [(23 * 60 + 30, 0), (0, 0), (29, 0), (30, 23 * 60), (23 * 60, 30)] {
            assert_eq!(midnight.opens_in(minute), wait, "{minute}");
        }
        assert_eq!(window("05:00", "05:00").opens_in(299), 0);
    }

    #[test]
    fn connectors_do_not_all_begin_at_the_same_second() {
        let night = window("02:00", "04:00");
        assert_eq!(night.begins_in(121), Duration::ZERO);
        let waits: Vec<_> = (0..100).map(|_| night.begins_in(0)).collect();
        let (least, most) = (Duration::from_hours(2), Duration::from_mins(160));
        assert!(waits.iter().all(|wait| (least..=most).contains(wait)));
        assert!(waits.iter().any(|wait| *wait != waits[0]));
    }
}
