//! The local cloud as a process, and its HTTPS interface as a client would use it.

use crate::Clock;
use crate::process::{Running, program};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use ureq::http::request::Builder;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// A running local cloud. It can be killed and started again on the same data and port.
pub struct Cloud {
    /// Base address.
    pub url: String,
    /// File with the certificate of its CA.
    pub ca: PathBuf,
    token: String,
    data: TempDir,
    process: Option<Running>,
    agent: ureq::Agent,
}

impl Cloud {
    /// Starts one on a free port.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts one with further arguments.
    pub fn start_with(extra: &[&str]) -> Self {
        Self::start_at(None, extra)
    }

    /// Starts one that lives by a clock.
    pub fn start_at(clock: Option<&Clock>, extra: &[&str]) -> Self {
        let data = TempDir::with_prefix("cloud-").expect("a temporary folder");
        let (process, hello) = spawn(data.path(), "127.0.0.1:0", extra, clock);
        let text = |key: &str| hello[key].as_str().unwrap_or_else(|| panic!("{hello}")).to_owned();
        let ca = PathBuf::from(text("ca_file"));
        Self {
            url: text("url"),
            agent: agent(&ca),
            ca,
            token: text("admin_token"),
            data,
            process: Some(process),
        }
    }

    /// `kill -9`.
    pub fn kill9(&mut self) {
        if let Some(process) = self.process.take() {
            process.kill9();
        }
    }

    /// Starts it again on the same data and port.
    pub fn restart(&mut self) {
        let address = self
            .url
            .trim_start_matches("https://")
            .trim_end_matches('/')
            .replace("localhost", "127.0.0.1");
        let (process, _) = spawn(self.data.path(), &address, &[], None);
        self.process = Some(process);
    }

    /// A request with the admin token: HTTP status and body.
    pub fn admin(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.send(method, &format!("/admin/v1/{path}"), body, true)
    }

    /// A request to the SCIM service with the admin token: HTTP status and body.
    pub fn scim(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.send(method, &format!("/scim/v2/{path}"), body, true)
    }

    /// A request as anybody.
    pub fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send("POST", path, Some(body), false)
    }

    fn send(&self, method: &str, path: &str, body: Option<Value>, admin: bool) -> (u16, Value) {
        let mut request = self.request(method, path);
        if admin {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        exchange(&self.agent, request, body)
    }

    fn request(&self, method: &str, path: &str) -> Builder {
        let url = format!("{}{path}", self.url.trim_end_matches('/'));
        Builder::new().method(method).uri(url)
    }

    /// A client with connections of its own.
    pub fn client(&self) -> ureq::Agent {
        agent(&self.ca)
    }

    /// A request as anybody, with a client of one's own.
    pub fn post_with(&self, client: &ureq::Agent, path: &str, body: Value) -> (u16, Value) {
        exchange(client, self.request("POST", path), Some(body))
    }

    /// Makes a registration key.
    pub fn registration_key(&self) -> String {
        let (status, body) =
            self.admin("POST", "registration-keys", Some(json!({ "name": "test" })));
        assert!(status < 300, "{status} {body}");
        body["key"].as_str().expect("a key").to_owned()
    }

    /// Whether any connector is connected right now.
    pub fn connected(&self) -> bool {
        let (_, body) = self.admin("GET", "connectors", None);
        list(&body).iter().any(|c| c["connected"] == json!(true))
    }

    /// All users, page by page.
    pub fn users(&self) -> Vec<Value> {
        let mut users = vec![];
        loop {
            let (status, body) = self.admin(
                "GET",
                &format!("users?startIndex={}&count=1000", users.len() + 1),
                None,
            );
            assert_eq!(status, 200, "{body}");
            let page = list(&body);
            if page.is_empty() {
                return users;
            }
            users.extend(page);
        }
    }

    /// Imports of a mapping on the cloud's word: the record.
    pub fn sync(&self, mapping: &str) -> Value {
        let (status, body) =
            self.admin("POST", &format!("mappings/{mapping}/sync"), Some(json!({})));
        assert_eq!(status, 200, "{body}");
        body
    }

    /// A sign-in at the cloud's door: status and outcome as the outside sees it.
    pub fn sign_in(&self, user: &str, password: &str) -> (u16, String) {
        let (status, body) =
            self.post("/v1/sign-in", json!({ "user": user, "password": password }));
        (status, body["outcome"].as_str().unwrap_or_else(|| panic!("{status} {body}")).to_owned())
    }

    /// A deployment token.
    pub fn deployment_token(&self, name: &str) -> String {
        let (status, body) = self.admin("POST", "deployment-tokens", Some(json!({ "name": name })));
        assert!(status < 300, "{status} {body}");
        body["token"].as_str().expect("a token").to_owned()
    }

    /// A deployment token that was ended.
    pub fn ended_token(&self, name: &str) -> String {
        let (status, body) = self.admin("POST", "deployment-tokens", Some(json!({ "name": name })));
        assert!(status < 300, "{status} {body}");
        let id = body["id"].as_str().or(body["name"].as_str()).expect("an id").replace(' ', "%20");
        let (status, answer) = self.admin("DELETE", &format!("deployment-tokens/{id}"), None);
        assert!(status < 300, "{status} {answer}");
        body["token"].as_str().expect("a token").to_owned()
    }

    /// An activation: outcome.
    pub fn activate(&self, token: &str, user: &str, device: &str) -> String {
        let body =
            json!({ "token": token, "user": user, "device": { "name": device, "serial": device } });
        let (status, body) = self.post("/v1/activations", body);
        body["outcome"].as_str().unwrap_or_else(|| panic!("{status} {body}")).to_owned()
    }

    /// The administrator's token, which opens the SCIM service as well.
    pub fn scim_token(&self) -> String {
        self.token.clone()
    }

    /// Folder with everything that it stores.
    pub fn data(&self) -> &Path {
        self.data.path()
    }
}

/// The list in an answer, whether bare or under a name.
pub fn list(body: &Value) -> Vec<Value> {
    let nested = || body.as_object().and_then(|o| o.values().find_map(Value::as_array));
    body.as_array().or_else(nested).cloned().unwrap_or_default()
}

fn spawn(data: &Path, listen: &str, extra: &[&str], clock: Option<&Clock>) -> (Running, Value) {
    let mut command = Command::new(program("insync-sandbox"));
    command
        .args(["cloud", "--listen", listen, "--data"])
        .arg(data)
        .args(extra)
        .envs(clock.map(Clock::environment).unwrap_or_default())
        .stdin(Stdio::null());
    let log = std::fs::File::options()
        .create(true)
        .append(true)
        .open(data.join("cloud.log"))
        .expect("a log");
    command.stderr(log);
    let (process, first) = Running::start(command, "insync-sandbox cloud");
    let hello = serde_json::from_str(&first)
        .unwrap_or_else(|e| panic!("no JSON in the first line ({e}): {first}"));
    (process, hello)
}

fn agent(ca: &Path) -> ureq::Agent {
    let pem = std::fs::read(ca).expect("the CA's file");
    let certificate = Certificate::from_pem(&pem).expect("a certificate");
    let tls =
        TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(vec![certificate]))).build();
    ureq::Agent::config_builder()
        .tls_config(tls)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(120)))
        .build()
        .into()
}

fn exchange(client: &ureq::Agent, request: Builder, body: Option<Value>) -> (u16, Value) {
    let text = body.map(|b| b.to_string()).unwrap_or_default();
    let request = request.header("content-type", "application/json").body(text).expect("a request");
    let asked = format!("{} {}", request.method(), request.uri());
    let mut response = client.run(request).unwrap_or_else(|e| panic!("{asked}: {e}"));
    let status = response.status().as_u16();
    let text =
        response.body_mut().with_config().limit(1 << 30).read_to_string().unwrap_or_default();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
