//! What the connector says by itself: it tells, and it asks. Empty while there is no session.

use crate::session::rpc::{self, Id};
use connector_model::{Code, Error, Result};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

/// The connector's end of a session, whichever connection carries it now. Cheap to clone.
#[derive(Clone, Default)]
pub struct SessionLine(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    out: Option<mpsc::Sender<Message>>,
    /// Whether the cloud counts wrong passwords for all connectors.
    counts_attempts: bool,
    asked: HashMap<u64, oneshot::Sender<Result<Value>>>,
    last: u64,
}

impl SessionLine {
    /// Tells the cloud something. Dropped when there is no connection, or when too much waits already.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        let out = self.open().out.clone();
        if let Some(out) = out
            && out.try_send(Message::text(rpc::notification(method, &params))).is_err()
        {
            tracing::debug!(method, "notification dropped");
        }
    }

    /// Asks the cloud something and waits for the answer, at most `limit`.
    pub async fn ask(
        &self,
        method: &str,
        params: &(impl Serialize + Sync),
        limit: Duration,
    ) -> Result<Value> {
        let lost = || Error::of(Code::CloudUnavailable);
        let (answer, told) = oneshot::channel();
        let (id, out) = {
            let mut open = self.open();
            open.last += 1;
            let (id, out) = (open.last, open.out.clone().ok_or_else(lost)?);
            open.asked.insert(id, answer);
            (id, out)
        };
        let _forget = Forget(self, id);
        let asking = async {
            let message = Message::text(rpc::request(id, method, params));
            out.send(message).await.map_err(|_| lost())?;
            told.await.map_err(|_| lost())?
        };
        timeout(limit, asking).await.map_err(|_| lost())?
    }

    /// Whether the cloud counts wrong passwords for all connectors: as it said when the session began.
    pub fn counts_attempts(&self) -> bool {
        let open = self.open();
        open.out.is_some() && open.counts_attempts
    }

    /// A connection has come.
    pub(crate) fn plug(&self, out: mpsc::Sender<Message>, counts_attempts: bool) {
        let mut open = self.open();
        (open.out, open.counts_attempts) = (Some(out), counts_attempts);
    }

    /// It has gone: whoever waits for an answer is told so.
    pub(crate) fn unplug(&self) {
        let mut open = self.open();
        open.out = None;
        open.asked.clear();
    }

    /// The cloud's answer to something asked.
    pub(crate) fn answered(&self, id: &Id, answer: Result<Value>) {
        let Id::Number(number) = id else { return };
        let asked = number.as_u64().and_then(|id| self.open().asked.remove(&id));
        if let Some(asked) = asked {
            let _ = asked.send(answer);
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets a question that nobody waits for any more.
struct Forget<'a>(&'a SessionLine, u64);

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.0.open().asked.remove(&self.1);
    }
}
