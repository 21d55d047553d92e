//! What the cloud may ask (protocol, section 3), with its types.

use crate::identity::sealing::SealedSignIn;
use async_trait::async_trait;
use connector_model::{
    Assignment, BrowseQuery, Code, Dn, Error, Mapping, Result, Secret, UserName,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;
use tokio::time::Instant;

/// Answers what the cloud asks. Called in a task of its own for each request; the future is dropped when the
/// session ends first.
#[async_trait]
pub trait RequestHandler: Send + Sync {
    /// The result of the method, as section 3 of the protocol describes it.
    async fn handle(&self, request: CloudRequest) -> Result<Value>;

    /// Which mappings this connector imports, at the start of a session and whenever it changes. `None`: the cloud leaves
    /// it to the connector.
    fn assigned(&self, _assignments: Option<Vec<Assignment>>) {}
}

/// A request of the cloud, checked for form. `account: None` means the only one.
#[derive(Debug)]
#[allow(missing_docs, reason = "the fields are those of the protocol")]
#[allow(clippy::large_enum_variant, reason = "one value a request, moved once")]
pub enum CloudRequest {
    /// `directory.bases`
    Bases { account: Option<String> },
    /// `directory.units`
    Units { account: Option<String>, query: BrowseQuery },
    /// `directory.groups`
    Groups { account: Option<String>, query: BrowseQuery },
    /// `mapping.list`
    MappingList { from: Option<usize> },
    /// `mapping.put`
    MappingPut { mapping: Mapping },
    /// `mapping.remove`
    MappingRemove { name: String },
    /// `mapping.sync`
    MappingSync { name: Option<String>, approve: Option<String> },
    /// `people.find`
    Find { user: UserName },
    /// `people.authenticate`, opened; not seen before and not expired.
    Authenticate { user: UserName, password: Secret, deadline: Instant },
    /// `settings.set`
    SettingsSet { interval_hours: u32 },
}

/// A request as it came: a sealed sign-in is opened later, in its own task.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one value a request, moved once")]
pub(crate) enum Asked {
    Plain(CloudRequest),
    SignIn(SealedSignIn),
}

/// Longest name of an account or mapping, in bytes.
const MAX_NAME: usize = 256;
/// Longest search text, in bytes.
const MAX_SEARCH: usize = 256;
/// Most hours between two imports: a year.
const MAX_HOURS: u32 = 8784;

#[derive(Deserialize)]
struct Browse {
    account: Option<String>,
    under: Option<Dn>,
    search: Option<String>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
struct Account {
    account: Option<String>,
}

#[derive(Deserialize)]
struct From {
    from: Option<usize>,
}

#[derive(Deserialize)]
struct Put {
    mapping: Mapping,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct SyncParams {
    name: Option<String>,
    approve: Option<String>,
}

#[derive(Deserialize)]
struct User {
    user: String,
}

#[derive(Deserialize)]
struct Interval {
    interval_hours: u32,
}

/// The typed form of a request; `unknown_method` or `invalid_input` otherwise.
pub(crate) fn read(method: &str, params: Value) -> Result<Asked> {
    Ok(Asked::Plain(match method {
        "directory.bases" => {
            CloudRequest::Bases { account: name_of(typed::<Account>(params)?.account)? }
        }
        "directory.units" => {
            let (account, query) = browse(params)?;
            CloudRequest::Units { account, query }
        }
        "directory.groups" => {
            let (account, query) = browse(params)?;
            CloudRequest::Groups { account, query }
        }
        "mapping.list" => CloudRequest::MappingList { from: typed::<From>(params)?.from },
        "mapping.put" => CloudRequest::MappingPut { mapping: typed::<Put>(params)?.mapping },
        "mapping.remove" => CloudRequest::MappingRemove {
            name: short(typed::<Name>(params)?.name, MAX_NAME, "name")?,
        },
        "mapping.sync" => {
            let SyncParams { name, approve } = typed(params)?;
            let approve = approve.map(|a| short(a, MAX_NAME, "approve")).transpose()?;
            CloudRequest::MappingSync { name: name_of(name)?, approve }
        }
        "people.find" => CloudRequest::Find { user: typed::<User>(params)?.user.parse()? },
        "people.authenticate" => return sign_in(typed(params)?).map(Asked::SignIn),
        "settings.set" => {
            let hours = typed::<Interval>(params)?.interval_hours;
            if !(1..=MAX_HOURS).contains(&hours) {
                return Err(
                    invalid("The interval must be between 1 and 8784 hours.").at("interval_hours")
                );
            }
            CloudRequest::SettingsSet { interval_hours: hours }
        }
        _ => return Err(Error::of(Code::UnknownMethod)),
    }))
}

/// How long a request may take before it is answered with `timeout`. Sign-ins have their own deadline.
pub(crate) fn time_limit(request: &CloudRequest) -> Duration {
    match request {
        CloudRequest::MappingSync { .. } => Duration::from_hours(12),
        _ => Duration::from_mins(2),
    }
}

fn browse(params: Value) -> Result<(Option<String>, BrowseQuery)> {
    let Browse { account, under, search, limit } = typed(params)?;
    let search = search.map(|s| short(s, MAX_SEARCH, "search")).transpose()?;
    Ok((name_of(account)?, BrowseQuery { under, search, limit }))
}

fn sign_in(request: SealedSignIn) -> Result<SealedSignIn> {
    let id = request.request_id.as_bytes();
    if id.is_empty() || id.len() > 128 || !id.iter().all(u8::is_ascii_graphic) {
        return Err(
            invalid("The request id is not 1 to 128 visible ASCII characters.").at("request_id")
        );
    }
    Ok(request)
}

fn name_of(name: Option<String>) -> Result<Option<String>> {
    name.map(|n| short(n, MAX_NAME, "name")).transpose()
}

fn short(text: String, limit: usize, field: &str) -> Result<String> {
    if text.len() <= limit { Ok(text) } else { Err(invalid("A text is too long.").at(field)) }
}

fn typed<T: DeserializeOwned>(params: Value) -> Result<T> {
    // The parser's own words could repeat a value; what is wrong is told without it.
    serde_json::from_value(params).map_err(|_| invalid("The parameters do not match the method."))
}

fn invalid(message: &str) -> Error {
    Error::new(Code::InvalidInput, message).with_action("Compare the request with the protocol.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_example_of_the_cloud_is_a_request() {
        let v: Value = serde_json::from_str(include_str!("../../vectors/messages.json")).unwrap();
        let mut count = 0;
        for example in v["messages"].as_array().unwrap() {
            let message = &example["message"];
            if example["from"] == "cloud"
                && message.get("method").is_some()
                && message.get("id").is_some()
            {
                let method = message["method"].as_str().unwrap();
                read(method, message["params"].clone())
                    .unwrap_or_else(|e| panic!("{method}: {e:?}"));
                count += 1;
            }
        }
        assert!(count >= 12, "{count}");
    }

    #[test]
    fn wrong_parameters_are_invalid_input() {
        for (method, params) in [
            ("directory.units", json!({ "limit": -1 })),
            ("directory.units", json!({ "search": "x".repeat(300) })),
            ("directory.bases", json!([])),
            ("mapping.put", json!({ "mapping": { "name": "x" } })),
            ("mapping.remove", json!({})),
            ("people.find", json!({ "user": "" })),
            ("settings.set", json!({ "interval_hours": 0 })),
            (
                "people.authenticate",
                json!({ "request_id": "a b", "user": "u", "sealed": "", "encapsulated": "", "expires": "" }),
            ),
        ] {
            assert_eq!(read(method, params).unwrap_err().code, Code::InvalidInput, "{method}");
        }
        assert_eq!(read("people.list", json!({})).unwrap_err().code, Code::UnknownMethod);
    }
}
