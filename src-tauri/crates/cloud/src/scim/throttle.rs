//! How long a service asks to be left alone (`Retry-After`; RFC 9110, section 10.2.3), and that it is.

use crate::session::clock;
use crate::transport::backoff::full_jitter;
use connector_model::{Code, Error};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Longest pause that is waited for in the middle of an import; what is longer ends it until then.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_mins(2);
/// Longest pause that is believed.
const MOST: Duration = Duration::from_hours(366 * 24);
/// Limits of the pauses where the service does not say how long.
const FIRST: Duration = Duration::from_millis(500);
const LONGEST_UNASKED: Duration = Duration::from_mins(1);

/// Until when nothing is sent, in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Default)]
pub(crate) struct Gate(AtomicI64);

impl Gate {
    /// The service asked to wait for so long.
    pub(crate) fn close(&self, pause: Duration) -> Error {
        let pause = i64::try_from(pause.min(MOST).as_millis()).unwrap_or(0);
        let until = clock::now_ms() + pause;
        self.0.fetch_max(until, Ordering::Relaxed);
        asks_to_wait(until)
    }

    /// Until when the service is left alone; `None` once that is over.
    pub(crate) fn closed_until(&self) -> Option<i64> {
        Some(self.0.load(Ordering::Relaxed)).filter(|until| *until > clock::now_ms())
    }

    /// Why nothing is sent now.
    pub(crate) fn closed(&self) -> Option<Error> {
        self.closed_until().map(asks_to_wait)
    }
}

/// How long to wait before the next attempt: what the service asked for and a little more, so that not all come back at
/// once; else longer each time.
pub(crate) fn pause(asked: Option<Duration>, attempt: u32) -> Duration {
    match asked {
        Some(asked) => asked.min(LONGEST_PAUSE) + full_jitter(FIRST, FIRST, 0),
        None => full_jitter(FIRST, LONGEST_UNASKED, attempt),
    }
}

fn asks_to_wait(until_ms: i64) -> Error {
    let text = clock::to_text(until_ms);
    let time = text.trim_end_matches('Z').replace('T', " ");
    let message = format!("The service asks to wait until {time} UTC.");
    Error::new(Code::CloudThrottled, message)
        .with_action("You do not need to do anything: the connector goes on by itself then.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wish_holds_until_it_is_over() {
        let gate = Gate::default();
        assert_eq!(gate.closed(), None);
        let error = gate.close(Duration::from_hours(1));
        gate.close(Duration::from_mins(1));
        assert_eq!(error.code, Code::CloudThrottled);
        let left = gate.closed_until().unwrap() - clock::now_ms();
        assert!((3_590_000..=3_600_000).contains(&left), "{left}");
        gate.close(Duration::MAX);
        assert!(gate.closed().unwrap().message.contains("until 20"), "no overflow");
        let over = Gate::default();
        over.close(Duration::ZERO);
        assert_eq!(over.closed(), None);
    }

    #[test]
    fn pauses_are_at_least_what_was_asked_for() {
        let asked = Duration::from_secs(7);
        assert!((asked..asked + FIRST * 2).contains(&pause(Some(asked), 9)));
        assert!(pause(None, 0) <= FIRST);
    }
}
