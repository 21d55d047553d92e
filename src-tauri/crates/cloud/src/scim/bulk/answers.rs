//! Which answer of a bulk request belongs to which operation, and what it means.

use crate::problem;
use crate::scim::bulk::operation::Operation;
use crate::scim::failure::Failure;
use crate::scim::person::alone::done;
use crate::scim::person::proof::{Proof, Wanted, id_of, shown};
use crate::scim::wire::BulkResult;
use connector_model::{Code, DeliveryResult, Error};
use std::collections::HashMap;

/// What follows from the answer to one operation.
#[derive(Debug)]
pub(crate) enum BulkOutcome {
    Done(DeliveryResult),
    /// The service as a whole is in the way.
    Failed(Failure),
    /// The service asks for a pause.
    Again,
    /// To be settled by requests of its own. `in_doubt`: it may have been carried out.
    Alone {
        in_doubt: bool,
    },
}

/// The answers in the order of `operations`: by `bulkId`, where that is missing by the address of the user. What
/// belongs to nobody is left aside; what is said twice, or gives two people one id, is said of nobody.
pub(crate) fn matched(
    answers: Vec<BulkResult>,
    operations: &[Operation],
) -> Vec<Option<BulkResult>> {
    let by_bulk_id: HashMap<String, usize> =
        (0..).zip(operations).map(|(at, o)| (o.index.to_string(), at)).collect();
    let by_id: HashMap<&str, usize> =
        (0..).zip(operations).filter_map(|(at, o)| Some((o.id()?, at))).collect();
    let mut all: Vec<Vec<BulkResult>> = operations.iter().map(|_| vec![]).collect();
    for answer in answers {
        let at = match &answer.bulk_id {
            Some(bulk_id) => by_bulk_id.get(bulk_id).copied(),
            None => user_id(&answer).and_then(|id| by_id.get(id.as_str()).copied()),
        };
        if let Some(at) = at {
            all[at].push(answer);
        }
    }
    let mut given: HashMap<String, usize> = HashMap::new();
    let ids = all.iter().filter_map(|said| user_id(said.first()?));
    ids.for_each(|id| *given.entry(id).or_default() += 1);
    let unique = |said: Vec<BulkResult>| {
        let [one] = <[BulkResult; 1]>::try_from(said).ok()?;
        let shared = user_id(&one).is_some_and(|id| given.get(&id).is_some_and(|n| *n > 1));
        (!shared).then_some(one)
    };
    all.into_iter().map(unique).collect()
}

/// What an answer means for its operation.
pub(crate) fn bulk_outcome(operation: &Operation, answer: &BulkResult) -> BulkOutcome {
    let doubt = BulkOutcome::Alone { in_doubt: true };
    match answer.status {
        Some(200..=299) => success(operation, answer).map_or(doubt, BulkOutcome::Done),
        Some(429 | 503) => BulkOutcome::Again,
        // Who is gone, who has the name, which way there is: that is found out person by person.
        Some(404 | 405 | 409 | 410 | 412 | 428 | 501) => BulkOutcome::Alone { in_doubt: false },
        None | Some(500..) => doubt,
        Some(status) if operation.activates() => {
            BulkOutcome::Done(DeliveryResult::Refused(refusal(status, answer)))
        }
        Some(_) => BulkOutcome::Alone { in_doubt: false },
    }
}

fn success(operation: &Operation, answer: &BulkResult) -> Option<DeliveryResult> {
    let (id, active) = (operation.id(), operation.activates());
    let wanted = Wanted {
        identity: operation.identity.as_str(),
        user_name: &operation.user_name,
        id,
        active,
    };
    let located = answer.location.as_deref().and_then(id_of);
    if id.is_some() && located.is_some() && located.as_deref() != id {
        return None;
    }
    match answer.response.as_ref().map(|body| shown(body, wanted)) {
        Some(Proof::Shown(id)) => Some(done(id, false, true)),
        Some(Proof::Named(id)) => Some(done(id, false, false)),
        Some(Proof::Otherwise(_)) => None,
        // Most answer a success with the address alone.
        _ if answer.response.as_ref().is_none_or(|body| body.id.is_none()) => {
            Some(done(id.map(str::to_owned).or(located)?, false, false))
        }
        _ => None,
    }
}

/// The id that an answer gives.
fn user_id(answer: &BulkResult) -> Option<String> {
    let shown = answer.response.as_ref().and_then(|body| body.id.clone());
    shown.or_else(|| answer.location.as_deref().and_then(id_of))
}

/// The refusal of one person for a reason of the service.
fn refusal(status: u16, answer: &BulkResult) -> Error {
    let detail = answer.response.as_ref().and_then(|body| body.detail.as_deref());
    let said = detail.map(problem::shown).filter(|text| !text.is_empty());
    Error::new(
        Code::CloudRefused,
        match said {
            Some(said) => format!("The cloud refused this person ({status}): {said}"),
            None => format!("The cloud refused this person with status {status}."),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::bulk::operation::Kind;
    use crate::scim::wire::BulkResult;
    use connector_model::Identity;
    use hyper::body::Bytes;
    use serde_json::{Value, json};

    fn operation(index: usize, kind: Kind) -> Operation {
        let (identity, user_name) = (Identity::from_text("id-ida"), "ida".to_owned());
        Operation { index, identity, user_name, kind, data: Bytes::new() }
    }

    fn read(answers: &Value) -> Vec<BulkResult> {
        let text = json!({ "Operations": answers }).to_string();
        BulkResult::read_all(text.as_bytes()).unwrap()
    }

    fn statuses(answers: &Value, operations: &[Operation]) -> Vec<Option<u16>> {
        let found = matched(read(answers), operations);
        found.into_iter().map(|answer| answer.and_then(|a| a.status)).collect()
    }

    #[test]
    fn answers_find_their_operation_and_never_by_position() {
        let operations = [
            operation(3, Kind::Create),
            operation(9, Kind::Replace("x9".into())),
            operation(5, Kind::Create),
        ];
        let mixed = json!([
            { "bulkId": "5", "status": "409" },
            { "location": "https://c/Users/x9", "status": 200 },
            { "bulkId": "3", "status": 201, "location": "https://c/Users/a" },
            { "bulkId": "77", "status": 201 },
            "odd", null,
        ]);
        assert_eq!(statuses(&mixed, &operations), [Some(201), Some(200), Some(409)]);
        let nameless = json!([{ "status": 201 }, { "status": 200 }, { "status": 201, "location": "/Users/b" }]);
        assert_eq!(statuses(&nameless, &operations), [None, None, None]);
        let twice = json!([{ "bulkId": "3", "status": 201 }, { "bulkId": 3, "status": 400 }]);
        assert_eq!(statuses(&twice, &operations), [None, None, None]);
        let one_id = json!([{ "bulkId": "3", "status": 201, "location": "/Users/a" },
            { "bulkId": "5", "status": 201, "response": { "id": "a" } }]);
        assert_eq!(statuses(&one_id, &operations), [None, None, None]);
        assert!(BulkResult::read_all(b"{\"Operations\":null}").unwrap().is_empty());
        assert!(BulkResult::read_all(b"<html>").is_none());
    }

    #[test]
    fn a_success_that_shows_something_else_is_settled_alone() {
        let create = operation(0, Kind::Create);
        let leave = operation(0, Kind::Deactivate("u1".into()));
        let told = |operation: &Operation, answer: Value| match bulk_outcome(
            operation,
            &read(&json!([answer]))[0],
        ) {
            BulkOutcome::Done(DeliveryResult::Acknowledged { cloud_id, confirmed, .. }) => {
                format!("{cloud_id} {confirmed}")
            }
            BulkOutcome::Alone { in_doubt } => format!("alone {in_doubt}"),
            other => format!("{other:?}"),
        };
        let good = json!({ "status": 201, "location": "/Users/u1" });
        assert_eq!(told(&create, good), "u1 false");
        let shown = json!({ "status": 200, "response": { "id": "u1", "active": false } });
        assert_eq!(told(&leave, shown), "u1 true");
        for answer in [
            json!({ "status": 200, "response": { "id": "u1", "active": true } }),
            json!({ "status": 200, "response": { "id": "u2", "active": false } }),
            json!({ "status": 200, "location": "/Users/u2" }),
            json!({ "status": 500 }),
            json!({}),
        ] {
            assert_eq!(told(&leave, answer.clone()), "alone true", "{answer}");
        }
        assert_eq!(told(&create, json!({ "status": 201 })), "alone true", "no id");
        assert_eq!(told(&leave, json!({ "status": 404 })), "alone false");
    }
}
