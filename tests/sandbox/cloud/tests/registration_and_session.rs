//! Registration keys, identities and sessions.

use crate::support::fake_connector::{FakeConnector, Identity, Reply, dial, receive, send};
use crate::support::{TestCloud, until};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_works_once_and_not_for_ever() {
    let cloud = TestCloud::start().await;
    let key = cloud.key(json!({ "name": "first" })).await;
    let (status, identity, answer) = Identity::register_with(&cloud.web, &key).await;
    assert_eq!(status, 201, "{answer}");
    assert_eq!(
        (&answer["tenant"], &answer["scim_url"]),
        (&json!("Example Ltd"), &json!("/scim/v2"))
    );
    for (key, code) in [
        (key.as_str(), "registration_key_used"),
        ("ISK-NONE", "registration_key_unknown"),
        (&cloud.key(json!({ "minutes": 0 })).await, "registration_key_expired"),
    ] {
        let (status, _, answer) = Identity::register_with(&cloud.web, key).await;
        assert_eq!((status, &answer["code"], &answer["status"]), (403, &json!(code), &json!(403)));
    }
    let path = "/connector/v1/registrations";
    let (_, _, broken) = (
        0,
        0,
        json!({ "key": "k", "host": "h", "signing_key": "AA", "sealing_key": "AA", "proof": "AA" }),
    );
    let (status, answer) = cloud.web.call("POST", path, None, broken).await;
    assert_eq!((status, &answer["code"]), (400, &json!("invalid_proof")));
    let own = format!("{path}/{}", identity.id);
    assert_eq!(cloud.web.call("DELETE", &own, Some("other"), Value::Null).await.0, 401);
    assert_eq!(
        cloud.web.call("DELETE", &own, Some(&identity.scim_token), Value::Null).await.0,
        204
    );
    assert_eq!(
        cloud.web.call("DELETE", &own, Some(&identity.scim_token), Value::Null).await.0,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replacement_revokes_token_and_session_at_once() {
    let cloud = TestCloud::start().await;
    let old = Identity::register(&cloud).await;
    let session =
        FakeConnector::connect(&cloud.cloud, &old, &["corp"], |_, _| Reply::Silence).await;
    let users = "/scim/v2/Users";
    assert_eq!(cloud.web.call("GET", users, Some(&old.scim_token), Value::Null).await.0, 200);
    let key = cloud.key(json!({ "replaces": old.id })).await;
    let (status, new, _) = Identity::register_with(&cloud.web, &key).await;
    assert_eq!(status, 201);
    assert_eq!(session.closed().await, Some(4001));
    assert_eq!(cloud.web.call("GET", users, Some(&old.scim_token), Value::Null).await.0, 401);
    assert_eq!(cloud.web.call("GET", users, Some(&new.scim_token), Value::Null).await.0, 200);
    let (mut socket, challenge) = dial(&cloud.cloud).await;
    assert_eq!(refused(&mut socket, &old.proof(&challenge, &[], None)).await, "revoked");
    assert_eq!(receive(&mut socket).await, Err(Some(4001)));
    let (_, list) = cloud.web.admin("GET", "/connectors", Value::Null).await;
    assert_eq!(list["connectors"].as_array().unwrap().len(), 1);
}

async fn refused(
    socket: &mut tokio_tungstenite::WebSocketStream<
        tokio_rustls::client::TlsStream<tokio::net::TcpStream>,
    >,
    params: &Value,
) -> String {
    let hello =
        json!({ "jsonrpc": "2.0", "id": "a", "method": "session.authenticate", "params": params });
    send(socket, &hello).await;
    let answer = receive(socket).await.unwrap();
    assert_eq!(answer["id"], "a");
    answer["error"]["data"]["code"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_signature_and_a_wrong_clock_are_told() {
    let cloud = TestCloud::start_with(|options| options.clock_offset = 7200).await;
    let identity = Identity::register(&cloud).await;
    let (mut socket, challenge) = dial(&cloud.cloud).await;
    let mut wrong = identity.proof(&challenge, &[], None);
    wrong["host"] = json!("signed by nobody");
    wrong["time"] = json!("2026-01-01T00:00:00Z");
    assert_eq!(refused(&mut socket, &wrong).await, "invalid_signature");
    let (mut socket, challenge) = dial(&cloud.cloud).await;
    let late = identity.proof(&challenge, &[], Some("2026-01-01T00:00:00Z"));
    assert_eq!(refused(&mut socket, &late).await, "clock_skew");
    let (mut socket, _) = dial(&cloud.cloud).await;
    let text = tokio_tungstenite::tungstenite::Message::text("{");
    futures_util::SinkExt::send(&mut socket, text).await.unwrap();
    let answer = receive(&mut socket).await.unwrap();
    assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(-32700), &Value::Null));
    let (_, ping) = cloud.web.call("GET", "/connector/v1/ping", None, Value::Null).await;
    assert_eq!(
        &ping["time"].as_str().unwrap()[..13],
        &challenge["params"]["time"].as_str().unwrap()[..13]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_session_takes_the_place_of_the_first() {
    let cloud = TestCloud::start().await;
    let identity = Identity::register(&cloud).await;
    let first = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], |_, _| Reply::Die).await;
    let answer = |method: &str, _: &Value| match method {
        "directory.bases" => Reply::Result(json!([{ "name": "second" }])),
        _ => Reply::Error("unknown_method"),
    };
    let _second = FakeConnector::connect(&cloud.cloud, &identity, &["corp"], answer).await;
    assert_eq!(first.closed().await, Some(4000));
    let (status, bases) =
        cloud.web.admin("GET", "/directory/bases?account=corp", Value::Null).await;
    assert_eq!((status, &bases[0]["name"]), (200, &json!("second")));
    let (status, answer) = cloud.web.admin("GET", "/directory/units", Value::Null).await;
    assert_eq!((status, &answer["code"]), (502, &json!("unknown_method")));
    let (status, answer) =
        cloud.web.admin("GET", "/directory/groups?account=other", Value::Null).await;
    assert_eq!((status, &answer["code"]), (503, &json!("connector_unavailable")));
}

#[tokio::test(flavor = "multi_thread")]
async fn mappings_are_the_connectors_and_last_known_when_it_is_away() {
    let cloud = TestCloud::start().await;
    let identity = Identity::register(&cloud).await;
    let import = json!({ "mapping": "Sales", "started_ms": 1, "finished_ms": 2, "complete": true, "read": 3 });
    let told = import.clone();
    let connector =
        FakeConnector::connect(&cloud.cloud, &identity, &["corp"], move |method, params| {
            match method {
                "mapping.list" => {
                    Reply::Result(json!([{ "name": "Sales", "account": "corp", "live": true }]))
                }
                "mapping.put" => Reply::Result(json!({ "mapping": params["mapping"] })),
                "mapping.remove" => Reply::Error("not_found"),
                "mapping.sync" => Reply::Result(json!({ "imports": [told] })),
                "settings.set" if params["interval_hours"] == json!(6) => Reply::Result(json!({})),
                _ => Reply::Error("internal"),
            }
        })
        .await;
    let web = &cloud.web;
    let (_, list) = web.admin("GET", "/mappings", Value::Null).await;
    assert_eq!((&list["connected"], &list["mappings"][0]["live"]), (&json!(true), &json!(true)));
    let (status, put) =
        web.admin("PUT", "/mappings/New", json!({ "account": "corp", "base_dn": "" })).await;
    assert_eq!((status, &put["mapping"]["name"]), (200, &json!("New")));
    assert_eq!(web.admin("PUT", "/mappings/A", json!({ "name": "B" })).await.0, 400);
    assert_eq!(web.admin("DELETE", "/mappings/Gone", Value::Null).await.0, 404);
    let (status, done) = web.admin("POST", "/mappings/Sales/sync", Value::Null).await;
    assert_eq!((status, &done["read"]), (200, &json!(3)));
    assert_eq!(web.admin("POST", "/mappings/Sales/sync?wait=false", json!({})).await.0, 202);
    let (_, set) = web.admin("PUT", "/settings", json!({ "interval_hours": 6 })).await;
    assert_eq!(set["delivered"], json!(1));
    connector.notify("import.finished", &json!({ "import": import }));
    let alert = json!({ "kind": "directory_connection", "account": "corp", "since_ms": 5, "message": "m", "action": "a" });
    connector.notify("alert.raised", &alert);
    connector.notify(
        "mappings.changed",
        &json!({ "mappings": [{ "name": "Changed", "account": "corp" }] }),
    );
    until(async || {
        web.admin("GET", "/alerts", Value::Null).await.1["alerts"].as_array().unwrap().len() == 1
    })
    .await;
    connector
        .notify("alert.cleared", &json!({ "kind": "directory_connection", "account": "corp" }));
    until(async || {
        web.admin("GET", "/alerts", Value::Null).await.1["alerts"].as_array().unwrap().is_empty()
    })
    .await;
    let (_, imports) = web.admin("GET", "/imports", Value::Null).await;
    assert_eq!(imports["imports"].as_array().unwrap().len(), 1, "told twice, kept once");
    connector.notify("session.drain", &json!({}));
    until(async || web.admin("GET", "/mappings", Value::Null).await.1["connected"] == json!(false))
        .await;
    let (_, list) = web.admin("GET", "/mappings", Value::Null).await;
    assert_eq!(list["mappings"][0]["name"], json!("Changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_computers_with_one_registration_are_told_and_one_that_dials_anew_is_not() {
    let cloud = TestCloud::start().await;
    let mut one = Identity::register(&cloud).await;
    one.instance = "one".to_owned();
    let mut two = one.clone();
    two.instance = "two".to_owned();
    let dials = async |who: &Identity| {
        FakeConnector::connect(&cloud.cloud, who, &["corp"], |_, _| Reply::Die).await
    };
    let used_twice = async || {
        let (_, list) = cloud.web.admin("GET", "/connectors", Value::Null).await;
        list["connectors"][0]["used_twice"] == json!(true)
    };
    let mut sessions = vec![];
    for who in [&one, &one, &two, &two] {
        sessions.push(dials(who).await);
        assert!(!used_twice().await, "{}", sessions.len());
    }
    sessions.push(dials(&one).await);
    assert!(used_twice().await, "who was replaced is back");
}

/// The address of an import's term, as the cloud tells it.
fn term_of(account: &str, mapping: &str, term: u64) -> String {
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("/scim/v2/imports/{term}/{}/{}/Users", hex(account), hex(mapping))
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_a_former_term_are_refused() {
    let cloud = TestCloud::start().await;
    let web = &cloud.web;
    let (one, two) = (Identity::register(&cloud).await, Identity::register(&cloud).await);
    let mappings = json!({ "mappings": [{ "name": "Sales", "account": "corp" }] });
    let user = |name: &str| {
        json!({ "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": name, "externalId": name, "emails": [{ "value": format!("{name}@example.net"), "primary": true }] })
    };
    let send = async |who: &Identity, term: u64, name: &str| {
        let token = Some(who.scim_token.as_str());
        web.call("POST", &term_of("corp", "Sales", term), token, user(name)).await
    };
    let first = FakeConnector::connect(&cloud.cloud, &one, &["corp"], |_, _| Reply::Die).await;
    first.notify("mappings.changed", &mappings);
    until(async || send(&one, 1, "ann").await.0 != 410).await;
    for (who, term) in [(&two, 1), (&one, 2), (&one, 0)] {
        let (status, answer) = send(who, term, "bob").await;
        assert_eq!((status, &answer["code"]), (410, &json!("import_elsewhere")), "{term}");
    }
    let second = FakeConnector::connect(&cloud.cloud, &two, &["corp"], |_, _| Reply::Die).await;
    second.notify("mappings.changed", &mappings);
    assert_eq!(send(&one, 1, "cid").await.0, 201, "for as long as it is connected");
    first.notify("session.drain", &json!({}));
    until(async || {
        second.notify("mappings.changed", &mappings);
        send(&two, 2, "dan").await.0 == 201
    })
    .await;
    assert_eq!(send(&one, 1, "eve").await.0, 410, "late");
    let (_, users) = web.admin("GET", "/users", Value::Null).await;
    let text = users.to_string();
    assert!(["ann", "cid", "dan"].iter().all(|name| text.contains(name)), "{text}");
    assert!(!text.contains("bob") && !text.contains("eve"), "{text}");
}
