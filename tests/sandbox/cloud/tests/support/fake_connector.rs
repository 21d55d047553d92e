//! The connector's side of the protocol, as small as it can be.

use super::{TestCloud, Web};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_model::Secret;
use futures_util::{SinkExt, StreamExt};
use ring::signature::{Ed25519KeyPair, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use sandbox_cloud::RunningCloud;
use sandbox_cloud::sealing::{self, Binding, Sealed};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::client::TlsStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

pub type Socket = WebSocketStream<TlsStream<TcpStream>>;

/// What the connector does with a request.
pub enum Reply {
    Result(Value),
    Error(&'static str),
    Silence,
    Die,
}

/// Keys and identity of a registered connector.
#[derive(Clone)]
pub struct Identity {
    pub id: String,
    pub scim_token: String,
    /// Of the process; empty where it says none.
    pub instance: String,
    signing: Arc<Ed25519KeyPair>,
    sealing: [u8; 32],
}

pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Identity {
    /// Registers with a fresh key.
    pub async fn register(cloud: &TestCloud) -> Self {
        let key = cloud.key(json!({})).await;
        let (status, identity, answer) = Self::register_with(&cloud.web, &key).await;
        assert_eq!(status, 201, "{answer}");
        identity
    }

    /// Registers with a given key; the status, the identity (without id if refused), and the answer.
    pub async fn register_with(web: &Web, key: &str) -> (u16, Self, Value) {
        let signing = Ed25519KeyPair::from_seed_unchecked(&rand::random::<[u8; 32]>()).unwrap();
        let sealing: [u8; 32] = rand::random();
        let signing_key = encode(signing.public_key().as_ref());
        let sealing_key = encode(&sealing::public_key(&sealing).unwrap());
        let input = format!("insync-connector/1/register\n{key}\n{signing_key}\n{sealing_key}");
        let body = json!({ "key": key, "host": "SRV-TEST", "version": "0.1.0",
            "signing_key": signing_key, "sealing_key": sealing_key,
            "proof": encode(signing.sign(input.as_bytes()).as_ref()) });
        let (status, answer) = web.call("POST", "/connector/v1/registrations", None, body).await;
        let text = |key: &str| answer[key].as_str().unwrap_or_default().to_owned();
        let identity = Self {
            id: text("connector_id"),
            scim_token: text("scim_token"),
            instance: String::new(),
            signing: Arc::new(signing),
            sealing,
        };
        (status, identity, answer)
    }

    /// Opens the password of a `people.authenticate`.
    pub fn open(&self, params: &Value) -> Option<Secret> {
        let text = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
        let (request_id, expires, user) = (text("request_id"), text("expires"), text("user"));
        let binding = Binding {
            connector_id: &self.id,
            request_id: &request_id,
            expires: &expires,
            user: &user,
        };
        let sealed = Sealed { encapsulated: text("encapsulated"), sealed: text("sealed") };
        sealing::open(&self.sealing, binding, &sealed)
    }

    /// The parameters of `session.authenticate`.
    pub fn proof(&self, challenge: &Value, accounts: &[&str], time: Option<&str>) -> Value {
        let nonce = challenge["params"]["nonce"].as_str().unwrap();
        let time = time.unwrap_or_else(|| challenge["params"]["time"].as_str().unwrap());
        let bytes = format!("insync-connector/1/session\n{}\n{nonce}\n{time}", self.id);
        let accounts: Vec<_> =
            accounts.iter().map(|name| json!({ "name": name, "kind": "ldap" })).collect();
        json!({ "connector_id": self.id, "time": time, "version": "0.1.0", "host": "SRV-TEST",
            "instance": self.instance, "signature": encode(self.signing.sign(bytes.as_bytes()).as_ref()),
            "accounts": accounts, "mappings": [{ "name": "Sales", "account": accounts_first(&accounts) }] })
    }
}

fn accounts_first(accounts: &[Value]) -> Value {
    accounts.first().map(|account| account["name"].clone()).unwrap_or_default()
}

/// A TLS connection that trusts the cloud's CA.
pub async fn dial_plain(cloud: &RunningCloud) -> TlsStream<TcpStream> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(cloud.ca_pem().as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let address = cloud.url().trim_start_matches("https://").to_owned();
    let tcp = TcpStream::connect(&address).await.unwrap();
    tcp.set_nodelay(true).unwrap();
    let tls = tokio_rustls::TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from("127.0.0.1").unwrap();
    tls.connect(name, tcp).await.unwrap()
}

/// Opens the WebSocket and returns it with the challenge.
pub async fn dial(cloud: &RunningCloud) -> (Socket, Value) {
    let url = cloud.url().replace("https://", "wss://") + "/connector/v1/session";
    let mut request = url.into_client_request().unwrap();
    let protocol = "insync.connector.v1".parse().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocol);
    let tls = dial_plain(cloud).await;
    let (mut socket, _) = tokio_tungstenite::client_async(request, tls).await.unwrap();
    let challenge = receive(&mut socket).await.unwrap();
    assert_eq!(challenge["method"], "session.challenge");
    (socket, challenge)
}

/// The next message; the close code when the session ends.
pub async fn receive(socket: &mut Socket) -> Result<Value, Option<u16>> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => return Err(frame.map(|f| u16::from(f.code))),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(None),
        }
    }
}

pub async fn send(socket: &mut Socket, message: &Value) {
    socket.send(Message::text(message.to_string())).await.unwrap();
}

/// A connector that is connected and answers as the test wants.
pub struct FakeConnector {
    notices: mpsc::UnboundedSender<Value>,
    task: JoinHandle<Option<u16>>,
}

impl FakeConnector {
    /// Connects; `answer` gets method and parameters of each request.
    pub async fn connect(
        cloud: &RunningCloud,
        identity: &Identity,
        accounts: &[&str],
        answer: impl Fn(&str, &Value) -> Reply + Send + 'static,
    ) -> Self {
        let (mut socket, challenge) = dial(cloud).await;
        let params = identity.proof(&challenge, accounts, None);
        let hello = json!({ "jsonrpc": "2.0", "id": 1, "method": "session.authenticate", "params": params });
        send(&mut socket, &hello).await;
        let welcome = receive(&mut socket).await.unwrap();
        assert!(welcome["result"]["heartbeat_seconds"].is_u64(), "{welcome}");
        let (notices, mut queue) = mpsc::unbounded_channel::<Value>();
        let task = tokio::spawn(async move {
            loop {
                let message = tokio::select! {
                    Some(notice) = queue.recv() => {
                        send(&mut socket, &notice).await;
                        continue;
                    }
                    message = receive(&mut socket) => match message {
                        Ok(message) => message,
                        Err(code) => return code,
                    },
                };
                let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id"))
                else {
                    continue;
                };
                let reply = match answer(method, &message["params"]) {
                    Reply::Result(result) => {
                        json!({ "jsonrpc": "2.0", "id": id, "result": result })
                    }
                    Reply::Error(code) => json!({ "jsonrpc": "2.0", "id": id, "error": {
                        "code": -32000, "message": code, "data": { "code": code, "message": code, "action": "" } } }),
                    Reply::Silence => continue,
                    Reply::Die => return None,
                };
                send(&mut socket, &reply).await;
            }
        });
        Self { notices, task }
    }

    /// Sends a notification.
    pub fn notify(&self, method: &str, params: &Value) {
        let _ = self.notices.send(json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Waits for the end of the session: its close code.
    pub async fn closed(self) -> Option<u16> {
        self.task.await.unwrap()
    }
}
