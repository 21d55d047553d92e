//! What is in the mappings of a connector: told as summaries, fetched page by page where it is not known (PROTOCOL.md, section
//! 5).

use crate::connectors::router::CallError;
use crate::connectors::session::link::Link;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// All pages are here within this time, or what is known stays.
const WITHIN: Duration = Duration::from_secs(30);
/// Pages at most: a connector has a thousand mappings, and a page has one at least.
const PAGES: usize = 1_001;

/// Whether a list has summaries, and not the mappings themselves.
pub fn are_summaries(list: &Value) -> bool {
    list.as_array().is_some_and(|list| list.iter().any(|one| one.get("hash").is_some()))
}

/// The mappings of a connector, all of them.
pub async fn fetch(link: &Link) -> Result<Value, CallError> {
    let (mut all, mut from, end) = (vec![], Some(0), Instant::now() + WITHIN);
    for _ in 0..PAGES {
        let Some(place) = from else { break };
        let mut page = link.call("mapping.list", &json!({ "from": place }), end).await?;
        if let Value::Array(whole) = &mut page {
            // A connector that knows of no pages.
            return Ok(whole.drain(..).collect());
        }
        if let Value::Array(mappings) = page["mappings"].take() {
            all.extend(mappings);
        }
        from = page["next"].as_u64().filter(|next| *next > place);
    }
    Ok(Value::Array(all))
}
