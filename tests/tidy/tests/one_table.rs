//! Use cases are listed once, in the door's table: everything else is made of it.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

const TABLE: &str = "src-tauri/crates/api/src/door/table.rs";
/// Names of a file that are a list rather than a few calls.
const LIST: usize = 8;
/// A kind of journal entry as well, and a file of texts.
const OTHER_MEANING: [&str; 2] = ["sign_in", "sign_ins"];

/// Names of the table that nothing else is called by: single words are words of everyday, too.
fn names() -> Vec<String> {
    let table = std::fs::read_to_string(tidy::root().join(TABLE)).unwrap();
    let calls = table.lines().filter_map(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("page ").or_else(|| line.strip_prefix("program "))?;
        Some(rest.split_once('(')?.0.to_owned())
    });
    calls.filter(|name| name.contains('_') && !OTHER_MEANING.contains(&name.as_str())).collect()
}

/// As the page writes it.
fn camel(name: &str) -> String {
    let mut upper = false;
    let mut text = String::new();
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c if std::mem::take(&mut upper) => text.push(c.to_ascii_uppercase()),
            c => text.push(c),
        }
    }
    text
}

/// Whole words of a text.
fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// What stands in a text as a literal.
fn quoted<'a>(text: &str, names: &'a [String]) -> Vec<&'a str> {
    let literal =
        |name: &str| ['"', '\'', '`'].iter().any(|q| text.contains(&format!("{q}{name}{q}")));
    names.iter().map(String::as_str).filter(|n| literal(n) || literal(&camel(n))).collect()
}

/// What the table makes, and tests: they may ask for one thing by its name.
fn is_made(path: &str) -> bool {
    path == TABLE || path.contains("/generated/") || path.starts_with("tests/")
}

#[test]
fn no_name_of_a_use_case_stands_in_a_second_list() {
    let names = names();
    assert!(names.len() > 25, "{names:?}");
    let mut found = vec![];
    for (path, text) in tidy::texts(&[".rs", ".ts", ".tsx", ".mjs", ".json", ".toml"]).unwrap() {
        let path = path.to_string_lossy().into_owned();
        if is_made(&path) {
            continue;
        }
        for name in quoted(&text, &names) {
            found.push(format!("{path} names {name}: let it be made of the table"));
        }
        let words = words(&text);
        // A host of the page implements use cases by their names, checked by their types; it makes no list of them.
        let implements = path.starts_with("ui/src/host/");
        let listed: Vec<&String> =
            names.iter().filter(|name| words.contains(name.as_str())).collect();
        if listed.len() >= LIST && !implements {
            found.push(format!("{path} lists {listed:?}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_second_list_would_be_seen() {
    let names = ["see_people".to_owned(), "move_people".to_owned()];
    assert_eq!(quoted(r#"["see_people"]"#, &names), ["see_people"]);
    assert_eq!(quoted("type Part = Pick<Host, 'movePeople'>", &names), ["move_people"]);
    assert!(quoted("door.see_people(account)", &names).is_empty());
    assert!(words("it.move_people(name)").contains("move_people"));
}
