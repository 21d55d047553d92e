//! What is filled into a text: from JSON, as typed values serialise, to what Fluent takes.

use crate::Texts;
use crate::local_time::in_zone;
use chrono::{Datelike, Local, TimeZone, Timelike};
use connector_model::{Error, command_word};
use fluent_bundle::{FluentArgs, FluentValue};
use serde_json::{Value, json};
use std::fmt::Display;

/// The values of an object. An error in it is told as its message, a list by its members.
pub(crate) fn arguments(texts: &Texts, values: &Value) -> FluentArgs<'static> {
    let mut filled = FluentArgs::new();
    for (name, value) in values.as_object().into_iter().flatten() {
        filled.set(name.clone(), argument(texts, name, value));
    }
    filled
}

/// Lists of which every member counts, and what stands between them: in a DN there are commas.
const ALL_OF: [(&str, &str); 3] = [("addresses", ", "), ("servers", ", "), ("bases", "; ")];

fn argument(texts: &Texts, name: &str, value: &Value) -> FluentValue<'static> {
    match value {
        Value::Number(number) if name.ends_with("_ms") => {
            time(texts, number.as_i64().unwrap_or_default(), &Local).into()
        }
        Value::Number(number) => number.as_f64().unwrap_or_default().into(),
        Value::String(text) => text.clone().into(),
        Value::Bool(is) => is.to_string().into(),
        Value::Array(members) => list(texts, name, members).into(),
        Value::Object(_) => match serde_json::from_value::<Error>(value.clone()) {
            Ok(error) => texts.message(&error).into(),
            Err(_) => value.to_string().into(),
        },
        Value::Null => "".into(),
    }
}

/// `A, B or C` where one of them would do, `A, B, C` where each counts; names of fields in the reader's words.
fn list(texts: &Texts, name: &str, members: &[Value]) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let all: Vec<String> = members.iter().map(text).collect();
    if name == "fields" {
        let words = all.iter().map(|field| {
            let id = format!("field-{field}");
            if texts.has(&id) { texts.text(&id) } else { field.clone() }
        });
        return words.collect::<Vec<_>>().join(", ");
    }
    if let Some((_, between)) = ALL_OF.iter().find(|(of, _)| *of == name) {
        return all.join(between);
    }
    match all.split_last() {
        Some((last, first)) if !first.is_empty() => {
            texts.say("list-or", &json!({ "first": first.join(", "), "last": last }))
        }
        _ => all.concat(),
    }
}

/// A time, given in milliseconds since 1970-01-01 UTC, to the minute.
fn time<Z: TimeZone>(texts: &Texts, at_ms: i64, zone: &Z) -> String
where
    Z::Offset: Display,
{
    let Some(at) = in_zone(at_ms, zone) else { return String::new() };
    let two = |number: u32| format!("{number:02}");
    let values = json!({ "year": at.year().to_string(), "month": two(at.month()), "day": two(at.day()),
        "hour": two(at.hour()), "minute": two(at.minute()), "zone": at.format("%:z").to_string() });
    texts.say("time-at", &values)
}

/// A name as a word of a command.
pub(crate) fn word(names: &[FluentValue<'_>]) -> FluentValue<'static> {
    let Some(FluentValue::String(name)) = names.first() else { return FluentValue::Error };
    command_word(name).into()
}

/// A number as its readers write it: thousands apart, one decimal at most.
pub(crate) fn formatted(
    value: &FluentValue<'_>,
    thousands: char,
    decimals: char,
) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let rounded = (number.value.abs() * 10.0).round() / 10.0;
    let text = rounded.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = if number.value < 0.0 && rounded > 0.0 { "-".to_owned() } else { String::new() };
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(decimals);
        out.push_str(fraction);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use chrono::FixedOffset;

    #[test]
    fn times_are_written_as_their_readers_do() {
        for (language, wanted) in [
            (Language::English, "2026-07-04 10:05 (+02:00)"),
            (Language::German, "04.07.2026 10:05 (+02:00)"),
        ] {
            let berlin = FixedOffset::east_opt(7200).unwrap();
            assert_eq!(time(Texts::of(language), 1_783_152_341_000, &berlin), wanted);
        }
    }

    #[test]
    fn numbers_are_written_as_their_readers_do() {
        for (number, english, german) in [
            (0.0, "0", "0"),
            (999.0, "999", "999"),
            (1_200.0, "1,200", "1.200"),
            (1_234_567.0, "1,234,567", "1.234.567"),
            (12.34, "12.3", "12,3"),
            (-1_000.5, "-1,000.5", "-1.000,5"),
        ] {
            let value = FluentValue::from(number);
            assert_eq!(formatted(&value, ',', '.').unwrap(), english);
            assert_eq!(formatted(&value, '.', ',').unwrap(), german);
        }
    }
}
