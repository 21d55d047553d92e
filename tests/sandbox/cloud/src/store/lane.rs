//! A thread that owns one database connection and does one job after the other.

use super::{StoreError, StoreResult};
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Handle to the thread; it ends when the last handle is dropped.
#[derive(Debug, Clone)]
pub(super) struct Lane(mpsc::Sender<Job>);

/// Jobs that may wait; callers beyond wait themselves.
const WAITING: usize = 1024;

impl Lane {
    /// Starts the thread.
    pub(super) fn start(mut connection: Connection, name: &str) -> StoreResult<Self> {
        let (sender, mut jobs) = mpsc::channel::<Job>(WAITING);
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                while let Some(job) = jobs.blocking_recv() {
                    job(&mut connection);
                }
            })
            .map_err(|error| StoreError(error.to_string()))?;
        Ok(Self(sender))
    }

    /// Does a job on the thread. A job that was begun is finished, even if nobody waits any more.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> StoreResult<T> + Send + 'static,
    ) -> StoreResult<T> {
        let (answer, done) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // A panic in one job must not end the thread for all others.
            let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(connection)));
            let lost = || StoreError("a database job failed unexpectedly".to_owned());
            let _ = answer.send(result.unwrap_or_else(|_| Err(lost())));
        });
        let closed = || StoreError("the store is closed".to_owned());
        self.0.send(job).await.map_err(|_| closed())?;
        done.await.map_err(|_| closed())?
    }
}
