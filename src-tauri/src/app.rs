//! What every part of the desktop program shares.

use crate::engine::EngineHost;
use crate::tickets::Tickets;
use connector_api::{Connector, OpenPreviews};

/// The program's state, managed by the window's runtime.
pub struct App {
    /// Every use case.
    pub connector: Connector,
    /// The engine of this process, or of another.
    pub engine: EngineHost,
    /// Dry runs that the window looks at.
    pub previews: OpenPreviews,
    /// Work that the page may call off.
    pub tickets: Tickets,
}
