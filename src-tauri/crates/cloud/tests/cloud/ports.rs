//! Which port is dialled, and what happens when servers vanish.

use crate::peers::authority::{Authority, dead_port};
use crate::peers::http_server::{json, serve};
use connector_cloud::{Endpoint, check};
use connector_model::{CheckStatus, Code};
use serde_json::json as value;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

#[tokio::test]
async fn ports_are_tried_in_order_until_one_speaks_tls() {
    let authority = Authority::new();
    let garbage = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let second = garbage.local_addr().unwrap().port();
    let listener = authority.listen().await;
    let third = listener.address().port();
    let noise = tokio::spawn(async move {
        let mut visits = 0;
        while visits < 1 {
            let (mut stream, _) = garbage.accept().await.unwrap();
            let _ = stream.write_all(b"SSH-2.0-x\r\n").await;
            visits += 1;
        }
        // From now on the port is closed: the good one must come first.
    });
    let server = tokio::spawn(serve(listener, |_, _| async {
        json(
            201,
            &value!({ "connector_id": "c", "tenant": "t", "scim_url": "/s", "scim_token": "t" }),
        )
    }));
    let ports = [dead_port().await, second, third];
    let endpoint = Endpoint::new("https://127.0.0.1", Some(&authority.pem), &ports, None).unwrap();
    let keys = connector_cloud::ConnectorKeys::generate().unwrap();
    let key = connector_model::Secret::new("K");
    for _ in 0..2 {
        connector_cloud::register(&endpoint, &key, &keys, "h", "v").await.unwrap();
    }
    noise.await.unwrap();
    server.abort();
}

#[tokio::test]
async fn when_no_port_answers_the_first_error_is_told() {
    let ports = [dead_port().await, dead_port().await];
    let endpoint = Endpoint::new("https://127.0.0.1", None, &ports, None).unwrap();
    let checks = check(&endpoint).await;
    assert_eq!(checks[1].code, Some(Code::ConnectRefused));
    assert_eq!(checks[1].target, format!("127.0.0.1:{}", ports[0]));
}

#[tokio::test]
async fn a_server_that_hangs_up_is_a_lost_connection() {
    let authority = Authority::new();
    let listener = authority.listen().await;
    let endpoint = authority.endpoint(listener.address());
    let server = tokio::spawn(async move {
        loop {
            drop(listener.accept().await);
        }
    });
    let checks = check(&endpoint).await;
    assert_eq!(checks[3].status, CheckStatus::Fail);
    assert_eq!(checks[3].code, Some(Code::ConnectionLost));
    server.abort();
}
