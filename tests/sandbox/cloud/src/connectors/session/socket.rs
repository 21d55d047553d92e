//! One WebSocket from upgrade to close.

use super::handshake::{self, Authenticate};
use super::link::{Link, Outgoing};
use super::notices::Notices;
use super::rpc::{self, Incoming};
use crate::http::metrics::Counter;
use crate::state::Cloud;
use crate::store::Connector;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use connector_model::Code;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

const HANDSHAKE: Duration = Duration::from_secs(10);
const WRITE: Duration = Duration::from_secs(20);
/// Given to the other end to close its side.
const FAREWELL: Duration = Duration::from_secs(2);

/// Runs a session until it ends.
pub async fn serve(cloud: Arc<Cloud>, mut socket: WebSocket) {
    let begun = timeout(HANDSHAKE, authenticate(&cloud, &mut socket)).await;
    let Ok(Some(Begun { connector, instance, alerts, welcome })) = begun else {
        cloud.metrics.add(Counter::Sessions, "refused", 1);
        close(&mut socket, 1008, "the session was not begun").await;
        return;
    };
    let id = connector.id.clone();
    let (outbox, queue) = mpsc::channel(512);
    let whose = (id.clone(), cloud.next_session(), cloud.clock.now_ms());
    let hello = handshake::hello(&connector, instance);
    let link = Arc::new(Link::new(whose, connector.sealing_key, hello, outbox));
    if cloud.store.seen(connector.clone()).await.is_err() {
        close(&mut socket, 1011, "the store failed").await;
        return;
    }
    // The welcome is the first message in the queue: who has read it can be asked.
    let (request, mut welcome) = welcome;
    welcome["imports"] = cloud.assignments.welcome(&cloud, &link).await.into();
    link.send(Outgoing::Text(rpc::result(&request, &welcome))).await;
    cloud.sessions.attach(link.clone());
    if !cloud.is_ready() {
        link.close(1001, "the cloud is going away");
    }
    let (sink, stream) = socket.split();
    let writer = tokio::spawn(write(sink, queue, link.clone()));
    cloud.assignments.decide(&cloud).await;
    cloud.metrics.add(Counter::Sessions, "opened", 1);
    tracing::info!(connector = %id, session = link.number, "a session began");
    let notices = Notices::start(cloud.clone(), link.clone(), connector, alerts);
    read(&cloud, stream, &link, &notices).await;
    cloud.sessions.detach(&link);
    link.gone.cancel();
    cloud.assignments.decide(&cloud).await;
    let _ = timeout(FAREWELL, writer).await;
    cloud.metrics.add(Counter::Sessions, "closed", 1);
    tracing::info!(connector = %id, session = link.number, "a session ended");
}

/// A connector that has proved who it is.
struct Begun {
    connector: Connector,
    instance: String,
    alerts: Option<Vec<Value>>,
    /// The answer to `session.authenticate` with its id, not sent yet; what the connector imports is missing.
    welcome: (Value, Value),
}

async fn authenticate(cloud: &Cloud, socket: &mut WebSocket) -> Option<Begun> {
    let (nonce, params) = handshake::challenge(cloud);
    send(socket, rpc::notification("session.challenge", &params)).await?;
    loop {
        let text = match socket.recv().await?.ok()? {
            Message::Text(text) => text,
            Message::Ping(_) | Message::Pong(_) => continue,
            Message::Binary(_) | Message::Close(_) => return None,
        };
        match Incoming::parse(&text) {
            Incoming::Request { id, method, params } if method == "session.authenticate" => {
                let Ok(said) = serde_json::from_value::<Authenticate>(params) else {
                    send(socket, rpc::error(&id, &Code::InvalidInput.into())).await?;
                    return None;
                };
                match handshake::authenticated(cloud, &nonce, &said).await {
                    Ok(connector) => {
                        let result = json!({
                            "tenant": cloud.tenant,
                            "heartbeat_seconds": cloud.heartbeat.as_secs(),
                            "settings": cloud.settings().await,
                            "counts_attempts": true,
                        });
                        return Some(Begun {
                            connector,
                            instance: handshake::short(&said.instance),
                            alerts: said.alerts,
                            welcome: (id, result),
                        });
                    }
                    Err(refusal) => {
                        tracing::info!(code = refusal.code, "a session was refused");
                        send(socket, rpc::error(&id, &refusal)).await?;
                        if refusal.code == Code::Revoked.as_str() {
                            close(socket, 4001, "revoked").await;
                        }
                        return None;
                    }
                }
            }
            Incoming::Request { id, .. } => {
                send(socket, rpc::error(&id, &Code::NotRegistered.into())).await?;
            }
            Incoming::Invalid(number) => send(socket, rpc::invalid(number)).await?,
            Incoming::Notification { .. } | Incoming::Response { .. } => {}
        }
    }
}

async fn read(
    cloud: &Arc<Cloud>,
    mut stream: SplitStream<WebSocket>,
    link: &Arc<Link>,
    notices: &Notices,
) {
    let mut heartbeat = interval(cloud.heartbeat);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut heard = Instant::now();
    loop {
        tokio::select! {
            () = link.gone.cancelled() => {
                // Until the other end has closed its side, so that it can read why.
                let rest = async { while let Some(Ok(_)) = stream.next().await {} };
                let _ = timeout(FAREWELL, rest).await;
                return;
            }
            _ = heartbeat.tick() => {
                if heard.elapsed() > cloud.heartbeat * 3 {
                    tracing::info!(connector = %link.connector_id, "nothing was heard for too long");
                    return;
                }
                if !link.send(Outgoing::Ping).await {
                    return;
                }
            }
            message = stream.next() => {
                heard = Instant::now();
                match message {
                    Some(Ok(Message::Text(text))) => {
                        if !incoming(cloud, Incoming::parse(&text), link, notices).await {
                            return;
                        }
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                    Some(Ok(Message::Binary(_))) => {
                        link.close(1003, "only text is understood");
                        return;
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                }
            }
        }
    }
}

/// Handles a message that is no answer; false ends the session.
async fn incoming(
    cloud: &Arc<Cloud>,
    message: Incoming,
    link: &Arc<Link>,
    notices: &Notices,
) -> bool {
    let reply = match link.take(message) {
        None | Some(Incoming::Response { .. }) => return true,
        Some(Incoming::Notification { method, params }) => {
            if method == "session.drain" {
                link.drain();
            } else {
                notices.tell(method, params).await;
            }
            return true;
        }
        Some(Incoming::Request { id, method, params }) => {
            let Ok(place) = link.asked.clone().try_acquire_owned() else {
                return link.send(Outgoing::Text(rpc::error(&id, &Code::Throttled.into()))).await;
            };
            let (cloud, link) = (cloud.clone(), link.clone());
            tokio::spawn(async move {
                let _place = place;
                let answer = match method.as_str() {
                    "attempts.reserve" => cloud.attempts.reserve(&cloud, link.number, params).await,
                    _ => Err(Code::UnknownMethod.into()),
                };
                let text = match answer {
                    Ok(result) => rpc::result(&id, &result),
                    Err(refusal) => rpc::error(&id, &refusal),
                };
                link.send(Outgoing::Text(text)).await;
            });
            return true;
        }
        Some(Incoming::Invalid(number)) => rpc::invalid(number),
    };
    link.send(Outgoing::Text(reply)).await
}

/// Sends what is queued, several messages with one system call where several wait.
async fn write(
    mut sink: SplitSink<WebSocket, Message>,
    mut queue: mpsc::Receiver<Outgoing>,
    link: Arc<Link>,
) {
    while let Some(first) = next(&mut queue, &link).await {
        let mut batch = Some(first);
        let sent = timeout(WRITE, async {
            let mut ends = false;
            while let Some(message) = batch.take() {
                let message = match message {
                    Outgoing::Text(text) => Message::Text(text.into()),
                    Outgoing::Ping => Message::Ping(axum::body::Bytes::new()),
                    Outgoing::Close(code, reason) => {
                        ends = true;
                        Message::Close(Some(frame(code, reason)))
                    }
                };
                sink.feed(message).await?;
                batch = if ends { None } else { queue.try_recv().ok() };
            }
            sink.flush().await?;
            Ok::<_, axum::Error>(ends)
        });
        if !matches!(sent.await, Ok(Ok(false))) {
            break;
        }
    }
    let _ = timeout(FAREWELL, sink.close()).await;
    link.gone.cancel();
}

async fn next(queue: &mut mpsc::Receiver<Outgoing>, link: &Link) -> Option<Outgoing> {
    tokio::select! {
        biased;
        message = queue.recv() => message,
        () = link.gone.cancelled() => None,
    }
}

async fn send(socket: &mut WebSocket, text: String) -> Option<()> {
    socket.send(Message::Text(text.into())).await.ok()
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let _ = timeout(FAREWELL, socket.send(Message::Close(Some(frame(code, reason))))).await;
}

fn frame(code: u16, reason: &'static str) -> CloseFrame {
    CloseFrame { code, reason: Utf8Bytes::from_static(reason) }
}
