//! The journal for people: when, what, whom about, and the detail in words instead of JSON.

use super::table;
use connector_api::JournalEntry;
use connector_texts::{Texts, local_time};
use serde_json::Value;

pub fn text(texts: &Texts, entries: &[JournalEntry]) -> String {
    let rows = entries.iter().map(|e| {
        let kind = texts.known(&format!("log-one-{}", e.kind)).unwrap_or_else(|| e.kind.clone());
        let what = texts.entry(&e.kind, &e.detail).unwrap_or_else(|| words(&e.detail));
        [local_time(e.at_ms), kind, texts.subject(&e.kind, &e.subject), what]
    });
    table(texts, ["time", "kind", "about", "what"], rows)
}

/// `key value` pairs in the order of the document; what is empty, zero or a time stamp is left out.
fn words(detail: &Value) -> String {
    let mut parts = vec![];
    collect(detail, &mut parts);
    parts.join(", ")
}

fn collect(detail: &Value, parts: &mut Vec<String>) {
    let Value::Object(fields) = detail else { return };
    for (key, value) in fields.iter().filter(|(key, _)| !key.ends_with("_ms")) {
        let name = key.replace('_', " ");
        match value {
            Value::Object(_) => collect(value, parts),
            Value::Bool(true) => parts.push(name),
            Value::Bool(false) => parts.push(format!("not {name}")),
            Value::Number(number) if number.as_f64() == Some(0.0) => {}
            Value::Number(number) if number.is_f64() => {
                parts.push(format!("{name} {:.1}", number.as_f64().unwrap_or_default()));
            }
            Value::Number(number) => parts.push(format!("{name} {number}")),
            Value::String(text) if !text.is_empty() => parts.push(format!("{name} {text}")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_detail_reads_like_a_sentence() {
        let import = json!({ "complete": true, "counts": { "create": 121, "hold": 0 }, "error": null,
            "mapping": "Sales", "read": 134, "started_ms": 5 });
        assert_eq!(words(&import), "complete, create 121, mapping Sales, read 134");
        let sign_in = json!({ "code": "52e", "milliseconds": 1.234, "outcome": "wrong_password" });
        assert_eq!(words(&sign_in), "code 52e, milliseconds 1.2, outcome wrong_password");
    }
}
