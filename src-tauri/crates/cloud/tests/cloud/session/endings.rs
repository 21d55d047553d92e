//! How sessions end, and what the connector does next.

use crate::peers::cloud_session::{Cloud, until};
use connector_cloud::SessionState;
use connector_model::Code;
use futures_util::SinkExt;
use serde_json::json;
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;

fn is_connected(state: &SessionState) -> bool {
    matches!(state, SessionState::Connected { .. })
}

#[tokio::test]
async fn a_server_that_vanishes_in_mid_request_is_dialled_again() {
    let cloud = Cloud::start().await;
    let (handle, mut inbox) = cloud.session();
    for _ in 0..3 {
        let mut peer = cloud.accept_signed().await;
        peer.ask(1, "mapping.list", json!({})).await;
        let (_, answer) = inbox.recv().await.unwrap();
        drop(peer);
        until(&handle, |s| !is_connected(s)).await;
        // The work of a lost connection is given up.
        let mut answer = answer;
        tokio::time::timeout(Duration::from_secs(5), answer.closed()).await.unwrap();
    }
    let _peer = cloud.accept_signed().await;
    until(&handle, is_connected).await;
    handle.drain(Duration::ZERO).await;
}

#[tokio::test]
async fn a_replaced_connector_waits_and_comes_back_a_revoked_one_does_not() {
    let cloud = Cloud::start().await;
    let (handle, _inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    until(&handle, is_connected).await;
    peer.close(4000).await;
    let mut peer = cloud.accept_signed().await;
    until(&handle, is_connected).await;
    peer.close(4001).await;
    until(&handle, |s| *s == SessionState::Revoked).await;
}

#[tokio::test]
async fn refusals_at_the_start_are_told_apart() {
    for (code, wanted) in
        [("revoked", None), ("invalid_signature", None), ("not_now", Some(Code::CloudRefused))]
    {
        let cloud = Cloud::start().await;
        let (handle, _inbox) = cloud.session();
        let mut peer = cloud.accept().await;
        peer.challenge(0).await;
        let id = peer.receive().await["id"].clone();
        let error = json!({ "code": -32000, "message": "No.", "data": { "code": code, "message": "No.", "action": "" } });
        peer.send(&json!({ "jsonrpc": "2.0", "id": id, "error": error })).await;
        let state = until(&handle, |s| *s != SessionState::Connecting).await;
        match (wanted, state) {
            (None, SessionState::Revoked) => {}
            (Some(code), SessionState::Waiting { error, .. }) => assert_eq!(error.code, code),
            other => panic!("{code}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn clocks_that_differ_too_much_are_told_to_both_ends() {
    let cloud = Cloud::start().await;
    let (handle, _inbox) = cloud.session();
    let mut peer = cloud.accept().await;
    peer.challenge(7200).await;
    let call = peer.receive().await;
    assert_eq!(call["method"], "session.authenticate", "the cloud hears of it, too");
    let data = json!({ "code": "clock_skew", "message": "Two hours.", "action": "" });
    let error = json!({ "code": -32000, "message": "Two hours.", "data": data });
    peer.send(&json!({ "jsonrpc": "2.0", "id": call["id"], "error": error })).await;
    let state = until(&handle, |s| matches!(s, SessionState::Waiting { .. })).await;
    assert!(matches!(state, SessionState::Waiting { error, .. } if error.code == Code::ClockSkew));
}

#[tokio::test]
async fn draining_answers_what_is_in_flight_and_nothing_new() {
    let cloud = Cloud::start().await;
    let (handle, mut inbox) = cloud.session();
    let mut state = handle.state();
    let mut peer = cloud.accept_signed().await;
    peer.ask(1, "mapping.list", json!({})).await;
    let (_, answer) = inbox.recv().await.unwrap();
    let drained = tokio::spawn(handle.drain(Duration::from_secs(20)));
    assert_eq!(peer.receive().await["method"], "session.drain");
    peer.ask(2, "mapping.list", json!({})).await;
    let refused = peer.receive().await;
    assert_eq!(
        (&refused["id"], &refused["error"]["data"]["code"]),
        (&json!(2), &json!("throttled"))
    );
    answer.send(Ok(json!([]))).unwrap();
    assert_eq!(peer.receive().await["id"], 1);
    assert_eq!(peer.closed().await, Some(1001));
    drained.await.unwrap();
    assert_eq!(*state.borrow_and_update(), SessionState::Stopped);
}

#[tokio::test]
async fn a_drain_by_the_cloud_ends_in_a_new_session() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    peer.ask(1, "mapping.list", json!({})).await;
    let (_, answer) = inbox.recv().await.unwrap();
    peer.send(&json!({ "jsonrpc": "2.0", "method": "session.drain", "params": {} })).await;
    answer.send(Ok(json!([]))).unwrap();
    assert_eq!(peer.receive().await["id"], 1);
    assert_eq!(peer.closed().await, Some(1001));
    cloud.accept_signed().await;
}

#[tokio::test]
async fn messages_that_are_too_long_or_not_text_end_the_connection() {
    for (message, code) in [
        (Message::text("x".repeat(1024 * 1024 + 1)), Code::MessageTooLarge),
        (Message::binary(vec![1]), Code::ProtocolViolation),
    ] {
        let cloud = Cloud::start().await;
        let (handle, _inbox) = cloud.session();
        let mut peer = cloud.accept_signed().await;
        until(&handle, is_connected).await;
        let _ = peer.0.send(message).await;
        let state = until(&handle, |s| matches!(s, SessionState::Waiting { .. })).await;
        assert!(matches!(state, SessionState::Waiting { error, .. } if error.code == code));
    }
}

#[tokio::test]
async fn silence_ends_the_connection() {
    let cloud = Cloud::start().await;
    let (handle, _inbox) = cloud.session();
    let peer = cloud.accept_with_heartbeat(1).await;
    until(&handle, is_connected).await;
    // Nobody reads here, so pings stay without answer for three heartbeats of a second.
    let state = until(&handle, |s| matches!(s, SessionState::Waiting { .. })).await;
    assert!(
        matches!(state, SessionState::Waiting { error, .. } if error.code == Code::ConnectionLost)
    );
    drop(peer);
}
