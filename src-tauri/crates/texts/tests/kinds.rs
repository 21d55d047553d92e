//! Every kind of every typed value has a text, and the values that its text fills in.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use connector_model::{
    ActivationOutcome, ApprovalKind, Change, CheckFinding, Code, NameFrom, NeededApproval,
    PlannedPerson,
};
use connector_model::{
    Dn, Error, Finding, FindingKind, Headline, Identity, Reason, SettingsChange, SignInOutcome,
};
use connector_texts::{Language, Texts, ids};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use strum::IntoEnumIterator;

/// Each kind once, as the engine would serialise it, with a text for every value that can be told apart in the sentence.
fn kinds<T: serde::Serialize>(all: impl Iterator<Item = T>, tag: &str) -> Vec<(String, Value)> {
    all.map(|value| {
        let value = json!(value);
        let kind = value[tag].as_str().unwrap().to_owned();
        let mut values = value["values"].clone();
        for (name, value) in values.as_object_mut().into_iter().flatten() {
            match value {
                Value::String(text) if text.is_empty() => *value = json!(format!("<{name}>")),
                Value::Array(_) => *value = json!([format!("<{name}>")]),
                _ => {}
            }
        }
        (kind, values)
    })
    .collect()
}

#[track_caller]
fn all_told(subject: &str, kinds: &[(String, Value)]) {
    for language in Language::ALL {
        let texts = Texts::of(language);
        for (kind, values) in kinds {
            let id = format!("{subject}-{kind}");
            let said = texts.say(&id, values);
            assert_ne!(said, id, "{id} has no text in {language:?}");
            assert!(
                !said.contains("{$"),
                "{id} in {language:?} fills in what is not there: {said}"
            );
            for (name, value) in values.as_object().into_iter().flatten() {
                let shown = match value {
                    Value::String(text) if text.starts_with('<') => text.clone(),
                    Value::Array(_) => format!("<{name}>"),
                    Value::Number(number) => number.to_string(),
                    _ => continue,
                };
                assert!(said.contains(&shown), "{id} in {language:?} does not tell {name}: {said}");
            }
        }
    }
    let prefix = format!("{subject}-");
    let there: BTreeSet<&str> =
        ids().into_iter().filter_map(|id| id.strip_prefix(&prefix)).collect();
    let wanted: BTreeSet<&str> = kinds.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(there, wanted, "texts of {subject} for kinds that do not exist");
}

#[test]
fn every_reason() {
    all_told("reason", &kinds(Reason::iter(), "reason_kind"));
}

#[test]
fn every_headline() {
    all_told("headline", &kinds(Headline::iter(), "kind"));
}

#[test]
fn everything_that_a_check_finds() {
    all_told("found", &kinds(CheckFinding::iter(), "kind"));
}

#[test]
fn every_kind_of_approval_is_told_wherever_it_waits() {
    for language in Language::ALL {
        let texts = Texts::of(language);
        for kind in ApprovalKind::iter() {
            let kind = kind.as_str();
            for subject in ["cli-approve", "log-approved", "log-waits", "over-held", "list"] {
                let id = format!("{subject}-{kind}");
                assert!(texts.known(&id).is_some(), "{id} in {language:?}");
            }
            let told = |id: &str, name: &str| {
                let values = json!({ name: kind, "people": 1313, "mapping": "M", "list": "0a" });
                texts.say(id, &values)
            };
            for said in
                [told("headline-awaiting_approval", "approval"), told("needs-approval", "kind")]
            {
                assert!(said.contains("313"), "{said}");
                let plain = said.replace("relink", "");
                assert_eq!(plain, said, "a word of the program in a sentence");
            }
        }
    }
}

#[test]
fn every_finding() {
    for language in Language::ALL {
        for kind in FindingKind::iter() {
            let finding = Finding::new(kind, 1, vec![]);
            let said = Texts::of(language).finding(&finding);
            assert!(
                said.starts_with("1 ") && said.ends_with('.'),
                "{kind:?} in {language:?}: {said}"
            );
        }
    }
}

/// How sign-ins and activations end.
#[test]
fn every_outcome() {
    let sign_ins = SignInOutcome::iter().map(|outcome| json!(outcome));
    let wanted = sign_ins.chain(ActivationOutcome::iter().map(|outcome| json!(outcome)));
    let wanted: BTreeSet<String> = wanted.filter_map(|o| o.as_str().map(str::to_owned)).collect();
    let there = ids().into_iter().filter_map(|id| id.strip_prefix("outcome-").map(str::to_owned));
    let more: Vec<String> = there.filter(|outcome| !wanted.contains(outcome)).collect();
    assert!(more.is_empty(), "texts for outcomes that do not exist: {more:?}");
    for (language, outcome) in
        Language::ALL.into_iter().flat_map(|l| wanted.iter().map(move |o| (l, o)))
    {
        let id = format!("outcome-{outcome}");
        assert_ne!(Texts::of(language).text(&id), id, "{outcome} in {language:?}");
    }
}

#[test]
fn every_change_of_the_settings() {
    for (language, change) in
        Language::ALL.into_iter().flat_map(|l| SettingsChange::iter().map(move |c| (l, c)))
    {
        let (texts, stored) = (Texts::of(language), change.as_str());
        assert_ne!(texts.subject("settings", stored), stored, "{change:?} in {language:?}");
        assert_eq!(texts.subject("import", stored), stored, "a mapping may have any name");
    }
    let told = ids().into_iter().filter(|id| id.starts_with("did-")).count();
    assert_eq!(told, SettingsChange::iter().count(), "texts for changes that do not exist");
}

#[test]
fn a_reason_and_what_it_waits_for() {
    let needs =
        NeededApproval { kind: ApprovalKind::Deactivate, list: "0a1b".to_owned(), people: 1 };
    let mut person = PlannedPerson {
        identity: Identity::from_text("i"),
        dn: Dn::from_server("CN=a"),
        user_name: None,
        email: None,
        name: None,
        change: Change::Hold,
        reason: Reason::NoUserName { name_from: NameFrom::Cn },
        needs: Some(needs),
        refused: None,
    };
    let said = |person: &PlannedPerson, language| Texts::of(language).reason(person);
    assert_eq!(
        said(&person, Language::English),
        "Has no common name in the directory. Waits for the approval of list 0a1b."
    );
    person.needs = None;
    person.refused = Some(Error::new(Code::CloudRefused, "No licence is left."));
    assert_eq!(
        said(&person, Language::English),
        "Has no common name in the directory. The cloud refused this person the last time: No licence is left."
    );
    person.refused = None;
    person.needs = Some(NeededApproval {
        kind: ApprovalKind::Deactivate,
        list: "0a1b".to_owned(),
        people: 1200,
    });
    person.reason = Reason::NotProven { error: Error::of(Code::IncompleteRead) };
    assert_eq!(
        said(&person, Language::German),
        "Nicht gesehen, aber es wurde nicht alles gelesen: Das Verzeichnis hat nicht alles zurückgegeben. Eine von 1.200 \
         Personen, die deaktiviert würden (ihre Daten bleiben erhalten); wartet auf die Freigabe der Liste 0a1b."
    );
}
