//! What survives a restart, and what the rest of the interface answers.

use crate::support::fake_connector::{FakeConnector, Identity, Reply};
use crate::support::{TestCloud, Web, person, start_at};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_that_died_comes_back_as_it_was() {
    let TestCloud { cloud, web, home } = TestCloud::start().await;
    let (url, ca) = (cloud.url().to_owned(), cloud.ca_pem().to_owned());
    let cloud = TestCloud { cloud, web, home };
    let identity = Identity::register(&cloud).await;
    cloud.web.admin("PUT", "/settings", json!({ "interval_hours": 6 })).await;
    cloud.web.scim("POST", "/Users", person("ann", "Sales")).await;
    let (_, token) =
        cloud.web.admin("POST", "/deployment-tokens", json!({ "name": "Rollout" })).await;
    let TestCloud { cloud, web, home } = cloud;
    drop((cloud, web)); // no shutdown: as if the process had died

    let again = start_at(home.path(), |_| {}).await;
    assert_eq!(again.ca_pem(), ca, "clients trust it as before");
    assert!(again.url().starts_with("https://127.0.0.1:") && url.starts_with("https://127.0.0.1:"));
    let web = Web::of(&again);
    let (_, users) = web.admin("GET", "/users", Value::Null).await;
    assert_eq!((&users["total"], &users["users"][0]["externalId"]), (&json!(1), &json!("id-ann")));
    assert_eq!(web.admin("GET", "/settings", Value::Null).await.1["interval_hours"], json!(6));
    let (_, tokens) = web.admin("GET", "/deployment-tokens", Value::Null).await;
    assert_eq!(tokens["tokens"][0]["name"], json!("Rollout"));
    let (_, second) = web.scim("POST", "/Users", person("bob", "Sales")).await;
    assert!(second["id"].is_string(), "{second}");
    let connector =
        FakeConnector::connect(&again, &identity, &["corp"], |_, _| Reply::Silence).await;
    again.shutdown().await;
    assert_eq!(connector.closed().await, Some(1001), "the session is drained");
    let text = token["token"].as_str().unwrap();
    for file in std::fs::read_dir(home.path()).unwrap() {
        let path = file.unwrap().path();
        let Ok(bytes) = std::fs::read(&path) else {
            continue; // the database has just been closed, and its companions are gone
        };
        let found = bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!found, "{} holds a token in the clear", path.display());
        #[cfg(unix)]
        {
            let mode = path.metadata().map(|m| std::os::unix::fs::MetadataExt::mode(&m));
            assert_eq!(mode.unwrap_or(0) & 0o077, 0, "{} is open to others", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_health_and_errors() {
    let cloud = TestCloud::start().await;
    let get = async |path: &str| cloud.web.call("GET", path, None, Value::Null).await;
    assert_eq!(get("/healthz").await, (200, json!("ok\n")));
    assert_eq!(get("/readyz").await.0, 200);
    for path in ["/", "/console", "/assets/style.css", "/assets/sign_in.js", "/assets/console.js"] {
        assert_eq!(get(path).await.0, 200, "{path}");
    }
    let (status, problem) = get("/nothing").await;
    assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
    assert_eq!(get("/v1/sign-in").await.0, 405);
    assert_eq!(get("/admin/v1/users").await.0, 401);
    assert_eq!(cloud.web.admin("GET", "/nothing", Value::Null).await.0, 404);
    let big = json!({ "name": "x".repeat(300 * 1024) });
    let (status, problem) = cloud.web.admin("POST", "/deployment-tokens", big).await;
    assert_eq!((status, &problem["code"]), (413, &json!("message_too_large")));
}
