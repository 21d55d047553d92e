//! Where `PATCH`, `PUT` or versions are not as expected, another way is tried.

use crate::peers::http_server::{Answer, json as answer};
use crate::peers::scim_service::{Asked, Hook, Service, item, message, short, start, user};
use connector_model::Change;
use serde_json::{Value, json};

type Way = fn(&Asked) -> Option<Answer>;

fn refuse(status: u16, detail: &str) -> Answer {
    answer(status, &json!({ "status": status.to_string(), "detail": detail }))
}

fn patch(asked: &Asked) -> bool {
    asked.method == "PATCH"
}

fn put(asked: &Asked) -> bool {
    asked.method == "PUT"
}

/// One who changed and one who left, at a service that says this instead.
async fn changed_and_left(instead: Hook) -> (Vec<String>, Vec<Value>) {
    let mut ida = user("u0", "ida-before", Some("id-ida"));
    ida["title"] = json!("Former title");
    let users = vec![ida, user("u1", "max", Some("id-max"))];
    let (_server, client, shared) =
        start(Service { users, instead: Some(instead), ..Service::default() }).await;
    let batch =
        [item(Change::Update, "ida", Some("u0")), item(Change::Preserve, "max", Some("u1"))];
    let results = short(&client.deliver(&batch).await.unwrap());
    let users = shared.lock().unwrap().users.clone();
    (results, users)
}

#[tokio::test]
async fn deactivations_find_a_way() {
    let ways: [(&str, Way); 5] = [
        ("no PATCH", |a| patch(a).then(|| refuse(501, "not supported"))),
        ("PATCH is not found", |a| patch(a).then(|| refuse(404, "no route"))),
        ("PATCH is forbidden", |a| patch(a).then(|| refuse(403, "no"))),
        ("PATCH without path", |a| {
            let path = patch(a) && a.data["Operations"][0].get("path").is_some();
            path.then(|| refuse(400, "invalidPath"))
        }),
        ("a word", |a| {
            let other = patch(a) && a.data["Operations"][0]["value"] != "False";
            other.then(|| refuse(400, "invalidValue"))
        }),
    ];
    for (name, way) in ways {
        let (results, users) = changed_and_left(Box::new(way)).await;
        assert!(results[1].starts_with("u1"), "{name}: {results:?}");
        assert!(users[1]["active"] == false || users[1]["active"] == "False", "{name}");
        assert_eq!(users[1]["userName"], "max", "{name}");
        assert_eq!(users[0]["active"], true, "{name}");
    }
}

#[tokio::test]
async fn a_service_that_rules_patch_out_is_not_asked_for_it() {
    let hook = |asked: &Asked| match (asked.method.as_str(), asked.path.as_str()) {
        ("GET", "/ServiceProviderConfig") => {
            Some(answer(200, &json!({ "patch": { "supported": false }, "bulk": null })))
        }
        ("PATCH", _) => panic!("asked for PATCH"),
        _ => None,
    };
    let (results, users) = changed_and_left(Box::new(hook)).await;
    assert_eq!((results[1].as_str(), &users[1]["active"]), ("u1", &json!(false)));
}

#[tokio::test]
async fn updates_find_a_way_without_put() {
    for status in [405, 501] {
        let no_put = move |a: &Asked| put(a).then(|| refuse(status, "no"));
        let (results, users) = changed_and_left(Box::new(no_put)).await;
        assert_eq!(results[0], "u0?");
        assert_eq!(users[0]["userName"], "ida");
        assert_eq!(users[0]["emails"][0]["value"], "ida@example.com");
        assert_eq!(users[0]["title"], Value::Null, "what is gone is gone");
    }
    let neither = |a: &Asked| (put(a) || patch(a)).then(|| refuse(405, "read only"));
    let (results, _) = changed_and_left(Box::new(neither)).await;
    assert_eq!(results, ["cloud_refused", "cloud_refused"]);
}

#[tokio::test]
async fn versions_are_given_where_they_are_asked_for() {
    for (in_header, required) in [(false, 428), (true, 428), (false, 412)] {
        let hook = move |asked: &Asked| {
            let id = asked.path.strip_prefix("/Users/")?;
            match (asked.method.as_str(), asked.version.as_deref()) {
                ("GET", _) => {
                    let mut shown =
                        answer(200, &json!({ "id": id, "meta": { "version": "W/\"7\"" } }));
                    if in_header {
                        shown.headers_mut().insert("etag", "\"h7\"".parse().unwrap());
                    }
                    Some(shown)
                }
                (_, Some("W/\"7\"")) if !in_header => None,
                (_, Some("\"h7\"")) if in_header => None,
                _ => Some(refuse(required, "If-Match")),
            }
        };
        let (results, users) = changed_and_left(Box::new(hook)).await;
        assert_eq!(results, ["u0", "u1?"], "{in_header} {required}");
        assert_eq!((&users[0]["userName"], &users[1]["active"]), (&json!("ida"), &json!(false)));
    }
    let any = |asked: &Asked| match asked.method.as_str() {
        "PUT" | "PATCH" if asked.version.as_deref() != Some("*") => Some(refuse(428, "If-Match")),
        _ => None,
    };
    let (results, _) = changed_and_left(Box::new(any)).await;
    assert_eq!(results, ["u0", "u1?"], "a service that requires it and has no versions");
}

#[tokio::test]
async fn a_refusal_names_request_and_reason() {
    let hook = |a: &Asked| put(a).then(|| refuse(403, "Licences are used up"));
    let service = Service {
        users: vec![user("u0", "ida", Some("id-ida"))],
        instead: Some(Box::new(hook)),
        ..Service::default()
    };
    let (_server, client, _shared) = start(service).await;
    let results = client.deliver(&[item(Change::Update, "ida", Some("u0"))]).await.unwrap();
    assert_eq!(
        message(&results[0]),
        "The service answered PUT /scim/v2/Users/… with 403: Licences are used up."
    );
}

#[tokio::test]
async fn a_service_that_takes_plain_json_only_gets_it() {
    let hook = |asked: &Asked| {
        let other = !asked.data.is_null() && asked.media_type != "application/json";
        other.then(|| refuse(415, "application/json only"))
    };
    let service = Service { instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    let batch = ["ida", "max"].map(|name| item(Change::Create, name, None));
    assert_eq!(client.deliver(&batch[..1]).await.unwrap().len(), 1);
    assert_eq!(short(&client.deliver(&batch[1..]).await.unwrap()), ["u1"]);
    assert_eq!(shared.lock().unwrap().asked("POST"), 3, "it is remembered");
}

/// What the service's own administrators gave a user is not taken away with a change of name, however the service takes changes.
#[tokio::test]
async fn what_others_set_stays() {
    let ways: [(&str, Way); 3] = [
        ("PUT", |_| None),
        ("not what it shows", |a| {
            (put(a) && a.data.get("roles").is_some()).then(|| refuse(400, "roles"))
        }),
        ("no PUT", |a| put(a).then(|| refuse(405, "no"))),
    ];
    for (name, way) in ways {
        let mut ida = user("u0", "ida-before", Some("id-ida"));
        ida["roles"] = json!([{ "value": "SuperAdmin" }]);
        ida["urn:of:others"] = json!({ "costCenter": "7" });
        let instead: Option<Hook> = Some(Box::new(way));
        let service = Service { users: vec![ida], instead, ..Service::default() };
        let (_server, client, shared) = start(service).await;
        let results = client.deliver(&[item(Change::Update, "ida", Some("u0"))]).await.unwrap();
        assert!(short(&results)[0].starts_with("u0"), "{name}: {results:?}");
        let service = shared.lock().unwrap();
        let ida = service.user("ida");
        assert_eq!(ida["roles"][0]["value"], "SuperAdmin", "{name}");
        assert_eq!(ida["urn:of:others"]["costCenter"], "7", "{name}");
    }
}
