//! Whoever a search gives counts only where it is who was asked for.

use crate::peers::scim_service::{Service, doubtful, item, message, short, start, user};
use connector_model::Change;
use serde_json::json;

/// Somebody who is nobody of the directory, and must stay as they are.
fn keeper() -> serde_json::Value {
    json!({ "id": "root", "userName": "root", "externalId": "of-hr", "displayName": "Keeper", "active": true })
}

#[tokio::test]
async fn who_ignores_filters_loses_nobody() {
    for page in [None, Some(1), Some(3)] {
        let mut users = vec![keeper()];
        users.extend((0..6).map(|n| user(&format!("m{n}"), &format!("made{n}"), None)));
        let (_server, client, shared) =
            start(Service { ignores_filters: true, page, users, ..Service::default() }).await;
        // The name is taken by somebody whom the service does not show.
        shared.lock().unwrap().refuse = vec![("ida".into(), 409)];
        let batch = [
            item(Change::Create, "ida", None),
            item(Change::Preserve, "left", None),
            item(Change::Preserve, "left-too", Some("gone")),
            doubtful(Change::Create, "lost"),
            item(Change::Create, "made4", None),
        ];
        let results = short(&client.deliver(&batch).await.unwrap());
        assert_eq!(results, ["cloud_refused", "?", "gone?", "u7", "m4+"], "{page:?}");
        assert_eq!(shared.lock().unwrap().users[0], keeper(), "{page:?}");
        assert_eq!(shared.lock().unwrap().user("made4")["externalId"], "id-made4");
    }
}

#[tokio::test]
async fn a_list_without_an_end_leaves_it_open() {
    let mut users = vec![keeper()];
    users.extend((0..40).map(|n| user(&format!("m{n}"), &format!("made{n}"), None)));
    let service = Service {
        ignores_filters: true,
        ignores_start: true,
        page: Some(10),
        users,
        ..Service::default()
    };
    let (_server, client, shared) = start(service).await;
    let batch = [doubtful(Change::Create, "ida"), item(Change::Preserve, "left", None)];
    let results = client.deliver(&batch).await.unwrap();
    assert_eq!(short(&results), ["cloud_refused?", "cloud_refused?"]);
    assert!(message(&results[0]).contains("externalId"), "{}", message(&results[0]));
    let service = shared.lock().unwrap();
    assert_eq!(
        (service.users.len(), &service.users[0]),
        (41, &keeper()),
        "nobody new, nobody changed"
    );
    assert!(service.log.len() < 20, "{} requests", service.log.len());
}

#[tokio::test]
async fn identities_are_compared_exactly_and_names_are_not() {
    let users = vec![
        user("u0", "Ida", Some("ID-IDA")),
        user("u1", "MAX", None),
        json!({ "id": null, "userName": "eva", "externalId": "id-eva" }),
    ];
    let (_server, client, shared) =
        start(Service { ignores_filters: true, users, ..Service::default() }).await;
    shared.lock().unwrap().refuse = vec![("max".into(), 409), ("ida".into(), 409)];
    let batch = [item(Change::Create, "ida", None), item(Change::Create, "max", None)];
    let results = client.deliver(&batch).await.unwrap();
    assert_eq!(
        short(&results),
        ["cloud_refused", "u1+"],
        "another identity, and another case of a name"
    );
    assert!(message(&results[0]).contains("ID-IDA"), "{}", message(&results[0]));
    let gone = client.deliver(&[item(Change::Preserve, "eva", None)]).await.unwrap();
    assert_eq!(short(&gone), ["?"], "nobody without an id");
}

#[tokio::test]
async fn a_taken_name_says_who_has_it() {
    let mut holder = user("u0", "ida", Some("of-hr"));
    holder["displayName"] = json!("Ida Held");
    holder["active"] = json!(false);
    let mut sharing = user("u1", "shared", Some("of-hr-2"));
    sharing["emails"] = json!([{ "value": "max@example.com" }]);
    let own = user("u2", "old", Some("id-ida"));
    let (_server, client, shared) =
        start(Service { users: vec![holder, sharing, own], ..Service::default() }).await;
    shared.lock().unwrap().refuse = vec![("max".into(), 409)];
    let batch = [item(Change::Update, "ida", Some("u2")), item(Change::Create, "max", None)];
    let results = client.deliver(&batch).await.unwrap();
    assert_eq!(
        message(&results[0]),
        "The user name \"ida\" is taken in the cloud by \"Ida Held\" (ida, inactive, externalId of-hr)."
    );
    assert_eq!(
        message(&results[1]),
        "The e-mail address \"max@example.com\" is taken in the cloud by \"shared\" (active, externalId of-hr-2)."
    );
}
