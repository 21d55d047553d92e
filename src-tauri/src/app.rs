//! What every part of the desktop program shares.

use crate::engine::EngineHost;
use crate::tickets::Tickets;
use connector_api::{Door, OpenPreviews};
use std::sync::Arc;
use tokio::sync::Notify;

/// The program's state, managed by the window's runtime.
pub struct App {
    /// Every use case.
    pub door: Door,
    /// The engine of this process, or of another.
    pub engine: EngineHost,
    /// Dry runs that the window looks at.
    pub previews: OpenPreviews,
    /// Work that the page may call off.
    pub tickets: Tickets,
    /// Notified when the status is likely to have changed: somebody looks at once.
    pub look: Arc<Notify>,
}

impl App {
    /// Does what changes the status, and has it looked at.
    pub async fn told<T>(&self, work: impl Future<Output = T>) -> T {
        let done = work.await;
        self.look.notify_one();
        done
    }
}
