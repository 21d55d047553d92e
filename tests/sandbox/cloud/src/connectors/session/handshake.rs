//! The beginning of a session: challenge and proof (PROTOCOL.md, section 2).

use super::link::Hello;
use super::rpc::Refusal;
use crate::state::Cloud;
use crate::store::Connector;
use crate::{clock, token};
use connector_model::Code;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::{Value, json};

/// Clocks may differ by so much.
pub const MAX_SKEW_MS: i64 = 300_000;

/// What `session.authenticate` carries.
#[derive(Debug, Deserialize)]
pub struct Authenticate {
    connector_id: String,
    time: String,
    signature: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    host: String,
    /// Of the connector's process.
    #[serde(default)]
    pub instance: String,
    #[serde(default)]
    accounts: Value,
    #[serde(default)]
    mappings: Value,
    /// Alerts that hold now; where given, they take the place of those known before.
    pub alerts: Option<Vec<Value>>,
}

/// The nonce of a session, and the text of its challenge.
pub fn challenge(cloud: &Cloud) -> (String, Value) {
    let nonce = token::encode(&rand::random::<[u8; 32]>());
    let params = json!({ "nonce": nonce, "time": cloud.clock.now_text() });
    (nonce, params)
}

/// The bytes that a session's signature covers.
pub fn signed_bytes(connector_id: &str, nonce: &str, time: &str) -> String {
    ["insync-connector/1/session", connector_id, nonce, time].join("\n")
}

/// Whether a signature (base64url) is right.
pub fn is_signed_by(key: &[u8; 32], bytes: &str, signature: &str) -> bool {
    let Some(signature) = token::decode(signature) else { return false };
    UnparsedPublicKey::new(&ED25519, key).verify(bytes.as_bytes(), &signature).is_ok()
}

/// Looks at the answer to a challenge. The connector as it describes itself now, or the error.
pub async fn authenticated(
    cloud: &Cloud,
    nonce: &str,
    said: &Authenticate,
) -> Result<Connector, Refusal> {
    let known = cloud.store.connector(said.connector_id.clone()).await;
    let known = known.map_err(|_| Code::Internal)?.ok_or(Code::Revoked)?;
    if known.revoked_ms.is_some() {
        return Err(Code::Revoked.into());
    }
    let bytes = signed_bytes(&said.connector_id, nonce, &said.time);
    if !is_signed_by(&known.signing_key, &bytes, &said.signature) {
        return Err(Refusal::invalid_signature());
    }
    let now_ms = cloud.clock.now_ms();
    let time = clock::parse(&said.time).ok_or(Code::InvalidInput)?;
    if (now_ms - time).abs() > MAX_SKEW_MS {
        return Err(Code::ClockSkew.into());
    }
    let list = |value: &Value| if value.is_array() { value.clone() } else { json!([]) };
    Ok(Connector {
        host: short(&said.host),
        version: short(&said.version),
        seen_ms: Some(now_ms),
        accounts: list(&said.accounts),
        mappings: list(&said.mappings),
        ..known
    })
}

/// What the connector said of itself.
pub fn hello(connector: &Connector, instance: String) -> Hello {
    Hello {
        accounts: connector.accounts.clone(),
        mappings: connector.mappings.clone(),
        host: connector.host.clone(),
        instance,
    }
}

pub fn short(text: &str) -> String {
    text.chars().take(200).collect()
}
