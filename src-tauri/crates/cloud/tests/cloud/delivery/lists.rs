//! Lists that are read back: whole, or an error; an odd user is left out.

use crate::peers::http_server::{json as answer, text};
use crate::peers::scim_service::{Asked, Service, item, start, user};
use connector_cloud::ScimClient;
use connector_model::{Change, CloudUser, Code, Result};
use serde_json::{Value, json};
use tokio::sync::mpsc;

const URN: &str = "urn:insync:params:scim:schemas:extension:connector:2.0:User";

fn of_mapping(n: usize, mapping: &str, account: &str) -> Value {
    let mut user = user(&format!("u{n}"), &format!("p{n}"), Some(&format!("id-p{n}")));
    user[URN] = json!({ "mapping": mapping, "account": account });
    user[format!("{URN}:mapping")] = json!(mapping);
    user
}

async fn people_of(client: &ScimClient) -> Result<Vec<CloudUser>> {
    let mapping = item(Change::Create, "x", None).person.mapping;
    let (pages, mut read) = mpsc::channel(100);
    client.people_of(&mapping, pages).await?;
    let mut all = vec![];
    while let Ok(page) = read.try_recv() {
        all.extend(page);
    }
    Ok(all)
}

#[tokio::test]
async fn everybody_of_the_mapping_and_nobody_else() {
    for (ignores_filters, page) in [(false, None), (false, Some(7)), (true, Some(7))] {
        let mut users: Vec<Value> = (0..20).map(|n| of_mapping(n, "Sales", "corp")).collect();
        users.extend([
            of_mapping(20, "Support", "corp"),
            of_mapping(21, "Sales", "other"),
            json!("odd"),
            Value::Null,
        ]);
        users.push(json!({ "id": 5, "userName": null }));
        users[3]["emails"] = Value::Null;
        users[4]["name"] = json!("no object");
        let service = Service { ignores_filters, page, users, ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let mut found: Vec<String> =
            people_of(&client).await.unwrap().into_iter().map(|user| user.user_name).collect();
        found.sort_unstable();
        let mut wanted: Vec<String> =
            (0..20).filter(|n| *n != 4).map(|n| format!("p{n}")).collect();
        wanted.sort_unstable();
        assert_eq!(
            found, wanted,
            "{ignores_filters} {page:?}: whose mapping cannot be read is nobody's"
        );
    }
}

#[tokio::test]
async fn a_list_that_ends_early_is_an_error() {
    let users: Vec<Value> = (0..20).map(|n| of_mapping(n, "Sales", "corp")).collect();
    let repeats =
        Service { users: users.clone(), ignores_start: true, page: Some(7), ..Service::default() };
    let (_server, client, _shared) = start(repeats).await;
    assert_eq!(people_of(&client).await.unwrap_err().code, Code::ProtocolViolation);

    let total = |asked: &Asked| {
        (asked.path == "/Users")
            .then(|| answer(200, &json!({ "totalResults": 20, "Resources": null })))
    };
    let (_server, client, _shared) =
        start(Service { instead: Some(Box::new(total)), ..Service::default() }).await;
    assert_eq!(people_of(&client).await.unwrap_err().code, Code::ProtocolViolation);
    assert!(client.unlinked_users().await.is_err());

    for body in ["<html>", "{}", "[]"] {
        let page = move |asked: &Asked| (asked.path == "/Users").then(|| text(200, body));
        let (_server, client, _shared) =
            start(Service { instead: Some(Box::new(page)), ..Service::default() }).await;
        assert!(people_of(&client).await.is_err(), "{body}");
        assert!(client.unlinked_users().await.is_err(), "{body}: not nobody");
    }
}

/// Who moved from the second page to the first is not missed.
#[tokio::test]
async fn a_list_that_gets_shorter_while_it_is_read_is_read_again() {
    for (shrinking_lists, whole) in [(1, true), (2, true), (9, false)] {
        let users: Vec<Value> = (0..40).map(|n| of_mapping(n, "Sales", "corp")).collect();
        let service = Service { users, page: Some(7), shrinking_lists, ..Service::default() };
        let (_server, client, shared) = start(service).await;
        let read = people_of(&client).await;
        let there: Vec<String> = {
            let service = shared.lock().unwrap();
            let names = service.users.iter().map(|user| user["userName"].as_str().unwrap());
            names.map(ToOwned::to_owned).collect()
        };
        let read =
            read.map(|all| there.iter().all(|name| all.iter().any(|user| user.user_name == *name)));
        assert_eq!(read.ok(), whole.then_some(true), "{shrinking_lists}");
    }
}

#[tokio::test]
async fn a_list_that_does_not_say_how_many_there_are_ends_with_an_empty_page() {
    for (ignores_start, whole) in [(false, true), (true, false)] {
        let users: Vec<Value> = (0..20).map(|n| of_mapping(n, "Sales", "corp")).collect();
        let (page, tells_no_total) = (Some(7), true);
        let service = Service { ignores_start, page, tells_no_total, users, ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        assert_eq!(people_of(&client).await.map(|all| all.len()).ok(), whole.then_some(20));
    }
}

#[tokio::test]
async fn a_page_that_fails_once_is_read_again_and_one_that_always_fails_is_an_error() {
    for (fails, good) in [(1, true), (usize::MAX, false)] {
        let mut left = fails;
        let hook = move |asked: &Asked| {
            let second = asked.query.get("startIndex").is_some_and(|start| start == "8");
            let fail = second && left > 0;
            left -= usize::from(fail);
            fail.then(|| answer(500, &json!({})))
        };
        let users: Vec<Value> = (0..20).map(|n| of_mapping(n, "Sales", "corp")).collect();
        let service =
            Service { users, page: Some(7), instead: Some(Box::new(hook)), ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let read = people_of(&client).await;
        assert_eq!(read.map(|all| all.len()).ok(), good.then_some(20));
    }
}

#[tokio::test]
async fn users_by_hand_are_those_without_an_identity() {
    let users = vec![
        user("u0", "guest", None),
        user("u1", "ida", Some("id-ida")),
        user("u2", "visitor", None),
    ];
    for ignores_filters in [false, true] {
        let service = Service { users: users.clone(), ignores_filters, ..Service::default() };
        let (_server, client, _shared) = start(service).await;
        let found: Vec<String> =
            client.unlinked_users().await.unwrap().into_iter().map(|u| u.user_name).collect();
        assert_eq!(found, ["guest", "visitor"]);
    }
    let refuses = |asked: &Asked| {
        asked
            .query
            .contains_key("filter")
            .then(|| answer(400, &json!({ "scimType": "invalidFilter" })))
    };
    let (_server, client, _shared) =
        start(Service { instead: Some(Box::new(refuses)), ..Service::default() }).await;
    assert_eq!(client.unlinked_users().await.unwrap_err().code, Code::CloudRefused, "not nobody");
}

#[tokio::test]
async fn everybody_with_an_identity_is_told_whatever_the_service_filters_by() {
    let nobody = || answer(200, &json!({ "totalResults": 0, "Resources": [] }));
    for refusal in [None, Some(answer(400, &json!({}))), Some(nobody())] {
        let hook =
            move |asked: &Asked| refusal.clone().filter(|_| asked.query.contains_key("filter"));
        let users = vec![
            user("u0", "guest", None),
            user("u1", "ida", Some("id-ida")),
            user("u2", "max", Some("id-max")),
        ];
        let service = Service {
            ignores_filters: true,
            page: Some(2),
            instead: Some(Box::new(hook)),
            users,
            ..Service::default()
        };
        let (_server, client, _shared) = start(service).await;
        let (pages, mut read) = mpsc::channel(10);
        client.everybody(pages).await.unwrap();
        let mut names = vec![];
        while let Ok(page) = read.try_recv() {
            names.extend(page.into_iter().map(|user: CloudUser| user.user_name));
        }
        assert_eq!(names, ["ida", "max"]);
    }
}

#[tokio::test]
async fn a_service_that_refuses_large_pages_gives_its_own() {
    let hook = |asked: &Asked| {
        let many = asked.query.get("count").is_some_and(|count| count.parse::<u32>().unwrap() > 50);
        many.then(|| answer(400, &json!({ "detail": "count is at most 50" })))
    };
    let users: Vec<Value> = (0..20).map(|n| of_mapping(n, "Sales", "corp")).collect();
    let service =
        Service { users, page: Some(7), instead: Some(Box::new(hook)), ..Service::default() };
    let (_server, client, shared) = start(service).await;
    assert_eq!(people_of(&client).await.unwrap().len(), 20);
    let leaver = item(Change::Preserve, "p3", None);
    client.deliver(&[leaver]).await.unwrap();
    assert_eq!(shared.lock().unwrap().user("p3")["active"], false);
}
