//! The steps of a check.

use crate::peers::http_server::{HttpServer, json};
use crate::peers::scim_service::{Asked, Service, start};
use connector_cloud::{Endpoint, check, check_scim};
use connector_model::{Check, CheckFinding, CheckStatus, Code, Secret};
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
    let version = "1.3".to_owned();
    assert_eq!(checks[2].found, Some(CheckFinding::TlsAgreed { version }));
    let seconds = |found: &Option<CheckFinding>| match found {
        Some(CheckFinding::ClocksDiffer { seconds }) => Some(*seconds),
        _ => None,
    };
    let apart = seconds(&checks[4].found);
    assert!(apart.is_some_and(|apart| (10..=20).contains(&apart)), "{apart:?}");
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

#[tokio::test]
async fn a_scim_service_is_asked_what_it_has() {
    let (server, _client, shared) = start(Service::default()).await;
    let url = server.url("/scim/v2");
    let checks = check_scim(&server.endpoint(), &url, Secret::new("token")).await;
    let names = ["cloud_resolve", "cloud_connect", "cloud_tls", "cloud", "clock"];
    assert_eq!(statuses(&checks), names.map(|n| (n, CheckStatus::Pass)));
    let log = shared.lock().unwrap().log.clone();
    assert_eq!(log, ["GET /ServiceProviderConfig", "GET /Schemas", "GET /Users"]);

    let checks = check_scim(&server.endpoint(), &url, Secret::new("other")).await;
    assert_eq!((checks[3].code, checks[4].status), (Some(Code::Revoked), CheckStatus::Skip));
    assert!(checks[3].message.contains("GET /scim/v2/ServiceProviderConfig"), "{:?}", checks[3]);
    assert!(!checks[3].action.contains("computer"), "nobody took its place");
}

#[tokio::test]
async fn a_scim_service_may_describe_itself_to_nobody_and_show_users_to_some() {
    let hook = |asked: &Asked| match asked.path.as_str() {
        "/ServiceProviderConfig" => Some(json(404, &value!({ "detail": "no such endpoint" }))),
        "/Users" => Some(json(403, &value!({ "detail": "Scope users:read is missing" }))),
        _ => None,
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (server, _client, _shared) = start(service).await;
    let url = server.url("/scim/v2");
    let failed = &check_scim(&server.endpoint(), &url, Secret::new("token")).await[3];
    assert_eq!(failed.code, Some(Code::CloudRefused));
    assert_eq!(
        failed.message,
        "The service answered GET /scim/v2/Users with 403: Scope users:read is missing."
    );
}
