//! The engine in this process, unless another process runs one for the same home.

use connector_api::{Connector, Door, LogHandle};
use connector_model::Code;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The engine itself drains for at most 10 seconds.
const END: Duration = Duration::from_secs(12);
/// Wait before an engine that could not start is tried again.
const AGAIN: Duration = Duration::from_secs(10);

/// Keeps an engine running until told to stop.
#[derive(Clone)]
pub struct EngineHost {
    ours: Arc<AtomicBool>,
    shutdown: CancellationToken,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
}

impl EngineHost {
    /// Starts the engine. Where another process has it, this one stays attached to that: a service that is restarted must
    /// find its home free.
    pub fn start(door: &Door) -> Self {
        let host =
            Self { ours: Arc::default(), shutdown: CancellationToken::new(), task: Arc::default() };
        let Door::Own(connector) = door else { return host };
        let log = connector.start_logging(false).ok();
        let task = tokio::spawn(keep(connector.clone(), log, host.clone()));
        *host.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        host
    }

    /// Whether this process runs the engine.
    pub fn is_ours(&self) -> bool {
        self.ours.load(Ordering::Relaxed)
    }

    /// Ends the engine of this process; what is under way is finished, within 12 seconds.
    pub async fn stop(&self) {
        self.shutdown.cancel();
        let task = self.task.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(task) = task {
            let _ = tokio::time::timeout(END, task).await;
        }
    }
}

async fn keep(connector: Connector, mut log: Option<LogHandle>, host: EngineHost) {
    loop {
        host.ours.store(true, Ordering::Relaxed);
        let ended = connector.clone().run(log.take(), host.shutdown.clone()).await;
        host.ours.store(false, Ordering::Relaxed);
        match ended {
            Ok(()) => return,
            Err(error) if error.code == Code::HomeLocked => {
                tracing::info!("another process runs the engine; attached to it");
                return;
            }
            Err(error) => {
                tracing::error!(code = %error.code, "the engine cannot run: {}", error.message);
            }
        }
        tokio::select! {
            () = host.shutdown.cancelled() => return,
            () = tokio::time::sleep(AGAIN) => {}
        }
    }
}
