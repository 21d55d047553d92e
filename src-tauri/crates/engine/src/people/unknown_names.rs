//! Typed names that nobody has: tried as often as somebody's own, so that being held back tells nothing. Kept in memory:
//! somebody may have typed a password there.

use connector_model::GuessLimit;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Most names remembered at once; beyond that all of them are forgotten.
const MAX_REMEMBERED: usize = 100_000;

#[derive(Default)]
pub(crate) struct UnknownNames {
    tried: Mutex<HashMap<String, Vec<i64>>>,
    /// The limit of whoever was tried last.
    limit: Mutex<Option<GuessLimit>>,
}

impl UnknownNames {
    /// Notes a try; whether there was one left. `otherwise`: what holds before anybody's limit is known.
    pub fn try_again(&self, name: &str, otherwise: GuessLimit, now_ms: i64) -> bool {
        let limit = *self.limit.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = limit.unwrap_or(otherwise);
        let mut tried = self.tried.lock().unwrap_or_else(PoisonError::into_inner);
        if tried.len() >= MAX_REMEMBERED && !tried.contains_key(name) {
            tried.clear();
        }
        let times = tried.entry(name.to_owned()).or_default();
        let allowed = limit.allows(times, now_ms);
        if allowed {
            if limit.counted(times, now_ms) == 0 {
                times.clear();
            }
            times.push(now_ms);
        }
        allowed
    }

    /// A limit that holds for somebody.
    pub fn learn(&self, limit: GuessLimit) {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner) = Some(limit);
    }
}
