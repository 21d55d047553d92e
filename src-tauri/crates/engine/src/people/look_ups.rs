//! A budget of look-ups for mass deployment that find nobody: whoever has a deployment token could ask for one name after
//! the other. It has nothing to do with the budgets of sign-ins, and neither uses up the other.

use connector_model::{Code, Error, Result};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::Instant;

/// Misses within [`WINDOW`]; then nobody is looked up until the first of them is over. Misses of many devices are few.
const MISSES: usize = 100;
const WINDOW: Duration = Duration::from_mins(15);
/// Look-ups at once: so many may be under way beside the misses that are counted.
const AT_ONCE: usize = 16;

#[derive(Debug)]
pub(crate) struct LookUps {
    places: Semaphore,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    misses: VecDeque<Instant>,
    under_way: usize,
}

/// A look-up that may take place. It counts as a miss unless it found somebody; given up, it counts as well.
pub(crate) struct Allowed<'a> {
    of: &'a LookUps,
    began: Instant,
    found: bool,
    _place: SemaphorePermit<'a>,
}

impl Default for LookUps {
    fn default() -> Self {
        Self { places: Semaphore::new(AT_ONCE), state: Mutex::default() }
    }
}

impl LookUps {
    /// Reserves one; `throttled` where too many found nobody of late.
    pub async fn allow(&self) -> Result<Allowed<'_>> {
        let place = self.places.acquire().await.map_err(|_| Error::of(Code::Cancelled))?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.misses.front().is_some_and(|miss| miss.elapsed() >= WINDOW) {
            state.misses.pop_front();
        }
        if state.misses.len() + state.under_way >= MISSES {
            return Err(Error::of(Code::Throttled));
        }
        state.under_way += 1;
        Ok(Allowed { of: self, began: Instant::now(), found: false, _place: place })
    }
}

impl Allowed<'_> {
    /// Somebody was found.
    pub fn found(mut self) {
        self.found = true;
    }
}

impl Drop for Allowed<'_> {
    fn drop(&mut self) {
        let mut state = self.of.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.under_way -= 1;
        if !self.found {
            state.misses.push_back(self.began);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn misses_end_and_come_back_one_by_one() {
        let look_ups = LookUps::default();
        for _ in 0..2 * MISSES {
            look_ups.allow().await.unwrap().found();
        }
        for _ in 0..MISSES {
            drop(look_ups.allow().await.unwrap());
            tokio::time::advance(Duration::from_secs(1)).await;
        }
        assert_eq!(look_ups.allow().await.err().map(|e| e.code), Some(Code::Throttled));
        tokio::time::advance(WINDOW.saturating_sub(Duration::from_secs(MISSES as u64))).await;
        drop(look_ups.allow().await.unwrap());
        assert_eq!(look_ups.allow().await.err().map(|e| e.code), Some(Code::Throttled));
    }

    #[tokio::test]
    async fn what_is_under_way_counts() {
        let look_ups = LookUps::default();
        for _ in 0..MISSES - 1 {
            drop(look_ups.allow().await.unwrap());
        }
        let last = look_ups.allow().await.unwrap();
        assert!(look_ups.allow().await.is_err());
        last.found();
        assert!(look_ups.allow().await.is_ok());
    }
}
