//! JSON-RPC 2.0 as the session speaks it: one object a message, no batches.

use connector_model::{Code, Error};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Largest message either way, in bytes.
pub(crate) const MAX_MESSAGE: usize = 1024 * 1024;
/// Longest text id that is accepted, in bytes.
const MAX_ID: usize = 128;

/// Id of a request, chosen by who asks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Id {
    Number(serde_json::Number),
    Text(String),
}

/// A message that was understood.
#[derive(Debug, PartialEq)]
pub(crate) enum Incoming {
    Request { id: Id, method: String, params: Value },
    Notification { method: String, params: Value },
    Response { id: Id, result: Result<Value, Error> },
}

/// The answer to a message that was not: `-32700` or `-32600`, and the id where it could be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Unreadable {
    pub(crate) code: i32,
    pub(crate) id: Option<Id>,
}

/// Reads one message.
pub(crate) fn parse(text: &str) -> Result<Incoming, Unreadable> {
    let value: Value =
        serde_json::from_str(text).map_err(|_| Unreadable { code: -32700, id: None })?;
    let Value::Object(mut object) = value else {
        return Err(Unreadable { code: -32600, id: None });
    };
    let had_id = object.contains_key("id");
    let id = object.remove("id").and_then(to_id);
    let invalid = |id: &Option<Id>| Unreadable { code: -32600, id: id.clone() };
    if object.get("jsonrpc").and_then(Value::as_str) != Some("2.0") || (had_id && id.is_none()) {
        return Err(invalid(&id));
    }
    match (object.remove("method"), id) {
        (Some(Value::String(method)), id) => {
            let params = match object.remove("params") {
                None => Value::Object(Map::new()),
                Some(params @ (Value::Object(_) | Value::Array(_))) => params,
                Some(_) => return Err(invalid(&id)),
            };
            Ok(match id {
                Some(id) => Incoming::Request { id, method, params },
                None => Incoming::Notification { method, params },
            })
        }
        (None, Some(id)) => match (object.remove("result"), object.remove("error")) {
            (Some(result), None) => Ok(Incoming::Response { id, result: Ok(result) }),
            (None, Some(error)) => Ok(Incoming::Response { id, result: Err(to_error(error)) }),
            _ => Err(invalid(&Some(id))),
        },
        (_, id) => Err(invalid(&id)),
    }
}

/// A request.
pub(crate) fn request(id: u64, method: &str, params: &impl Serialize) -> String {
    write(&Call { jsonrpc: "2.0", id: Some(id), method, params })
}

/// A notification.
pub(crate) fn notification(method: &str, params: &impl Serialize) -> String {
    write(&Call { jsonrpc: "2.0", id: None, method, params })
}

/// The answer to a request. One that is too long for a message becomes an error.
pub(crate) fn response(id: &Id, result: &Result<Value, Error>) -> String {
    let text = match result {
        Ok(result) => write(&Success { jsonrpc: "2.0", id, result }),
        Err(error) => {
            write(&Failure { jsonrpc: "2.0", id: Some(id), error: RpcError::from(error) })
        }
    };
    if text.len() <= MAX_MESSAGE {
        return text;
    }
    let error = Error::new(Code::MessageTooLarge, "The answer is longer than a message can be.")
        .with_action("Ask for less, for example with a limit.");
    write(&Failure { jsonrpc: "2.0", id: Some(id), error: RpcError::from(&error) })
}

/// The answer to an unreadable message.
pub(crate) fn unreadable(what: &Unreadable) -> String {
    let error = Error::new(Code::ProtocolViolation, "The message is not JSON-RPC 2.0.");
    let error = RpcError { code: what.code, ..RpcError::from(&error) };
    write(&Failure { jsonrpc: "2.0", id: what.id.as_ref(), error })
}

#[derive(Serialize)]
struct Call<'a, P> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    method: &'a str,
    params: &'a P,
}

#[derive(Serialize)]
struct Success<'a> {
    jsonrpc: &'static str,
    id: &'a Id,
    result: &'a Value,
}

#[derive(Serialize)]
struct Failure<'a> {
    jsonrpc: &'static str,
    id: Option<&'a Id>,
    error: RpcError<'a>,
}

#[derive(Serialize)]
struct RpcError<'a> {
    code: i32,
    message: &'a str,
    data: &'a Error,
}

impl<'a> From<&'a Error> for RpcError<'a> {
    fn from(error: &'a Error) -> Self {
        let code = match error.code {
            Code::UnknownMethod => -32601,
            Code::InvalidInput | Code::InvalidDn | Code::InvalidFilter | Code::InvalidMapping => {
                -32602
            }
            Code::Internal => -32603,
            _ => -32000,
        };
        Self { code, message: &error.message, data: error }
    }
}

fn write(message: &impl Serialize) -> String {
    // Maps have text keys only, so this does not fail.
    serde_json::to_string(message).unwrap_or_default()
}

fn to_id(value: Value) -> Option<Id> {
    match value {
        Value::Number(number) => Some(Id::Number(number)),
        Value::String(text) if text.len() <= MAX_ID => Some(Id::Text(text)),
        _ => None,
    }
}

fn to_error(value: Value) -> Error {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Wire {
        message: String,
        data: Data,
    }
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct Data {
        code: String,
        message: String,
    }
    let wire: Wire = serde_json::from_value(value).unwrap_or_default();
    let code = crate::problem::known(&wire.data.code);
    let text = if wire.data.message.is_empty() { wire.message } else { wire.data.message };
    match (code, crate::problem::shown(&text)) {
        (Some(code), text) if text.is_empty() => Error::of(code),
        (Some(code), text) => Error::new(code, text),
        (None, text) => Error::new(
            Code::CloudRefused,
            format!("The cloud refused: {text} ({})", crate::problem::shown(&wire.data.code)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_example_is_understood() {
        let v: Value = serde_json::from_str(include_str!("../../vectors/messages.json")).unwrap();
        for example in v["messages"].as_array().unwrap() {
            parse(&example["message"].to_string())
                .unwrap_or_else(|e| panic!("{}: {e:?}", example["name"]));
        }
    }

    #[test]
    fn what_is_not_json_rpc_is_told_so() {
        for (text, code, id) in [
            ("", -32700, None),
            ("{", -32700, None),
            ("[]", -32600, None),
            ("[{}]", -32600, None),
            (r#"{"id":1,"method":"x"}"#, -32600, Some(Id::Number(1.into()))),
            (r#"{"jsonrpc":"2.0","id":null,"method":"x"}"#, -32600, None),
            (r#"{"jsonrpc":"2.0","id":{},"method":"x"}"#, -32600, None),
            (r#"{"jsonrpc":"2.0","id":"a","method":1}"#, -32600, Some(Id::Text("a".into()))),
            (
                r#"{"jsonrpc":"2.0","id":"a","method":"x","params":1}"#,
                -32600,
                Some(Id::Text("a".into())),
            ),
            (r#"{"jsonrpc":"2.0","id":"a"}"#, -32600, Some(Id::Text("a".into()))),
        ] {
            assert_eq!(parse(text).unwrap_err(), Unreadable { code, id }, "{text}");
        }
    }

    #[test]
    fn an_answer_that_is_too_long_becomes_an_error() {
        let text = response(&Id::Number(7.into()), &Ok(Value::String("x".repeat(MAX_MESSAGE))));
        let Ok(Incoming::Response { id, result }) = parse(&text) else { panic!("{}", text.len()) };
        assert_eq!(id, Id::Number(7.into()));
        assert!(result.is_err() && text.contains("message_too_large"));
    }

    proptest! {
        #[test]
        fn any_text_is_answered_without_panic(text in ".{0,200}") {
            if let Err(what) = parse(&text) {
                prop_assert!(parse(&unreadable(&what)).is_ok() || what.id.is_none());
            }
        }

        #[test]
        fn requests_come_through(id in any::<i64>(), method in "[a-z.]{1,20}", key in "\\PC{0,10}", value in "\\PC{0,30}") {
            let params = serde_json::json!({ key: value });
            let text = serde_json::json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }).to_string();
            prop_assert_eq!(parse(&text).unwrap(), Incoming::Request { id: Id::Number(id.into()), method, params });
        }
    }
}
