//! Wrong passwords that connectors forward, counted for all of them together (PROTOCOL.md, section 3): a place is reserved
//! before a password goes to a directory, and given back when that did not count it.

use crate::connectors::session::rpc::Refusal;
use crate::state::Cloud;
use connector_model::{Code, GuessLimit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::{Mutex, Notify};
use tokio::time::{Instant, timeout_at};

/// How long a connector waits while sign-ins of the same person are under way elsewhere.
const PATIENCE: Duration = Duration::from_secs(6);
/// Longest identity, in bytes.
const LONGEST: usize = 1024;

/// Reservations that are not settled yet: whose they are, and by which session.
#[derive(Debug, Default)]
pub struct Attempts {
    open: Mutex<HashMap<i64, (String, u64)>>,
    settled: Notify,
}

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
        let now_ms = cloud.clock.now_ms();
        // One after the other: what is counted is still so when the place is taken.
        let mut open = self.open.lock().await;
        let known = cloud.store.attempts(identity.to_owned()).await.map_err(|_| Code::Internal)?;
        let (running, over): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|(row, _)| open.contains_key(row));
        let mut times: Vec<i64> = over.iter().map(|(_, at)| *at).collect();
        if !limit.allows(&times, now_ms) {
            return Ok(Tried::UsedUp);
        }
        times.resize(times.len() + running.len(), now_ms);
        if !limit.allows(&times, now_ms) {
            return Ok(Tried::Undecided);
        }
        let row = cloud.store.add_attempt(identity.to_owned(), now_ms).await;
        let row = row.map_err(|_| Code::Internal)?;
        open.insert(row, (identity.to_owned(), session));
        Ok(Tried::Taken(row))
    }

    /// `attempts.settled`, of the session that reserved.
    pub async fn settled(&self, cloud: &Cloud, session: u64, told: Value) {
        let Ok(Settled { reservation, end }) = serde_json::from_value(told) else { return };
        let mut open = self.open.lock().await;
        let Some((identity, whose)) = open.remove(&reservation) else { return };
        if whose != session {
            open.insert(reservation, (identity, whose));
            return;
        }
        let done = match end {
            End::Counts => cloud.store.time_attempt(reservation, cloud.clock.now_ms()).await,
            End::Free => cloud.store.remove_attempts(vec![reservation]).await,
            End::Forget => {
                let known = cloud.store.attempts(identity).await.unwrap_or_default();
                let over = known.into_iter().map(|(row, _)| row);
                let over = over.filter(|row| !open.contains_key(row)).collect();
                cloud.store.remove_attempts(over).await
            }
        };
        if let Err(error) = done {
            tracing::error!(%error, "the end of a sign-in was not noted");
        }
        drop(open);
        self.settled.notify_waiters();
    }

    /// A session has ended: what it did not settle counts.
    pub async fn lost(&self, session: u64) {
        self.open.lock().await.retain(|_, (_, whose)| *whose != session);
        self.settled.notify_waiters();
    }
}

enum Tried {
    Taken(i64),
    UsedUp,
    /// There is room if one of those under way was right.
    Undecided,
}
