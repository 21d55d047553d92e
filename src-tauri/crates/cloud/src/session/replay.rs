//! Remembers request ids until they expire, so that no sign-in is answered twice.

use crate::identity::sealing::MAX_AHEAD;
use connector_model::{Code, Error, Result};
use std::collections::{BTreeMap, HashSet};

/// Ids held at once; several thousand sign-ins a second for the longest life. About 30 MB when full.
const CAPACITY: usize = 500_000;

/// Ids seen, by their hashes. Time only moves forward here, whatever the clocks do: what was forgotten
/// stays expired.
#[derive(Default)]
pub(crate) struct Replay {
    seen: HashSet<u128>,
    by_expiry: BTreeMap<i64, Vec<u128>>,
    /// Everything that expires at or before this is refused.
    horizon_ms: i64,
}

impl Replay {
    /// Whether a request that expires at `expires_ms` may be looked at, `now_ms` by the cloud's clock.
    pub(crate) fn in_time(&mut self, expires_ms: i64, now_ms: i64) -> Result<()> {
        self.forget_until(now_ms);
        if expires_ms <= self.horizon_ms || expires_ms > now_ms.saturating_add(MAX_AHEAD * 1000) {
            return Err(Error::of(Code::ExpiredRequest));
        }
        Ok(())
    }

    /// Notes an opened request; `replayed` if it was noted before.
    pub(crate) fn note(&mut self, request_id: &str, expires_ms: i64) -> Result<()> {
        if expires_ms <= self.horizon_ms {
            return Err(Error::of(Code::ExpiredRequest));
        }
        if self.seen.len() >= CAPACITY {
            return Err(Error::new(
                Code::Throttled,
                "More sign-ins are waiting than the connector can remember.",
            ));
        }
        let key = hash(request_id);
        if !self.seen.insert(key) {
            return Err(Error::of(Code::Replayed));
        }
        // Rounded up to whole seconds: few buckets, and never forgotten too early.
        self.by_expiry.entry(expires_ms.div_euclid(1000) + 1).or_default().push(key);
        Ok(())
    }

    fn forget_until(&mut self, now_ms: i64) {
        self.horizon_ms = self.horizon_ms.max(now_ms);
        while let Some(bucket) = self.by_expiry.first_entry() {
            if *bucket.key() > self.horizon_ms.div_euclid(1000) {
                break;
            }
            for key in bucket.remove() {
                self.seen.remove(&key);
            }
        }
    }
}

fn hash(request_id: &str) -> u128 {
    let digest = ring::digest::digest(&ring::digest::SHA256, request_id.as_bytes());
    digest.as_ref().iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(replay: &mut Replay, id: &str, expires_ms: i64, now_ms: i64) -> Option<Code> {
        replay
            .in_time(expires_ms, now_ms)
            .and_then(|()| replay.note(id, expires_ms))
            .err()
            .map(|e| e.code)
    }

    #[test]
    fn an_id_is_good_once() {
        let mut replay = Replay::default();
        assert_eq!(accept(&mut replay, "a", 30_000, 1), None);
        assert_eq!(accept(&mut replay, "a", 30_000, 2), Some(Code::Replayed));
        assert_eq!(accept(&mut replay, "b", 30_000, 2), None);
    }

    #[test]
    fn too_late_and_too_far_ahead_are_refused() {
        let mut replay = Replay::default();
        assert_eq!(accept(&mut replay, "a", 999, 1000), Some(Code::ExpiredRequest));
        assert_eq!(accept(&mut replay, "a", 1000, 1000), Some(Code::ExpiredRequest));
        assert_eq!(accept(&mut replay, "a", 121_001, 1000), Some(Code::ExpiredRequest));
        assert_eq!(accept(&mut replay, "a", 121_000, 1000), None);
    }

    #[test]
    fn memory_ends_with_the_expiry_and_a_clock_set_back_opens_nothing() {
        let mut replay = Replay::default();
        for i in 0..1000 {
            assert_eq!(accept(&mut replay, &i.to_string(), 60_000, 0), None);
        }
        assert_eq!(accept(&mut replay, "later", 100_000, 62_000), None);
        assert_eq!((replay.seen.len(), replay.by_expiry.len()), (1, 1));
        assert_eq!(accept(&mut replay, "5", 60_000, 0), Some(Code::ExpiredRequest));
    }
}
