//! The engine's end of the local socket.

use super::{Call, MAX_LINE, Reply, name};
use crate::Home;
use async_trait::async_trait;
use connector_model::{Code, Error, Result};
use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use serde_json::Value;
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

/// Front doors connected at once.
const MAX_CLIENTS: usize = 32;

/// Answers calls of front doors.
#[async_trait]
pub trait LocalHandler: Send + Sync {
    /// One call; `progress` may be used while it goes on.
    async fn call(
        &self,
        method: &str,
        params: Value,
        progress: mpsc::Sender<Value>,
    ) -> Result<Value>;
}

/// A bound local socket.
pub struct LocalServer {
    listener: Listener,
}

impl LocalServer {
    /// Binds the home's socket. The home's lock is held by the caller, so what lies there is a left-over.
    pub fn bind(home: &Home) -> Result<Self> {
        #[cfg(unix)]
        let _ = std::fs::remove_file(super::socket_path(home));
        let failed = |e: std::io::Error| {
            Error::new(Code::StorageFailed, format!("The local socket cannot be made: {e}."))
        };
        let listener = options(home)?.create_tokio().map_err(failed)?;
        Ok(Self { listener })
    }

    /// Serves until cancelled.
    pub async fn serve(self, handler: Arc<dyn LocalHandler>, cancel: CancellationToken) {
        let places = Arc::new(Semaphore::new(MAX_CLIENTS));
        loop {
            let stream = tokio::select! {
                () = cancel.cancelled() => return,
                stream = self.listener.accept() => stream,
            };
            let Ok(stream) = stream else { continue };
            let Ok(place) = places.clone().try_acquire_owned() else { continue };
            let (handler, cancel) = (handler.clone(), cancel.clone());
            tokio::spawn(async move {
                tokio::select! {
                    () = cancel.cancelled() => {}
                    () = talk(stream, handler) => {}
                }
                drop(place);
            });
        }
    }
}

#[cfg(unix)]
fn options(home: &Home) -> Result<ListenerOptions<'static>> {
    use interprocess::os::unix::local_socket::ListenerOptionsExt;
    Ok(ListenerOptions::new().name(name(home)?).mode(0o600))
}

#[cfg(windows)]
fn options(home: &Home) -> Result<ListenerOptions<'static>> {
    Ok(ListenerOptions::new().name(name(home)?))
}

async fn talk(stream: Stream, handler: Arc<dyn LocalHandler>) {
    let mut reader = BufReader::new(&stream);
    let mut line = String::new();
    while (&mut reader)
        .take(MAX_LINE)
        .read_line(&mut line)
        .await
        .is_ok_and(|n| n > 0 && line.ends_with('\n'))
    {
        let reply = match serde_json::from_str::<Call>(&line) {
            Err(_) => Reply::Error(Error::of(Code::ProtocolViolation)),
            Ok(call) => answer(&stream, &*handler, call).await,
        };
        if send(&stream, &reply).await.is_err() {
            return;
        }
        line.clear();
    }
}

async fn answer(stream: &Stream, handler: &dyn LocalHandler, call: Call) -> Reply {
    let (progress, mut reports) = mpsc::channel(16);
    let work = handler.call(&call.method, call.params, progress);
    tokio::pin!(work);
    loop {
        tokio::select! {
            result = &mut work => return result.map_or_else(Reply::Error, Reply::Result),
            Some(report) = reports.recv() => {
                let _ = send(stream, &Reply::Progress(report)).await;
            }
        }
    }
}

async fn send(mut stream: &Stream, reply: &Reply) -> std::io::Result<()> {
    let mut text = serde_json::to_vec(reply)?;
    text.push(b'\n');
    stream.write_all(&text).await
}
