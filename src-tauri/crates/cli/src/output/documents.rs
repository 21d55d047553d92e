//! What programs get: kinds and values as they are, and beside them the sentence, in English whoever asks.

use connector_api::told::Explanation;
use connector_api::{ImportedPerson, Preview, Status};
use connector_model::{Check, PlannedPerson};
use connector_texts::{Language, Texts};
use serde::Serialize;
use serde_json::{Value, json};

pub fn status(status: &Status) -> Value {
    let mut document = json!(status);
    document["sentence"] = json!(english().headline(&status.headline));
    document
}

pub fn preview(preview: &Preview) -> Value {
    let mut document = json!(preview);
    if let Some(findings) = document["findings"].as_array_mut() {
        for (told, finding) in findings.iter_mut().zip(&preview.findings) {
            told["message"] = json!(english().finding(finding));
        }
    }
    document
}

pub fn person(person: &PlannedPerson) -> Value {
    let mut document = json!(person);
    document["reason"] = json!(english().reason(person));
    if document["values"].is_null() {
        document["values"] = json!({});
    }
    document
}

/// Somebody of a past import: as of a plan, and what was before and after.
pub fn imported(imported: &ImportedPerson) -> Value {
    let mut document = json!(imported);
    document["reason"] = json!(english().reason(&imported.planned));
    if document["values"].is_null() {
        document["values"] = json!({});
    }
    document
}

/// An explanation, with the sentence of every reason beside its kind.
pub fn explanation(told: &Explanation) -> Value {
    let mut document = json!(told);
    for (place, person) in told.people.iter().enumerate() {
        let one = &mut document["people"][place];
        one["reason_text"] = json!(person.reason.as_ref().map(|reason| english().why(reason)));
        for (place, import) in person.imports.iter().enumerate() {
            one["imports"][place]["person"] = imported(&import.person);
        }
    }
    document
}

pub fn checks(checks: &[Check]) -> Value {
    checks.iter().map(check).collect()
}

/// A document that has checks beside other things.
pub fn with_checks(document: &impl Serialize, list: &[Check]) -> Value {
    let mut document = json!(document);
    document["checks"] = checks(list);
    document
}

fn check(check: &Check) -> Value {
    let mut document = json!(check);
    if check.found.is_some() {
        document["message"] = json!(english().check(check));
        document["action"] = json!(english().check_action(check));
    }
    document
}

fn english() -> &'static Texts {
    Texts::of(Language::English)
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::{CheckFinding, Code, Error};

    #[test]
    fn a_check_has_what_it_found_as_text_kind_and_values() {
        let servers = vec!["ldap://b".to_owned(), "ldap://c".to_owned()];
        let other = Check::pass("other_servers", "DC=a", CheckFinding::OtherServers { servers });
        let failed = Check::fail("bind", "a:636", &Error::of(Code::WrongCredentials));
        let told = checks(&[other, failed]);
        let (kind, values) = (&told[0]["found"]["kind"], &told[0]["found"]["values"]);
        assert_eq!((kind, &values["servers"][1]), (&json!("other_servers"), &json!("ldap://c")));
        let said =
            "Part of the directory is on another server, and is not read: ldap://b, ldap://c.";
        assert_eq!(told[0]["message"], said);
        assert_ne!(told[0]["action"], "");
        assert_eq!(
            (&told[1]["found"], &told[1]["code"]),
            (&Value::Null, &json!("wrong_credentials"))
        );
        assert_eq!(told[1]["message"], Code::WrongCredentials.summary());
    }

    #[test]
    fn a_person_has_the_reason_as_text_kind_and_values() {
        let person_of = |text: &str| -> PlannedPerson { serde_json::from_str(text).unwrap() };
        let new = r#"{"identity":"i","dn":"CN=a","user_name":"a","email":null,"change":"create","reason_kind":"new"}"#;
        let told = person(&person_of(new));
        assert_eq!(told["reason"], "Not in the cloud yet.");
        assert_eq!((&told["reason_kind"], &told["values"]), (&json!("new"), &json!({})));
        let twin = r#"{"identity":"i","dn":"CN=a","user_name":"a","email":null,"change":"hold",
            "reason_kind":"left_groups","values":{"groups":["A","B","C"]},"needs":{"list":"0a","people":2}}"#;
        let told = person(&person_of(twin));
        let reason = "Not a member of A, B or C. One of 2 people who would be deactivated (data preserved); waits for the approval of list 0a.";
        assert_eq!(told["reason"], reason);
        assert_eq!(told["values"], json!({ "groups": ["A", "B", "C"] }));
    }
}
