//! One person's trouble stops nobody, and the service is at fault only where nobody gets through.

use crate::peers::http_server::{Answer, hang_up, json as answer, text};
use crate::peers::scim_service::{Asked, Hook, Service, item, message, short, start, user};
use connector_model::{Change, DeliveryItem, DeliveryResult};
use serde_json::json;

fn people(count: usize) -> Vec<DeliveryItem> {
    (0..count).map(|n| item(Change::Create, &format!("p{n}"), None)).collect()
}

/// Requests that carry this name get that answer; searches for it do not.
fn poisoned(name: &'static str, say: fn() -> Answer) -> Hook {
    let mail = format!("\"{name}@");
    let about =
        move |asked: &Asked| asked.method != "GET" && asked.data.to_string().contains(&mail);
    Box::new(move |asked| about(asked).then(say))
}

/// A name and an answer.
type Trouble = (&'static str, fn() -> Answer);

const TROUBLES: [Trouble; 5] = [
    ("502", || text(502, "<html>blocked</html>")),
    ("500", || answer(500, &json!({ "detail": "Null pointer" }))),
    ("closed", hang_up),
    ("too long", || text(200, &"x".repeat(17 * 1024 * 1024))),
    ("moved", || {
        let mut moved = text(307, "");
        moved.headers_mut().insert("location", "https://elsewhere.example/".parse().unwrap());
        moved
    }),
];

#[tokio::test]
async fn one_persons_trouble_costs_that_person() {
    for bulk in [None, Some((50, 1_000_000))] {
        for (name, say) in TROUBLES {
            let service =
                Service { bulk, instead: Some(poisoned("p3", say)), ..Service::default() };
            let (_server, client, shared) = start(service).await;
            let results = client.deliver(&people(9)).await.unwrap();
            let taken = short(&results).iter().filter(|r| r.starts_with('u')).count();
            assert_eq!(taken, 8, "{name} {bulk:?}: {:?}", short(&results));
            let wanted = if name == "moved" { "cloud_refused" } else { "?" };
            assert!(short(&results)[3].ends_with(wanted), "{name}: {:?}", short(&results));
            assert!(
                message(&results[3]).contains("POST /scim/v2/Users"),
                "{}",
                message(&results[3])
            );
            assert_eq!(shared.lock().unwrap().users.len(), 8);
        }
    }
}

#[tokio::test]
async fn trouble_in_the_search_after_a_conflict_costs_that_person() {
    for (name, say) in TROUBLES {
        let hook = move |asked: &Asked| {
            let filter = asked.query.get("filter")?;
            filter.contains("p2\"").then(say)
        };
        let users = vec![user("u0", "p2", Some("of-hr"))];
        let service = Service { users, instead: Some(Box::new(hook)), ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let results = short(&client.deliver(&people(5)).await.unwrap());
        assert_eq!(results.iter().filter(|r| r.starts_with('u')).count(), 4, "{name}: {results:?}");
        assert!(!results[2].starts_with('u') && !results[2].ends_with('…'), "{name}: {results:?}");
    }
}

#[tokio::test]
async fn a_hiccup_costs_nobody() {
    for bulk in [None, Some((50, 1_000_000))] {
        for status in [500, 502, 503, 504] {
            let mut seen = std::collections::HashSet::new();
            let hook = move |asked: &Asked| {
                let new = asked.method != "GET" && seen.insert(asked.data.to_string());
                new.then(|| answer(status, &json!({ "detail": "Try again" })))
            };
            let service = Service { bulk, instead: Some(Box::new(hook)), ..Service::default() };
            let (_server, client, shared) = start(service).await;
            let results = short(&client.deliver(&people(6)).await.unwrap());
            assert!(results.iter().all(|r| r.starts_with('u')), "{status}: {results:?}");
            assert_eq!(shared.lock().unwrap().users.len(), 6);
        }
    }
}

#[tokio::test]
async fn a_service_that_is_down_refuses_nobody() {
    for count in [1, 3, 40] {
        let hook = |asked: &Asked| {
            asked.path.starts_with("/Users").then(|| text(502, "<html>no upstream</html>"))
        };
        let (_server, client, shared) =
            start(Service { instead: Some(Box::new(hook)), ..Service::default() }).await;
        let results = client.deliver(&people(count)).await.unwrap();
        assert!(short(&results).iter().all(|r| r == "cloud_unavailable…"), "{:?}", short(&results));
        assert!(message(&results[0]).contains("502"), "{}", message(&results[0]));
        assert!(shared.lock().unwrap().asked("POST") <= 24 * 4, "not everybody is tried");
    }
}

#[tokio::test]
async fn a_service_that_has_moved_says_where_to() {
    let hook = |asked: &Asked| {
        asked.path.starts_with("/Users").then(|| {
            let mut moved = text(308, "");
            let to = "https://new.example/scim/v2/Users\u{1b}[31m";
            let to = hyper::header::HeaderValue::from_bytes(to.replace('\u{1b}', "").as_bytes());
            moved.headers_mut().insert("location", to.unwrap());
            moved
        })
    };
    let (_server, client, shared) =
        start(Service { instead: Some(Box::new(hook)), ..Service::default() }).await;
    let results = client.deliver(&people(3)).await.unwrap();
    assert_eq!(short(&results), ["cloud_refused…"; 3], "the import ends and says so");
    let words = message(&results[0]);
    assert!(
        words.contains("POST /scim/v2/Users with 308")
            && words.contains("https://new.example/scim/v2/Users"),
        "{words}"
    );
    let error = client.check().await.unwrap_err();
    assert!(error.message.contains("GET /scim/v2/Users with 308"), "{}", error.message);
    assert_eq!(shared.lock().unwrap().users.len(), 0, "nothing is sent elsewhere");
}

#[tokio::test]
async fn who_was_answered_counts_when_the_token_expires_in_between() {
    let mut left = 3;
    let hook = move |asked: &Asked| {
        let posts = asked.method == "POST";
        left -= i32::from(posts && left > 0);
        (posts && left == 0).then(|| answer(401, &json!({ "detail": "Token expired" })))
    };
    let (_server, client, shared) =
        start(Service { instead: Some(Box::new(hook)), ..Service::default() }).await;
    let results = short(&client.deliver(&people(30)).await.unwrap());
    assert_eq!(results.iter().filter(|r| r.starts_with('u')).count(), 2);
    assert_eq!(results.iter().filter(|r| *r == "revoked…").count(), 28);
    assert!(shared.lock().unwrap().asked("POST") < 12, "nobody else is tried");
}

#[tokio::test]
async fn a_service_without_a_description_is_a_plain_one() {
    for status in [400, 403, 404, 405, 501] {
        let hook = move |asked: &Asked| {
            (!asked.path.starts_with("/Users"))
                .then(|| answer(status, &json!({ "detail": "no such endpoint" })))
        };
        let (_server, client, shared) =
            start(Service { instead: Some(Box::new(hook)), ..Service::default() }).await;
        client.check().await.unwrap();
        assert_eq!(short(&client.deliver(&people(2)).await.unwrap()), ["u0", "u1"], "{status}");
        assert_eq!(shared.lock().unwrap().asked("POST /Bulk"), 0);
    }
    let page = |asked: &Asked| {
        (asked.path == "/ServiceProviderConfig").then(|| text(200, "<html>Welcome</html>"))
    };
    let (_server, client, _shared) =
        start(Service { instead: Some(Box::new(page)), ..Service::default() }).await;
    assert_eq!(client.check().await.unwrap_err().code, connector_model::Code::ProtocolViolation);
}

#[tokio::test]
async fn an_import_that_is_another_connectors_now_ends_and_is_no_absence() {
    let elsewhere = |asked: &Asked| {
        let error = json!({ "code": "import_elsewhere", "detail": "Another connector imports." });
        asked.path.starts_with("/Users/").then(|| answer(410, &error))
    };
    let users = vec![user("u0", "ida", Some("id-ida")), user("u1", "max", Some("id-max"))];
    let service = Service { instead: Some(Box::new(elsewhere)), users, ..Service::default() };
    let (_server, client, shared) = start(service).await;
    let batch =
        [item(Change::Update, "ida", Some("u0")), item(Change::Preserve, "max", Some("u1"))];
    let results = short(&client.deliver(&batch).await.unwrap());
    assert_eq!(results, ["import_elsewhere…"; 2]);
    assert_eq!(shared.lock().unwrap().users.len(), 2, "nobody is made anew");
}

/// Pages for developers and firewalls show a request with its headers.
#[tokio::test]
async fn a_service_that_repeats_the_token_is_quoted_without_it() {
    let hook = |asked: &Asked| {
        let detail = "bad header Authorization: Bearer token, sorry";
        (asked.method == "POST").then(|| answer(400, &json!({ "detail": detail })))
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, _shared) = start(service).await;
    let told = format!("{:?}", client.deliver(&[item(Change::Create, "ida", None)]).await);
    assert!(told.contains("Authorization: Bearer") && !told.contains("Bearer token"), "{told}");
}

/// Only 429 and 503 speak for the service as a whole (RFC 9110, section 15.6.1).
#[tokio::test]
async fn one_who_is_to_come_back_in_an_hour_stops_nobody_else() {
    let say = || {
        let mut reply = answer(500, &json!({ "detail": "later" }));
        reply.headers_mut().insert("retry-after", 3600.into());
        reply
    };
    let instead = Some(poisoned("p1", say));
    let (_server, client, shared) = start(Service { instead, ..Service::default() }).await;
    let results = client.deliver(&people(4)).await.unwrap();
    let taken = results.iter().filter(|r| matches!(r, DeliveryResult::Acknowledged { .. }));
    assert_eq!((taken.count(), shared.lock().unwrap().users.len()), (3, 3), "{results:?}");
}
