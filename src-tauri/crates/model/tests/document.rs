//! What people write wrong is told with its line, its key and what is expected, whatever kind of mistake it is.
#![allow(clippy::unwrap_used, missing_docs)]

use connector_model::document::{Document, from_value};
use connector_model::{Mapping, Settings};
use serde::de::DeserializeOwned;
use serde_json::json;

fn told<T: DeserializeOwned>(text: &str) -> String {
    Document::read::<T>(text).err().unwrap().to_string()
}

const RULE: &str = "name = \"a\"\naccount = \"b\"\nbase_dn = \"DC=x\"\n";

#[test]
fn a_mistake_names_line_and_key_and_what_is_expected() {
    for (more, said) in [
        (
            "quota_gb = \"5\"",
            "line 4: \"quota_gb\" has to be a whole number in its range, without quotes",
        ),
        (
            "quota_gb = -5",
            "line 4: \"quota_gb\" has to be a whole number in its range, without quotes",
        ),
        (
            "\nnested_groups = \"yes\"",
            "line 5: \"nested_groups\" has to be true or false, without quotes",
        ),
        ("profile = 7", "line 4: \"profile\" has to be text in quotes"),
        ("units = \"OU=a,DC=x\"", "line 4: \"units\" has to be a list in [ ]"),
        (
            "units = [\n\"OU=a,DC=x\",\n7]",
            "line 6: \"units[1]\" has to be a DN or an identity in quotes",
        ),
        ("department = 7", "line 4: \"department\" has to be text in quotes, or a list of texts"),
        ("name_from = \"mail\"", "line 4: \"name_from\" has to be one of cn, upn"),
        (
            "conditions = [{ attribut = \"l\" }]",
            "line 4: there is no key \"conditions[0].attribut\"; the keys are all, any, not, attribute, op, value",
        ),
        (
            "conditions = [{ op = \"present\" }]",
            "line 4: the key \"conditions[0].attribute\" is missing",
        ),
        (
            "conditions = \"l=x\"",
            "line 4: \"conditions\" has to be a list of conditions in [ ], or one condition in { }",
        ),
        (
            "storage = us",
            "line 4: this is no TOML: write KEY = VALUE, each key once, and text in quotes",
        ),
        (
            "storage = \"a\\w\"",
            "line 4: a backslash in double quotes has to be doubled, or the text put in single quotes",
        ),
        (
            "name = \"twice\"",
            "line 4: this is no TOML: write KEY = VALUE, each key once, and text in quotes",
        ),
    ] {
        assert_eq!(told::<Mapping>(&format!("{RULE}{more}\n")), said);
    }
    assert_eq!(told::<Mapping>("name = \"a\"\n"), "the key \"account\" is missing");
    let unusable = told::<Mapping>(&RULE.replace("DC=x", "x"));
    assert!(unusable.starts_with("line 3: \"base_dn\": "), "{unusable}");
    let nested =
        "version = 1\n[[accounts]]\nname = \"a\"\n[[accounts]]\nname = \"b\"\nservers = [7]\n";
    let nested = told::<Settings>(nested);
    assert!(nested.starts_with("line 2: the key \"accounts[0].servers\" is missing"), "{nested}");
}

/// A text of 1 MB took minutes when it was looked through for the line of each of its values.
#[test]
fn the_line_of_a_mistake_in_a_long_text_is_found_at_once() {
    let list = format!("\"{}\",\n", "x".repeat(50)).repeat(20_000);
    let started = std::time::Instant::now();
    let said = told::<Mapping>(&format!("{RULE}department = [\n{list}7]\n"));
    assert!(said.starts_with("line 20005: "), "{said}");
    assert!(started.elapsed() < std::time::Duration::from_secs(10), "{:?}", started.elapsed());
}

#[test]
fn what_is_right_is_read_as_the_library_reads_it() {
    let text = format!(
        "{RULE}quota_gb = 1_0\ndepartment = \"R&D\"\nunits = [{{ identity = \"i\", dn = \"OU=a,DC=x\" }}, \"OU=b,DC=x\"]\n\
        conditions = [{{ attribute = \"l\", op = \"is\", value = \"x\" }}, {{ not = {{ any = [{{ attribute = \"c\", op = \"present\" }}] }} }}]\n"
    );
    let mapping: Mapping = Document::read(&text).unwrap();
    assert_eq!(mapping, toml::from_str(&text).unwrap());
    assert_eq!((mapping.quota_gb, mapping.units.len()), (Some(10), 2));
}

#[test]
fn a_value_that_was_sent_is_read_by_the_same_rules() {
    let sent = json!({ "name": "a", "account": "b", "base_dn": "DC=x", "quota_gb": 1.5 });
    let mistake = from_value::<Mapping>(sent).unwrap_err();
    assert_eq!((mistake.field().as_deref(), mistake.line), (Some("quota_gb"), None));
}
