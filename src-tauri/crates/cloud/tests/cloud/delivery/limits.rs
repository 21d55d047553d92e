//! Limits, pauses and services that break.

use crate::peers::authority::Authority;
use crate::peers::scim_service::{Service, item, short, start};
use connector_cloud::ScimClient;
use connector_model::{Change, Code, DeliveryItem, Secret};

fn people(count: usize) -> Vec<DeliveryItem> {
    (0..count).map(|i| item(Change::Create, &format!("p{i}"), None)).collect()
}

fn count(log: &[String], wanted: &str) -> usize {
    log.iter().filter(|l| *l == wanted).count()
}

#[tokio::test]
async fn announced_limits_are_kept() {
    let (_server, client, shared) =
        start(Service { bulk: Some((7, 100_000)), ..Service::default() }).await;
    assert_eq!(client.deliver(&people(50)).await.unwrap().len(), 50);
    let service = shared.lock().unwrap();
    assert_eq!((service.users.len(), count(&service.log, "POST /Bulk")), (50, 8));
    assert_eq!(count(&service.log, "GET /ServiceProviderConfig"), 1);
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_halved() {
    let service =
        Service { bulk: Some((1000, 1_000_000)), real_limit: Some(1000), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    let mut batch = people(20);
    batch[5].person.title = Some("x".repeat(2000));
    let results = short(&client.deliver(&batch).await.unwrap());
    assert_eq!(results[5], "cloud_refused");
    assert_eq!(results.iter().filter(|r| r.starts_with('u')).count(), 19);
    assert_eq!(shared.lock().unwrap().users.len(), 19);
}

#[tokio::test]
async fn pauses_are_kept_and_the_work_goes_on() {
    let service = Service {
        bulk: Some((1000, 1_000_000)),
        moods: [(503, 0)].into(),
        refuse: vec![("p3".into(), 429), ("p3".into(), 503)],
        ..Service::default()
    };
    let (_server, client, shared) = start(service).await;
    let started = std::time::Instant::now();
    shared.lock().unwrap().moods.push_back((429, 1));
    let results = short(&client.deliver(&people(5)).await.unwrap());
    assert!(results.iter().all(|r| r.starts_with('u')), "{results:?}");
    assert!(started.elapsed() >= std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn a_service_that_hangs_up_leaves_nothing_decided() {
    let authority = Authority::new();
    let listener = authority.listen().await;
    let at = listener.address();
    let server = tokio::spawn(async move {
        loop {
            drop(listener.accept().await);
        }
    });
    let url = format!("https://{at}/scim/v2");
    let client = ScimClient::new(authority.endpoint(at), &url, Secret::new("t")).unwrap();
    assert_eq!(client.deliver(&people(2)).await.unwrap_err().code, Code::ConnectionLost);
    server.abort();
}

#[tokio::test]
async fn a_bulk_that_is_refused_whole_is_sent_one_by_one() {
    let service = Service { bulk: Some((1000, 1_000_000)), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    client.check().await.unwrap();
    client.deliver(&people(1)).await.unwrap();
    shared.lock().unwrap().moods.push_back((400, 0));
    let results = short(&client.deliver(&people(3)).await.unwrap());
    assert_eq!(results, ["u0+", "u1", "u2"]);
    assert_eq!(count(&shared.lock().unwrap().log, "POST /Users"), 3);
}
