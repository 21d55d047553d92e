//! Sign-ins and activations through connectors that are played by the test.

use crate::support::fake_connector::{FakeConnector, Identity, Reply};
use crate::support::{TestCloud, person};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Knows the password "right"; any other password is the name of the outcome.
fn gatekeeper(identity: &Identity) -> impl Fn(&str, &Value) -> Reply + Send + 'static {
    let identity = identity.clone();
    move |method, params| {
        assert_eq!(method, "people.authenticate");
        let Some(password) = identity.open(params) else { return Reply::Error("seal_broken") };
        let outcome = match password.expose_str().unwrap() {
            "right" => "ok",
            other => other,
        };
        Reply::Result(json!({ "outcome": outcome, "identity": "x" }))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_outside_sees_only_what_it_may() {
    let cloud = TestCloud::start().await;
    let (status, answer) = cloud.web.sign_in("ann", "right").await;
    assert_eq!((status, answer), (503, json!({ "outcome": "directory_unavailable" })));
    let identity = Identity::register(&cloud).await;
    let gate = gatekeeper(&identity);
    let _connector = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], gate).await;
    for (password, status, outcome) in [
        ("right", 200, "ok"),
        ("wrong_password", 401, "not_ok"),
        ("unknown_user", 401, "not_ok"),
        ("disabled", 401, "not_ok"),
        ("account_expired", 401, "not_ok"),
        ("not_allowed_now", 401, "not_ok"),
        ("not_in_scope", 401, "not_ok"),
        ("locked", 403, "locked"),
        ("password_expired", 403, "password_expired"),
        ("must_change_password", 403, "must_change_password"),
        ("throttled", 429, "throttled"),
        ("directory_unavailable", 503, "directory_unavailable"),
        ("nonsense", 503, "directory_unavailable"),
    ] {
        let got = cloud.web.sign_in("EXAMPLE\\änn", password).await;
        assert_eq!(got, (status, json!({ "outcome": outcome })), "{password}");
    }
    let long = "x".repeat(2000);
    assert_eq!(cloud.web.sign_in("ann", &long).await.0, 401);
    assert_eq!(cloud.web.sign_in("", "right").await.0, 401);
    assert_eq!(cloud.web.call("POST", "/v1/sign-in", None, json!({})).await.0, 400);
    let (_, metrics) = cloud.web.call("GET", "/metrics", None, Value::Null).await;
    assert!(metrics.as_str().unwrap().contains("insync_sign_ins_total{outcome=\"ok\"} 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_user_of_the_identity_comes_in_and_nobody_by_the_typed_name() {
    let cloud = TestCloud::start().await;
    let identity = Identity::register(&cloud).await;
    let _connector = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], |_, params| {
        let user = params["user"].as_str().unwrap().to_owned();
        Reply::Result(match user.as_str() {
            "nameless" => json!({ "outcome": "ok" }),
            _ => json!({ "outcome": "ok", "identity": "id-bob" }),
        })
    })
    .await;
    for name in ["ann", "bob"] {
        let (status, made) = cloud.web.scim("POST", "/Users", person(name, "Sales")).await;
        assert_eq!(status, 201, "{made}");
        if name == "bob" {
            assert_eq!(cloud.web.sign_in("ann", "x").await.0, 200);
            let preserve =
                json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
            let path = format!("/Users/{}", made["id"].as_str().unwrap());
            assert_eq!(cloud.web.scim("PATCH", &path, preserve).await.0, 200);
        }
    }
    // Who signs in is inactive here, whoever has the typed name.
    assert_eq!(cloud.web.sign_in("ann", "x").await.0, 401);
    assert_eq!(cloud.web.sign_in("nameless", "x").await.0, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_connector_answers_when_one_dies_or_cannot_say() {
    let cloud = TestCloud::start().await;
    let dying = Identity::register(&cloud).await;
    let _dying = FakeConnector::connect(&cloud.cloud, &dying, &["corp"], |_, _| Reply::Die).await;
    let lame = Identity::register(&cloud).await;
    let _lame = FakeConnector::connect(&cloud.cloud, &lame, &["corp"], |_, _| {
        Reply::Result(json!({ "outcome": "directory_unavailable" }))
    })
    .await;
    let good = Identity::register(&cloud).await;
    let gate = gatekeeper(&good);
    let _good = FakeConnector::connect(&cloud.cloud, &good, &["corp"], gate).await;
    for _ in 0..6 {
        assert_eq!(cloud.web.sign_in("ann", "right").await, (200, json!({ "outcome": "ok" })));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_account_is_asked_and_none_twice() {
    let cloud = TestCloud::start().await;
    let one = Identity::register(&cloud).await;
    let asked = Arc::new(AtomicBool::new(false));
    let seen = asked.clone();
    let _one = FakeConnector::connect(&cloud.cloud, &one, &["first"], move |_, _| {
        seen.store(true, Ordering::Relaxed);
        Reply::Result(json!({ "outcome": "unknown_user" }))
    })
    .await;
    let two = Identity::register(&cloud).await;
    let gate = gatekeeper(&two);
    let _two = FakeConnector::connect(&cloud.cloud, &two, &["second"], gate).await;
    assert_eq!(cloud.web.sign_in("ann", "right").await.0, 200);
    assert!(asked.load(Ordering::Relaxed));
    assert_eq!(cloud.web.sign_in("ann", "unknown_user").await.0, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_slowed_down() {
    let cloud = TestCloud::start().await;
    let identity = Identity::register(&cloud).await;
    let gate = gatekeeper(&identity);
    let _connector = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], gate).await;
    for _ in 0..30 {
        assert_eq!(cloud.web.sign_in("ann", "wrong_password").await.0, 401);
    }
    assert_eq!(cloud.web.sign_in("CORP\\Ann", "right").await.0, 429);
    assert_eq!(cloud.web.sign_in("bob", "right").await.0, 200);
}

/// Answers `people.find` by name.
fn finder(method: &str, params: &Value) -> Reply {
    assert_eq!(method, "people.find");
    let name = params["user"].as_str().unwrap();
    Reply::Result(match name {
        "ann" | "bob" | "carl" => json!({ "outcome": "found", "person": person(name, "Sales"),
            "mapping": "Sales", "mass_deployment": name != "carl" }),
        "gone" => return Reply::Die,
        outcome => json!({ "outcome": outcome }),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn activations_follow_the_rules() {
    let cloud = TestCloud::start().await;
    let web = &cloud.web;
    let device = || json!({ "name": "LAPTOP-1", "serial": "S-1" });
    let (status, made) =
        web.admin("POST", "/deployment-tokens", json!({ "name": "Rollout" })).await;
    assert_eq!(status, 201, "{made}");
    let token = made["token"].as_str().unwrap();
    assert_eq!(web.admin("POST", "/deployment-tokens", json!({ "name": "Rollout" })).await.0, 409);
    let outcome = async |token: &str, user: &str| {
        let (status, answer) = web.activate(token, user, device()).await;
        (status, answer["outcome"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(outcome("none", "ann").await, (403, "token_unknown".to_owned()));
    assert_eq!(outcome(token, "ann").await, (503, "connector_unavailable".to_owned()));
    let identity = Identity::register(&cloud).await;
    let _connector = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], finder).await;

    let (status, first) = web.activate(token, "ann", device()).await;
    assert_eq!(
        (status, &first["outcome"], &first["created"]),
        (201, &json!("created_and_activated"), &json!(true))
    );
    let (status, again) = web.activate(token, "ann", device()).await;
    assert_eq!(
        (status, &again["outcome"], &again["user_id"]),
        (200, &json!("activated"), &first["user_id"])
    );
    for (user, status, wanted) in [
        ("user_not_found", 404, "user_not_found"),
        ("user_disabled", 403, "user_disabled"),
        ("user_has_no_email", 422, "user_has_no_email"),
        ("not_in_scope", 403, "not_in_scope"),
        ("carl", 403, "not_in_scope"),
    ] {
        assert_eq!(outcome(token, user).await, (status, wanted.to_owned()), "{user}");
    }
    let id = first["user_id"].as_str().unwrap();
    let preserve = json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
    assert_eq!(web.scim("PATCH", &format!("/Users/{id}"), preserve).await.0, 200);
    assert_eq!(outcome(token, "ann").await, (200, "activated".to_owned()));
    let (_, users) = web.admin("GET", "/users", Value::Null).await;
    assert_eq!(users["total"], json!(1), "refused activations leave nobody behind");
    let ann = &users["users"][0];
    assert_eq!((&ann["active"], &ann["mapping"]), (&json!(true), &json!("Sales")));
    assert_eq!(ann["devices"].as_array().unwrap().len(), 1, "one device, however often");

    assert_eq!(web.activate(token, "bob", json!({ "name": "" })).await.0, 400);
    assert_eq!(web.activate(token, "bob", json!({ "name": "x", "uuid": "no" })).await.0, 400);
    assert_eq!(web.admin("DELETE", "/deployment-tokens/Rollout", Value::Null).await.0, 204);
    assert_eq!(outcome(token, "bob").await, (403, "token_expired".to_owned()));
    let (_, soon) =
        web.admin("POST", "/deployment-tokens", json!({ "name": "Past", "minutes": -1 })).await;
    assert_eq!(
        outcome(soon["token"].as_str().unwrap(), "bob").await,
        (403, "token_expired".to_owned())
    );
    let (_, good) = web.admin("POST", "/deployment-tokens", json!({ "name": "Rollout" })).await;
    assert_eq!(outcome(good["token"].as_str().unwrap(), "gone").await.0, 503);
    let (_, users) = web.admin("GET", "/users", Value::Null).await;
    assert_eq!(users["total"], json!(1));
}
