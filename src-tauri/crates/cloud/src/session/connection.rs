//! One connection of a session: requests in, answers out, heartbeats, drain.

use crate::ConnectorKeys;
use crate::identity::sealing::SealedSignIn;
use crate::session::clock::{self, CloudClock};
use crate::session::handshake::{Socket, Welcome, broken, closed};
use crate::session::replay::Replay;
use crate::session::requests::{self, Asked, CloudRequest, RequestHandler};
use crate::session::rpc::{self, Id, Incoming};
use connector_model::{Assignment, Code, Error, Result, UserName};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{FutureExt, SinkExt, StreamExt};
use serde_json::{Value, json};
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout, timeout_at};
use tokio_tungstenite::tungstenite::{Bytes, Message, protocol::CloseFrame};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Messages that may wait for the writer.
pub(crate) const QUEUE: usize = 512;
/// How long the other end has for its half of the close.
const GOODBYE: Duration = Duration::from_secs(2);

/// What answering needs; the same for all connections of a session.
pub(crate) struct Desk {
    pub(crate) keys: Arc<ConnectorKeys>,
    pub(crate) connector_id: String,
    pub(crate) handler: Arc<dyn RequestHandler>,
    pub(crate) replay: Mutex<Replay>,
    pub(crate) in_flight: usize,
}

/// Why a connection ended.
#[derive(Debug)]
pub(crate) enum End {
    /// Broken, or closed for a reason that may pass.
    Lost(Error),
    /// Another connection of the same identity took over.
    Replaced(Error),
    /// The identity is over.
    Revoked,
    /// The cloud asked for a new connection.
    DrainedByCloud,
    /// Drained from this side.
    Stopped,
}

/// Serves until the connection ends. `out` is where answers and notifications go, `queue` its other end.
pub(crate) async fn serve(
    socket: Socket,
    welcome: &Welcome,
    desk: &Arc<Desk>,
    (out, queue): (mpsc::Sender<Message>, mpsc::Receiver<Message>),
    drain: &CancellationToken,
) -> End {
    let patience = welcome.heartbeat * 3;
    let (sink, mut stream) = socket.split();
    let mut writer = AbortOnDropHandle::new(tokio::spawn(write(sink, queue, patience)));
    let mut tasks = JoinSet::new();
    let mut heard = Instant::now();
    let mut tick = interval_at(heard + welcome.heartbeat, welcome.heartbeat);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut draining = None;
    loop {
        if let (Some(end), true) = (draining.as_ref(), tasks.is_empty()) {
            say_goodbye(&out, &mut stream, &mut writer).await;
            return if *end { End::DrainedByCloud } else { End::Stopped };
        }
        tokio::select! {
            () = drain.cancelled(), if draining.is_none() => {
                draining = Some(false);
                let _ = out.send(Message::text(rpc::notification("session.drain", &json!({})))).await;
            }
            message = stream.next() => {
                heard = Instant::now();
                let text = match message {
                    Some(Ok(Message::Text(text))) => text,
                    Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => continue,
                    Some(Ok(Message::Close(frame))) => return end_of(frame.as_ref(), draining),
                    Some(Ok(Message::Binary(_))) => return refuse(&out, &mut writer, 1003, Code::ProtocolViolation).await,
                    Some(Err(error)) => {
                        let error = broken(&error);
                        if error.code == Code::MessageTooLarge {
                            return refuse(&out, &mut writer, 1009, error.code).await;
                        }
                        return End::Lost(error);
                    }
                    None => return End::Lost(Error::new(Code::ConnectionLost, "The session closed unexpectedly.")),
                };
                while tasks.try_join_next().is_some() {}
                let reply = match rpc::parse(&text) {
                    Ok(Incoming::Request { id, method, params }) => {
                        if draining.is_none() && tasks.len() < desk.in_flight {
                            let (desk, out, cloud_clock) = (desk.clone(), out.clone(), welcome.clock);
                            tasks.spawn(async move { answer(&desk, &out, id, &method, params, cloud_clock).await });
                            continue;
                        }
                        rpc::response(&id, &Err(busy(draining.is_some())))
                    }
                    Ok(Incoming::Notification { method, params }) => {
                        match method.as_str() {
                            "session.drain" => _ = draining.get_or_insert(true),
                            "imports.assigned" => told(desk, params),
                            _ => {}
                        }
                        continue;
                    }
                    Ok(Incoming::Response { .. }) => continue,
                    Err(what) => rpc::unreadable(&what),
                };
                // Waiting here holds a flood back; a peer that does not read is ended by the writer.
                if out.send(Message::text(reply)).await.is_err() {
                    return End::Lost(Error::of(Code::ConnectionLost));
                }
            }
            Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
            _ = tick.tick() => {
                if heard.elapsed() > patience {
                    return End::Lost(Error::new(Code::ConnectionLost, "The cloud has been silent for too long."));
                }
                let _ = out.try_send(Message::Ping(Bytes::new()));
            }
            failed = &mut writer => return End::Lost(failed.unwrap_or_else(|_| Error::of(Code::Internal))),
        }
    }
}

/// Writes what is queued, as much at once as there is. Ends with the error that stopped it.
async fn write(
    mut sink: SplitSink<Socket, Message>,
    mut queue: mpsc::Receiver<Message>,
    stall: Duration,
) -> Error {
    let mut batch = Vec::new();
    while queue.recv_many(&mut batch, 64).await > 0 {
        let send = async {
            for message in batch.drain(..) {
                sink.feed(message).await?;
            }
            sink.flush().await
        };
        match timeout(stall, send).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return broken(&error),
            Err(_) => return Error::new(Code::ConnectionLost, "The cloud stopped receiving."),
        }
    }
    Error::of(Code::ConnectionLost)
}

async fn answer(
    desk: &Desk,
    out: &mpsc::Sender<Message>,
    id: Id,
    method: &str,
    params: Value,
    cloud_clock: CloudClock,
) {
    let work = AssertUnwindSafe(run(desk, method, params, cloud_clock)).catch_unwind();
    let result = work.await.unwrap_or_else(|_| {
        tracing::error!(method, "answering a request of the cloud failed unexpectedly");
        Err(Error::of(Code::Internal))
    });
    let _ = out.send(Message::text(rpc::response(&id, &result))).await;
}

async fn run(desk: &Desk, method: &str, params: Value, cloud_clock: CloudClock) -> Result<Value> {
    match requests::read(method, params)? {
        Asked::SignIn(sealed) => sign_in(desk, &sealed, cloud_clock).await,
        Asked::Plain(request) => {
            let limit = requests::deadline(&request);
            timeout(limit, desk.handler.handle(request))
                .await
                .map_err(|_| Error::of(Code::Timeout))?
        }
    }
}

async fn sign_in(desk: &Desk, sealed: &SealedSignIn, cloud_clock: CloudClock) -> Result<Value> {
    let user: UserName = sealed.user.parse()?;
    let expires_ms = clock::from_text(&sealed.expires)?;
    let now_ms = cloud_clock.now_ms();
    if let Err(error) = lock(&desk.replay).in_time(expires_ms, now_ms) {
        return refused(error);
    }
    let password = sealed.open(&desk.keys, &desk.connector_id)?;
    if let Err(error) = lock(&desk.replay).note(&sealed.request_id, expires_ms) {
        return refused(error);
    }
    let deadline = Instant::now()
        + Duration::from_millis(expires_ms.saturating_sub(now_ms).max(0).unsigned_abs());
    let request = CloudRequest::Authenticate { user, password, deadline };
    match timeout_at(deadline, desk.handler.handle(request)).await {
        Ok(result) => result,
        Err(_) => Ok(json!({ "outcome": "directory_unavailable" })),
    }
}

/// Who imports what has changed.
fn told(desk: &Desk, params: Value) {
    #[derive(serde::Deserialize)]
    struct Told {
        imports: Vec<Assignment>,
    }
    let Ok(told) = serde_json::from_value::<Told>(params) else {
        return tracing::warn!("the cloud's word on imports was not understood");
    };
    desk.handler.assigned(Some(told.imports));
}

/// The outcome of a sign-in that is not forwarded.
fn refused(error: Error) -> Result<Value> {
    match error.code {
        Code::ExpiredRequest | Code::Replayed => Ok(json!({ "outcome": "expired_request" })),
        Code::Throttled => Ok(json!({ "outcome": "throttled" })),
        _ => Err(error),
    }
}

fn lock(replay: &Mutex<Replay>) -> std::sync::MutexGuard<'_, Replay> {
    replay.lock().unwrap_or_else(PoisonError::into_inner)
}

fn busy(draining: bool) -> Error {
    let why = if draining {
        "The connector is closing the session."
    } else {
        "Too many requests are waiting for an answer."
    };
    Error::new(Code::Throttled, why).with_action("Send the request again when others are answered.")
}

fn end_of(frame: Option<&CloseFrame>, draining: Option<bool>) -> End {
    let error = closed(frame);
    match (frame.map(|f| u16::from(f.code)), draining) {
        (Some(4001), _) => End::Revoked,
        (Some(4000), _) => End::Replaced(error),
        (_, Some(false)) => End::Stopped,
        (Some(1001), _) | (_, Some(true)) => End::DrainedByCloud,
        _ => End::Lost(error),
    }
}

/// Closes because the other end broke the rules.
async fn refuse(
    out: &mpsc::Sender<Message>,
    writer: &mut AbortOnDropHandle<Error>,
    close: u16,
    code: Code,
) -> End {
    let frame = CloseFrame { code: close.into(), reason: "".into() };
    if out.try_send(Message::Close(Some(frame))).is_ok() {
        // The writer ends by itself once the peer is gone; a moment is enough for the frame to leave.
        let _ = timeout(Duration::from_millis(200), writer).await;
    }
    End::Lost(Error::of(code))
}

async fn say_goodbye(
    out: &mpsc::Sender<Message>,
    stream: &mut SplitStream<Socket>,
    writer: &mut AbortOnDropHandle<Error>,
) {
    let frame = CloseFrame { code: 1001.into(), reason: "".into() };
    if out.send(Message::Close(Some(frame))).await.is_err() {
        return;
    }
    let until_closed = async {
        while let Some(Ok(message)) = stream.next().await {
            if message.is_close() {
                break;
            }
        }
    };
    tokio::select! {
        _ = timeout(GOODBYE, until_closed) => {}
        _ = writer => {}
    }
}
