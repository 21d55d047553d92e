//! Both languages are whole: the same messages, the same values, and the plurals that each of them has.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use connector_model::{Code, Error, command_word};
use connector_texts::{Language, Texts, ids, sources};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser::parse;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Every message of a language, with the values that it fills in.
fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for (file, text) in sources(language) {
        let resource =
            parse(*text).unwrap_or_else(|(_, e)| panic!("{file} of {language:?}: {e:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut values = BTreeSet::new();
            let patterns = message.value.iter().chain(message.attributes.iter().map(|a| &a.value));
            for pattern in patterns {
                in_pattern(pattern, &mut values);
            }
            let id = message.id.name.to_owned();
            assert!(
                all.insert(id.clone(), values).is_none(),
                "{id} is there twice in {language:?}"
            );
        }
    }
    all
}

fn in_pattern(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, values);
        }
    }
}

fn in_expression(expression: &Expression<&str>, values: &mut BTreeSet<String>) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                in_pattern(&variant.value, values);
            }
            selector
        }
    };
    match inline {
        InlineExpression::VariableReference { id } => drop(values.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => in_expression(expression, values),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                in_expression(&Expression::Inline(argument.clone()), values);
            }
        }
        _ => {}
    }
}

#[test]
fn the_languages_have_the_same_messages_with_the_same_values() {
    let (english, mut german) = (messages(Language::English), messages(Language::German));
    german.retain(|id, _| !id.starts_with("failure-"));
    for (id, values) in &english {
        let other = german.get(id).unwrap_or_else(|| panic!("{id} is not there in German"));
        assert_eq!(other, values, "{id} has other values in German");
    }
    for id in german.keys() {
        assert!(english.contains_key(id), "{id} is not there in English");
    }
    assert_eq!(english.keys().map(String::as_str).collect::<Vec<_>>(), ids());
}

#[test]
fn every_file_of_the_folders_is_read() {
    for language in Language::ALL {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(language.tag());
        let there: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .collect();
        let read: BTreeSet<String> =
            sources(language).iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there, read, "{language:?}");
    }
}

#[test]
fn every_code_of_an_error_is_told_in_german() {
    let told: BTreeSet<String> = messages(Language::German)
        .into_keys()
        .filter_map(|id| id.strip_prefix("failure-").map(str::to_owned))
        .collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(ToString::to_string).collect();
    assert_eq!(told, codes);
    let german = Texts::of(Language::German);
    for &code in Code::ALL {
        let error = Error::of(code);
        assert_ne!(german.message(&error), error.message, "{code}");
        assert_ne!(german.action(&error), error.action, "{code}");
        assert_eq!(german.original(&error), None);
    }
    let more = Error::new(Code::NotFound, "There is no mapping \"A\".");
    assert_eq!(german.message(&more), "Unter diesem Namen gibt es nichts.");
    assert_eq!(german.original(&more).as_deref(), Some("There is no mapping \"A\"."));
    let range = Error::new(Code::InvalidInput, "0 is out of range.");
    let range = range.with_action("Use a number from 1 to 744.");
    let said = german.original(&range);
    assert_eq!(said.as_deref(), Some("0 is out of range. Use a number from 1 to 744."));
    let only = Error::of(Code::ServiceForbidden).with_action("Use sudo.");
    assert_eq!(german.original(&only).as_deref(), Some("Use sudo."));
    assert_eq!(Texts::of(Language::English).message(&more), more.message);
    assert_eq!(Texts::of(Language::English).original(&more), None);
}

#[test]
fn nobody_one_and_two_are_counted_rightly() {
    let say = |language, n: u64| Texts::of(language).say("find-missing_email", &json!({ "n": n }));
    for (n, english, german) in [
        (
            0,
            "0 people have no e-mail address and are skipped.",
            "0 Personen haben keine E-Mail-Adresse und werden ausgelassen.",
        ),
        (
            1,
            "1 person has no e-mail address and is skipped.",
            "1 Person hat keine E-Mail-Adresse und wird ausgelassen.",
        ),
        (
            2,
            "2 people have no e-mail address and are skipped.",
            "2 Personen haben keine E-Mail-Adresse und werden ausgelassen.",
        ),
        (
            2500,
            "2,500 people have no e-mail address and are skipped.",
            "2.500 Personen haben keine E-Mail-Adresse und werden ausgelassen.",
        ),
    ] {
        assert_eq!(say(Language::English, n), english);
        assert_eq!(say(Language::German, n), german);
    }
}

/// Words that are plural in a text where the number beside them may be one.
#[test]
fn no_number_stands_before_a_plural_without_a_singular() {
    for (language, plurals) in [
        (
            Language::English,
            &["people", "mappings", "accounts", "groups", "members", "days", "entries"][..],
        ),
        (
            Language::German,
            &[
                "Personen",
                "Zuordnungen",
                "Konten",
                "Gruppen",
                "Mitglieder",
                "Tage",
                "Tagen",
                "Einträge",
            ][..],
        ),
    ] {
        for (file, text) in sources(language) {
            for line in text.lines().filter(|line| !line.trim_start().starts_with("*[other]")) {
                for plural in plurals {
                    let wrong = line.contains(&format!("}} {plural}"));
                    assert!(!wrong, "{file} of {language:?} has no singular: {line}");
                }
            }
        }
    }
}

/// A name reaches a shell as a word, wherever people are told to run something with it.
#[test]
fn commands_that_people_are_told_to_run_hold_names_as_words() {
    for language in Language::ALL {
        for (file, text) in sources(language) {
            for command in text.lines().flat_map(|line| line.split("insync-connector ").skip(1)) {
                for value in ["name", "mapping", "account"] {
                    let bare = command.contains(&format!("{{ ${value} }}"));
                    assert!(!bare, "{file} of {language:?}: {command}");
                }
            }
        }
        let values =
            json!({ "name": "$(id -un)", "mapping": "-a`b", "people": 2, "hash": "c0ffee" });
        let said = Texts::of(language).say("cli-mapping-proposal-unseen", &values);
        let word = command_word("$(id -un)");
        assert!(said.ends_with(&format!("insync-connector preview --proposed {word}")), "{said}");
        let said = Texts::of(language).say("cli-approve-deactivate", &values);
        let word = command_word("-a`b");
        assert!(word.starts_with("-- "), "{word}");
        assert!(
            said.ends_with(&format!("insync-connector sync --approve c0ffee {word}")),
            "{said}"
        );
    }
}

/// A server that is not recognized is another one, or the same whose marks the bind account may no longer read.
#[test]
fn both_causes_of_a_server_that_is_not_recognized_are_told() {
    for (language, causes) in [
        (Language::English, ["another server answered", "lost read rights"]),
        (Language::German, ["ein anderer Server", "Leserechte verloren"]),
    ] {
        for id in ["find-other_server", "reason-other_server"] {
            for n in [1, 2] {
                let said = Texts::of(language).say(id, &json!({ "n": n }));
                assert!(causes.iter().all(|cause| said.contains(cause)), "{said}");
            }
        }
    }
}

#[test]
fn lists_and_errors_are_told_in_the_language() {
    let german = Texts::of(Language::German);
    let fields = json!({ "first": ["A", "B"], "last": "C" });
    assert_eq!(german.say("list-or", &fields), "A oder B oder C");
    let error = json!({ "first": Error::of(Code::Timeout), "last": "C" });
    assert_eq!(
        german.say("list-or", &error),
        "Der Vorgang endete nicht innerhalb seiner Frist. oder C"
    );
}
