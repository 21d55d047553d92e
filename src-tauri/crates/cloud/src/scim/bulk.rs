//! Bulk requests (RFC 7644, section 3.7): packing operations into bodies and reading the answers.

use crate::scim::capabilities::BulkLimits;
use crate::scim::operation::{Operation, OperationAnswer, segment};
use crate::scim::wire::{BULK_CLOSE, BULK_OPEN, BulkAnswer, BulkHead};
use connector_model::{Code, Error, Result};
use hyper::StatusCode;
use hyper::body::Bytes;

/// Splits operations so that no request goes beyond the limits. One that is too large alone goes alone.
pub(crate) fn pack(operations: Vec<Operation>, limits: BulkLimits) -> Vec<Vec<Operation>> {
    let mut packs: Vec<Vec<Operation>> = vec![];
    let mut size = usize::MAX;
    for operation in operations {
        let more = operation.data.len() + overhead(&operation);
        let full = packs.last().is_none_or(|p| p.len() >= limits.operations)
            || size.saturating_add(more) > limits.payload;
        if full {
            packs.push(vec![]);
            size = BULK_OPEN.len() + BULK_CLOSE.len();
        }
        size += more;
        if let Some(pack) = packs.last_mut() {
            pack.push(operation);
        }
    }
    packs
}

/// The body of a request. Operations are named by their position in the batch.
pub(crate) fn body(operations: &[Operation]) -> Result<Bytes> {
    let room: usize = operations.iter().map(|o| o.data.len() + overhead(o)).sum();
    let mut body = Vec::with_capacity(room + BULK_OPEN.len() + BULK_CLOSE.len());
    body.extend_from_slice(BULK_OPEN.as_bytes());
    for (position, operation) in operations.iter().enumerate() {
        if position > 0 {
            body.push(b',');
        }
        let path = operation
            .id()
            .map_or_else(|| "/Users".to_owned(), |id| format!("/Users/{}", segment(id)));
        let bulk_id = operation.index.to_string();
        let method = operation.method();
        let head = BulkHead { method: method.as_str(), bulk_id: &bulk_id, path: &path };
        serde_json::to_writer(&mut body, &head).map_err(|_| Error::of(Code::Internal))?;
        // The data is JSON already: it takes the place of the closing brace.
        body.pop();
        body.extend_from_slice(b",\"data\":");
        body.extend_from_slice(&operation.data);
        body.push(b'}');
    }
    body.extend_from_slice(BULK_CLOSE.as_bytes());
    Ok(body.into())
}

/// The verdicts of an answer in the order of `operations`. By bulk id, else by position.
pub(crate) fn verdicts(
    answer: &[u8],
    operations: &[Operation],
) -> Result<Vec<Option<OperationAnswer>>> {
    let violation =
        || Error::new(Code::ProtocolViolation, "The cloud's answer to a batch cannot be read.");
    let answer: BulkAnswer = serde_json::from_slice(answer).map_err(|_| violation())?;
    if answer.operations.len() > operations.len() {
        return Err(violation());
    }
    let mut verdicts: Vec<Option<OperationAnswer>> = operations.iter().map(|_| None).collect();
    let first = operations.first().map_or(0, |o| o.index);
    for (position, result) in answer.operations.into_iter().enumerate() {
        let position = match result.bulk_id.as_deref().and_then(|id| id.parse::<usize>().ok()) {
            // Positions of a pack mostly follow one another; a search is only needed after a split or a retry.
            Some(index) => Some(index.wrapping_sub(first))
                .filter(|at| operations.get(*at).is_some_and(|o| o.index == index))
                .or_else(|| operations.iter().position(|o| o.index == index)),
            None => Some(position),
        };
        let slot = position.and_then(|p| verdicts.get_mut(p)).ok_or_else(violation)?;
        let status = StatusCode::from_u16(result.status.0).map_err(|_| violation())?;
        *slot = Some(OperationAnswer::new(
            status,
            result.response.unwrap_or_default(),
            result.location.as_deref(),
        ));
    }
    Ok(verdicts)
}

/// Bytes around the data of one operation, rounded up: keys, method, bulk id, path.
fn overhead(operation: &Operation) -> usize {
    100 + operation.id().map_or(0, |id| id.len() * 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::operation::Kind;
    use serde_json::{Value, json};

    fn operation(index: usize, kind: Kind, bytes: usize) -> Operation {
        let data = json!({ "x": "y".repeat(bytes) }).to_string().into();
        Operation { index, kind, data }
    }

    #[test]
    fn packs_keep_to_both_limits() {
        let operations: Vec<_> = (0..25).map(|i| operation(i, Kind::Create, 10)).collect();
        let sizes = |operations, payload| {
            let limits = BulkLimits { operations, payload };
            let all: Vec<_> = (0..25).map(|i| operation(i, Kind::Create, 10)).collect();
            let packs = pack(all, limits);
            assert!(packs.iter().all(|p| p.len() == 1 || body(p).unwrap().len() <= payload));
            packs.iter().map(Vec::len).collect::<Vec<_>>()
        };
        assert_eq!(operations.len(), 25);
        assert_eq!(sizes(10, 1_000_000), [10, 10, 5]);
        assert_eq!(sizes(10, 1), vec![1; 25]);
        assert!(sizes(100, 1000).iter().all(|n| *n > 1));
        assert!(pack(vec![], BulkLimits { operations: 1, payload: 1 }).is_empty());
    }

    #[test]
    fn the_body_is_json_with_every_operation() {
        let operations =
            [operation(3, Kind::Create, 1), operation(4, Kind::Replace("a/b".into()), 1)];
        let value: Value = serde_json::from_slice(&body(&operations).unwrap()).unwrap();
        assert_eq!(
            value["Operations"][0],
            json!({ "method": "POST", "bulkId": "3", "path": "/Users", "data": { "x": "y" } })
        );
        assert_eq!(value["Operations"][1]["path"], "/Users/a%2Fb");
    }

    #[test]
    fn answers_find_their_operation() {
        let operations = [
            operation(3, Kind::Create, 1),
            operation(9, Kind::Create, 1),
            operation(5, Kind::Create, 1),
        ];
        let answer = json!({ "Operations": [
            { "method": "POST", "bulkId": "5", "status": "409", "response": { "detail": "taken" } },
            { "method": "POST", "bulkId": "3", "status": 201, "location": "https://c/Users/x" },
        ]});
        let found = verdicts(answer.to_string().as_bytes(), &operations).unwrap();
        assert_eq!(found[0].as_ref().unwrap().id.as_deref(), Some("x"));
        assert!(found[1].is_none());
        assert_eq!(found[2].as_ref().unwrap().status, StatusCode::CONFLICT);
        let stranger = json!({ "Operations": [{ "bulkId": "77", "status": "201" }] });
        assert!(verdicts(stranger.to_string().as_bytes(), &operations).is_err());
    }
}
