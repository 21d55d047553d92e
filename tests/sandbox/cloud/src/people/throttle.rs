//! Slows down guessing at the cloud's door, before any connector is asked.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Failures of one user within the window after which further attempts are refused.
const FAILURES: usize = 30;
const WINDOW: Duration = Duration::from_mins(1);
/// Users remembered at most; beyond, those with the oldest window are forgotten.
const USERS: usize = 100_000;

/// Counts failed sign-ins by user.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, (Instant, usize)>>);

impl Throttle {
    /// Whether another attempt of this user may be made now.
    pub fn allows(&self, user: &str, now: Instant) -> bool {
        let users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        users
            .get(user)
            .is_none_or(|(since, count)| *count < FAILURES || now.duration_since(*since) >= WINDOW)
    }

    /// Counts a failure.
    pub fn failed(&self, user: &str, now: Instant) {
        let mut users = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if users.len() >= USERS && !users.contains_key(user) {
            users.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
            if users.len() >= USERS {
                users.clear();
            }
        }
        let entry = users.entry(user.to_owned()).or_insert((now, 0));
        if now.duration_since(entry.0) >= WINDOW {
            *entry = (now, 0);
        }
        entry.1 += 1;
    }

    /// Forgets the failures of a user who has signed in.
    pub fn succeeded(&self, user: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_failures_are_slowed_down_for_a_while() {
        let (throttle, start) = (Throttle::default(), Instant::now());
        for _ in 0..FAILURES {
            assert!(throttle.allows("ann", start));
            throttle.failed("ann", start);
        }
        assert!(!throttle.allows("ann", start) && throttle.allows("bob", start));
        assert!(throttle.allows("ann", start + WINDOW));
        throttle.succeeded("ann");
        assert!(throttle.allows("ann", start));
    }
}
