//! Whether a User meets a filter.

use super::{Filter, Operator};
use crate::clock;
use crate::scim::schema::path::AttributePath;
use crate::scim::schema::{CONNECTOR, Kind};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// Whether the whole resource (with `id` and `meta`) meets the filter.
pub fn matches(filter: &Filter, user: &Map<String, Value>) -> bool {
    match filter {
        Filter::And(a, b) => matches(a, user) && matches(b, user),
        Filter::Or(a, b) => matches(a, user) || matches(b, user),
        Filter::Not(inner) => !matches(inner, user),
        Filter::Present(path) => values(user, path).into_iter().any(is_present),
        Filter::Compare(path, Operator::Ne, wanted) => {
            !values(user, path).into_iter().any(|v| compare(path, Operator::Eq, v, wanted))
        }
        Filter::Compare(path, operator, wanted) => {
            values(user, path).into_iter().any(|v| compare(path, *operator, v, wanted))
                || (wanted.is_null() && *operator == Operator::Eq && values(user, path).is_empty())
        }
        Filter::Element(path, inner) => {
            elements(user, path).into_iter().any(|element| element_matches(inner, element))
        }
    }
}

/// Whether one element of a list meets the filter between the brackets.
pub fn element_matches(filter: &Filter, element: &Value) -> bool {
    match filter {
        Filter::And(a, b) => element_matches(a, element) && element_matches(b, element),
        Filter::Or(a, b) => element_matches(a, element) || element_matches(b, element),
        Filter::Not(inner) => !element_matches(inner, element),
        Filter::Present(path) => sub(element, path).is_some_and(is_present),
        Filter::Compare(path, Operator::Ne, wanted) => {
            !sub(element, path).is_some_and(|v| compare(path, Operator::Eq, v, wanted))
        }
        Filter::Compare(path, operator, wanted) => {
            sub(element, path).is_some_and(|v| compare(path, *operator, v, wanted))
        }
        Filter::Element(..) => false,
    }
}

/// The first value of a path, for sorting.
pub fn first<'a>(user: &'a Map<String, Value>, path: &AttributePath) -> Option<&'a Value> {
    values(user, path).into_iter().next()
}

fn elements<'a>(user: &'a Map<String, Value>, path: &AttributePath) -> Vec<&'a Value> {
    let holder = if path.extension {
        match user.get(CONNECTOR).and_then(Value::as_object) {
            Some(extension) => extension,
            None => return vec![],
        }
    } else {
        user
    };
    match holder.get(&path.name) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(value) => vec![value],
        None => vec![],
    }
}

fn values<'a>(user: &'a Map<String, Value>, path: &AttributePath) -> Vec<&'a Value> {
    if path.is_extension() {
        return user.get(CONNECTOR).into_iter().collect();
    }
    elements(user, path)
        .into_iter()
        .filter_map(|value| match (&path.sub, value) {
            (Some(_), _) => sub(value, path),
            // `emails eq "x"` means the value of an element (RFC 7643, section 2.4).
            (None, Value::Object(o)) if path.attribute().is_some_and(|a| a.many) => o.get("value"),
            (None, _) => Some(value),
        })
        .collect()
}

fn sub<'a>(value: &'a Value, path: &AttributePath) -> Option<&'a Value> {
    value.get(path.sub.as_deref()?)
}

fn is_present(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => true,
    }
}

fn compare(path: &AttributePath, operator: Operator, have: &Value, want: &Value) -> bool {
    let ordering = match (have, want) {
        (Value::String(have), Value::String(want)) => {
            let attribute = path.compared();
            if attribute.is_some_and(|a| a.kind == Kind::DateTime) {
                clock::parse(have).zip(clock::parse(want)).map(|(a, b)| a.cmp(&b))
            } else if attribute.is_some_and(|a| a.exact) {
                return compare_text(operator, have, want);
            } else {
                return compare_text(operator, &have.to_lowercase(), &want.to_lowercase());
            }
        }
        (Value::Number(have), Value::Number(want)) => {
            have.as_f64().zip(want.as_f64()).and_then(|(a, b)| a.partial_cmp(&b))
        }
        (Value::Bool(have), Value::Bool(want)) => {
            (matches!(operator, Operator::Eq) && have == want).then_some(Ordering::Equal)
        }
        _ => None,
    };
    ordering.is_some_and(|ordering| match operator {
        Operator::Eq => ordering.is_eq(),
        Operator::Gt => ordering.is_gt(),
        Operator::Ge => ordering.is_ge(),
        Operator::Lt => ordering.is_lt(),
        Operator::Le => ordering.is_le(),
        Operator::Ne | Operator::Co | Operator::Sw | Operator::Ew => false,
    })
}

fn compare_text(operator: Operator, have: &str, want: &str) -> bool {
    match operator {
        Operator::Eq => have == want,
        Operator::Ne => have != want,
        Operator::Co => have.contains(want),
        Operator::Sw => have.starts_with(want),
        Operator::Ew => have.ends_with(want),
        Operator::Gt => have > want,
        Operator::Ge => have >= want,
        Operator::Lt => have < want,
        Operator::Le => have <= want,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ann() -> Map<String, Value> {
        json!({ "id": "1", "externalId": "Ab", "userName": "Ann@corp.example.com", "active": true,
            "name": { "familyName": "O\"Hara" }, "meta": { "created": "2026-03-01T08:30:00Z" },
            "emails": [{ "value": "ann@corp.example.com", "type": "work", "primary": true },
                       { "value": "ann@home.example", "type": "home" }],
            CONNECTOR: { "quotaGb": 50, "mapping": "Sales" } })
        .as_object()
        .unwrap()
        .clone()
    }

    #[test]
    fn filters_of_every_kind() {
        let urn = CONNECTOR;
        for (filter, wanted) in [
            (r#"userName eq "ann@CORP.example.com""#, true),
            (r#"externalId eq "ab""#, false),
            (r#"name.familyName sw "O\"H""#, true),
            (r#"emails[type eq "work" and value ew "home.example"]"#, false),
            (r#"emails[type eq "home" and value ew "home.example"]"#, true),
            (r#"emails.value co "HOME" and not (active eq false)"#, true),
            (r#"emails eq "ann@home.example""#, true),
            (r"title pr or emails pr", true),
            (r#"title ne "x""#, true),
            (r#"active eq True AND (userName sw "b" or userName sw "a")"#, true),
            (r#"meta.created ge "2026-03-01T09:30:00+01:00""#, true),
            (r#"meta.created lt "2026-03-01T08:30:00Z""#, false),
            (&format!("{urn}:quotaGb gt 49"), true),
            (&format!(r#"{urn}:mapping eq "sales""#), false),
        ] {
            assert_eq!(matches(&Filter::parse(filter).unwrap(), &ann()), wanted, "{filter}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        let deep = "(".repeat(500);
        for filter in [
            "",
            "userName",
            "userName eq",
            "userName xx 1",
            "a eq \"",
            "not x",
            "(a pr",
            "a pr b",
            "a eq b",
            "emails[type eq \"x\"",
            &deep,
        ] {
            assert_eq!(Filter::parse(filter).unwrap_err().kind, Some("invalidFilter"), "{filter}");
        }
    }
}
