//! Wrong passwords of several connectors are counted together.

use crate::support::TestCloud;
use crate::support::fake_connector::{Identity, Socket, dial, receive, send};
use serde_json::{Value, json};
use std::time::Duration;

struct Session(Socket, u64);

impl Session {
    async fn begin(cloud: &TestCloud, identity: &Identity) -> Self {
        let (mut socket, challenge) = dial(&cloud.cloud).await;
        let params = identity.proof(&challenge, &["corp"], None);
        let hello = json!({ "jsonrpc": "2.0", "id": 0, "method": "session.authenticate", "params": params });
        send(&mut socket, &hello).await;
        let welcome = receive(&mut socket).await.unwrap();
        assert_eq!(welcome["result"]["counts_attempts"], json!(true), "{welcome}");
        Self(socket, 0)
    }

    async fn ask(&mut self, who: &str) {
        self.1 += 1;
        let params = json!({ "identity": who, "attempts": 3, "window_seconds": 900 });
        let ask = json!({ "jsonrpc": "2.0", "id": self.1, "method": "attempts.reserve", "params": params });
        send(&mut self.0, &ask).await;
    }

    /// The answer to the last question.
    async fn answer(&mut self) -> Value {
        loop {
            let message = receive(&mut self.0).await.unwrap();
            if message["id"] == json!(self.1) {
                return message["result"]["reservation"].clone();
            }
        }
    }

    async fn reserve(&mut self, who: &str) -> Value {
        self.ask(who).await;
        self.answer().await
    }

    async fn settle(&mut self, reservation: &Value, end: &str) {
        let params = json!({ "reservation": reservation, "end": end });
        let told = json!({ "jsonrpc": "2.0", "method": "attempts.settled", "params": params });
        send(&mut self.0, &told).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_connectors_share_a_person_s_budget() {
    let cloud = TestCloud::start().await;
    let identities = [Identity::register(&cloud).await, Identity::register(&cloud).await];
    let mut first = Session::begin(&cloud, &identities[0]).await;
    let mut second = Session::begin(&cloud, &identities[1]).await;
    let one = first.reserve("ann").await;
    let two = second.reserve("ann").await;
    let three = first.reserve("ann").await;
    assert!(one.is_u64() && two.is_u64() && three.is_u64() && one != two);
    assert!(second.reserve("bob").await.is_u64(), "nobody else waits");
    // The fourth waits for one of those under way, and gets the place of one who was right.
    second.ask("ann").await;
    second.settle(&one, "free").await;
    let early = tokio::time::timeout(Duration::from_millis(300), second.answer()).await;
    assert!(early.is_err(), "a place is given back by whoever has it");
    first.settle(&one, "free").await;
    let four = second.answer().await;
    assert!(four.is_u64());
    first.settle(&three, "counts").await;
    second.settle(&two, "counts").await;
    second.settle(&four, "counts").await;
    for session in [&mut first, &mut second] {
        assert!(session.reserve("ann").await.is_null());
    }
    // Who goes away without a word has counted.
    for _ in 0..3 {
        assert!(second.reserve("cleo").await.is_u64());
    }
    drop(second);
    assert!(first.reserve("cleo").await.is_null());
}
