//! The engine's end of the local socket.

use super::{Call, GREET, Greeting, MAX_LINE, Reply, name};
use crate::Home;
use async_trait::async_trait;
use connector_model::{Code, Error, Result, io_reason};
use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use zeroize::Zeroize;

/// Front doors connected at once; more of them wait for their turn.
const MAX_CLIENTS: usize = 128;
/// A front door that says nothing has no place for longer.
const SILENT: Duration = Duration::from_secs(10);
/// An engine that ends waits so long for the call of a front door that it has greeted.
const GREETED: Duration = Duration::from_secs(1);

/// Answers calls of front doors.
#[async_trait]
pub trait LocalHandler: Send + Sync {
    /// What the engine says of itself.
    fn greeting(&self) -> Greeting;

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
            Error::new(
                Code::StorageFailed,
                format!("The local socket cannot be created: {}.", io_reason(&e)),
            )
        };
        let listener = options(home)?.create_tokio().map_err(failed)?;
        #[cfg(unix)]
        let_in(home).map_err(failed)?;
        Ok(Self { listener })
    }

    /// Serves until `end`; then finishes the calls under way, however long they take: whoever calls this bounds that.
    pub async fn serve(self, handler: Arc<dyn LocalHandler>, end: CancellationToken) {
        let places = Arc::new(Semaphore::new(MAX_CLIENTS));
        let talks = TaskTracker::new();
        loop {
            let next = async {
                let place = places.clone().acquire_owned().await;
                (place, self.listener.accept().await)
            };
            let (place, stream) = tokio::select! {
                () = end.cancelled() => break,
                next = next => next,
            };
            let (Ok(place), Ok(stream)) = (place, stream) else { continue };
            let (handler, end) = (handler.clone(), end.clone());
            talks.spawn(async move {
                talk(stream, handler, end).await;
                drop(place);
            });
        }
        drop(self.listener);
        talks.close();
        talks.wait().await;
    }
}

#[cfg(unix)]
fn options(home: &Home) -> Result<ListenerOptions<'static>> {
    use interprocess::os::unix::local_socket::ListenerOptionsExt;
    Ok(ListenerOptions::new().name(name(home)?).mode(0o600))
}

/// Who may enter the home may talk to its engine: the owner, and the group where it has the right.
#[cfg(unix)]
fn let_in(home: &Home) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let rights = std::fs::metadata(home.root())?.permissions().mode();
    let mode = if rights & 0o010 == 0 { 0o600 } else { 0o660 };
    std::fs::set_permissions(super::socket_path(home), PermissionsExt::from_mode(mode))
}

/// The system, administrators and the owner (the service's account); nobody over the network ([MS-DTYP], 2.5.1).
#[cfg(windows)]
const RIGHTS: &widestring::U16CStr =
    widestring::u16cstr!("D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)");

#[cfg(windows)]
fn options(home: &Home) -> Result<ListenerOptions<'static>> {
    use interprocess::os::windows::local_socket::ListenerOptionsExt;
    use interprocess::os::windows::security_descriptor::SecurityDescriptor;
    let rights = SecurityDescriptor::deserialize(RIGHTS).map_err(|_| Error::of(Code::Internal))?;
    Ok(ListenerOptions::new().name(name(home)?).security_descriptor(rights))
}

async fn talk(stream: Stream, handler: Arc<dyn LocalHandler>, end: CancellationToken) {
    let mut reader = BufReader::new(&stream);
    let mut greeted = false;
    while let Some(mut line) = next_line(&mut reader, &end, greeted).await {
        let call = serde_json::from_str::<Call>(&line);
        line.zeroize();
        let reply = match call {
            Err(_) => Reply::Error(Error::of(Code::ProtocolViolation)),
            Ok(call) if call.method == GREET => {
                greeted = true;
                match serde_json::to_value(handler.greeting()) {
                    Ok(greeting) => Reply::Result(greeting),
                    Err(_) => return,
                }
            }
            Ok(call) => tokio::select! {
                reply = answer(&stream, &*handler, call) => reply,
                () = gone(&mut reader) => return,
            },
        };
        if send(&stream, &reply).await.is_err() {
            return;
        }
    }
}

/// The next call. Of an engine that ends none, but for the one that a front door is about to make.
async fn next_line(
    reader: &mut BufReader<&Stream>,
    end: &CancellationToken,
    greeted: bool,
) -> Option<String> {
    let mut line = String::new();
    let read = async {
        let read = reader.take(MAX_LINE).read_line(&mut line).await;
        read.is_ok_and(|bytes| bytes > 0 && line.ends_with('\n')).then_some(line)
    };
    let ended = async {
        end.cancelled().await;
        if greeted {
            tokio::time::sleep(GREETED).await;
        }
    };
    tokio::select! {
        line = read => line,
        () = ended => None,
        () = tokio::time::sleep(SILENT) => None,
    }
}

/// Until the front door closes its end: what it asked for, nobody waits for any longer.
async fn gone(reader: &mut BufReader<&Stream>) {
    if reader.fill_buf().await.is_ok_and(|more| !more.is_empty()) {
        std::future::pending::<()>().await;
    }
}

async fn answer(stream: &Stream, handler: &dyn LocalHandler, call: Call) -> Reply {
    let (progress, mut reports) = mpsc::channel(16);
    let work = handler.call(&call.method, call.params, progress);
    tokio::pin!(work);
    let result = loop {
        tokio::select! {
            result = &mut work => break result,
            Some(report) = reports.recv() => {
                let _ = send(stream, &Reply::Progress(report)).await;
            }
        }
    };
    // What was reported before the end arrives before it.
    while let Ok(report) = reports.try_recv() {
        let _ = send(stream, &Reply::Progress(report)).await;
    }
    result.map_or_else(Reply::Error, Reply::Result)
}

async fn send(mut stream: &Stream, reply: &Reply) -> std::io::Result<()> {
    let mut text = serde_json::to_vec(reply)?;
    text.push(b'\n');
    stream.write_all(&text).await
}
