//! What every part of the desktop program shares.

use crate::engine::EngineHost;
use connector_api::{Connector, OpenPreviews};
use connector_model::{Code, Error, Result};
use std::sync::{Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// The program's state, managed by the window's runtime.
pub struct App {
    /// Every use case.
    pub connector: Connector,
    /// The engine of this process, or of another.
    pub engine: EngineHost,
    /// Dry runs that the window looks at.
    pub previews: OpenPreviews,
    count: Mutex<CancellationToken>,
}

impl App {
    /// A program over an open home.
    pub fn new(connector: Connector, engine: EngineHost) -> Self {
        Self { connector, engine, previews: OpenPreviews::default(), count: Mutex::default() }
    }

    /// Counting follows typing: a new count ends the one before.
    pub async fn only_newest_count<T>(
        &self,
        counting: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let mine = CancellationToken::new();
        let former = {
            let mut slot = self.count.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *slot, mine.clone())
        };
        former.cancel();
        tokio::select! {
            () = mine.cancelled() => Err(Error::of(Code::Cancelled)),
            done = counting => done,
        }
    }
}
