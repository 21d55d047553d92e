//! How many front doors talk at once. Some places are root's alone, so that nobody keeps the administrator out by taking all.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Front doors connected at once, and more of root's.
const EVERYBODY: usize = 128;
const ROOT: usize = 16;
/// Those that wait for their turn; more of them are turned away.
const WAITING: usize = 128;

#[derive(Clone)]
pub(super) struct Places {
    everybody: Arc<Semaphore>,
    root: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Places {
    pub fn new() -> Self {
        let room = |size| Arc::new(Semaphore::new(size));
        Self { everybody: room(EVERYBODY), root: room(ROOT), waiting: room(WAITING) }
    }

    /// A place, at once or when one is free; `None` where too many wait already.
    pub async fn take(&self, is_root: bool) -> Option<OwnedSemaphorePermit> {
        if let Ok(place) = self.everybody.clone().try_acquire_owned() {
            return Some(place);
        }
        if is_root {
            return self.root.clone().acquire_owned().await.ok();
        }
        let _turn = self.waiting.try_acquire().ok()?;
        self.everybody.clone().acquire_owned().await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::{Duration, timeout};

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_all_places_keeps_root_out_of_none() {
        let places = Places::new();
        let mut taken = vec![];
        for _ in 0..EVERYBODY {
            taken.push(places.take(false).await.unwrap());
        }
        let waiting: Vec<_> = (0..WAITING)
            .map(|_| {
                let places = places.clone();
                tokio::spawn(async move { places.take(false).await.is_some() })
            })
            .collect();
        while places.waiting.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(places.take(false).await.is_none(), "turned away");
        let mut roots = vec![];
        for _ in 0..ROOT {
            let place = timeout(Duration::from_secs(1), places.take(true)).await;
            roots.push(place.unwrap().unwrap());
        }
        drop(taken);
        for one in waiting {
            assert!(one.await.unwrap());
        }
    }
}
