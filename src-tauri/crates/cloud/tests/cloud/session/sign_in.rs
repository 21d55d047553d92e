//! Sealed passwords on their way to the handler.

use crate::peers::cloud_session::{Cloud, now, sealed};
use connector_cloud::CloudRequest;
use serde_json::{Value, json};
use std::time::Duration;

const MARKER: &str = "pässword-marker";

#[tokio::test]
async fn a_password_arrives_once() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    let params = sealed(&cloud.keys, "r-1", "CORP\\ann", MARKER, &now(30));
    peer.ask(1, "people.authenticate", params.clone()).await;
    let (request, answer) = inbox.recv().await.unwrap();
    assert!(!format!("{request:?}").contains(MARKER));
    let CloudRequest::Authenticate { user, password, deadline } = request else {
        panic!("{request:?}")
    };
    assert_eq!((user.to_string().as_str(), password.expose_str()), ("CORP\\ann", Some(MARKER)));
    let left = deadline - tokio::time::Instant::now();
    assert!(left > Duration::from_secs(20) && left <= Duration::from_secs(31), "{left:?}");
    answer.send(Ok(json!({ "outcome": "ok", "identity": "i" }))).unwrap();
    assert_eq!(peer.receive().await["result"], json!({ "outcome": "ok", "identity": "i" }));

    peer.ask(2, "people.authenticate", params.clone()).await;
    assert_eq!(peer.receive().await["result"], json!({ "outcome": "expired_request" }));
    // Not on another connection either.
    drop(peer);
    let mut peer = cloud.accept_signed().await;
    peer.ask(3, "people.authenticate", params).await;
    assert_eq!(peer.receive().await["result"], json!({ "outcome": "expired_request" }));
    assert!(inbox.try_recv().is_err());
}

#[tokio::test]
async fn late_early_and_broken_seals_never_reach_the_handler() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    for expires in [now(-1), now(130)] {
        peer.ask(1, "people.authenticate", sealed(&cloud.keys, "r", "ann", MARKER, &expires)).await;
        assert_eq!(peer.receive().await["result"]["outcome"], "expired_request");
    }
    let changes: [fn(&mut Value); 3] = [
        |p| p["user"] = json!("bob"),
        |p| p["request_id"] = json!("r-2"),
        |p| p["encapsulated"] = json!("AAAA"),
    ];
    for change in changes {
        let mut params = sealed(&cloud.keys, "r", "ann", MARKER, &now(30));
        change(&mut params);
        peer.ask(1, "people.authenticate", params).await;
        assert_eq!(peer.receive().await["error"]["data"]["code"], "seal_broken");
    }
    assert!(inbox.try_recv().is_err());
    // A forged request does not use the id up.
    peer.ask(1, "people.authenticate", sealed(&cloud.keys, "r", "ann", MARKER, &now(30))).await;
    inbox.recv().await.unwrap();
}

#[tokio::test]
async fn the_clouds_clock_decides_and_the_deadline_is_kept() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept().await;
    peer.challenge(-200).await;
    let id = peer.receive().await["id"].clone();
    peer.send(
        &json!({ "jsonrpc": "2.0", "id": id, "result": crate::peers::cloud_session::welcome(20) }),
    )
    .await;
    // Three minutes ago by our clock, in four seconds by the cloud's.
    peer.ask(1, "people.authenticate", sealed(&cloud.keys, "r", "ann", MARKER, &now(-196))).await;
    let (_, _unanswered) = inbox.recv().await.unwrap();
    assert_eq!(peer.receive().await["result"]["outcome"], "directory_unavailable");
}
