//! A service that asks to wait for long is left alone until then.

use crate::peers::http_server::json as answer;
use crate::peers::scim_service::{Asked, Service, item, message, short, start};
use connector_model::{Change, Code, DeliveryItem};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

fn now_ms() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

fn people(count: usize) -> Vec<DeliveryItem> {
    (0..count).map(|n| item(Change::Create, &format!("p{n}"), None)).collect()
}

#[tokio::test]
async fn a_long_wait_ends_the_batch_and_keeps_what_was_done() {
    for status in [429, 503] {
        for bulk in [None, Some((2, 100_000))] {
            let mut before = 4;
            let hook = move |asked: &Asked| {
                let counted = asked.method == "POST";
                before -= i32::from(counted && before > 0);
                (counted && before == 0).then(|| {
                    let mut wait = answer(status, &json!({ "detail": "Quota of the hour" }));
                    wait.headers_mut().insert("retry-after", 5400.into());
                    wait
                })
            };
            let service = Service { bulk, instead: Some(Box::new(hook)), ..Service::default() };
            let (_server, client, shared) = start(service).await;
            assert_eq!(client.resumes_ms(), None);
            let results = client.deliver(&people(20)).await.unwrap();
            let taken = short(&results).iter().filter(|r| r.starts_with('u')).count();
            assert_eq!(taken, if bulk.is_some() { 6 } else { 3 }, "{:?}", short(&results));
            let waiting = results.iter().find(|r| short(&[(*r).clone()])[0] == "cloud_throttled…");
            assert!(message(waiting.unwrap()).contains("asks to wait until 20"));
            let until = client.resumes_ms().unwrap() - now_ms();
            assert!((5_390_000..=5_400_000).contains(&until), "{until}");
            // Nothing is sent until then, whoever asks.
            let asked = shared.lock().unwrap().log.len();
            assert!(asked < 22, "{asked}");
            let again = short(&client.deliver(&people(2)).await.unwrap());
            assert_eq!(again, ["cloud_throttled…"; 2]);
            assert_eq!(client.unlinked_users().await.unwrap_err().code, Code::CloudThrottled);
            assert_eq!(shared.lock().unwrap().log.len(), asked);
        }
    }
}

#[tokio::test]
async fn a_time_of_day_is_as_good_as_seconds() {
    let until = time::OffsetDateTime::now_utc() + time::Duration::hours(3);
    let format = time::macros::format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let text = until.format(format).unwrap();
    let hook = move |asked: &Asked| {
        (asked.method == "POST").then(|| {
            let mut wait = answer(429, &json!({}));
            wait.headers_mut().insert("retry-after", text.parse().unwrap());
            wait
        })
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, _shared) = start(service).await;
    client.deliver(&people(1)).await.unwrap();
    let wait = client.resumes_ms().unwrap() - now_ms();
    assert!((3 * 3_600_000 - 10_000..=3 * 3_600_000).contains(&wait), "{wait}");
}

#[tokio::test]
async fn who_goes_on_asking_for_a_moment_is_left_alone_too() {
    let hook = |asked: &Asked| {
        (asked.method == "POST").then(|| {
            let mut wait = answer(429, &json!({}));
            wait.headers_mut().insert("retry-after", 0.into());
            wait
        })
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    assert_eq!(short(&client.deliver(&people(1)).await.unwrap()), ["cloud_throttled…"]);
    assert_eq!(shared.lock().unwrap().asked("POST"), 6);
}

#[tokio::test]
async fn one_person_who_is_always_to_come_back_in_a_moment_stops_nobody() {
    let hook = |asked: &Asked| {
        (asked.data["userName"] == "p1").then(|| {
            let mut wait = answer(503, &json!({}));
            wait.headers_mut().insert("retry-after", 0.into());
            wait
        })
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, _shared) = start(service).await;
    let results = short(&client.deliver(&people(4)).await.unwrap());
    assert_eq!(results.iter().filter(|r| r.starts_with('u')).count(), 3, "{results:?}");
    assert_eq!(results[1], "cloud_refused?");
}
