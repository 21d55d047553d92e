//! JSON-RPC 2.0 messages of the session (PROTOCOL.md, section 2).

use connector_model::Code;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Longest message in bytes.
pub const MAX_MESSAGE: usize = 1 << 20;

/// What came over the wire, sorted.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// The other end asks.
    Request {
        /// To be repeated in the answer.
        id: Value,
        /// What it wants.
        method: String,
        /// Its parameters.
        params: Value,
    },
    /// The other end tells.
    Notification {
        /// What it is about.
        method: String,
        /// Its parameters.
        params: Value,
    },
    /// The other end answers.
    Response {
        /// Which request.
        id: Value,
        /// What it says.
        result: Result<Value, Refusal>,
    },
    /// Not JSON-RPC 2.0: the error to answer with.
    Invalid(i64),
}

/// An error of the other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable.
    pub code: String,
    /// What happened.
    pub message: String,
    /// What to do.
    #[serde(default)]
    pub action: String,
}

impl Refusal {
    /// The signature of a session does not fit.
    pub fn invalid_signature() -> Self {
        Self {
            code: "invalid_signature".to_owned(),
            message: "The signature does not fit the connector's key.".to_owned(),
            action: "Register the connector again with a new key.".to_owned(),
        }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code: code.as_str().to_owned(),
            message: code.summary().to_owned(),
            action: code.action().to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Raw {
    jsonrpc: Option<String>,
    id: Option<Value>,
    method: Option<String>,
    #[serde(default)]
    params: Value,
    #[serde(default)]
    result: Value,
    error: Option<RawError>,
}

#[derive(Deserialize)]
struct RawError {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    data: Option<Value>,
}

impl Incoming {
    /// Reads one message.
    pub fn parse(text: &str) -> Self {
        let raw: Raw = match serde_json::from_str(text) {
            Ok(raw) => raw,
            Err(error) if error.is_data() => return Self::Invalid(-32600),
            Err(_) => return Self::Invalid(-32700),
        };
        let fine_id = |id: &Value| id.is_number() || id.is_string();
        match raw {
            _ if raw.jsonrpc.as_deref() != Some("2.0") => Self::Invalid(-32600),
            Raw { method: Some(method), id: Some(id), params, .. } if fine_id(&id) => {
                Self::Request { id, method, params }
            }
            Raw { method: Some(method), id: None, params, .. } => {
                Self::Notification { method, params }
            }
            Raw { method: None, id: Some(id), error: Some(error), .. } => {
                Self::Response { id, result: Err(error.into()) }
            }
            Raw { method: None, id: Some(id), error: None, result, .. } if fine_id(&id) => {
                Self::Response { id, result: Ok(result) }
            }
            _ => Self::Invalid(-32600),
        }
    }
}

impl From<RawError> for Refusal {
    fn from(raw: RawError) -> Self {
        let told = raw.data.and_then(|data| serde_json::from_value(data).ok());
        told.unwrap_or_else(|| Self {
            code: if raw.code == -32601 { "unknown_method" } else { "internal" }.to_owned(),
            message: raw.message,
            action: String::new(),
        })
    }
}

/// A request.
pub fn request(id: u64, method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string()
}

/// A notification.
pub fn notification(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string()
}

/// A result.
pub fn result(id: &Value, result: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "result": result }).to_string()
}

/// An error.
pub fn error(id: &Value, refusal: &Refusal) -> String {
    let number = match refusal.code.as_str() {
        "unknown_method" => -32601,
        "invalid_input" => -32602,
        _ => -32000,
    };
    json!({ "jsonrpc": "2.0", "id": id,
        "error": { "code": number, "message": refusal.message, "data": refusal } })
    .to_string()
}

/// The answer to what is no JSON-RPC 2.0.
pub fn invalid(number: i64) -> String {
    let message = if number == -32700 { "Parse error" } else { "Invalid Request" };
    json!({ "jsonrpc": "2.0", "id": null, "error": { "code": number, "message": message } })
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_rpc_is_told_apart() {
        for (text, number) in [
            ("{", -32700),
            ("[]", -32600),
            ("{}", -32600),
            (r#"{"jsonrpc":"1.0","method":"x"}"#, -32600),
            (r#"{"jsonrpc":"2.0","id":[1],"method":"x"}"#, -32600),
            (r#"{"jsonrpc":"2.0","method":7}"#, -32600),
        ] {
            assert_eq!(Incoming::parse(text), Incoming::Invalid(number), "{text}");
        }
    }
}
