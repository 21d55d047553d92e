//! Words that must not stay behind in code.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;

#[test]
fn nothing_is_left_half_done() {
    let marks = ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "#[ign".to_owned() + "ore"];
    for (path, text) in tidy::texts(&[".rs", ".sh", ".py", ".toml", "Makefile"]).unwrap() {
        for (number, line) in text.lines().enumerate() {
            for mark in &marks {
                let found = line
                    .split(|c: char| !(c.is_alphanumeric() || c == '#' || c == '['))
                    .any(|w| w == mark);
                assert!(!found, "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn modules_are_named_for_what_they_do() {
    for file in tidy::files().unwrap() {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let vague = ["utils", "util", "common", "helpers", "helper", "manager", "misc"];
        assert!(!vague.contains(&stem.as_str()), "{}: name it for what it does", file.display());
    }
}

/// An error names its input by a key; the command line says it in the reader's words.
#[test]
fn every_input_that_an_error_names_has_words() {
    let texts =
        std::fs::read_to_string(tidy::root().join("src-tauri/crates/texts/en/command_line.ftl"))
            .unwrap();
    let told: BTreeSet<&str> = texts
        .lines()
        .filter_map(|line| line.strip_prefix("input-")?.split_once(" =").map(|(name, _)| name))
        .collect();
    let mut named = BTreeSet::new();
    for (path, text) in tidy::texts(&[".rs"]).unwrap() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !path.starts_with("src-tauri/crates") || path.to_string_lossy().contains("/tests/") {
            continue;
        }
        for rest in code.split(".at(\"").skip(1) {
            named.insert(rest.split('"').next().unwrap_or_default().to_owned());
        }
    }
    assert!(named.len() > 20, "where are they?");
    // A key of a file, with its section: it is looked for in that file by this name.
    let without: Vec<_> =
        named.iter().filter(|name| !name.contains('.') && !told.contains(&***name)).collect();
    assert!(without.is_empty(), "no `input-…` in the catalogue for {without:?}");
}
