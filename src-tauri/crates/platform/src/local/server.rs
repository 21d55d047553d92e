//! The engine's end of the local socket.

use super::places::Places;
use super::{Call, Caller, GREET, Greeting, MAX_LINE, Reply, SocketName, name};
use crate::Home;
use crate::user::User;
use async_trait::async_trait;
use connector_model::{Code, Error, Result, io_reason};
use interprocess::local_socket::ListenerOptions;
use interprocess::local_socket::tokio::{Listener, Stream, prelude::*};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use zeroize::Zeroize;

/// A front door that says nothing has no place for longer.
const SILENT: Duration = Duration::from_secs(10);
/// A front door that takes nothing of its answer has no place for longer.
const UNREAD: Duration = Duration::from_secs(10);
/// The first wait after a connection that could not be accepted, and the longest: there may be no files left to open.
const AGAIN: Duration = Duration::from_millis(50);
const AT_MOST: Duration = Duration::from_secs(2);
/// Between two words to a front door that waits, that the engine is alive.
const ALIVE: Duration = Duration::from_secs(2);
/// An engine that ends waits so long for the call of a front door that it has greeted.
const GREETED: Duration = Duration::from_secs(1);

/// Answers calls of front doors.
#[async_trait]
pub trait LocalHandler: Send + Sync {
    /// What the engine says of itself.
    fn greeting(&self) -> Greeting;

    /// One call of somebody; `progress` may be used while it goes on.
    async fn call(
        &self,
        method: &str,
        params: Value,
        caller: Caller,
        progress: mpsc::Sender<Value>,
    ) -> Result<Value>;
}

/// A bound local socket.
pub struct LocalServer {
    listener: Listener,
    _name: SocketName,
}

impl LocalServer {
    /// Binds the home's socket. The home's lock is held by the caller, so what lies there is a left-over.
    pub fn bind(home: &Home) -> Result<Self> {
        #[cfg(unix)]
        let _ = std::fs::remove_file(super::socket::path(home));
        let failed = |e: std::io::Error| {
            Error::new(
                Code::StorageFailed,
                format!("The local socket cannot be created: {}.", io_reason(&e)),
            )
        };
        let name = name(home)?;
        let listener = options(&name)?.create_tokio().map_err(failed)?;
        #[cfg(unix)]
        let_in(home).map_err(failed)?;
        Ok(Self { listener, _name: name })
    }

    /// Serves until `end`; then finishes the calls under way, however long they take: whoever calls this bounds that.
    pub async fn serve(self, handler: Arc<dyn LocalHandler>, end: CancellationToken) {
        let (places, mut wait) = (Places::new(), AGAIN);
        let talks = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                () = end.cancelled() => break,
                accepted = self.listener.accept() => accepted,
            };
            let stream = match accepted {
                Ok(stream) => stream,
                Err(error) => {
                    tracing::warn!(reason = io_reason(&error), "a front door was not let in");
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(AT_MOST);
                    continue;
                }
            };
            wait = AGAIN;
            let (handler, end, places) = (handler.clone(), end.clone(), places.clone());
            talks.spawn(async move {
                let place = tokio::select! {
                    place = places.take(is_root(&stream)) => place,
                    () = end.cancelled() => None,
                };
                if let Some(_place) = place {
                    talk(stream, handler, end).await;
                }
            });
        }
        drop(self);
        talks.close();
        talks.wait().await;
    }
}

#[cfg(unix)]
fn options(name: &SocketName) -> Result<ListenerOptions<'static>> {
    use interprocess::os::unix::local_socket::ListenerOptionsExt;
    Ok(ListenerOptions::new().name(name.name()?).mode(0o600))
}

#[cfg(unix)]
fn is_root(stream: &Stream) -> bool {
    stream.peer_creds().is_ok_and(|peer| peer.euid() == Some(0))
}

#[cfg(unix)]
fn user_of(stream: &Stream) -> User {
    let peer = stream.peer_creds().ok();
    peer.and_then(|peer| peer.euid()).map(User::of_uid).unwrap_or_default()
}

/// Whose process is at the other end of a pipe is not looked up.
#[cfg(windows)]
fn user_of(_: &Stream) -> User {
    User::default()
}

/// Only administrators and the owner reach the pipe at all.
#[cfg(windows)]
fn is_root(_: &Stream) -> bool {
    false
}

/// Who may enter the home may talk to its engine: the owner, and the group where it has the right.
#[cfg(unix)]
fn let_in(home: &Home) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let rights = std::fs::metadata(home.root())?.permissions().mode();
    let mode = if rights & 0o010 == 0 { 0o600 } else { 0o660 };
    std::fs::set_permissions(super::socket::path(home), PermissionsExt::from_mode(mode))
}

/// The system, administrators and the owner (the service's account); nobody over the network ([MS-DTYP], 2.5.1).
#[cfg(windows)]
const RIGHTS: &widestring::U16CStr =
    widestring::u16cstr!("D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)");

#[cfg(windows)]
fn options(name: &SocketName) -> Result<ListenerOptions<'static>> {
    use interprocess::os::windows::local_socket::ListenerOptionsExt;
    use interprocess::os::windows::security_descriptor::SecurityDescriptor;
    let rights = SecurityDescriptor::deserialize(RIGHTS).map_err(|_| Error::of(Code::Internal))?;
    Ok(ListenerOptions::new().name(name.name()?).security_descriptor(rights))
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
                reply = answer(&stream, &*handler, call) => match reply {
                    Some(reply) => reply,
                    None => return,
                },
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

/// The end of a call, after everything that it reported. None where the front door takes nothing any more.
async fn answer(stream: &Stream, handler: &dyn LocalHandler, call: Call) -> Option<Reply> {
    let (progress, mut reports) = mpsc::channel(16);
    let caller = Caller { door: call.door, user: user_of(stream) };
    let wants = call.alive;
    let work = handler.call(&call.method, call.params, caller, progress);
    tokio::pin!(work);
    let result = loop {
        tokio::select! {
            result = &mut work => break result,
            Some(report) = reports.recv() => send(stream, &Reply::Progress(report)).await.ok()?,
            () = tokio::time::sleep(ALIVE), if wants => send(stream, &Reply::Alive).await.ok()?,
        }
    };
    while let Ok(report) = reports.try_recv() {
        send(stream, &Reply::Progress(report)).await.ok()?;
    }
    Some(result.map_or_else(Reply::Error, Reply::Result))
}

async fn send(mut stream: &Stream, reply: &Reply) -> std::io::Result<()> {
    let mut text = serde_json::to_vec(reply)?;
    text.push(b'\n');
    match tokio::time::timeout(UNREAD, stream.write_all(&text)).await {
        Ok(sent) => sent,
        Err(_) => Err(std::io::ErrorKind::TimedOut.into()),
    }
}
