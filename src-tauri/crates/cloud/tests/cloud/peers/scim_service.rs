//! A SCIM service in memory with settings for its moods.

use crate::peers::http_server::{Answer, HttpServer, json as answer};
use connector_cloud::ScimClient;
use connector_model::{
    Change, CloudPerson, DeliveryItem, DeliveryResult, Dn, Identity, Mapping, Secret,
};
use hyper::Request;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

#[derive(Default)]
pub struct Service {
    pub bulk: Option<(u64, u64)>,
    pub extension: bool,
    /// Requests beyond this many bytes get 413, whatever `ServiceProviderConfig` says.
    pub real_limit: Option<usize>,
    /// Statuses with `Retry-After` that come before anything else is done.
    pub moods: VecDeque<(u16, u64)>,
    /// Statuses for operations on a user name, instead of doing them; each once.
    pub refuse: Vec<(String, u16)>,
    pub users: Vec<Value>,
    /// Method, path and query of every request that was looked at.
    pub log: Vec<String>,
}

pub type Shared = Arc<Mutex<Service>>;

pub async fn start(service: Service) -> (HttpServer, ScimClient, Shared) {
    let shared = Arc::new(Mutex::new(service));
    let state = shared.clone();
    let server = HttpServer::start(move |request, body| {
        let reply = state.lock().unwrap().serve(&request, &body);
        async { reply }
    })
    .await;
    let client =
        ScimClient::new(server.endpoint(), &server.url("/scim/v2"), Secret::new("token")).unwrap();
    (server, client, shared)
}

impl Service {
    fn serve(&mut self, request: &Request<()>, body: &Bytes) -> Answer {
        let path = request.uri().path().strip_prefix("/scim/v2").unwrap().to_owned();
        let query = request.uri().query().unwrap_or_default();
        self.log.push(format!("{} {path}", request.method()));
        if request.headers()["authorization"] != "Bearer token" {
            return answer(401, &json!({ "status": "401" }));
        }
        if let Some((status, after)) = self.moods.pop_front() {
            let mut reply = answer(status, &json!({ "status": status.to_string() }));
            reply.headers_mut().insert("retry-after", after.into());
            return reply;
        }
        if self.real_limit.is_some_and(|limit| body.len() > limit) {
            return answer(413, &json!({ "status": "413" }));
        }
        let data: Value = serde_json::from_slice(body).unwrap_or_default();
        match (request.method().as_str(), path.as_str()) {
            ("GET", "/ServiceProviderConfig") => {
                let (operations, size) = self.bulk.unwrap_or_default();
                let bulk = json!({ "supported": self.bulk.is_some(), "maxOperations": operations, "maxPayloadSize": size });
                answer(200, &json!({ "bulk": bulk }))
            }
            ("GET", "/Schemas") => {
                let id = if self.extension {
                    "urn:insync:params:scim:schemas:extension:connector:2.0:User"
                } else {
                    "x"
                };
                answer(200, &json!({ "Resources": [{ "id": id }] }))
            }
            ("GET", "/Users") => answer(200, &json!({ "Resources": self.search(query) })),
            ("POST", "/Bulk") => self.bulk(&data, body.len()),
            (method, path) => {
                let (status, body) = self.operate(method, path, &data);
                answer(status, &body)
            }
        }
    }

    fn search(&self, query: &str) -> Vec<Value> {
        let Some((_, filter)) =
            url::form_urlencoded::parse(query.as_bytes()).find(|(k, _)| k == "filter")
        else {
            return self.users.clone();
        };
        let (attribute, value) = filter.split_once(" eq ").unwrap();
        let value: Value = serde_json::from_str(value).unwrap();
        self.users.iter().filter(|u| u[attribute] == value).cloned().collect()
    }

    fn bulk(&mut self, data: &Value, size: usize) -> Answer {
        let (operations, payload) = self.bulk.unwrap();
        let list = data["Operations"].as_array().unwrap();
        assert!(list.len() as u64 <= operations && size as u64 <= payload, "limits are kept");
        let results: Vec<_> = list
            .iter()
            .map(|o| {
                let (status, body) = self.operate(o["method"].as_str().unwrap(), o["path"].as_str().unwrap(), &o["data"]);
                json!({ "method": o["method"], "bulkId": o["bulkId"], "status": status.to_string(), "response": body,
                    "location": format!("https://x/scim/v2/Users/{}", body["id"].as_str().unwrap_or_default()) })
            })
            .collect();
        answer(200, &json!({ "Operations": results }))
    }

    fn operate(&mut self, method: &str, path: &str, data: &Value) -> (u16, Value) {
        if let Some(at) = self.refuse.iter().position(|(name, _)| data["userName"] == name.as_str())
        {
            return (self.refuse.remove(at).1, json!({ "detail": "Not this one." }));
        }
        let found =
            path.strip_prefix("/Users/").map(|id| self.users.iter().position(|u| u["id"] == id));
        match (method, found) {
            ("POST", None) => {
                let same = |u: &Value| {
                    u["userName"] == data["userName"] || u["externalId"] == data["externalId"]
                };
                if self.users.iter().any(same) {
                    return (409, json!({ "detail": "Taken.", "scimType": "uniqueness" }));
                }
                let mut user = data.clone();
                user["id"] = json!(format!("u{}", self.users.len()));
                self.users.push(user.clone());
                (201, user)
            }
            ("PUT", Some(Some(at))) => {
                let id = self.users[at]["id"].clone();
                self.users[at] = data.clone();
                self.users[at]["id"] = id;
                (200, self.users[at].clone())
            }
            ("PATCH", Some(Some(at))) => {
                assert_eq!(
                    data["Operations"],
                    json!([{ "op": "replace", "path": "active", "value": false }])
                );
                self.users[at]["active"] = json!(false);
                (204, Value::Null)
            }
            _ => (404, json!({ "detail": "Nobody." })),
        }
    }
}

pub fn item(change: Change, name: &str, id: Option<&str>) -> DeliveryItem {
    let mapping = json!({ "name": "Sales", "account": "corp", "base_dn": Dn::from_server("DC=x"), "quota_gb": 5 });
    let mapping: Mapping = serde_json::from_value(mapping).unwrap();
    let person = CloudPerson {
        identity: Identity::from_text(&format!("id-{name}")),
        user_name: name.into(),
        email: format!("{name}@example.com"),
        display_name: Some(format!("Display \"{name}\" \\ Ü")),
        given_name: None,
        surname: None,
        department: None,
        country: None,
        title: None,
        mapping: Arc::new(mapping),
    };
    DeliveryItem { change, cloud_id: id.map(str::to_owned), person }
}

/// Results in short: `u1`, `u1+` for adopted, or the code of the refusal.
pub fn short(results: &[DeliveryResult]) -> Vec<String> {
    let one = |r: &DeliveryResult| match r {
        DeliveryResult::Acknowledged { cloud_id, adopted } => {
            format!("{cloud_id}{}", if *adopted { "+" } else { "" })
        }
        DeliveryResult::Refused(error) => error.code.to_string(),
    };
    results.iter().map(one).collect()
}
