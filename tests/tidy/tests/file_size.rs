//! Files stay small: each has one reason to change.
#![allow(missing_docs, clippy::unwrap_used)]

const LIMIT: usize = 400;
const MEDIAN: usize = 110;

const SOURCES: &[&str] =
    &[".rs", ".ts", ".tsx", ".sh", ".py", ".css", ".html", ".js", ".mjs", ".nsi", ".nsh", ".c"];

/// Written by a program.
const GENERATED: &str = "ui/src/generated/";

#[test]
fn no_file_is_over_the_limit_and_the_median_is_small() {
    let mut sizes: Vec<(usize, String)> = tidy::texts(SOURCES)
        .unwrap()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path.display().to_string()))
        .filter(|(_, path)| !path.starts_with(GENERATED))
        .collect();
    sizes.sort();
    let over: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > LIMIT).collect();
    assert!(over.is_empty(), "over {LIMIT} lines: {over:?}");
    let median = sizes[sizes.len() / 2].0;
    assert!(median <= MEDIAN, "the median is {median} lines, wanted at most {MEDIAN}");
}

/// Clippy holds functions to the lines and parameters of `clippy.toml`; whoever needs more says why.
#[test]
fn a_function_over_the_limits_says_why() {
    let limits = ["too_many_lines", "too_many_arguments"].map(|lint| format!("clippy::{lint}"));
    for (path, text) in tidy::texts(&[".rs"]).unwrap() {
        for attribute in text.split("#[").chain(text.split("#![")).skip(1) {
            let attribute = attribute.split(")]").next().unwrap_or_default();
            let allows = attribute.starts_with("allow(") || attribute.starts_with("expect(");
            if allows && limits.iter().any(|lint| attribute.contains(lint)) {
                assert!(attribute.contains("reason = "), "{}: {attribute}", path.display());
            }
        }
    }
}
