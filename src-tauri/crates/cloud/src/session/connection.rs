//! One connection of a session: requests in, answers out, heartbeats, drain.

use crate::session::answer::{RequestContext, answer, imports_assigned};
use crate::session::clock::CloudClock;
use crate::session::handshake::{Socket, Welcome, broken, closed};
use crate::session::rpc::{self, Incoming};
use connector_model::{Code, Error};
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::{self, Bytes, Message, Utf8Bytes, protocol::CloseFrame};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Messages that may wait for the writer.
pub(crate) const QUEUE: usize = 512;
/// What keeps its place however much else the cloud asks: all others together have a quarter of the requests in flight.
const SIGN_IN: &str = "people.authenticate";
/// How long the other end has for its half of the close.
const GOODBYE: Duration = Duration::from_secs(2);

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
    context: &Arc<RequestContext>,
    (out, queue): (mpsc::Sender<Message>, mpsc::Receiver<Message>),
    drain: &CancellationToken,
) -> End {
    let patience = welcome.heartbeat * 3;
    let (sink, mut stream) = socket.split();
    let mut writer = AbortOnDropHandle::new(tokio::spawn(write(sink, queue, patience)));
    let mut requests = Requests {
        context,
        out: out.clone(),
        cloud_clock: welcome.clock,
        tasks: JoinSet::new(),
        others: Arc::new(Semaphore::new(context.in_flight / 4)),
        draining: None,
    };
    let mut heard = Instant::now();
    let mut tick = interval_at(heard + welcome.heartbeat, welcome.heartbeat);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        if let (Some(end), true) = (requests.draining, requests.tasks.is_empty()) {
            say_goodbye(&out, &mut stream, &mut writer).await;
            return if end { End::DrainedByCloud } else { End::Stopped };
        }
        tokio::select! {
            () = drain.cancelled(), if requests.draining.is_none() => {
                requests.draining = Some(false);
                let _ = out.send(Message::text(rpc::notification("session.drain", &json!({})))).await;
            }
            message = stream.next() => {
                heard = Instant::now();
                let reply = match received(message, requests.draining) {
                    Received::Text(text) => requests.take(&text),
                    Received::Nothing => None,
                    Received::Violation(close, code) => return refuse(&out, &mut writer, close, code).await,
                    Received::End(end) => return end,
                };
                // Waiting here holds a flood back; a peer that does not read is ended by the writer.
                if let Some(reply) = reply && out.send(Message::text(reply)).await.is_err() {
                    return End::Lost(Error::of(Code::ConnectionLost));
                }
            }
            Some(_) = requests.tasks.join_next(), if !requests.tasks.is_empty() => {}
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

/// What came from the socket.
enum Received {
    Text(Utf8Bytes),
    Nothing,
    /// The rules were broken: the close code, and ours.
    Violation(u16, Code),
    End(End),
}

fn received(message: Option<tungstenite::Result<Message>>, draining: Option<bool>) -> Received {
    match message {
        Some(Ok(Message::Text(text))) => Received::Text(text),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Received::Nothing,
        Some(Ok(Message::Close(frame))) => Received::End(end_of(frame.as_ref(), draining)),
        Some(Ok(Message::Binary(_))) => Received::Violation(1003, Code::ProtocolViolation),
        Some(Err(error)) => match broken(&error) {
            error if error.code == Code::MessageTooLarge => Received::Violation(1009, error.code),
            error => Received::End(End::Lost(error)),
        },
        None => Received::End(End::Lost(Error::new(
            Code::ConnectionLost,
            "The session closed unexpectedly.",
        ))),
    }
}

/// The requests of one connection, and those in flight.
struct Requests<'a> {
    context: &'a Arc<RequestContext>,
    out: mpsc::Sender<Message>,
    cloud_clock: CloudClock,
    tasks: JoinSet<()>,
    /// Places of all that is no sign-in.
    others: Arc<Semaphore>,
    /// Whether the session ends once all are answered, and whether the cloud asked for that.
    draining: Option<bool>,
}

impl Requests<'_> {
    /// Takes one message; gives what is to be answered at once.
    fn take(&mut self, text: &str) -> Option<String> {
        while self.tasks.try_join_next().is_some() {}
        match rpc::parse(text) {
            Ok(Incoming::Request { id, method, params }) => {
                let full = self.tasks.len() >= self.context.in_flight;
                if self.draining.is_some() || full {
                    return Some(rpc::response(&id, &Err(busy(self.draining.is_some()))));
                }
                let other = (method != SIGN_IN).then(|| self.others.clone().try_acquire_owned());
                let Ok(place) = other.transpose() else {
                    return Some(rpc::response(&id, &Err(busy(false))));
                };
                let (context, out, cloud_clock) =
                    (self.context.clone(), self.out.clone(), self.cloud_clock);
                self.tasks.spawn(async move {
                    let _place = place;
                    let text = answer(&context, id, &method, params, cloud_clock).await;
                    let _ = out.send(Message::text(text)).await;
                });
                None
            }
            Ok(Incoming::Notification { method, params }) => {
                match method.as_str() {
                    "session.drain" => _ = self.draining.get_or_insert(true),
                    "imports.assigned" => imports_assigned(self.context, params),
                    _ => {}
                }
                None
            }
            Ok(Incoming::Response { id, result }) => {
                self.context.line.answered(&id, result);
                None
            }
            Err(what) => Some(rpc::unreadable(&what)),
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
