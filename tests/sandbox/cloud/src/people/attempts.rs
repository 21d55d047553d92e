//! Wrong passwords that connectors forward, counted for all of them together (PROTOCOL.md, section 3): a place is reserved
//! before a password goes to a directory, and given back when that did not count it.

use crate::connectors::session::rpc::Refusal;
use crate::state::Cloud;
use connector_model::{Code, GuessLimit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// How long a connector waits while sign-ins of the same person are under way elsewhere.
const PATIENCE: Duration = Duration::from_secs(6);
/// Longest identity, in bytes.
const LONGEST: usize = 1024;

/// Reservations that are not settled yet.
#[derive(Debug, Default)]
pub struct Attempts {
    open: Arc<Mutex<Open>>,
    settled: Notify,
}

/// By row: whose they are, and by which session.
type Open = HashMap<i64, (String, u64)>;

#[derive(Deserialize)]
struct Reserve {
    identity: String,
    attempts: u32,
    window_seconds: u64,
}

#[derive(Deserialize)]
struct Settled {
    reservation: i64,
    end: End,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum End {
    Counts,
    Free,
    Forget,
}

impl Attempts {
    /// `attempts.reserve` of a connector's session.
    pub async fn reserve(
        &self,
        cloud: &Cloud,
        session: u64,
        asked: Value,
    ) -> Result<Value, Refusal> {
        let asked: Reserve = serde_json::from_value(asked).map_err(|_| Code::InvalidInput)?;
        let Reserve { identity, attempts, window_seconds } = asked;
        if identity.is_empty() || identity.len() > LONGEST {
            return Err(Code::InvalidInput.into());
        }
        let limit = GuessLimit { attempts, window_seconds, until_right: false };
        let end = Instant::now() + PATIENCE;
        loop {
            let settled = self.settled.notified();
            match self.try_reserve(cloud, session, &identity, &limit).await? {
                Tried::Taken(row) => return Ok(json!({ "reservation": row })),
                Tried::UsedUp => return Ok(json!({ "reservation": null })),
                Tried::Undecided if timeout_at(end, settled).await.is_err() => {
                    return Ok(json!({ "reservation": null }));
                }
                Tried::Undecided => {}
            }
        }
    }

    async fn try_reserve(
        &self,
        cloud: &Cloud,
        session: u64,
        identity: &str,
        limit: &GuessLimit,
    ) -> Result<Tried, Refusal> {
        let (limit, now_ms) = (*limit, cloud.clock.now_ms());
        let (open, undecided) = (self.open.clone(), Arc::new(AtomicBool::new(false)));
        let (person, waits) = (identity.to_owned(), undecided.clone());
        // Where the store writes, one after the other: what is counted is still so when the place is taken.
        let fits = move |known: &[(i64, i64)]| {
            let running = known.iter().filter(|(row, _)| lock(&open).contains_key(row)).count();
            let over = known.iter().filter(|(row, _)| !lock(&open).contains_key(row));
            let mut times: Vec<i64> = over.map(|(_, at)| *at).collect();
            if !limit.allows(&times, now_ms) {
                return None;
            }
            times.resize(times.len() + running, now_ms);
            if !limit.allows(&times, now_ms) {
                waits.store(true, Ordering::Relaxed);
                return None;
            }
            let taken = move |row| drop(lock(&open).insert(row, (person, session)));
            Some(Box::new(taken) as Box<dyn FnOnce(i64) + Send>)
        };
        let row = cloud.store.try_attempt(identity.to_owned(), now_ms, Box::new(fits)).await;
        Ok(match row.map_err(|_| Code::Internal)? {
            Some(row) => Tried::Taken(row),
            None if undecided.load(Ordering::Relaxed) => Tried::Undecided,
            None => Tried::UsedUp,
        })
    }

    /// `attempts.settled`, of the session that reserved.
    pub async fn settled(&self, cloud: &Cloud, session: u64, told: Value) {
        let Ok(Settled { reservation, end }) = serde_json::from_value(told) else { return };
        let whose = lock(&self.open).get(&reservation).cloned();
        let Some((identity, _)) = whose.filter(|(_, whose)| *whose == session) else { return };
        let done = match end {
            End::Counts => cloud.store.time_attempt(reservation, cloud.clock.now_ms()).await,
            End::Free => cloud.store.remove_attempts(vec![reservation]).await,
            End::Forget => {
                let known = cloud.store.attempts(identity).await.unwrap_or_default();
                let mut over: Vec<i64> = known.into_iter().map(|(row, _)| row).collect();
                over.retain(|row| *row == reservation || !lock(&self.open).contains_key(row));
                cloud.store.remove_attempts(over).await
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, "the end of a sign-in was not noted");
        }
        // Not before: whoever asks meanwhile waits for the end instead of counting what is given back.
        lock(&self.open).remove(&reservation);
        self.settled.notify_waiters();
    }

    /// A session has ended: what it did not settle counts.
    pub fn lost(&self, session: u64) {
        lock(&self.open).retain(|_, (_, whose)| *whose != session);
        self.settled.notify_waiters();
    }
}

enum Tried {
    Taken(i64),
    UsedUp,
    /// There is room if one of those under way was right.
    Undecided,
}

fn lock(open: &Mutex<Open>) -> MutexGuard<'_, Open> {
    open.lock().unwrap_or_else(PoisonError::into_inner)
}
