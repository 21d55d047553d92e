//! Registration: what is sent, what is refused, what breaks.

use crate::peers::http_server::{HttpServer, json, text};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_cloud::{ConnectorKeys, register, unregister};
use connector_model::{Code, Secret};
use serde_json::{Value, json as value};
use std::sync::{Arc, Mutex};

fn key() -> Secret {
    Secret::new("ISK-7F3K-9QXM-2D8T-VWHC")
}

#[tokio::test]
async fn a_registration_proves_both_keys_and_gets_an_identity() {
    let seen = Arc::new(Mutex::new(Value::Null));
    let keep = seen.clone();
    let server = HttpServer::start(move |request, body| {
        assert_eq!((request.method().as_str(), request.uri().path()), ("POST", "/connector/v1/registrations"));
        *keep.lock().unwrap() = serde_json::from_slice(&body).unwrap();
        async {
            json(201, &value!({ "connector_id": "c-1", "tenant": "Example Ltd", "scim_url": "/scim/v2", "scim_token": "marker-token" }))
        }
    })
    .await;
    let keys = ConnectorKeys::generate().unwrap();
    let registration =
        register(&server.endpoint(), &key(), &keys, "HOST-1", "0.1.0").await.unwrap();
    assert_eq!(registration.connector_id, "c-1");
    assert_eq!(registration.scim_url, server.url("/scim/v2"));
    assert_eq!(registration.scim_token.expose_str(), Some("marker-token"));
    assert!(!format!("{registration:?}").contains("marker-token"));

    let sent = seen.lock().unwrap().clone();
    let field = |name: &str| sent[name].as_str().unwrap().to_owned();
    assert_eq!((field("host"), field("version")), ("HOST-1".to_owned(), "0.1.0".to_owned()));
    let signed = format!(
        "insync-connector/1/register\n{}\n{}\n{}",
        field("key"),
        field("signing_key"),
        field("sealing_key")
    );
    let public = URL_SAFE_NO_PAD.decode(field("signing_key")).unwrap();
    let proof = URL_SAFE_NO_PAD.decode(field("proof")).unwrap();
    ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, public)
        .verify(signed.as_bytes(), &proof)
        .unwrap();
}

#[tokio::test]
async fn every_refusal_has_its_code() {
    for (status, code, expected) in [
        (403, "registration_key_unknown", Code::RegistrationKeyUnknown),
        (403, "registration_key_used", Code::RegistrationKeyUsed),
        (403, "registration_key_expired", Code::RegistrationKeyExpired),
        (400, "invalid_proof", Code::CloudRefused),
        (401, "", Code::CloudRefused),
        (429, "", Code::CloudThrottled),
        (503, "", Code::CloudUnavailable),
    ] {
        let server = HttpServer::start(move |_, _| async move {
            json(
                status,
                &value!({ "status": status, "title": "No", "detail": "Because.", "code": code }),
            )
        })
        .await;
        let keys = ConnectorKeys::generate().unwrap();
        let error = register(&server.endpoint(), &key(), &keys, "h", "v").await.unwrap_err();
        assert_eq!(error.code, expected, "{status} {code}");
        assert!(!error.action.is_empty() && !error.message.contains("ISK-"));
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_or_nonsense_is_an_error() {
    for (body, code) in
        [("x".repeat(100_000), Code::MessageTooLarge), ("{}".to_owned(), Code::ProtocolViolation)]
    {
        let server = HttpServer::start(move |_, _| {
            let body = body.clone();
            async move { text(201, &body) }
        })
        .await;
        let keys = ConnectorKeys::generate().unwrap();
        assert_eq!(
            register(&server.endpoint(), &key(), &keys, "h", "v").await.unwrap_err().code,
            code
        );
    }
    let server = HttpServer::start(|_, _| async { text(201, "{}") }).await;
    let keys = ConnectorKeys::generate().unwrap();
    let error =
        register(&server.endpoint(), &Secret::new("  "), &keys, "h", "v").await.unwrap_err();
    assert_eq!(error.code, Code::RegistrationKeyUnknown);
}

#[tokio::test]
async fn unregistering_twice_is_fine() {
    for (status, fine) in [(204, true), (404, true), (401, true), (500, false)] {
        let server = HttpServer::start(move |request, _| {
            assert_eq!(request.uri().path(), "/connector/v1/registrations/a%2Fb");
            assert_eq!(request.headers()["authorization"], "Bearer t");
            async move { text(status, "") }
        })
        .await;
        let result = unregister(&server.endpoint(), "a/b", &Secret::new("t")).await;
        assert_eq!(result.is_ok(), fine, "{status}");
    }
}
