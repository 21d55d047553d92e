//! Long work that the page may call off: it names each with a ticket of its own.

use connector_model::{Code, Error, Result};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;

/// Work under way, by ticket.
#[derive(Default)]
pub struct Tickets(Mutex<HashMap<String, CancellationToken>>);

impl Tickets {
    /// Does the work, unless it is called off.
    pub async fn run<T>(&self, ticket: &str, work: impl Future<Output = Result<T>>) -> Result<T> {
        let cancel = self.token(ticket);
        let outcome = tokio::select! {
            () = cancel.cancelled() => Err(Error::of(Code::Cancelled)),
            outcome = work => outcome,
        };
        self.open().remove(ticket);
        outcome
    }

    /// Calls work off; also work that has not begun yet, for calls may overtake one another.
    pub fn cancel(&self, ticket: &str) {
        self.token(ticket).cancel();
    }

    fn token(&self, ticket: &str) -> CancellationToken {
        self.open().entry(ticket.to_owned()).or_default().clone()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
