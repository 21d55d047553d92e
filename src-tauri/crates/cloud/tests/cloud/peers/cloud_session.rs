//! The cloud's end of a session, driven by a test.

use crate::peers::authority::{Authority, Listener};
use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_cloud::{
    CloudRequest, ConnectorKeys, Hello, RequestHandler, Session, SessionConfig, SessionHandle,
    SessionLimits, SessionState,
};
use connector_model::Result;
use futures_util::{SinkExt, StreamExt};
use hpke::{Deserializable, Kem, OpModeS, Serializable};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio_rustls::server::TlsStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};
use tokio_util::sync::CancellationToken;

pub const CONNECTOR: &str = "c-1";

pub struct Cloud {
    authority: Authority,
    listener: Listener,
    pub keys: Arc<ConnectorKeys>,
}

pub struct Peer(pub WebSocketStream<TlsStream<TcpStream>>);

/// Hands each request to the test, which answers it when it likes.
pub struct Inbox(mpsc::Sender<Asked>);
pub type Asked = (CloudRequest, oneshot::Sender<Result<Value>>);

#[async_trait]
impl RequestHandler for Inbox {
    async fn handle(&self, request: CloudRequest) -> Result<Value> {
        assert!(
            !matches!(&request, CloudRequest::MappingRemove { name } if name == "panic"),
            "asked to"
        );
        let (answer, wait) = oneshot::channel();
        self.0.send((request, answer)).await.unwrap();
        wait.await.unwrap()
    }
}

impl Cloud {
    pub async fn start() -> Self {
        let authority = Authority::new();
        let listener = authority.listen().await;
        Self { authority, listener, keys: Arc::new(ConnectorKeys::generate().unwrap()) }
    }

    /// A connector's session that waits hardly at all between attempts.
    pub fn session(&self) -> (SessionHandle, mpsc::Receiver<Asked>) {
        let limits = SessionLimits {
            first_wait: Duration::from_millis(5),
            longest_wait: Duration::from_millis(20),
            ..SessionLimits::default()
        };
        let (sender, inbox) = mpsc::channel(1000);
        let config = SessionConfig {
            instance: "i".into(),
            endpoint: self.authority.endpoint(self.listener.address()),
            connector_id: CONNECTOR.into(),
            keys: self.keys.clone(),
            version: "0.1.0".into(),
            host: "HOST-1".into(),
            hello: Arc::new(Hello::default),
        };
        let handle =
            Session::spawn_with(config, limits, Arc::new(Inbox(sender)), CancellationToken::new());
        (handle, inbox)
    }

    /// The next connection, upgraded.
    pub async fn accept(&self) -> Peer {
        let stream = self.listener.accept().await;
        #[allow(clippy::result_large_err, reason = "the shape of the callback is given")]
        let sub_protocol = |request: &Request, mut response: Response| {
            assert_eq!(request.uri().path(), "/connector/v1/session");
            let name = request.headers()["sec-websocket-protocol"].clone();
            assert_eq!(name, "insync.connector.v1");
            response.headers_mut().insert("sec-websocket-protocol", name);
            Ok(response)
        };
        Peer(accept_hdr_async(stream, sub_protocol).await.unwrap())
    }

    /// The next connection, signed on.
    pub async fn accept_signed(&self) -> Peer {
        self.accept_with_heartbeat(20).await
    }

    /// The next connection, signed on, with this many seconds between heartbeats.
    pub async fn accept_with_heartbeat(&self, seconds: u64) -> Peer {
        let mut peer = self.accept().await;
        peer.challenge(0).await;
        let call = peer.receive().await;
        peer.send(&json!({ "jsonrpc": "2.0", "id": call["id"], "result": welcome(seconds) })).await;
        peer
    }
}

pub fn welcome(heartbeat_seconds: u64) -> Value {
    json!({ "tenant": "Example Ltd", "heartbeat_seconds": heartbeat_seconds, "settings": { "interval_hours": 12 } })
}

pub fn now(ahead_seconds: i64) -> String {
    (OffsetDateTime::now_utc() + time::Duration::seconds(ahead_seconds)).format(&Rfc3339).unwrap()
}

impl Peer {
    pub async fn challenge(&mut self, ahead_seconds: i64) -> Value {
        let params = json!({ "nonce": "bm9uY2U", "time": now(ahead_seconds) });
        self.send(&json!({ "jsonrpc": "2.0", "method": "session.challenge", "params": params }))
            .await;
        params
    }

    pub async fn send(&mut self, message: &Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    pub async fn ask(&mut self, id: impl Into<Value>, method: &str, params: Value) {
        let id = id.into();
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })).await;
    }

    /// The next text message.
    pub async fn receive(&mut self) -> Value {
        loop {
            match self.0.next().await.expect("still open").expect("not broken") {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(frame) => panic!("closed: {frame:?}"),
                _ => {}
            }
        }
    }

    /// The close code, once the other end has closed and got its answer.
    pub async fn closed(&mut self) -> Option<u16> {
        let mut code = None;
        while let Some(Ok(message)) = self.0.next().await {
            if let Message::Close(frame) = message {
                code = frame.map(|f| f.code.into());
            }
        }
        code
    }

    pub async fn close(&mut self, code: u16) {
        let frame = CloseFrame { code: code.into(), reason: "".into() };
        self.0.send(Message::Close(Some(frame))).await.unwrap();
    }
}

/// Waits for a state.
pub async fn until(handle: &SessionHandle, wanted: impl Fn(&SessionState) -> bool) -> SessionState {
    let mut state = handle.state();
    let found = tokio::time::timeout(Duration::from_secs(20), state.wait_for(|s| wanted(s))).await;
    found.expect("in time").expect("session lives").clone()
}

/// Parameters of a sign-in, sealed as the sign-in page does it.
pub fn sealed(
    keys: &ConnectorKeys,
    request_id: &str,
    user: &str,
    password: &str,
    expires: &str,
) -> Value {
    type Sealing = hpke::kem::X25519HkdfSha256;
    let public = URL_SAFE_NO_PAD.decode(keys.sealing_public()).unwrap();
    let public = <Sealing as Kem>::PublicKey::from_bytes(&public).unwrap();
    let aad = format!("{CONNECTOR}\n{request_id}\n{expires}\n{user}");
    let (encapsulated, sealed) =
        hpke::single_shot_seal::<hpke::aead::ChaCha20Poly1305, hpke::kdf::HkdfSha256, Sealing>(
            &OpModeS::Base,
            &public,
            b"insync-connector/1/password",
            password.as_bytes(),
            aad.as_bytes(),
        )
        .unwrap();
    json!({ "request_id": request_id, "user": user, "expires": expires,
        "sealed": URL_SAFE_NO_PAD.encode(sealed), "encapsulated": URL_SAFE_NO_PAD.encode(encapsulated.to_bytes()) })
}
