//! The SCIM service over HTTPS.

use crate::support::{TestCloud, person};
use serde_json::{Value, json};

const BULK: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

fn bulk(names: &[&str]) -> Value {
    let create = |name: &&str| json!({ "method": "POST", "path": "/Users", "bulkId": name, "data": person(name, "Sales") });
    json!({ "schemas": [BULK], "Operations": names.iter().map(create).collect::<Vec<_>>() })
}

fn statuses(answer: &Value) -> Vec<&str> {
    answer["Operations"].as_array().unwrap().iter().map(|o| o["status"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_through_their_life() {
    let cloud = TestCloud::start().await;
    let web = &cloud.web;
    assert_eq!(web.call("GET", "/scim/v2/Users", None, Value::Null).await.0, 401);
    let (status, ann) = web.scim("POST", "/Users", person("ann", "Sales")).await;
    assert_eq!((status, &ann["meta"]["version"]), (201, &json!("W/\"1\"")), "{ann}");
    let path = format!("/Users/{}", ann["id"].as_str().unwrap());
    assert!(ann["meta"]["location"].as_str().unwrap().ends_with(&path));
    assert_eq!(web.scim("GET", &path, Value::Null).await, (200, ann.clone()));
    let mut twin = person("other", "Sales");
    twin["userName"] = json!("ANN@corp.example.com");
    let (status, error) = web.scim("POST", "/Users", twin).await;
    assert_eq!((status, &error["scimType"]), (409, &json!("uniqueness")));
    let mut twin = person("other", "Sales");
    twin["externalId"] = json!("id-ann");
    assert_eq!(web.scim("POST", "/Users", twin).await.0, 409);
    let mut changed = person("ann", "Sales");
    changed["title"] = json!("Engineer");
    let (status, put) = web.scim("PUT", &path, changed).await;
    assert_eq!(
        (status, &put["title"], &put["meta"]["version"]),
        (200, &json!("Engineer"), &json!("W/\"2\""))
    );
    let preserve = json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
    assert_eq!(web.scim("PATCH", &path, preserve).await.1["active"], json!(false));
    assert_eq!(web.scim("DELETE", &path, Value::Null).await.0, 204);
    let (status, gone) = web.scim("GET", &path, Value::Null).await;
    assert_eq!((status, &gone["status"]), (404, &json!("404")));
    let (_, next) = web.scim("POST", "/Users", person("ann", "Sales")).await;
    assert_ne!(next["id"], ann["id"], "an id is never used again");
    for path in ["/Nothing", "/Users/nobody", "/Schemas/urn:x", "/ResourceTypes/Group"] {
        assert_eq!(web.scim("GET", path, Value::Null).await.0, 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bulk_keeps_each_result_and_may_be_sent_twice() {
    let cloud = TestCloud::start().await;
    let (status, answer) = cloud.web.scim("POST", "/Bulk", bulk(&["a", "b", "c"])).await;
    assert_eq!((status, statuses(&answer)), (200, vec!["201"; 3]), "{answer}");
    let (_, answer) = cloud.web.scim("POST", "/Bulk", bulk(&["b", "d", "a"])).await;
    assert_eq!(statuses(&answer), ["409", "201", "409"]);
    assert_eq!(answer["Operations"][0]["response"]["scimType"], json!("uniqueness"));
    let location = answer["Operations"][1]["location"].as_str().unwrap();
    let id = location.rsplit_once('/').unwrap().1;
    let patch = json!({ "Operations": [{ "op": "replace", "path": "active", "value": false }] });
    let mixed = json!({ "schemas": [BULK], "Operations": [
        { "method": "PATCH", "path": format!("/Users/{id}"), "data": patch },
        { "method": "PATCH", "path": "/Users/nobody", "data": { "Operations": [] } },
        { "method": "POST", "path": "/Groups", "bulkId": "g", "data": {} },
        { "method": "PUT", "path": format!("/Users/{id}"), "version": "W/\"1\"", "data": person("d", "x") },
        { "method": "POST", "path": "/Users", "bulkId": "z", "data": person("z", "x") },
        { "method": "DELETE", "path": "/Users/bulkId:z" },
    ] });
    let (_, answer) = cloud.web.scim("POST", "/Bulk", mixed).await;
    assert_eq!(statuses(&answer), ["200", "404", "400", "412", "201", "204"], "{answer}");
    let mut strict = bulk(&["a", "b", "e"]);
    strict["failOnErrors"] = json!(1);
    let (_, answer) = cloud.web.scim("POST", "/Bulk", strict).await;
    assert_eq!(statuses(&answer), ["409"]);
    let names: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
    let many = bulk(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(cloud.web.scim("POST", "/Bulk", many).await.0, 413);
    assert_eq!(cloud.web.scim("POST", "/Bulk", json!("x".repeat(5 << 20))).await.0, 413);
    assert_eq!(cloud.web.scim("POST", "/Bulk", json!({})).await.0, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered_sorted_and_cut() {
    let cloud = TestCloud::start().await;
    cloud.web.scim("POST", "/Bulk", bulk(&["dora", "ann", "carl", "bob"])).await;
    let list = async |query: &str| {
        let (status, answer) = cloud.web.scim("GET", &format!("/Users?{query}"), Value::Null).await;
        assert_eq!(status, 200, "{query}: {answer}");
        let resources = answer["Resources"].as_array().unwrap();
        let names = resources
            .iter()
            .map(|u| u["userName"].as_str().unwrap().replace("@corp.example.com", ""));
        (answer["totalResults"].as_u64().unwrap(), names.collect::<Vec<_>>().join(" "))
    };
    let found = |total: u64, names: &str| (total, names.to_owned());
    assert_eq!(list("sortBy=userName").await, found(4, "ann bob carl dora"));
    assert_eq!(
        list("sortBy=displayName&sortOrder=descending&count=2").await,
        found(4, "dora carl")
    );
    assert_eq!(list("startIndex=3&count=1").await, found(4, "carl"));
    assert_eq!(list("count=0").await, found(4, ""));
    for (filter, wanted) in [
        ("externalId eq \"id-bob\"", found(1, "bob")),
        ("userName eq \"BOB@corp.example.com\"", found(1, "bob")),
        ("userName sw \"a\" or userName ew \"x\" or not (userName co \"r\")", found(1, "ann")),
        ("displayName eq \"Carl\" and active eq true", found(1, "carl")),
        ("userName gt \"b\" and emails[type eq \"work\" and value sw \"d\"]", found(1, "dora")),
        ("meta.created gt \"2020-01-01T00:00:00Z\" and id pr", found(4, "dora ann carl bob")),
        (
            "urn:insync:params:scim:schemas:extension:connector:2.0:User:mapping eq \"None\"",
            found(0, ""),
        ),
    ] {
        let encoded: String = url::form_urlencoded::byte_serialize(filter.as_bytes()).collect();
        assert_eq!(list(&format!("filter={encoded}")).await, wanted, "{filter}");
    }
    assert_eq!(cloud.web.scim("GET", "/Users?filter=nonsense", Value::Null).await.0, 400);
    let search = json!({ "filter": "displayName eq \"ann\"", "attributes": ["userName"] });
    let (_, answer) = cloud.web.scim("POST", "/Users/.search", search).await;
    let keys: Vec<_> = answer["Resources"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["id", "schemas", "userName"]);
}
