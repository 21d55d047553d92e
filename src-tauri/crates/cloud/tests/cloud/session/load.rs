//! Many requests at once.

use crate::peers::cloud_session::Cloud;
use serde_json::json;

#[tokio::test]
async fn a_flood_is_throttled_and_the_session_lives() {
    let cloud = Cloud::start().await;
    let (_handle, mut inbox) = cloud.session();
    let mut peer = cloud.accept_signed().await;
    for id in 0..300 {
        peer.ask(id, "mapping.list", json!({})).await;
    }
    let mut throttled = 0;
    for _ in 0..44 {
        let answer = peer.receive().await;
        assert_eq!(answer["error"]["data"]["code"], "throttled");
        throttled += 1;
    }
    assert_eq!(throttled, 300 - 256);
    let mut waiting = vec![];
    while waiting.len() < 256 {
        waiting.push(inbox.recv().await.unwrap().1);
    }
    assert!(inbox.try_recv().is_err());
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
