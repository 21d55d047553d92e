//! The cloud's idea of time: the machine's, shifted by a fixed number of seconds (for clock tests).

use std::time::{SystemTime, UNIX_EPOCH};
use time::OffsetDateTime;
use time::format_description::well_known::{Rfc2822, Rfc3339};
use time::macros::format_description;

/// A clock with an offset.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset_ms: i64,
}

impl Clock {
    /// A clock that is `seconds` ahead of the machine's (behind it, when negative).
    pub fn shifted(seconds: i64) -> Self {
        Self { offset_ms: seconds.saturating_mul(1000) }
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn now_ms(self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX).saturating_add(self.offset_ms)
    }

    /// RFC 3339, UTC, whole seconds.
    pub fn now_text(self) -> String {
        rfc3339_seconds(self.now_ms())
    }

    /// The value of a `Date` header (RFC 9110, section 5.6.7).
    pub fn http_date(self) -> String {
        let form = format_description!(
            "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
        );
        at(self.now_ms()).format(&form).unwrap_or_default()
    }
}

/// RFC 3339 in UTC with milliseconds, for `meta.created` and lists.
pub fn rfc3339(ms: i64) -> String {
    at(ms).format(&Rfc3339).unwrap_or_default()
}

/// RFC 3339 in UTC with whole seconds.
pub fn rfc3339_seconds(ms: i64) -> String {
    rfc3339(ms - ms.rem_euclid(1000))
}

/// Milliseconds of an RFC 3339 text (RFC 2822 is accepted too, as some tools write it).
pub fn parse(text: &str) -> Option<i64> {
    let moment = OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(text, &Rfc2822))
        .ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

fn at(ms: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(ms) * 1_000_000)
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_milliseconds_go_both_ways() {
        assert_eq!(parse("2026-03-01T08:30:00Z"), Some(1_772_353_800_000));
        assert_eq!(rfc3339_seconds(1_772_353_800_999), "2026-03-01T08:30:00Z");
        assert_eq!(parse(&rfc3339(1_772_353_800_999)), Some(1_772_353_800_999));
    }

    #[test]
    fn an_offset_shifts_everything() {
        let ahead = Clock::shifted(7200).now_ms() - Clock::default().now_ms();
        assert!((7_199_000..=7_201_000).contains(&ahead));
    }
}
