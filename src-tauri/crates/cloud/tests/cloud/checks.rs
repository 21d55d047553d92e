//! The steps of a check.

use crate::peers::http_server::{HttpServer, json};
use connector_cloud::{Endpoint, check};
use connector_model::{Check, CheckStatus, Code};
use serde_json::json as value;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

async fn cloud(ahead: Duration) -> HttpServer {
    HttpServer::start(move |request, _| {
        assert_eq!(request.uri().path(), "/connector/v1/ping");
        let time = (OffsetDateTime::now_utc() + ahead).format(&Rfc3339).unwrap();
        async move { json(200, &value!({ "product": "Local cloud", "version": "1", "time": time })) }
    })
    .await
}

fn statuses(checks: &[Check]) -> Vec<(&str, CheckStatus)> {
    checks.iter().map(|c| (c.check.as_str(), c.status)).collect()
}

#[tokio::test]
async fn everything_passes() {
    let server = cloud(Duration::seconds(20)).await;
    let checks = check(&server.endpoint()).await;
    let names = ["cloud_resolve", "cloud_connect", "cloud_tls", "cloud", "clock"];
    assert_eq!(statuses(&checks), names.map(|n| (n, CheckStatus::Pass)));
    assert!(checks[2].message.starts_with("TLS 1.3"));
}

#[tokio::test]
async fn a_clock_two_hours_off_is_its_own_failure() {
    for hours in [2, -2] {
        let server = cloud(Duration::hours(hours)).await;
        let last = check(&server.endpoint()).await.pop().unwrap();
        assert_eq!((last.check.as_str(), last.code), ("clock", Some(Code::ClockSkew)));
        assert!(!last.action.is_empty());
    }
}

#[tokio::test]
async fn after_a_failure_the_rest_is_skipped() {
    let endpoint = Endpoint::new("https://no-such-host.invalid", None, &[443], None).unwrap();
    let checks = check(&endpoint).await;
    assert_eq!(checks[0].code, Some(Code::ResolveFailed));
    assert!(checks[1..].iter().all(|c| c.status == CheckStatus::Skip) && checks.len() == 5);
}

#[tokio::test]
async fn something_else_on_that_address_is_not_a_cloud() {
    let server = HttpServer::start(|_, _| async { json(200, &value!({ "hello": "world" })) }).await;
    let checks = check(&server.endpoint()).await;
    assert_eq!(checks[3].code, Some(Code::ProtocolViolation));
    assert_eq!(checks[4].status, CheckStatus::Skip);
}
