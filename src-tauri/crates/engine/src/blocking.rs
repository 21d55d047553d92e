//! Work that waits for the disk, off the threads that serve everybody.

use connector_model::{Code, Error, Result};

/// Runs blocking work on a thread of its own kind.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| {
        Error::new(Code::Internal, "A background task of the connector ended unexpectedly.")
    })?
}
