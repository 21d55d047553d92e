//! How long to wait before trying again: exponential, full jitter, capped.

use std::time::Duration;

/// Between 0 and `first` doubled `attempt` times, at most `cap`.
pub(crate) fn full_jitter(first: Duration, cap: Duration, attempt: u32) -> Duration {
    let limit = first.saturating_mul(2u32.saturating_pow(attempt)).min(cap);
    Duration::from_millis(rand::random_range(
        0..=u64::try_from(limit.as_millis()).unwrap_or(u64::MAX),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_to_the_cap_and_never_overflows() {
        let (first, cap) = (Duration::from_secs(1), Duration::from_mins(1));
        for attempt in [0, 1, 5, 6, 40, u32::MAX] {
            let limit = first.saturating_mul(2u32.saturating_pow(attempt)).min(cap);
            let waits: Vec<_> = (0..200).map(|_| full_jitter(first, cap, attempt)).collect();
            assert!(waits.iter().all(|w| *w <= limit));
            assert!(waits.iter().any(|w| *w > limit / 2) && waits.iter().any(|w| *w < limit / 2));
        }
    }
}
