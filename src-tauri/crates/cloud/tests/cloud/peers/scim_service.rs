//! A SCIM service in memory with settings for its moods, and a hook for whatever a test wants it to say instead.

use crate::peers::http_server::{Answer, HttpServer, json as answer};
use connector_cloud::ScimClient;
use connector_model::{
    Change, CloudPerson, DeliveryItem, DeliveryResult, Dn, Identity, Mapping, Secret,
};
use hyper::Request;
use hyper::body::Bytes;
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

/// A request as a hook sees it: `PUT`, `/Users/u1`, its body, and `If-Match` if it came.
pub struct Asked {
    pub method: String,
    pub path: String,
    pub query: HashMap<String, String>,
    pub data: Value,
    pub media_type: String,
    pub version: Option<String>,
}

/// What is said instead; nothing: as always.
pub type Hook = Box<dyn FnMut(&Asked) -> Option<Answer> + Send>;
/// What is made of an answer after the work was done.
pub type Twist = Box<dyn FnMut(&Asked, Answer) -> Answer + Send>;

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a mood of its own")]
pub struct Service {
    pub bulk: Option<(u64, u64)>,
    pub extension: bool,
    /// Requests beyond this many bytes get 413, whatever `ServiceProviderConfig` says.
    pub real_limit: Option<usize>,
    /// Statuses with `Retry-After` that come before anything else is done.
    pub moods: VecDeque<(u16, u64)>,
    /// Statuses for operations on a user name, instead of doing them; each once.
    pub refuse: Vec<(String, u16)>,
    /// Searches are answered with everybody.
    pub ignores_filters: bool,
    /// Pages begin at the first user, wherever they are to begin.
    pub ignores_start: bool,
    /// Most users of one page.
    pub page: Option<usize>,
    /// Lists do not say how many users they have.
    pub tells_no_total: bool,
    /// So many lists lose their first three users once the first page was read.
    pub shrinking_lists: usize,
    /// Anybody may be there twice.
    pub nothing_is_unique: bool,
    pub instead: Option<Hook>,
    pub afterwards: Option<Twist>,
    pub users: Vec<Value>,
    /// Method and path of every request that was looked at.
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
        let agent = request.headers().get("user-agent").and_then(|agent| agent.to_str().ok());
        assert!(agent.is_some_and(|agent| agent.starts_with("insync-connector/")), "{agent:?}");
        let path = request.uri().path().strip_prefix("/scim/v2").unwrap().to_owned();
        let query = request.uri().query().unwrap_or_default().as_bytes();
        let query = url::form_urlencoded::parse(query).into_owned().collect();
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
        let media_type = request.headers().get("content-type");
        let media_type = media_type.map(|m| m.to_str().unwrap().to_owned()).unwrap_or_default();
        let version = request.headers().get("if-match").map(|v| v.to_str().unwrap().to_owned());
        let (method, data) =
            (request.method().to_string(), serde_json::from_slice(body).unwrap_or_default());
        let asked = Asked { method, path, query, data, media_type, version };
        let instead = self.instead.as_mut().and_then(|hook| hook(&asked));
        let reply = instead.unwrap_or_else(|| self.answer(&asked, body.len()));
        match &mut self.afterwards {
            Some(twist) => twist(&asked, reply),
            None => reply,
        }
    }

    fn answer(&mut self, asked: &Asked, size: usize) -> Answer {
        match (asked.method.as_str(), asked.path.as_str()) {
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
            ("GET", "/Users") => answer(200, &self.list(&asked.query)),
            ("POST", "/Bulk") => self.bulk(&asked.data, size),
            (method, path) => {
                let (status, body) = self.operate(method, path, &asked.data);
                answer(status, &body)
            }
        }
    }

    fn list(&mut self, query: &HashMap<String, String>) -> Value {
        let number = |name: &str, or: usize| query.get(name).map_or(or, |n| n.parse().unwrap());
        let found: Vec<_> = self.users.iter().filter(|user| self.fits(user, query)).collect();
        let start = if self.ignores_start { 0 } else { number("startIndex", 1) - 1 };
        let count = number("count", 100).min(self.page.unwrap_or(usize::MAX));
        let page: Vec<_> = found.iter().skip(start).take(count).collect();
        let mut list = json!({ "totalResults": found.len(), "Resources": page });
        if self.tells_no_total {
            list.as_object_mut().unwrap().remove("totalResults");
        }
        if self.shrinking_lists > 0 && start == 0 && page.len() < found.len() {
            self.shrinking_lists -= 1;
            self.users.drain(..3);
        }
        list
    }

    fn fits(&self, user: &Value, query: &HashMap<String, String>) -> bool {
        let Some(filter) = query.get("filter").filter(|_| !self.ignores_filters) else {
            return true;
        };
        if filter == "not (externalId pr)" {
            return user["externalId"].is_null();
        }
        let (attribute, value) = filter.split_once(" eq ").unwrap();
        let value: Value = serde_json::from_str(value).unwrap();
        match attribute {
            "emails.value" => {
                user["emails"].as_array().is_some_and(|e| e.iter().any(|e| e["value"] == value))
            }
            "userName" => {
                let lower = |v: &Value| v.as_str().unwrap_or_default().to_lowercase();
                lower(&user["userName"]) == lower(&value)
            }
            other => user[other] == value,
        }
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
            ("GET", Some(Some(at))) => (200, self.users[at].clone()),
            ("POST", None) => {
                let same = |u: &Value| {
                    u["userName"] == data["userName"] || u["externalId"] == data["externalId"]
                };
                if !self.nothing_is_unique && self.users.iter().any(same) {
                    return (409, json!({ "detail": "Taken.", "scimType": "uniqueness" }));
                }
                let mut user = data.clone();
                user["id"] = json!(format!("u{}", self.users.len()));
                self.users.push(user.clone());
                (201, user)
            }
            ("PUT", Some(Some(at))) => {
                let id = self.users[at]["id"].clone();
                let same = |u: &Value| u["id"] != id && u["userName"] == data["userName"];
                if !self.nothing_is_unique && self.users.iter().any(same) {
                    return (409, json!({ "detail": "Taken.", "scimType": "uniqueness" }));
                }
                self.users[at] = data.clone();
                self.users[at]["id"] = id;
                (200, self.users[at].clone())
            }
            ("PATCH", Some(Some(at))) => {
                for operation in data["Operations"].as_array().unwrap() {
                    assert_eq!(operation["op"], "replace");
                    match operation["path"].as_str() {
                        Some(path) => self.users[at][path] = operation["value"].clone(),
                        None => {
                            for (name, value) in operation["value"].as_object().unwrap() {
                                self.users[at][name] = value.clone();
                            }
                        }
                    }
                }
                (204, Value::Null)
            }
            _ => (404, json!({ "detail": "Nobody." })),
        }
    }

    /// The user of that name.
    pub fn user(&self, name: &str) -> &Value {
        self.users.iter().find(|user| user["userName"] == name).unwrap()
    }

    /// How many requests of that method and path there were.
    pub fn asked(&self, wanted: &str) -> usize {
        self.log.iter().filter(|line| line.starts_with(wanted)).count()
    }
}

/// A user as somebody made them by hand, or the connector before.
pub fn user(id: &str, name: &str, external: Option<&str>) -> Value {
    json!({ "id": id, "userName": name, "externalId": external, "active": true })
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
    let cloud_id = id.map(str::to_owned);
    DeliveryItem { change, cloud_id, person, in_doubt: false, former: None }
}

/// The same, sent before without a sure answer.
pub fn doubtful(change: Change, name: &str) -> DeliveryItem {
    DeliveryItem { in_doubt: true, ..item(change, name, None) }
}

/// Results in short: `u1`, `u1+` for adopted, `u1?` where it is only believed; or the code of the refusal, `code?`
/// where it may have been carried out, `code…` where it is to be sent again.
pub fn short(results: &[DeliveryResult]) -> Vec<String> {
    let one = |r: &DeliveryResult| match r {
        DeliveryResult::Acknowledged { cloud_id, adopted, confirmed } => {
            let (adopted, confirmed) =
                (if *adopted { "+" } else { "" }, if *confirmed { "" } else { "?" });
            format!("{cloud_id}{adopted}{confirmed}")
        }
        DeliveryResult::Refused(error) => error.code.to_string(),
        DeliveryResult::Absent(error) => format!("{}, absent", error.code),
        DeliveryResult::Unsure(error) => format!("{}?", error.code),
        DeliveryResult::Postponed { error, .. } => format!("{}…", error.code),
    };
    results.iter().map(one).collect()
}

/// The message of whoever was not acknowledged.
pub fn message(result: &DeliveryResult) -> &str {
    match result {
        DeliveryResult::Refused(error)
        | DeliveryResult::Absent(error)
        | DeliveryResult::Unsure(error)
        | DeliveryResult::Postponed { error, .. } => &error.message,
        DeliveryResult::Acknowledged { .. } => "",
    }
}
