//! Refusals take the same time, whatever they are for: whether a name exists cannot be told by a clock. An unknown name costs
//! searches, a wrong password a bind, and a server may take long to try one.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// No refusal comes earlier. The directories that take longer make it twice as long, and again.
const STEP: Duration = Duration::from_millis(250);
/// How long it stays so.
const MEMORY: Duration = Duration::from_mins(10);

/// The time of a refusal, as the slowest of late needed it, and when that was.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<Option<(Duration, Instant)>>);

impl Pace {
    /// Waits until a refusal of what began then may be told, at most until `deadline`.
    pub async fn even_out(&self, began: Instant, deadline: Instant) {
        let wait = self.wait(began.elapsed());
        tokio::time::sleep_until((began + wait).min(deadline)).await;
    }

    fn wait(&self, took: Duration) -> Duration {
        let mut own = STEP;
        while own < took {
            own *= 2;
        }
        let mut slowest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match *slowest {
            Some((known, needed)) if known > own && needed.elapsed() < MEMORY => known,
            _ => {
                *slowest = Some((own, Instant::now()));
                own
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn fast_and_slow_refusals_take_the_same_time() {
        let pace = Pace::default();
        let mut took = vec![];
        for work in [3, 240, 260, 3, 499, 260] {
            let began = Instant::now();
            tokio::time::sleep(Duration::from_millis(work)).await;
            pace.even_out(began, began + Duration::from_secs(10)).await;
            took.push(began.elapsed().as_millis());
        }
        assert_eq!(took, [250, 250, 500, 500, 500, 500]);
        tokio::time::advance(MEMORY).await;
        let began = Instant::now();
        pace.even_out(began, began + Duration::from_secs(10)).await;
        assert_eq!(began.elapsed(), STEP);
        pace.even_out(began, began + STEP).await;
        assert_eq!(began.elapsed(), STEP, "a deadline comes first");
    }
}
