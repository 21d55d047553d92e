//! Keeps one session with the cloud for as long as it is wanted.

use crate::session::answer::RequestContext;
use crate::session::clock;
use crate::session::connection::{self, End, QUEUE};
use crate::session::handshake;
use crate::session::line::SessionLine;
use crate::session::replay::Replay;
use crate::session::requests::RequestHandler;
use crate::session::state::{SessionConfig, SessionLimits, SessionState};
use crate::transport::backoff::full_jitter;
use connector_model::Code;
use serde::Serialize;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

/// A session that lasted this long ended for a new reason: waiting starts over.
const STABLE: Duration = Duration::from_mins(1);

/// Starts sessions.
pub struct Session;

/// A running session. Dropping the handle leaves it running until its token is cancelled.
pub struct SessionHandle {
    state: watch::Receiver<SessionState>,
    line: SessionLine,
    drain: CancellationToken,
    cancel: CancellationToken,
    task: JoinHandle<()>,
}

impl Session {
    /// Connects in the background, and again whenever the connection is lost, until `cancel`, a drain or a revocation.
    pub fn spawn(
        config: SessionConfig,
        handler: Arc<dyn RequestHandler>,
        cancel: CancellationToken,
    ) -> SessionHandle {
        Self::spawn_with(config, SessionLimits::default(), handler, cancel)
    }

    /// The same with other times.
    #[allow(clippy::needless_pass_by_value, reason = "a token is a handle")]
    pub fn spawn_with(
        config: SessionConfig,
        limits: SessionLimits,
        handler: Arc<dyn RequestHandler>,
        cancel: CancellationToken,
    ) -> SessionHandle {
        let cancel = cancel.child_token();
        let (sender, state) = watch::channel(SessionState::Connecting);
        let (line, drain) = (SessionLine::default(), CancellationToken::new());
        let context = Arc::new(RequestContext {
            keys: config.keys.clone(),
            connector_id: config.connector_id.clone(),
            handler,
            replay: Mutex::new(Replay::default()),
            in_flight: limits.in_flight,
            line: line.clone(),
        });
        let keeper = Keeper {
            config,
            limits,
            context,
            state: sender,
            line: line.clone(),
            drain: drain.clone(),
            cancel: cancel.clone(),
        };
        let task = tokio::spawn(keeper.run());
        SessionHandle { state, line, drain, cancel, task }
    }
}

impl SessionHandle {
    /// Where the session is, now and as it changes.
    pub fn state(&self) -> watch::Receiver<SessionState> {
        self.state.clone()
    }

    /// What the connector says by itself.
    pub fn line(&self) -> SessionLine {
        self.line.clone()
    }

    /// Tells the cloud something. Dropped when there is no connection, or when too much waits already.
    pub fn notify(&self, method: &str, params: impl Serialize) {
        self.line.notify(method, params);
    }

    /// Takes no new requests, answers those in flight, then closes. Ends at once when `limit` is over.
    pub async fn drain(mut self, limit: Duration) {
        self.drain.cancel();
        if timeout(limit, &mut self.task).await.is_err() {
            self.cancel.cancel();
            let _ = (&mut self.task).await;
        }
    }
}

struct Keeper {
    config: SessionConfig,
    limits: SessionLimits,
    context: Arc<RequestContext>,
    state: watch::Sender<SessionState>,
    line: SessionLine,
    drain: CancellationToken,
    cancel: CancellationToken,
}

impl Keeper {
    async fn run(self) {
        let mut attempt = 0;
        loop {
            self.state.send_replace(SessionState::Connecting);
            let started = Instant::now();
            let end = tokio::select! {
                end = self.connect_once() => end,
                () = self.cancel.cancelled() => End::Stopped,
            };
            self.line.unplug();
            if started.elapsed() >= STABLE {
                attempt = 0;
            }
            let SessionLimits { first_wait, longest_wait, .. } = self.limits;
            let (error, wait) = match end {
                End::Stopped => return self.end(SessionState::Stopped),
                End::Revoked => {
                    tracing::warn!("the cloud no longer accepts this connector");
                    return self.end(SessionState::Revoked);
                }
                End::DrainedByCloud => (None, full_jitter(first_wait, longest_wait, attempt)),
                End::Replaced(error) => (Some(error), longest_wait),
                End::Lost(error) => (Some(error), full_jitter(first_wait, longest_wait, attempt)),
            };
            attempt = attempt.saturating_add(1);
            if let Some(error) = error {
                tracing::info!(code = %error.code, ?wait, "no session with the cloud");
                let retry_in_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                self.state.send_replace(SessionState::Waiting { retry_in_ms, error });
            }
            tokio::select! {
                () = sleep(wait) => {}
                () = self.cancel.cancelled() => return self.end(SessionState::Stopped),
                () = self.drain.cancelled() => return self.end(SessionState::Stopped),
            };
        }
    }

    async fn connect_once(&self) -> End {
        let opened = tokio::select! {
            opened = handshake::open(&self.config, self.limits.handshake) => opened,
            () = self.drain.cancelled() => return End::Stopped,
        };
        let (socket, welcome) = match opened {
            Ok(opened) => opened,
            Err(error) if error.code == Code::Revoked => return End::Revoked,
            Err(error) => return End::Lost(error),
        };
        let (out, queue) = mpsc::channel(QUEUE);
        self.line.plug(out.clone(), welcome.counts_attempts);
        tracing::info!("session with the cloud is open");
        self.context.handler.assigned(welcome.imports.clone());
        self.state.send_replace(SessionState::Connected {
            since_ms: clock::now_ms(),
            tenant: welcome.tenant.clone(),
            interval_hours: welcome.interval_hours,
        });
        connection::serve(socket, &welcome, &self.context, (out, queue), &self.drain).await
    }

    fn end(&self, state: SessionState) {
        self.state.send_replace(state);
    }
}
