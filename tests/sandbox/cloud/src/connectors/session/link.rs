//! One connector with an open session: calls go out, answers come back.

use super::rpc::{self, Incoming, Refusal};
use crate::connectors::router::CallError;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// Requests in flight towards one connector (PROTOCOL.md, section 2).
pub const IN_FLIGHT: usize = 256;

/// What the writer of a session sends.
#[derive(Debug)]
pub enum Outgoing {
    /// A message.
    Text(String),
    /// A ping.
    Ping,
    /// The end, with a close code and a reason.
    Close(u16, &'static str),
}

/// What a connector says of itself.
#[derive(Debug, Clone, Default)]
pub struct Hello {
    /// Accounts, as `[{ name, kind }]`.
    pub accounts: Value,
    /// Mapping summaries.
    pub mappings: Value,
    /// Name of its machine.
    pub host: String,
    /// Of its process, where it says one.
    pub instance: String,
}

impl Hello {
    /// Names of the accounts.
    pub fn account_names(&self) -> Vec<String> {
        let list = self.accounts.as_array().map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|account| account["name"].as_str().map(str::to_owned)).collect()
    }
}

type Answer = Result<Value, Refusal>;

/// A session.
#[derive(Debug)]
pub struct Link {
    /// Whose it is.
    pub connector_id: String,
    /// Which session; later ones have higher numbers.
    pub number: u64,
    /// When it began.
    pub since_ms: i64,
    /// X25519 public key.
    pub sealing_key: [u8; 32],
    /// What the connector said last.
    pub hello: RwLock<Hello>,
    /// Ends when the session does.
    pub gone: CancellationToken,
    outbox: mpsc::Sender<Outgoing>,
    pending: Mutex<HashMap<u64, oneshot::Sender<Answer>>>,
    next: AtomicU64,
    slots: Semaphore,
    /// Requests of the connector that are worked on.
    pub asked: Arc<Semaphore>,
    draining: AtomicBool,
    /// What was said of imports last.
    imports: Mutex<String>,
}

impl Link {
    /// A session whose messages go to `outbox`.
    pub fn new(
        (connector_id, number, since_ms): (String, u64, i64),
        sealing_key: [u8; 32],
        hello: Hello,
        outbox: mpsc::Sender<Outgoing>,
    ) -> Self {
        Self {
            connector_id,
            number,
            since_ms,
            sealing_key,
            hello: RwLock::new(hello),
            gone: CancellationToken::new(),
            outbox,
            pending: Mutex::default(),
            next: AtomicU64::new(1),
            slots: Semaphore::new(IN_FLIGHT),
            asked: Arc::new(Semaphore::new(IN_FLIGHT)),
            draining: AtomicBool::new(false),
            imports: Mutex::default(),
        }
    }

    /// Asks the connector and waits for the answer.
    pub async fn call(
        &self,
        method: &str,
        params: &Value,
        deadline: Instant,
    ) -> Result<Value, CallError> {
        let answer = async {
            let _slot = self.slots.acquire().await.map_err(|_| CallError::Lost)?;
            let id = self.next.fetch_add(1, Ordering::Relaxed);
            let (sender, receiver) = oneshot::channel();
            self.pending().insert(id, sender);
            let _forget = Forget { link: self, id };
            let message = rpc::request(id, method, params);
            if message.len() > rpc::MAX_MESSAGE {
                return Err(CallError::TooLarge);
            }
            self.outbox.send(Outgoing::Text(message)).await.map_err(|_| CallError::Lost)?;
            match receiver.await {
                Ok(Ok(value)) => Ok(value),
                Ok(Err(refusal)) => Err(CallError::Refused(refusal)),
                Err(_) => Err(CallError::Lost),
            }
        };
        tokio::select! {
            () = self.gone.cancelled() => Err(CallError::Lost),
            result = tokio::time::timeout_at(deadline, answer) => {
                result.unwrap_or(Err(CallError::Timeout))
            }
        }
    }

    /// Takes an answer of the connector.
    pub fn answered(&self, id: &Value, answer: Answer) {
        if let Some(waiting) = id.as_u64().and_then(|id| self.pending().remove(&id)) {
            let _ = waiting.send(answer);
        }
    }

    /// Sends a message of any other kind; false when the session is over.
    pub async fn send(&self, message: Outgoing) -> bool {
        tokio::select! {
            () = self.gone.cancelled() => false,
            sent = self.outbox.send(message) => sent.is_ok(),
        }
    }

    /// Ends the session with a close code.
    pub fn close(&self, code: u16, reason: &'static str) {
        self.draining.store(true, Ordering::Relaxed);
        if self.outbox.try_send(Outgoing::Close(code, reason)).is_err() {
            self.gone.cancel();
        }
    }

    /// Takes no new requests from now on.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    /// Whether new requests may be sent.
    pub fn is_open(&self) -> bool {
        !self.draining.load(Ordering::Relaxed) && !self.gone.is_cancelled()
    }

    /// Requests that wait for an answer.
    pub fn in_flight(&self) -> usize {
        self.pending().len()
    }

    /// What the connector said last.
    pub fn hello(&self) -> Hello {
        self.hello.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Account names, without copying the mappings.
    pub fn accounts(&self) -> Vec<String> {
        self.hello.read().unwrap_or_else(PoisonError::into_inner).account_names()
    }

    /// Remembers the mappings as they are now.
    pub fn set_mappings(&self, mappings: Value) {
        self.hello.write().unwrap_or_else(PoisonError::into_inner).mappings = mappings;
    }

    /// Whether this word on imports is another than the last; it is the last from now on.
    pub fn is_news(&self, text: &str) -> bool {
        let mut last = self.imports.lock().unwrap_or_else(PoisonError::into_inner);
        let is_news = *last != text;
        text.clone_into(&mut last);
        is_news
    }

    /// Sorts an incoming message: answers are delivered here, the rest is returned.
    pub fn take(&self, message: Incoming) -> Option<Incoming> {
        match message {
            Incoming::Response { id, result } => {
                self.answered(&id, result);
                None
            }
            other => Some(other),
        }
    }

    fn pending(&self) -> MutexGuard<'_, HashMap<u64, oneshot::Sender<Answer>>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets a request that nobody waits for any more.
struct Forget<'a> {
    link: &'a Link,
    id: u64,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.link.pending().remove(&self.id);
    }
}
