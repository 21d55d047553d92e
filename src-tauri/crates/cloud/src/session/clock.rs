//! Times as the protocol writes them.

use connector_model::{Code, Error, Result};
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use tokio::time::Instant;

/// Largest difference between the two ends' clocks, in seconds.
pub(crate) const MAX_SKEW: i64 = 300;

/// Milliseconds since 1970-01-01 UTC.
pub(crate) fn now_ms() -> i64 {
    to_ms(OffsetDateTime::now_utc())
}

/// RFC 3339 in UTC, to the second.
pub(crate) fn to_text(ms: i64) -> String {
    OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000))
        .ok()
        .and_then(|t| t.format(&Rfc3339).ok())
        .unwrap_or_default()
}

/// Milliseconds from RFC 3339.
pub(crate) fn from_text(text: &str) -> Result<i64> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map(to_ms)
        .map_err(|_| Error::new(Code::InvalidInput, "A time is not in the format of RFC 3339."))
}

/// Milliseconds from an HTTP date (RFC 9110, 5.6.7).
pub(crate) fn from_http_date(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc2822).ok().map(to_ms)
}

/// `clock_skew` where this machine and the cloud differ by too much; the difference in milliseconds otherwise.
pub(crate) fn offset(cloud_ms: i64, here_ms: i64) -> Result<i64> {
    let difference = cloud_ms.saturating_sub(here_ms);
    if difference.saturating_abs() <= MAX_SKEW * 1000 {
        return Ok(difference);
    }
    let direction = if difference > 0 { "behind" } else { "ahead of" };
    let seconds = (difference / 1000).unsigned_abs();
    Err(Error::new(
        Code::ClockSkew,
        format!("The clock of this computer is {seconds} s {direction} the cloud's."),
    ))
}

/// The cloud's clock as it was told once, carried on by the monotonic clock: setting this machine's clock
/// in the middle of a session changes nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CloudClock {
    told_ms: i64,
    at: Instant,
}

impl CloudClock {
    /// The cloud says that it is `told_ms` now.
    pub(crate) fn reading(told_ms: i64) -> Self {
        Self { told_ms, at: Instant::now() }
    }

    /// Milliseconds since 1970-01-01 UTC by the cloud's clock.
    pub(crate) fn now_ms(&self) -> i64 {
        let passed = i64::try_from(self.at.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.told_ms.saturating_add(passed)
    }
}

fn to_ms(time: OffsetDateTime) -> i64 {
    time.unix_timestamp() * 1000 + i64::from(time.millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_both_ways() {
        assert_eq!(to_text(from_text("2026-03-01T08:30:00Z").unwrap()), "2026-03-01T08:30:00Z");
        assert_eq!(from_text("1970-01-01T00:00:00.250Z").unwrap(), 250);
        assert_eq!(from_text("1970-01-01T01:00:01+01:00").unwrap(), 1000);
        assert_eq!(from_http_date("Thu, 01 Jan 1970 00:00:02 GMT"), Some(2000));
        assert_eq!(from_text("yesterday").unwrap_err().code, Code::InvalidInput);
    }

    #[tokio::test(start_paused = true)]
    async fn the_clouds_clock_goes_on() {
        let clock = CloudClock::reading(1000);
        tokio::time::advance(std::time::Duration::from_secs(5)).await;
        assert_eq!(clock.now_ms(), 6000);
    }

    #[test]
    fn five_minutes_are_tolerated() {
        assert_eq!(offset(300_000, 0).unwrap(), 300_000);
        assert_eq!(offset(0, 301_000).unwrap_err().code, Code::ClockSkew);
        assert!(offset(7_200_000, 0).unwrap_err().message.contains("7200 s behind"));
    }
}
