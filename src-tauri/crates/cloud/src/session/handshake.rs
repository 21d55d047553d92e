//! The start of a session: dial, upgrade, challenge, authenticate (protocol, section 2).

use crate::identity::signed_texts;
use crate::problem;
use crate::session::clock::{self, CloudClock};
use crate::session::rpc;
use crate::session::state::SessionConfig;
use crate::transport::dial::{self, Connection};
use crate::transport::endpoint::AGENT;
use crate::transport::http::Reply;
use connector_model::{Assignment, Code, Error, Result};
use futures_util::{SinkExt, StreamExt};
use hyper::header::{HeaderValue, USER_AGENT};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

pub(crate) type Socket = WebSocketStream<Connection>;

const SUB_PROTOCOL: &str = "insync.connector.v1";
const BUFFER: usize = 32 * 1024;
/// Heartbeats outside of this range (in seconds) are taken for a mistake.
const HEARTBEATS: std::ops::RangeInclusive<u64> = 1..=300;
const DEFAULT_HEARTBEAT: u64 = 20;

/// What the cloud said when it accepted the connector.
#[derive(Debug)]
pub(crate) struct Welcome {
    pub(crate) tenant: String,
    pub(crate) heartbeat: Duration,
    pub(crate) interval_hours: Option<u32>,
    /// Which mappings this connector imports; none where the cloud does not decide it.
    pub(crate) imports: Option<Vec<Assignment>>,
    /// Whether the cloud counts wrong passwords for all connectors.
    pub(crate) counts_attempts: bool,
    /// The cloud's clock.
    pub(crate) clock: CloudClock,
}

#[derive(Deserialize)]
struct Challenge {
    nonce: String,
    time: String,
}

#[derive(Serialize)]
struct Authenticate<'a> {
    connector_id: &'a str,
    time: &'a str,
    signature: String,
    version: &'a str,
    host: &'a str,
    instance: &'a str,
    #[serde(flatten)]
    hello: crate::Hello,
}

#[derive(Deserialize)]
struct Accepted {
    tenant: String,
    heartbeat_seconds: Option<u64>,
    #[serde(default)]
    settings: Settings,
    imports: Option<Vec<Assignment>>,
    #[serde(default)]
    counts_attempts: bool,
}

#[derive(Deserialize, Default)]
struct Settings {
    interval_hours: Option<u32>,
}

/// Opens a session. `revoked` is final; everything else may be tried again.
pub(crate) async fn open(config: &SessionConfig, limit: Duration) -> Result<(Socket, Welcome)> {
    let connection = dial::dial(&config.endpoint).await?;
    let mut socket = within(limit, Box::pin(upgrade(config, connection))).await?;
    let welcome = within(limit, authenticate(config, &mut socket)).await?;
    Ok((socket, welcome))
}

async fn within<T>(limit: Duration, step: impl Future<Output = Result<T>>) -> Result<T> {
    let late =
        |_| Error::new(Code::CloudUnavailable, "The cloud did not open the session in time.");
    timeout(limit, step).await.map_err(late)?
}

async fn upgrade(config: &SessionConfig, connection: Connection) -> Result<Socket> {
    let mut url = config.endpoint.join("connector/v1/session")?;
    let unusable =
        || Error::new(Code::InvalidInput, "The cloud's address cannot be used for a session.");
    url.set_scheme("wss").map_err(|()| unusable())?;
    let mut request = url.as_str().into_client_request().map_err(|_| unusable())?;
    request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static(SUB_PROTOCOL));
    request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(AGENT));
    let limits = WebSocketConfig::default()
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .max_write_buffer_size(4 * rpc::MAX_MESSAGE)
        .max_message_size(Some(rpc::MAX_MESSAGE))
        .max_frame_size(Some(rpc::MAX_MESSAGE));
    match client_async_with_config(request, connection, Some(limits)).await {
        Ok((socket, _)) => Ok(socket),
        Err(tungstenite::Error::Http(response)) => {
            let (head, body) = response.into_parts();
            let body = body.unwrap_or_default().into();
            let error =
                problem::to_error(&Reply { status: head.status, headers: head.headers, body });
            // Nobody has said yet who is calling, so this cannot be about our identity.
            Err(if error.code == Code::Revoked {
                Error { code: Code::CloudRefused, ..error }
            } else {
                error
            })
        }
        Err(error) => Err(broken(&error)),
    }
}

async fn authenticate(config: &SessionConfig, socket: &mut Socket) -> Result<Welcome> {
    let challenge = loop {
        match next(socket).await? {
            rpc::Incoming::Notification { method, params } if method == "session.challenge" => {
                break serde_json::from_value::<Challenge>(params).map_err(|_| violation())?;
            }
            rpc::Incoming::Notification { .. } => {}
            _ => return Err(violation()),
        }
    };
    let here_ms = clock::now_ms();
    let cloud_ms = clock::from_text(&challenge.time)?;
    let cloud_clock = CloudClock::reading(cloud_ms);
    let time = clock::to_text(here_ms);
    let signature =
        config.keys.sign(&signed_texts::session(&config.connector_id, &challenge.nonce, &time));
    let call = Authenticate {
        connector_id: &config.connector_id,
        time: &time,
        signature,
        version: &config.version,
        host: &config.host,
        instance: &config.instance,
        hello: (config.hello)(),
    };
    // Sent even when the clocks differ too much, so that the cloud can tell its administrator as well.
    let text = rpc::request(1, "session.authenticate", &call);
    socket.send(Message::text(text)).await.map_err(|e| broken(&e))?;
    let accepted = loop {
        match next(socket).await? {
            rpc::Incoming::Response { result, .. } => break result?,
            rpc::Incoming::Notification { .. } => {}
            rpc::Incoming::Request { .. } => return Err(violation()),
        }
    };
    let accepted: Accepted = serde_json::from_value(accepted).map_err(|_| violation())?;
    let heartbeat =
        accepted.heartbeat_seconds.filter(|s| HEARTBEATS.contains(s)).unwrap_or(DEFAULT_HEARTBEAT);
    clock::offset(cloud_ms, here_ms)?;
    Ok(Welcome {
        tenant: accepted.tenant,
        heartbeat: Duration::from_secs(heartbeat),
        interval_hours: accepted.settings.interval_hours,
        imports: accepted.imports,
        counts_attempts: accepted.counts_attempts,
        clock: cloud_clock,
    })
}

async fn next(socket: &mut Socket) -> Result<rpc::Incoming> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return rpc::parse(&text).map_err(|_| violation()),
            Some(Ok(Message::Close(frame))) => return Err(closed(frame.as_ref())),
            Some(Ok(Message::Binary(_))) => return Err(violation()),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(broken(&error)),
            None => return Err(Error::of(Code::ConnectionLost)),
        }
    }
}

/// What a close frame means.
pub(crate) fn closed(frame: Option<&CloseFrame>) -> Error {
    match frame.map(|f| u16::from(f.code)) {
        Some(4001) => Error::of(Code::Revoked),
        Some(4000) => Error::of(Code::IdentityTwice),
        Some(1009) => Error::new(Code::MessageTooLarge, "The cloud refused a message as too long."),
        _ => Error::new(Code::ConnectionLost, "The cloud closed the session."),
    }
}

/// What a failed read or write of the socket means.
pub(crate) fn broken(error: &tungstenite::Error) -> Error {
    match error {
        tungstenite::Error::Capacity(_) => Error::of(Code::MessageTooLarge),
        tungstenite::Error::Protocol(
            tungstenite::error::ProtocolError::ResetWithoutClosingHandshake,
        )
        | tungstenite::Error::Io(_)
        | tungstenite::Error::ConnectionClosed
        | tungstenite::Error::AlreadyClosed => {
            Error::new(Code::ConnectionLost, "The session closed unexpectedly.")
        }
        other => Error::new(
            Code::ProtocolViolation,
            format!("The cloud does not follow the WebSocket protocol: {other}."),
        ),
    }
}

fn violation() -> Error {
    Error::new(Code::ProtocolViolation, "The cloud does not follow the session protocol.")
}
