//! What a cloud sends: messages of the session, answers of the SCIM service, and its lists page by page.

use connector_cloud::{ConnectorKeys, fuzzing};
use connector_model::Secret;
use serde_json::Value;

/// The keys that the protocol's vector is sealed for; those that sign play no part.
const SEALING: &str = "dwdtCnMYpX08FsFyUbJmRd9MXy0tXH9Mbx1Pix06Wio";
const CONNECTOR: &str = "3f1e4e0c-6a52-4f6d-9d55-0d6f1c5a7b21";

/// A text of the session: whatever it asks, what goes back is a message, and not longer than one may be.
pub(crate) fn session_message(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let seed = Secret::new(SEALING);
    let Ok(keys) = ConnectorKeys::from_secrets(&seed, &seed) else { unreachable!("known keys") };
    let Some(answer) = fuzzing::session_message(text, &keys, CONNECTOR) else { return };
    assert!(answer.len() <= 1024 * 1024, "an answer is longer than a message");
    let object: Value = serde_json::from_str(&answer).unwrap_or_default();
    assert_eq!(object["jsonrpc"], "2.0", "{answer}");
    assert!(fuzzing::is_message(&answer) || object["id"].is_null(), "{answer}");
}

/// The body of an answer, with its status in front: nothing of it gets into a line of text that is no line.
pub(crate) fn scim_answer(data: &[u8]) {
    const STATUSES: [u16; 8] = [200, 201, 400, 404, 409, 412, 429, 500];
    let Some((first, body)) = data.split_first() else { return };
    let (error, users) = fuzzing::answer(STATUSES[usize::from(first % 8)], body);
    assert!(!error.message.chars().any(char::is_control), "{:?}", error.message);
    assert!(error.message.chars().count() < 500, "{}", error.message.len());
    assert!(users.iter().all(|user| !user.cloud_id.is_empty()), "a user without an id");
}

/// Answers to the pages of a list, with a zero byte between them: a service that says the same for ever is noticed.
pub(crate) fn scim_list(data: &[u8]) {
    let answers: Vec<&[u8]> = data.split(|byte| *byte == 0).collect();
    let (taken, _) = fuzzing::list(&answers);
    assert!(taken <= answers.len(), "a list went on after the service had begun to repeat itself");
}
