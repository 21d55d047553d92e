//! What belongs to whom in the answer to a bulk request; what cannot be told is asked for.

use crate::peers::http_server::{Answer, json as answer, text};
use crate::peers::scim_service::{Asked, Service, item, short, start, user};
use connector_model::{Change, DeliveryItem};
use http_body_util::BodyExt;
use serde_json::{Value, json};

fn people(count: usize) -> Vec<DeliveryItem> {
    (0..count).map(|n| item(Change::Create, &format!("p{n}"), None)).collect()
}

/// What is made of the operations of an answer.
type Remake = fn(&mut Vec<Value>);

/// The operations of an answer, made otherwise.
fn remade(reply: Answer, remake: Remake) -> Answer {
    let body = reply.into_body().collect();
    let body = futures_util::FutureExt::now_or_never(body).unwrap().unwrap().to_bytes();
    let mut value: Value = serde_json::from_slice(&body).unwrap();
    remake(value["Operations"].as_array_mut().unwrap());
    answer(200, &value)
}

fn without(list: &mut [Value], name: &str) {
    for one in list {
        one.as_object_mut().unwrap().remove(name);
    }
}

#[tokio::test]
async fn nobody_gets_another_persons_answer() {
    let forms: [(&str, Remake); 9] = [
        ("as sent", |_| {}),
        ("shuffled", |list| list.reverse()),
        ("without bulkId", |list| without(list, "bulkId")),
        ("without bulkId, shuffled", |list| {
            without(list, "bulkId");
            list.reverse();
        }),
        ("one too few", |list| drop(list.remove(2))),
        ("one of nobody", |list| list.push(json!({ "bulkId": "x9", "status": "201" }))),
        ("one twice", |list| list.push(list[1].clone())),
        ("bare", |list| {
            without(list, "response");
            without(list, "location");
        }),
        ("one id for all", |list| {
            for one in list {
                one["location"] = json!("https://x/Users/u0");
                one["response"] = Value::Null;
            }
        }),
    ];
    for (name, remake) in forms {
        for extension in [false, true] {
            let twist = move |asked: &Asked, reply: Answer| {
                if asked.path == "/Bulk" { remade(reply, remake) } else { reply }
            };
            let service = Service {
                bulk: Some((50, 1_000_000)),
                extension,
                users: vec![
                    user("left", "left", Some("id-left")),
                    user("kept", "kept", Some("id-kept")),
                ],
                afterwards: Some(Box::new(twist)),
                nothing_is_unique: true,
                ..Service::default()
            };
            let (_server, client, shared) = start(service).await;
            let mut batch = people(5);
            batch.insert(1, item(Change::Preserve, "left", Some("left")));
            batch.insert(3, item(Change::Update, "kept", Some("kept")));
            let results = short(&client.deliver(&batch).await.unwrap());
            let service = shared.lock().unwrap();
            assert_eq!(service.users.len(), 7, "{name} {extension}: nobody twice");
            for (item, result) in batch.iter().zip(&results) {
                let id = result.trim_end_matches(['?', '+']);
                assert_eq!(
                    service.user(&item.person.user_name)["id"],
                    id,
                    "{name} {extension}: {results:?}"
                );
            }
            assert_eq!(service.user("left")["active"], false, "{name}");
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_asked_after() {
    for body in [
        "<html>",
        "{}",
        r#"{"Operations":null}"#,
        r#"{"Operations":"many"}"#,
        "[]",
        r#"{"Operations":[null,3]}"#,
    ] {
        let twist = move |asked: &Asked, reply: Answer| {
            if asked.path == "/Bulk" { text(200, body) } else { reply }
        };
        let service = Service {
            bulk: Some((50, 1_000_000)),
            afterwards: Some(Box::new(twist)),
            nothing_is_unique: true,
            ..Service::default()
        };
        let (_server, client, shared) = start(service).await;
        let results = short(&client.deliver(&people(4)).await.unwrap());
        assert!(
            results.iter().all(|r| r.starts_with('u') && r.ends_with('+')),
            "{body}: {results:?}"
        );
        assert_eq!(shared.lock().unwrap().users.len(), 4, "{body}");
    }
}

#[tokio::test]
async fn one_operation_that_fails_stops_no_other() {
    for status in [400, 403, 429, 500, 502, 503] {
        let service = Service {
            bulk: Some((50, 1_000_000)),
            refuse: vec![("p2".into(), status)],
            ..Service::default()
        };
        let (_server, client, _shared) = start(service).await;
        let results = short(&client.deliver(&people(5)).await.unwrap());
        let taken = results.iter().filter(|r| r.starts_with('u')).count();
        assert_eq!(taken, if status < 429 { 4 } else { 5 }, "{status}: {results:?}");
    }
}
