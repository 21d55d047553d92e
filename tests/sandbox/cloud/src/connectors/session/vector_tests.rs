//! The test vectors of the protocol, from the cloud's side.

use super::handshake;
use super::rpc::{self, Incoming};
use crate::connectors::registration;
use crate::people::sealing::{self, Binding, Sealed};
use crate::token;
use connector_model::Secret;
use serde_json::{Value, json};

macro_rules! vector {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../../../../src-tauri/crates/cloud/vectors/",
            $name
        )))
        .unwrap()
    };
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

#[test]
fn the_session_signature_is_verified() {
    let v = vector!("session.json");
    let key = token::decode_32(text(&v, "signing_key")).unwrap();
    let bytes =
        handshake::signed_bytes(text(&v, "connector_id"), text(&v, "nonce"), text(&v, "time"));
    assert_eq!(bytes, text(&v, "signature_input"));
    assert!(handshake::is_signed_by(&key, &bytes, text(&v, "signature")));
    assert!(!handshake::is_signed_by(&key, &format!("{bytes} "), text(&v, "signature")));
}

#[test]
fn the_registration_proof_is_verified() {
    let v = vector!("registration.json");
    let request: registration::Request = serde_json::from_value(v["request"].clone()).unwrap();
    assert_eq!(request.proof_input(), text(&v, "proof_input"));
    assert!(request.keys().is_some());
    let mut wrong = v["request"].clone();
    wrong["key"] = json!("another");
    let request: registration::Request = serde_json::from_value(wrong).unwrap();
    assert!(request.keys().is_none());
}

#[test]
fn a_sealed_password_opens_and_a_new_one_too() {
    let v = vector!("sealed_password.json");
    let private = token::decode_32(text(&v, "sealing_private_key")).unwrap();
    let public = token::decode_32(text(&v, "sealing_key")).unwrap();
    assert_eq!(sealing::public_key(&private), Some(public));
    let binding = Binding {
        connector_id: text(&v, "connector_id"),
        request_id: text(&v, "request_id"),
        expires: text(&v, "expires"),
        user: text(&v, "user"),
    };
    assert_eq!(binding.aad(), text(&v, "aad"));
    let given = Sealed {
        encapsulated: text(&v, "encapsulated").to_owned(),
        sealed: text(&v, "sealed").to_owned(),
    };
    let password = Secret::new(text(&v, "password"));
    assert!(sealing::open(&private, binding, &given) == Some(password.clone()));
    let fresh = sealing::seal(&public, binding, &password).unwrap();
    assert!(sealing::open(&private, binding, &fresh) == Some(password));
    let other = Binding { request_id: "other", ..binding };
    assert!(sealing::open(&private, other, &fresh).is_none());
}

#[test]
fn every_message_is_understood_and_ours_are_written_the_same() {
    let v = vector!("messages.json");
    for example in v["messages"].as_array().unwrap() {
        let (name, message) = (text(example, "name"), &example["message"]);
        let parsed = Incoming::parse(&message.to_string());
        assert!(!matches!(parsed, Incoming::Invalid(_)), "{name}");
        let written = match (&parsed, text(example, "from")) {
            (Incoming::Request { id, method, params }, "cloud") => {
                rpc::request(id.as_u64().unwrap(), method, params)
            }
            (Incoming::Notification { method, params }, "cloud") => {
                rpc::notification(method, params)
            }
            (Incoming::Response { id, result: Ok(result) }, "cloud") => rpc::result(id, result),
            (Incoming::Response { id, result: Err(refusal) }, _) => rpc::error(id, refusal),
            _ => continue,
        };
        assert_eq!(&serde_json::from_str::<Value>(&written).unwrap(), message, "{name}");
    }
}
