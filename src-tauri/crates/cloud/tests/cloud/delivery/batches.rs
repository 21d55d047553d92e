//! What becomes of each change, in bulk and one by one.

use crate::peers::scim_service::{Service, item, short, start, user};
use connector_model::{Change, Code, DeliveryItem, Secret};
use serde_json::json;

fn moods() -> [Service; 2] {
    [
        Service { bulk: Some((100, 1_000_000)), extension: true, ..Service::default() },
        Service::default(),
    ]
}

#[tokio::test]
async fn every_change_ends_in_its_result_in_order() {
    for mut service in moods() {
        let extension = service.extension;
        service.users = vec![
            user("u0", "known", Some("id-known")),
            user("u1", "leaver", Some("id-leaver")),
            user("u2", "sent-before", Some("id-sent-before")),
            user("u3", "unlinked", None),
            user("u4", "namesake", Some("id-of-somebody-else")),
            user("u5", "back", Some("id-back")),
        ];
        service.refuse = vec![("bad".into(), 400)];
        let (_server, client, shared) = start(service).await;
        let batch = [
            item(Change::Create, "new", None),
            item(Change::Update, "known", Some("u0")),
            item(Change::Preserve, "leaver", Some("u1")),
            item(Change::Create, "sent-before", None),
            item(Change::Adopt, "unlinked", None),
            item(Change::Create, "namesake", None),
            item(Change::Create, "bad", None),
            item(Change::Update, "vanished", Some("gone")),
            item(Change::Preserve, "gone", Some("gone")),
            item(Change::Reactivate, "back", Some("u5")),
            item(Change::Preserve, "back", None),
            item(Change::Preserve, "never-there", None),
        ];
        let results = short(&client.deliver(&batch).await.unwrap());
        let created_last = if extension { "u7" } else { results[7].as_str() }.to_owned();
        assert_eq!(
            results,
            [
                "u6",
                "u0",
                "u1?",
                "u2+",
                "u3+",
                "cloud_refused",
                "cloud_refused",
                &created_last,
                "gone?",
                "u5",
                "u5?",
                "?"
            ]
        );
        let users = shared.lock().unwrap().users.clone();
        assert_eq!(users[1]["active"], false);
        assert_eq!(
            (&users[3]["externalId"], &users[4]["externalId"]),
            (&json!("id-unlinked"), &json!("id-of-somebody-else"))
        );
        let sent = &users[6];
        assert_eq!(sent["displayName"], "Display \"new\" \\ Ü");
        let urn = "urn:insync:params:scim:schemas:extension:connector:2.0:User";
        assert_eq!(sent.get(urn).is_some(), extension);
        assert_eq!(sent["schemas"].as_array().unwrap().len(), if extension { 2 } else { 1 });
    }
}

#[tokio::test]
async fn a_batch_may_be_sent_twice() {
    for service in moods() {
        let (_server, client, shared) = start(service).await;
        let batch: Vec<DeliveryItem> =
            (0..20).map(|i| item(Change::Create, &format!("p{i}"), None)).collect();
        let first = short(&client.deliver(&batch).await.unwrap());
        let second = short(&client.deliver(&batch).await.unwrap());
        assert_eq!(second, first.iter().map(|id| format!("{id}+")).collect::<Vec<_>>());
        assert_eq!(shared.lock().unwrap().users.len(), 20);
    }
}

#[tokio::test]
async fn a_planned_adoption_is_told_as_one() {
    for mut service in moods() {
        service.users = vec![user("u0", "ann", None)];
        let (_server, client, shared) = start(service).await;
        let results = client.deliver(&[item(Change::Adopt, "ann", Some("u0"))]).await.unwrap();
        assert_eq!(short(&results), ["u0+"]);
        assert_eq!(shared.lock().unwrap().users[0]["externalId"], "id-ann");
    }
}

#[tokio::test]
async fn the_token_is_checked() {
    let (server, client, _) = start(Service::default()).await;
    client.check().await.unwrap();
    let url = server.url("/scim/v2/");
    let stranger =
        connector_cloud::ScimClient::new(server.endpoint(), &url, Secret::new("other")).unwrap();
    assert_eq!(stranger.check().await.unwrap_err().code, Code::Revoked);
    let batch = [item(Change::Create, "a", None)];
    assert_eq!(stranger.deliver(&batch).await.unwrap_err().code, Code::Revoked);
    assert!(!format!("{stranger:?}").contains("other"));
}

#[tokio::test]
async fn a_change_that_is_no_delivery_is_a_mistake() {
    let (_server, client, _) = start(Service::default()).await;
    let error = client.deliver(&[item(Change::Hold, "a", None)]).await.unwrap_err();
    assert_eq!(error.code, Code::Internal);
    assert!(client.deliver(&[]).await.unwrap().is_empty());
}
