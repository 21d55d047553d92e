//! Moments as the clock on the reader's wall shows them, with what that is ahead of UTC: logs of other machines can be compared.

use chrono::{DateTime, Local, TimeZone};

/// A moment to the second, such as `2026-11-23 10:24:58 +01:00`; empty where the number is none.
pub fn local_time(at_ms: i64) -> String {
    in_zone(at_ms, &Local)
        .map(|at| at.format("%Y-%m-%d %H:%M:%S %:z").to_string())
        .unwrap_or_default()
}

/// A moment in a zone; `None` where the number is none.
pub(crate) fn in_zone<Z: TimeZone>(at_ms: i64, zone: &Z) -> Option<DateTime<Z>> {
    DateTime::from_timestamp_millis(at_ms).map(|at| at.with_timezone(zone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::FixedOffset;

    #[test]
    fn a_moment_is_told_in_its_zone_with_the_offset() {
        let berlin = FixedOffset::east_opt(3600).unwrap();
        let at = in_zone(1_795_425_898_376, &berlin).unwrap();
        assert_eq!(at.format("%Y-%m-%d %H:%M:%S %:z").to_string(), "2026-11-23 10:24:58 +01:00");
        let told = local_time(1_795_425_898_376);
        let read = DateTime::parse_from_str(&told, "%Y-%m-%d %H:%M:%S %:z").unwrap();
        assert_eq!(read.timestamp(), 1_795_425_898, "{told}");
        assert_eq!(local_time(i64::MAX), "");
    }
}
