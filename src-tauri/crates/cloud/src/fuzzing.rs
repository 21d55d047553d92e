//! Where bytes of a cloud come in, for `tests/fuzz` alone: what is read of a message or an answer once it is there.

use crate::ConnectorKeys;
use crate::problem;
use crate::scim::bulk::answers::{bulk_outcome, matched};
use crate::scim::bulk::operation::{Kind, Operation};
use crate::scim::capabilities::ServiceProviderConfig;
use crate::scim::find::Pages;
use crate::scim::person::proof::{Wanted, proof};
use crate::scim::read;
use crate::scim::user::EXTENSION;
use crate::scim::wire::{BulkResult, ListAnswer, lists_schema, parse};
use crate::session::clock;
use crate::session::requests::{self, Asked};
use crate::session::rpc::{self, Incoming};
use crate::transport::http::Reply;
use connector_model::{CloudUser, Error, Identity};
use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use serde_json::Value;

/// What is answered at once to a message of the session; `None` where nothing is. A sealed password is opened.
pub fn session_message(text: &str, keys: &ConnectorKeys, connector_id: &str) -> Option<String> {
    let (id, method, params) = match rpc::parse(text) {
        Ok(Incoming::Request { id, method, params }) => (id, method, params),
        Ok(Incoming::Notification { .. } | Incoming::Response { .. }) => return None,
        Err(what) => return Some(rpc::unreadable(&what)),
    };
    let result = requests::read(&method, params).and_then(|asked| match asked {
        Asked::SignIn(sealed) => {
            clock::from_text(&sealed.expires)?;
            sealed.open(keys, connector_id).map(|password| password.expose().len().into())
        }
        Asked::Plain(request) => Ok(Value::from(format!("{request:?}"))),
    });
    Some(rpc::response(&id, &result))
}

/// Whether a text is a message of the session.
pub fn is_message(text: &str) -> bool {
    rpc::parse(text).is_ok()
}

/// What an answer of that status is taken for, by all that read answers: the error that it would be, and the users in it.
pub fn answer(status: u16, body: &[u8]) -> (Error, Vec<CloudUser>) {
    let mut headers = HeaderMap::new();
    let head = &body[..body.len().min(40)];
    if let Ok(value) = HeaderValue::from_bytes(head) {
        headers.insert(RETRY_AFTER, value);
    }
    let status = StatusCode::from_u16(status).unwrap_or_default();
    let reply = Reply { status, headers, body: Bytes::copy_from_slice(body) };
    let _ = (reply.retry_after(), problem::words(&reply), lists_schema(body, EXTENSION));
    let config = parse(body).map(serde_json::from_value::<ServiceProviderConfig>);
    let _ = config.and_then(Result::ok).map(|config| (config.bulk_limits(), config.patches()));
    let wanted = Wanted { identity: "id-0", user_name: "user0", id: Some("u0"), active: true };
    let _ = proof(body, wanted);
    let operations = operations();
    for (answer, operation) in
        matched(BulkResult::read_all(body).unwrap_or_default(), &operations).iter().zip(&operations)
    {
        let _ = answer.as_ref().map(|answer| bulk_outcome(operation, answer));
    }
    let list = ListAnswer::read(body).unwrap_or_default();
    (problem::to_error(&reply), list.resources.iter().filter_map(read::read).collect())
}

/// How many answers of a list are taken until it ends, and whether it was told whole. After the last answer the service
/// says the same again and again.
pub fn list(answers: &[&[u8]]) -> (usize, bool) {
    let mut pages = Pages::of(None);
    let mut taken = 0;
    let repeated = answers.last().into_iter().cycle().take(2);
    for answer in answers.iter().chain(repeated) {
        let Some(list) = ListAnswer::read(answer) else { return (taken, false) };
        match pages.take(list) {
            Some(users) => users.iter().filter_map(read::read).for_each(drop),
            None => return (taken, pages.is_whole()),
        }
        taken += 1;
    }
    (taken, pages.is_whole())
}

fn operations() -> Vec<Operation> {
    let kinds = [Kind::Create, Kind::Replace("u1".into()), Kind::Deactivate("u2".into())];
    let one = |(index, kind)| Operation {
        index,
        identity: Identity::from_text(&format!("id-{index}")),
        user_name: format!("user{index}"),
        kind,
        data: Bytes::new(),
    };
    kinds.into_iter().enumerate().map(one).collect()
}
