//! What every part of the desktop program shares.

use crate::doorway::Doorway;
use crate::tickets::Tickets;
use connector_api::{Door, OpenPreviews};
use connector_model::Result;
use std::sync::Arc;
use tokio::sync::Notify;

/// The program's state, managed by the window's runtime.
pub struct App {
    /// The way to every use case.
    pub doorway: Doorway,
    /// Previews that the window looks at.
    pub previews: OpenPreviews,
    /// Work that the page may call off.
    pub tickets: Tickets,
    /// Notified when the status is likely to have changed: somebody looks at once.
    pub look: Arc<Notify>,
}

impl App {
    /// The door to every use case, or why it is not open.
    pub async fn door(&self) -> Result<Door> {
        self.doorway.door().await
    }
}
