//! Nobody is made twice: lost answers, ids that are gone or somebody else's, and twins that leave together; and who is gone is
//! told as that.

use crate::peers::http_server::{hang_up, json as answer};
use crate::peers::scim_service::{Asked, Service, Shared, doubtful, item, short, start, user};
use connector_model::{Change, DeliveryResult, Identity};
use serde_json::json;

/// The first answers to `POST` get lost after the work was done.
fn loses(mut answers: usize) -> Service {
    let twist = move |asked: &Asked, answer| {
        let lost = asked.method == "POST" && answers > 0;
        answers -= usize::from(lost);
        if lost { hang_up() } else { answer }
    };
    Service { afterwards: Some(Box::new(twist)), nothing_is_unique: true, ..Service::default() }
}

fn named(shared: &Shared, name: &str) -> usize {
    let service = shared.lock().unwrap();
    service.users.iter().filter(|user| user["externalId"] == format!("id-{name}")).count()
}

#[tokio::test]
async fn a_lost_answer_is_asked_after_before_anybody_is_made_again() {
    for bulk in [None, Some((50, 100_000))] {
        let (_server, client, shared) = start(Service { bulk, ..loses(3) }).await;
        let batch = ["ida", "max", "eva", "tom"].map(|name| item(Change::Create, name, None));
        let results = short(&client.deliver(&batch).await.unwrap());
        assert!(results.iter().all(|r| r.starts_with('u')), "{results:?}");
        assert_eq!(shared.lock().unwrap().users.len(), 4, "{bulk:?}");
    }
}

#[tokio::test]
async fn somebody_in_doubt_who_is_there_under_an_old_name_is_linked() {
    for (bulk, extension) in
        [(None, false), (Some((50, 100_000)), false), (Some((50, 100_000)), true)]
    {
        let users = vec![user("u0", "ida-before", Some("id-ida"))];
        let service = Service { bulk, extension, users, ..Service::default() };
        let (_server, client, shared) = start(service).await;
        let batch = [doubtful(Change::Create, "ida"), doubtful(Change::Create, "new")];
        assert_eq!(short(&client.deliver(&batch).await.unwrap()), ["u0+", "u1"]);
        let service = shared.lock().unwrap();
        assert_eq!((service.users.len(), &service.users[0]["userName"]), (2, &json!("ida")));
    }
}

#[tokio::test]
async fn ids_given_anew_are_found_by_identity_and_change_nobody_else() {
    // After a restore, ida has max's id, and max a new one.
    let users = vec![
        user("1", "other", Some("of-hr")),
        user("2", "ida", Some("id-ida")),
        user("3", "max", Some("id-max")),
    ];
    let service = Service { users, nothing_is_unique: true, ..Service::default() };
    let (_server, client, shared) = start(service).await;
    let mut married = item(Change::Update, "ida", Some("1"));
    married.person.user_name = "ida-married".into();
    let batch =
        [married, item(Change::Update, "max", Some("2")), item(Change::Update, "eva", Some("9"))];
    assert_eq!(short(&client.deliver(&batch).await.unwrap()), ["2", "3", "u3"]);
    let leaver = item(Change::Preserve, "max", Some("2"));
    assert_eq!(short(&client.deliver(&[leaver]).await.unwrap()), ["2?"]);
    let service = shared.lock().unwrap();
    assert_eq!(service.users[0], user("1", "other", Some("of-hr")), "somebody else");
    assert_eq!(service.user("ida-married")["active"], true);
    assert_eq!(service.user("max")["active"], false);
    assert_eq!(service.users.len(), 4);
}

/// A name that nobody gives back has no holder any more once the service says that the holder is not there.
#[tokio::test]
async fn who_is_not_there_and_cannot_be_made_anew_is_told_as_absent() {
    for bulk in [None, Some((50, 100_000))] {
        let users = vec![
            user("u0", "ida", Some("of-hr")),
            user("u1", "max", Some("of-hr-2")),
            user("u2", "tom", Some("of-hr-3")),
            user("u3", "eva-before", Some("id-eva")),
            user("u4", "made-by-hand", None),
        ];
        let (_server, client, _shared) = start(Service { bulk, users, ..Service::default() }).await;
        let mut eva = item(Change::Update, "eva", Some("u3"));
        eva.person.user_name = "tom".into();
        let batch = [
            item(Change::Update, "ida", Some("u9")),
            // Under the id is somebody who may be the person, or not.
            item(Change::Update, "kim", Some("u4")),
            doubtful(Change::Create, "max"),
            // Nobody looked for him, and she is there.
            item(Change::Create, "tom", None),
            eva,
        ];
        let told = short(&client.deliver(&batch).await.unwrap());
        let (gone, taken) = ("cloud_refused, absent", "cloud_refused");
        assert_eq!(told, [gone, gone, gone, taken, taken], "{bulk:?}");
    }
}

#[tokio::test]
async fn an_id_of_somebody_else_is_nobody_to_deactivate() {
    let users = vec![user("1", "other", Some("of-hr"))];
    let (_server, client, shared) = start(Service { users, ..Service::default() }).await;
    let leaver = item(Change::Preserve, "ida", Some("1"));
    assert_eq!(short(&client.deliver(&[leaver]).await.unwrap()), ["1?"]);
    assert_eq!(shared.lock().unwrap().users[0]["active"], true);
}

#[tokio::test]
async fn an_id_of_somebody_with_the_same_address_or_of_nobody_is_not_the_persons() {
    let with_email = |mut user: serde_json::Value, name: &str| {
        user["emails"] = json!([{ "value": format!("{name}@example.com") }]);
        user
    };
    let users = vec![
        with_email(user("1", "other", Some("of-hr")), "ida"),
        user("2", "root", None),
        user("3", "max", Some("another max")),
        user("4", "ida", Some("id-ida")),
    ];
    let (_server, client, shared) =
        start(Service { users: users.clone(), ..Service::default() }).await;
    let batch = [
        item(Change::Update, "ida", Some("1")),
        item(Change::Update, "eva", Some("2")),
        item(Change::Preserve, "max", Some("3")),
    ];
    assert_eq!(short(&client.deliver(&batch).await.unwrap()), ["4", "cloud_refused, absent", "3?"]);
    assert_eq!(shared.lock().unwrap().users[..3], users[..3], "nobody else is touched");
}

#[tokio::test]
async fn an_id_of_a_user_made_by_hand_is_not_the_persons_while_another_user_has_the_identity() {
    let mut by_hand = user("1", "hand", None);
    by_hand["emails"] = json!([{ "value": "ida@example.com" }]);
    for (named, former) in [("ida", None), ("hand", None), ("ida", Some("former"))] {
        let identity = former.unwrap_or("id-ida");
        let users = vec![by_hand.clone(), user("2", "ida", Some(identity))];
        let service = Service { users, nothing_is_unique: true, ..Service::default() };
        let (_server, client, shared) = start(service).await;
        let mut ida = item(Change::Update, "ida", Some("1"));
        ida.person.user_name = named.into();
        ida.former = former.map(Identity::from_text);
        assert_eq!(short(&client.deliver(&[ida]).await.unwrap()), ["2"], "{named} {former:?}");
        let service = shared.lock().unwrap();
        assert_eq!((service.users.len(), &service.users[0]), (2, &by_hand), "{named} {former:?}");
    }
}

#[tokio::test]
async fn who_was_made_anew_is_found_by_the_identity_before() {
    // After a restore, ida has another id.
    let users = vec![user("1", "other", Some("of-hr")), user("2", "ida", Some("former"))];
    let (_server, client, shared) = start(Service { users, ..Service::default() }).await;
    let mut anew = item(Change::Adopt, "ida", Some("1"));
    anew.former = Some(Identity::from_text("former"));
    assert_eq!(short(&client.deliver(&[anew]).await.unwrap()), ["2+"]);
    assert_eq!(shared.lock().unwrap().user("ida")["externalId"], "id-ida");
}

#[tokio::test]
async fn twins_are_deactivated_together() {
    let users = vec![
        user("u0", "ida-before", Some("id-ida")),
        user("u1", "ida", Some("id-ida")),
        user("u2", "max", Some("id-max")),
    ];
    for id in [None, Some("u1")] {
        let users = users.clone();
        let (_server, client, shared) = start(Service { users, ..Service::default() }).await;
        client.deliver(&[item(Change::Preserve, "ida", id)]).await.unwrap();
        let active: Vec<_> =
            shared.lock().unwrap().users.iter().map(|user| user["active"].clone()).collect();
        assert_eq!(active, [json!(false), json!(false), json!(true)], "{id:?}");
    }
}

#[tokio::test]
async fn a_service_that_does_not_search_by_identity_is_looked_through() {
    let hook = |asked: &Asked| {
        let filter = asked.query.get("filter")?;
        filter
            .starts_with("externalId")
            .then(|| answer(400, &json!({ "scimType": "invalidFilter" })))
    };
    let users =
        (0..30).map(|n| user(&format!("u{n}"), &format!("p{n}"), Some(&format!("id-p{n}"))));
    let service = Service {
        users: users.collect(),
        page: Some(7),
        instead: Some(Box::new(hook)),
        nothing_is_unique: true,
        ..Service::default()
    };
    let (_server, client, shared) = start(service).await;
    let mut renamed = doubtful(Change::Create, "p23");
    renamed.person.user_name = "renamed".into();
    let batch = [renamed, doubtful(Change::Create, "new"), item(Change::Preserve, "p5", None)];
    assert_eq!(short(&client.deliver(&batch).await.unwrap()), ["u23+", "u30", "u5?"]);
    assert_eq!(named(&shared, "p23"), 1);
}

fn forty() -> Service {
    let users =
        (0..40).map(|n| user(&format!("u{n}"), &format!("p{n}"), Some(&format!("id-p{n}"))));
    let users = users.collect();
    let (page, ignores_filters, nothing_is_unique) = (Some(7), true, true);
    Service { ignores_filters, page, nothing_is_unique, users, ..Service::default() }
}

/// Who is not among the users that such a service shows may be there all the same.
#[tokio::test]
async fn users_that_are_somebody_else_and_no_number_of_them_decide_nothing() {
    let service = Service { tells_no_total: true, ignores_start: true, ..forty() };
    let (_server, client, shared) = start(service).await;
    let mut renamed = doubtful(Change::Create, "p29");
    renamed.person.user_name = "renamed".into();
    let results = client.deliver(&[renamed, item(Change::Preserve, "p30", None)]).await.unwrap();
    let acknowledged =
        |result: &DeliveryResult| matches!(result, DeliveryResult::Acknowledged { .. });
    assert!(!results.iter().any(acknowledged), "{results:?}");
    assert_eq!((named(&shared, "p29"), named(&shared, "p30")), (1, 1));
}

#[tokio::test]
async fn who_slips_to_a_page_that_was_read_is_found_all_the_same() {
    let (_server, client, shared) = start(Service { shrinking_lists: 1, ..forty() }).await;
    let mut renamed = doubtful(Change::Create, "p8");
    renamed.person.user_name = "renamed".into();
    assert_eq!(short(&client.deliver(&[renamed]).await.unwrap()), ["u8+"]);
    assert_eq!(named(&shared, "p8"), 1);
}

/// Somebody else took the user over meanwhile.
#[tokio::test]
async fn a_user_of_the_persons_name_with_a_foreign_identity_is_nobodys_to_change() {
    for (shown, theirs) in [
        ("hr-77", false),
        ("hrid-ida", false),
        ("id-ida9", false),
        ("{ID-IDA}", true),
        ("idida", true),
        ("corp:id-ida", true),
    ] {
        let users = vec![user("u0", "ida", Some(shown))];
        let (_server, client, shared) = start(Service { users, ..Service::default() }).await;
        let mut anew = item(Change::Adopt, "ida", Some("u0"));
        anew.former = Some(Identity::from_text("id-ida-before"));
        let results = client.deliver(&[anew]).await.unwrap();
        let taken = matches!(results[0], DeliveryResult::Acknowledged { .. });
        assert_eq!(taken, theirs, "{shown}: {results:?}");
        let kept = shared.lock().unwrap().users[0]["externalId"] == shown;
        assert_eq!(kept, !theirs, "{shown}");
    }
}
