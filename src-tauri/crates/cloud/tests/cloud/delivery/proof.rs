//! A success counts for what it shows.

use crate::peers::http_server::{json as answer, text};
use crate::peers::scim_service::{Asked, Service, item, message, short, start, user};
use connector_model::Change;
use serde_json::{Value, json};

fn there() -> Vec<Value> {
    vec![user("u0", "ida", Some("id-ida")), user("u1", "max", Some("id-max"))]
}

async fn update_and_leave(
    instead: impl Fn(&Asked) -> Option<crate::peers::http_server::Answer> + Send + 'static,
) -> Vec<String> {
    let service =
        Service { users: there(), instead: Some(Box::new(instead)), ..Service::default() };
    let (_server, client, _shared) = start(service).await;
    let batch =
        [item(Change::Update, "ida", Some("u0")), item(Change::Preserve, "max", Some("u1"))];
    short(&client.deliver(&batch).await.unwrap())
}

fn changes(asked: &Asked) -> bool {
    asked.method == "PUT" || asked.method == "PATCH"
}

#[tokio::test]
async fn what_shows_nothing_of_the_person_is_no_success() {
    for body in ["<html>Sign in first</html>", "{}", "[]", "\"ok\"", r#"{"id":"u7"}"#] {
        let results = update_and_leave(move |asked| changes(asked).then(|| text(200, body))).await;
        assert_eq!(results, ["protocol_violation?", "protocol_violation?"], "{body}");
    }
    for status in [200, 202, 204] {
        let results = update_and_leave(move |asked| changes(asked).then(|| text(status, ""))).await;
        assert_eq!(results, ["u0?", "u1?"], "{status}: believed");
    }
}

#[tokio::test]
async fn a_user_who_is_still_active_is_not_deactivated() {
    let still = |asked: &Asked| {
        let id = asked.path.strip_prefix("/Users/").filter(|_| changes(asked))?;
        Some(answer(200, &json!({ "id": id, "active": true })))
    };
    assert_eq!(update_and_leave(still).await, ["u0", "cloud_refused?"]);
    let never = |asked: &Asked| {
        let id = asked.path.strip_prefix("/Users/").filter(|_| changes(asked))?;
        Some(answer(200, &json!({ "id": id, "active": "False" })))
    };
    assert_eq!(update_and_leave(never).await, ["cloud_refused?", "u1"]);
}

#[tokio::test]
async fn a_created_person_is_looked_for_where_the_answer_does_not_show_them() {
    for body in ["", "<html>", "{}", r#"{"id":"u9","userName":"other","externalId":"of-hr"}"#] {
        let twist = move |asked: &Asked, answer| match asked.method.as_str() {
            "POST" => text(201, body),
            _ => answer,
        };
        let service = Service { afterwards: Some(Box::new(twist)), ..Service::default() };
        let (_server, client, shared) = start(service).await;
        let results = short(&client.deliver(&[item(Change::Create, "ida", None)]).await.unwrap());
        assert_eq!(results, ["u0"], "{body}");
        assert_eq!(shared.lock().unwrap().users.len(), 1);
        let nobody = move |asked: &Asked| (asked.method == "POST").then(|| text(200, body));
        let service = Service { instead: Some(Box::new(nobody)), ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let results = client.deliver(&[item(Change::Create, "ida", None)]).await.unwrap();
        assert_eq!(short(&results), ["protocol_violation?"], "{body}");
        assert!(message(&results[0]).contains("not with this person"));
    }
}

#[tokio::test]
async fn a_created_person_who_is_inactive_is_made_active() {
    let twist = |asked: &Asked, answered| {
        if asked.method == "POST" {
            return answer(201, &json!({ "id": "u0", "userName": "ida", "active": false }));
        }
        answered
    };
    let service = Service { afterwards: Some(Box::new(twist)), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    let results = short(&client.deliver(&[item(Change::Create, "ida", None)]).await.unwrap());
    assert_eq!((results[0].as_str(), shared.lock().unwrap().asked("PATCH /Users/u0")), ("u0?", 1));
}

#[tokio::test]
async fn ids_may_be_numbers_or_odd() {
    for id in [json!("a/b c%?#"), json!("ü"), json!("1-2:3@x")] {
        let mut odd = user("", "ida", Some("id-ida"));
        odd["id"] = id.clone();
        let seen = id.as_str().unwrap().to_owned();
        let plain = move |asked: &Asked| {
            let path = url::form_urlencoded::parse(asked.path.replace('+', "%2B").as_bytes())
                .next()?
                .0
                .into_owned();
            let id = path.strip_prefix("/Users/")?;
            assert_eq!(id, seen);
            Some(answer(
                200,
                &json!({ "id": id, "userName": "ida", "active": asked.method != "PATCH" }),
            ))
        };
        let service =
            Service { users: vec![odd], instead: Some(Box::new(plain)), ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let id = id.as_str();
        let batch = [item(Change::Update, "ida", id), item(Change::Preserve, "ida", id)];
        let results = short(&client.deliver(&batch).await.unwrap());
        assert_eq!(results, [id.unwrap(), id.unwrap()]);
    }
    let (_server, client, _shared) = start(Service::default()).await;
    let results = client.deliver(&[item(Change::Update, "ida", Some(".."))]).await.unwrap();
    assert_eq!(short(&results), ["cloud_refused"], "no way out of the folder");
}
