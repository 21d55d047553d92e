//! Packing operations into the bodies of bulk requests.

use crate::scim::bulk::operation::Operation;
use crate::scim::capabilities::BulkLimits;
use connector_model::{Code, Error, Result};
use hyper::body::Bytes;
use serde::Serialize;

/// Before and after the operations of a bulk request (RFC 7644, section 3.7).
const OPEN: &str =
    r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],"Operations":["#;
const CLOSE: &str = "]}";

/// Head of one operation; the data follows.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    method: &'a str,
    bulk_id: &'a str,
    path: &'a str,
}

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
            size = OPEN.len() + CLOSE.len();
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
    let mut body = Vec::with_capacity(room + OPEN.len() + CLOSE.len());
    body.extend_from_slice(OPEN.as_bytes());
    for (position, operation) in operations.iter().enumerate() {
        if position > 0 {
            body.push(b',');
        }
        let (path, bulk_id) = (operation.path(), operation.index.to_string());
        let method = operation.method();
        let head = Head { method: method.as_str(), bulk_id: &bulk_id, path: &path };
        serde_json::to_writer(&mut body, &head).map_err(|_| Error::of(Code::Internal))?;
        // The data is JSON already: it takes the place of the closing brace.
        body.pop();
        body.extend_from_slice(b",\"data\":");
        body.extend_from_slice(&operation.data);
        body.push(b'}');
    }
    body.extend_from_slice(CLOSE.as_bytes());
    Ok(body.into())
}

/// Bytes around the data of one operation, rounded up: keys, method, bulk id, path.
fn overhead(operation: &Operation) -> usize {
    100 + operation.id().map_or(0, |id| id.len() * 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scim::bulk::operation::Kind;
    use connector_model::Identity;
    use serde_json::{Value, json};

    fn operation(index: usize, kind: Kind, bytes: usize) -> Operation {
        let data = json!({ "x": "y".repeat(bytes) }).to_string().into();
        let (identity, user_name) = (Identity::from_text("id-ida"), "ida".to_owned());
        Operation { index, identity, user_name, kind, data }
    }

    #[test]
    fn packs_keep_to_both_limits() {
        let sizes = |operations, payload| {
            let limits = BulkLimits { operations, payload };
            let all: Vec<_> = (0..25).map(|i| operation(i, Kind::Create, 10)).collect();
            let packs = pack(all, limits);
            assert!(packs.iter().all(|p| p.len() == 1 || body(p).unwrap().len() <= payload));
            packs.iter().map(Vec::len).collect::<Vec<_>>()
        };
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
}
