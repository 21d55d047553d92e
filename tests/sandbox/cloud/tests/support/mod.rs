//! A cloud on a free port, an administrator, and a connector that is played by the test.

pub mod fake_connector;

use sandbox_cloud::{CloudOptions, CloudServer, RunningCloud};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;
use ureq::http::Request;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A cloud in a folder of its own.
pub struct TestCloud {
    pub cloud: RunningCloud,
    pub web: Web,
    pub home: tempfile::TempDir,
}

impl TestCloud {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut CloudOptions)) -> Self {
        let home = tempfile::tempdir().unwrap();
        let cloud = start_at(home.path(), change).await;
        let web = Web::of(&cloud);
        Self { cloud, web, home }
    }

    /// A new registration key.
    pub async fn key(&self, body: Value) -> String {
        let (status, answer) = self.web.admin("POST", "/registration-keys", body).await;
        assert_eq!(status, 201, "{answer}");
        answer["key"].as_str().unwrap().to_owned()
    }
}

/// Starts a cloud on a given folder, with a short patience.
pub async fn start_at(home: &Path, change: impl FnOnce(&mut CloudOptions)) -> RunningCloud {
    let mut options = CloudOptions::new(home);
    options.patience = Duration::from_millis(100);
    change(&mut options);
    CloudServer::start(options).await.unwrap()
}

/// Talks HTTPS to one cloud.
#[derive(Clone)]
pub struct Web {
    agent: ureq::Agent,
    url: String,
    admin_token: String,
}

impl Web {
    pub fn of(cloud: &RunningCloud) -> Self {
        let ca = Certificate::from_pem(cloud.ca_pem().as_bytes()).unwrap();
        let tls = TlsConfig::builder().root_certs(RootCerts::from(vec![ca])).build();
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(1)))
            .tls_config(tls)
            .build()
            .new_agent();
        Self { agent, url: cloud.url().to_owned(), admin_token: cloud.admin_token().to_owned() }
    }

    /// One request: status and body, as JSON where it is JSON.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Value,
    ) -> (u16, Value) {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.url));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let text = if body.is_null() { String::new() } else { body.to_string() };
        let request = request.header("Content-Type", "application/json").body(text).unwrap();
        let agent = self.agent.clone();
        tokio::task::spawn_blocking(move || {
            let mut response = agent.run(request).unwrap();
            let text = response.body_mut().read_to_string().unwrap();
            let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
            (response.status().as_u16(), body)
        })
        .await
        .unwrap()
    }

    /// A request of the administrator below `/admin/v1`.
    pub async fn admin(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let token = self.admin_token.clone();
        self.call(method, &format!("/admin/v1{path}"), Some(&token), body).await
    }

    /// A SCIM request of the administrator.
    pub async fn scim(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let token = self.admin_token.clone();
        self.call(method, &format!("/scim/v2{path}"), Some(&token), body).await
    }

    pub async fn sign_in(&self, user: &str, password: &str) -> (u16, Value) {
        let body = json!({ "user": user, "password": password });
        self.call("POST", "/v1/sign-in", None, body).await
    }

    pub async fn activate(&self, token: &str, user: &str, device: Value) -> (u16, Value) {
        let body = json!({ "token": token, "user": user, "device": device });
        self.call("POST", "/v1/activations", None, body).await
    }
}

/// A SCIM User as a connector sends it.
pub fn person(name: &str, mapping: &str) -> Value {
    json!({
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:insync:params:scim:schemas:extension:connector:2.0:User"],
        "externalId": format!("id-{name}"),
        "userName": format!("{name}@corp.example.com"),
        "displayName": name,
        "emails": [{ "value": format!("{name}@corp.example.com"), "type": "work", "primary": true }],
        "active": true,
        "urn:insync:params:scim:schemas:extension:connector:2.0:User": { "mapping": mapping, "account": "corp" },
    })
}

/// Waits until a condition holds; fails after ten seconds.
pub async fn until<F: Future<Output = bool>>(mut condition: impl FnMut() -> F) {
    for _ in 0..1000 {
        if condition().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the condition did not come true");
}
