//! Many requests at once.

use crate::peers::cloud_session::{Cloud, now, sealed};
use serde_json::json;

#[tokio::test]
async fn a_flood_is_throttled_and_the_session_lives() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    for id in 0..300 {
        peer.ask(id, "directory.bases", json!({})).await;
    }
    for _ in 0..300 - 64 {
        let answer = peer.receive().await;
        assert_eq!(answer["error"]["data"]["code"], "throttled");
    }
    let mut waiting = vec![];
    while waiting.len() < 64 {
        waiting.push(inbox.recv().await.unwrap().1);
    }
    assert!(inbox.try_recv().is_err());
    // People sign in all the same, until there are as many requests as there may be.
    for id in 300..300 + 193 {
        let params = sealed(&cloud.keys, &format!("r-{id}"), "ann", "secret", &now(60));
        peer.ask(id, "people.authenticate", params).await;
    }
    while waiting.len() < 256 {
        waiting.push(inbox.recv().await.unwrap().1);
    }
    assert_eq!(peer.receive().await["error"]["data"]["code"], "throttled");
    for answer in waiting {
        answer.send(Ok(json!([]))).unwrap();
    }
    for _ in 0..256 {
        assert_eq!(peer.receive().await["result"], json!([]));
    }
    peer.ask("after", "mapping.list", json!({})).await;
    inbox.recv().await.unwrap().1.send(Ok(json!([]))).unwrap();
    assert_eq!(peer.receive().await["id"], "after");
}
