//! Opens the door of the home, again and again until it is open: then it is decided where the engine is.

use connector_api::{Door, HostKind};
use connector_model::{Code, Error, Result};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Whoever calls waits so long for a door that is being opened.
const OPENS: Duration = Duration::from_secs(5);
/// Wait before a door that could not be opened is tried again.
const AGAIN: Duration = Duration::from_secs(10);
/// The engine itself drains for at most 10 seconds.
const END: Duration = Duration::from_secs(12);

/// The door of the window's home, once it is open.
pub struct Doorway {
    door: watch::Receiver<Option<Result<Door>>>,
    shutdown: CancellationToken,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Doorway {
    /// Begins to open it. Where another process has the engine, this one stays attached to that: a service that is restarted must
    /// find its home free.
    pub fn open(home: Option<PathBuf>) -> Self {
        let (opened, door) = watch::channel(None);
        let shutdown = CancellationToken::new();
        let task = tokio::spawn(keep(home, opened, shutdown.clone()));
        Self { door, shutdown, task: Mutex::new(Some(task)) }
    }

    /// The door, or why it is not open.
    pub async fn door(&self) -> Result<Door> {
        let mut door = self.door.clone();
        let decided = tokio::time::timeout(OPENS, door.wait_for(Option::is_some)).await;
        match decided {
            Ok(Ok(decided)) => decided.clone().unwrap_or_else(|| Err(Error::of(Code::Internal))),
            Ok(Err(_)) | Err(_) => Err(Error::of(Code::HomeLocked)),
        }
    }

    /// Ends the engine of this process; what is under way is finished, within 12 seconds.
    pub async fn close(&self) {
        self.shutdown.cancel();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = tokio::time::timeout(END, task).await;
        }
    }
}

async fn keep(
    home: Option<PathBuf>,
    opened: watch::Sender<Option<Result<Door>>>,
    shutdown: CancellationToken,
) {
    let mut log = None;
    loop {
        let door = tokio::select! {
            () = shutdown.cancelled() => return,
            door = Door::open_logging(home.clone(), HostKind::Window, &mut log) => door,
        };
        opened.send_replace(Some(door.clone()));
        match door {
            Ok(Door::Here(host)) => return host.run(shutdown).await,
            Ok(Door::There(_)) => {
                return tracing::info!("another process runs the engine; attached to it");
            }
            Err(error) => {
                tracing::error!(code = %error.code, "the engine cannot run: {}", error.message);
            }
        }
        tokio::select! {
            () = shutdown.cancelled() => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}
