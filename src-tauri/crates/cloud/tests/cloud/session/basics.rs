//! Signing on, asking, answering, telling.

use crate::peers::cloud_session::{CONNECTOR, Cloud, until, welcome};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_cloud::{CloudRequest, SessionState};
use connector_model::{Code, Error};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn the_connector_signs_the_challenge_and_says_who_it_is() {
    let cloud = Cloud::start().await;
    let (handle, _inbox) = cloud.session();
    let mut peer = cloud.accept().await;
    let challenge = peer.challenge(0).await;
    let call = peer.receive().await;
    let params = &call["params"];
    assert_eq!(
        (&call["method"], &params["connector_id"]),
        (&json!("session.authenticate"), &json!(CONNECTOR))
    );
    assert_eq!(
        (&params["host"], &params["accounts"], &params["mappings"]),
        (&json!("HOST-1"), &json!([]), &json!([]))
    );
    let examples: Value =
        serde_json::from_str(include_str!("../../../vectors/messages.json")).unwrap();
    let mut examples = examples["messages"].as_array().unwrap().iter().map(|e| &e["message"]);
    let example = examples.find(|m| m["method"] == "session.authenticate").unwrap();
    let keys = |v: &Value| v.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(params), keys(&example["params"]));
    let (nonce, time) = (challenge["nonce"].as_str().unwrap(), params["time"].as_str().unwrap());
    let signed = format!("insync-connector/1/session\n{CONNECTOR}\n{nonce}\n{time}");
    let public = URL_SAFE_NO_PAD.decode(cloud.keys.signing_public()).unwrap();
    let signature = URL_SAFE_NO_PAD.decode(params["signature"].as_str().unwrap()).unwrap();
    let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, public);
    key.verify(signed.as_bytes(), &signature).unwrap();

    peer.send(&json!({ "jsonrpc": "2.0", "id": call["id"], "result": welcome(20) })).await;
    let state = until(&handle, |s| matches!(s, SessionState::Connected { .. })).await;
    let SessionState::Connected { tenant, interval_hours, .. } = state else { unreachable!() };
    assert_eq!((tenant.as_str(), interval_hours), ("Example Ltd", Some(12)));
    handle.notify("mappings.changed", json!({ "mappings": [] }));
    assert_eq!(peer.receive().await["method"], "mappings.changed");
}

#[tokio::test]
async fn requests_reach_the_handler_and_answers_come_back_in_any_order() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    peer.ask("one", "directory.bases", json!({})).await;
    peer.ask(2, "mapping.sync", json!({ "name": "Sales" })).await;
    let (first, answer_first) = inbox.recv().await.unwrap();
    let (second, answer_second) = inbox.recv().await.unwrap();
    let is_bases = matches!(first, CloudRequest::Bases { account: None });
    assert!(is_bases || matches!(second, CloudRequest::Bases { account: None }));
    let (bases, sync) =
        if is_bases { (answer_first, answer_second) } else { (answer_second, answer_first) };
    sync.send(Err(Error::of(Code::ImportRunning))).unwrap();
    let refusal = peer.receive().await;
    assert_eq!((&refusal["id"], &refusal["error"]["code"]), (&json!(2), &json!(-32000)));
    assert_eq!(refusal["error"]["data"]["code"], "sync_running");
    assert!(!refusal["error"]["data"]["action"].as_str().unwrap().is_empty());
    bases.send(Ok(json!([]))).unwrap();
    assert_eq!(peer.receive().await, json!({ "jsonrpc": "2.0", "id": "one", "result": [] }));
}

#[tokio::test]
async fn mistakes_and_panics_end_one_request_only() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    for (method, params, code, name) in [
        ("people.list", json!({}), -32601, "unknown_method"),
        ("directory.units", json!({ "limit": "many" }), -32602, "invalid_input"),
        ("mapping.remove", json!({ "name": "panic" }), -32603, "internal"),
    ] {
        peer.ask(7, method, params).await;
        let answer = peer.receive().await;
        assert_eq!(
            (&answer["id"], &answer["error"]["code"]),
            (&json!(7), &json!(code)),
            "{method}"
        );
        assert_eq!(answer["error"]["data"]["code"], name);
    }
    peer.send(&json!([])).await;
    assert_eq!(peer.receive().await["error"]["code"], -32600);
    peer.ask(8, "mapping.list", json!({})).await;
    inbox.recv().await.unwrap().1.send(Ok(json!([]))).unwrap();
    assert_eq!(peer.receive().await["result"], json!([]));
}

#[tokio::test]
async fn heartbeats_go_both_ways() {
    let cloud = Cloud::start().await;
    let (_handle, _inbox) = cloud.session();
    let mut peer = cloud.accept_with_heartbeat(1).await;
    peer.0.send(Message::Ping("here?".into())).await.unwrap();
    let (mut pinged, mut answered) = (false, false);
    while !(pinged && answered) {
        match peer.0.next().await.unwrap().unwrap() {
            Message::Ping(_) => pinged = true,
            Message::Pong(content) => answered = content == "here?",
            _ => {}
        }
    }
}
