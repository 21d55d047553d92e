//! `/Bulk` (RFC 7644, section 3.7): many changes in one request and one transaction.

use super::discovery::{MAX_OPERATIONS, MAX_PAYLOAD};
use super::error::{ScimError, ScimResult};
use super::patch::Patch;
use super::user;
use crate::store::{Changed, People, PersonChange};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashMap;

const REQUEST: &str = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    #[serde(default)]
    schemas: Vec<String>,
    fail_on_errors: Option<usize>,
    #[serde(borrow, rename = "Operations")]
    operations: Vec<Operation<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    bulk_id: Option<String>,
    version: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Response<'a> {
    schemas: [&'static str; 1],
    #[serde(rename = "Operations")]
    operations: Vec<Answer<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    method: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bulk_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    status: Cow<'static, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Value>,
}

/// Does a Bulk request; answers the body and how many people were changed.
pub async fn run(
    store: &(impl People + ?Sized),
    body: &[u8],
    location: &str,
    now_ms: i64,
) -> ScimResult<(String, u64)> {
    if body.len() > MAX_PAYLOAD {
        return Err(ScimError::new(413, format!("A request has at most {MAX_PAYLOAD} bytes.")));
    }
    let request: Request<'_> = serde_json::from_slice(body)
        .map_err(|_| ScimError::bad("invalidSyntax", "The body is not a BulkRequest."))?;
    if !request.schemas.iter().any(|schema| schema.eq_ignore_ascii_case(REQUEST)) {
        return Err(ScimError::bad("invalidSyntax", "schemas must name the BulkRequest message."));
    }
    let operations = request.operations;
    if operations.len() > MAX_OPERATIONS {
        let detail = format!("A request has at most {MAX_OPERATIONS} operations.");
        return Err(ScimError { kind: Some("tooMany"), ..ScimError::new(413, detail) });
    }
    let stop_after = request.fail_on_errors.filter(|count| *count > 0);
    let refers = operations.iter().any(|operation| operation.path.contains("bulkId:"));
    let results = if refers || stop_after.is_some() {
        one_by_one(store, &operations, now_ms, stop_after).await?
    } else {
        at_once(store, &operations, now_ms).await?
    };
    let mut done = 0;
    let mut answers = Vec::with_capacity(operations.len());
    for (operation, result) in operations.iter().zip(results) {
        done += u64::from(matches!(result, Changed::Stored(_) | Changed::Deleted));
        answers.extend(answer(operation, result, location));
    }
    let schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"];
    let body = serde_json::to_string(&Response { schemas, operations: answers });
    body.map(|body| (body, done)).map_err(|_| ScimError::new(500, "The answer failed."))
}

/// The usual case: every operation stands for itself. What cannot be read is refused by itself.
async fn at_once(
    store: &(impl People + ?Sized),
    operations: &[Operation<'_>],
    now_ms: i64,
) -> ScimResult<Vec<Changed>> {
    let mut refused = HashMap::new();
    let mut changes = Vec::with_capacity(operations.len());
    for (at, operation) in operations.iter().enumerate() {
        match change(operation, None) {
            Ok(change) => changes.push(change),
            Err(error) => {
                refused.insert(at, error);
            }
        }
    }
    let mut done = store.change(changes, now_ms, None).await?.into_iter();
    Ok((0..operations.len())
        .map(|at| match refused.remove(&at) {
            Some(error) => Changed::Refused(error),
            None => done.next().unwrap_or(Changed::NotTried),
        })
        .collect())
}

/// With references between operations, or a limit of errors, order matters.
async fn one_by_one(
    store: &(impl People + ?Sized),
    operations: &[Operation<'_>],
    now_ms: i64,
    stop_after: Option<usize>,
) -> ScimResult<Vec<Changed>> {
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut results = Vec::with_capacity(operations.len());
    let mut refused = 0;
    for operation in operations {
        if stop_after.is_some_and(|limit| refused >= limit) {
            results.push(Changed::NotTried);
            continue;
        }
        let result = match change(operation, Some(&ids)) {
            Ok(change) => {
                let mut done = store.change(vec![change], now_ms, None).await?;
                done.pop().unwrap_or(Changed::NotTried)
            }
            Err(error) => Changed::Refused(error),
        };
        refused += usize::from(matches!(result, Changed::Refused(_)));
        if let (Changed::Stored(stored), Some(id)) = (&result, &operation.bulk_id) {
            ids.insert(id, stored.id.clone());
        }
        results.push(result);
    }
    Ok(results)
}

fn change(
    operation: &Operation<'_>,
    ids: Option<&HashMap<&str, String>>,
) -> ScimResult<PersonChange> {
    let path = operation.path.trim_start_matches('/');
    let (endpoint, id) = match path.split_once('/') {
        Some((endpoint, id)) => (endpoint, Some(id)),
        None => (path, None),
    };
    if !endpoint.eq_ignore_ascii_case("Users") {
        return Err(ScimError::bad("invalidPath", "Only /Users can be changed."));
    }
    let data = || {
        let missing = || ScimError::bad("invalidSyntax", "data is missing.");
        operation.data.map(|data| data.get().as_bytes()).ok_or_else(missing)
    };
    let if_version = operation.version.as_deref().map(parse_version).transpose()?;
    let id = match id {
        Some(id) => match id.strip_prefix("bulkId:") {
            Some(reference) => ids
                .and_then(|ids| ids.get(reference))
                .cloned()
                .ok_or_else(|| ScimError::bad("invalidValue", "The bulkId is not known."))?,
            None => id.to_owned(),
        },
        None if operation.method.eq_ignore_ascii_case("POST") => {
            if operation.bulk_id.as_deref().is_none_or(str::is_empty) {
                return Err(ScimError::bad("invalidSyntax", "POST needs a bulkId."));
            }
            return Ok(PersonChange::Create(user::read(data()?)?));
        }
        None => return Err(ScimError::bad("invalidPath", "The path needs an id.")),
    };
    match operation.method.to_ascii_uppercase().as_str() {
        "PUT" => Ok(PersonChange::Replace(id, if_version, user::read(data()?)?)),
        "PATCH" => {
            let body: Value = serde_json::from_slice(data()?)
                .map_err(|_| ScimError::bad("invalidSyntax", "data is not JSON."))?;
            Ok(edit(id, if_version, Patch::parse(&body)?))
        }
        "DELETE" => Ok(PersonChange::Delete(id, if_version)),
        _ => Err(ScimError::bad("invalidSyntax", "The method must be POST, PUT, PATCH or DELETE.")),
    }
}

/// A PATCH as a change of the store.
pub fn edit(id: String, if_version: Option<i64>, patch: Patch) -> PersonChange {
    let edit = move |old: serde_json::Map<_, _>| patch.apply(&old).map(|new| user::draft(&new));
    PersonChange::Edit(id, if_version, Box::new(edit))
}

/// The number in an entity tag of [`user::version`].
pub fn parse_version(tag: &str) -> ScimResult<i64> {
    let number = tag.trim().trim_start_matches("W/").trim_matches('"');
    number.parse().map_err(|_| ScimError::stale())
}

fn answer<'a>(operation: &'a Operation<'_>, result: Changed, location: &str) -> Option<Answer<'a>> {
    let method = operation.method.as_ref();
    let bulk_id = operation.bulk_id.as_deref();
    let failed_at = || {
        let id = operation.path.rsplit_once('/').map(|(_, id)| id).filter(|id| *id != "Users")?;
        Some(format!("{location}/{id}"))
    };
    Some(match result {
        Changed::NotTried => return None,
        Changed::Stored(stored) => Answer {
            method,
            bulk_id,
            location: Some(format!("{location}/{}", stored.id)),
            version: Some(user::version(stored.version)),
            status: if method.eq_ignore_ascii_case("POST") { "201" } else { "200" }.into(),
            response: None,
        },
        Changed::Deleted => Answer {
            method,
            bulk_id,
            location: failed_at(),
            version: None,
            status: "204".into(),
            response: None,
        },
        Changed::Refused(error) => Answer {
            method,
            bulk_id,
            location: failed_at(),
            version: None,
            status: error.status.to_string().into(),
            response: Some(error.to_json()),
        },
    })
}
