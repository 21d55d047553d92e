//! What the documents promise is there.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::HashSet;
use std::fs::read_to_string;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Longest line, tables and the lines of links and pictures aside.
const WIDTH: usize = 120;
/// Most characters that a connector shows of what is new.
const NOTES: usize = 4000;

fn documents() -> Vec<(PathBuf, String)> {
    tidy::texts(&[".md"]).unwrap()
}

/// What stands between backticks, outside blocks of code.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().filter(|line| !line.starts_with("    ") && !line.starts_with("```"));
    lines.flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn every_make_verb_exists() {
    let makefile = read_to_string(tidy::root().join("Makefile")).unwrap();
    let mut found = HashSet::new();
    for (path, text) in documents() {
        for (at, _) in text.match_indices("make ") {
            if !(text[..at].ends_with('`') || text[..at].ends_with("\n    ")) {
                continue;
            }
            let verb = text[at + 5..].split(|c: char| !c.is_ascii_lowercase()).next().unwrap();
            let rule = format!("{verb}:");
            let exists = makefile.lines().any(|line| line.starts_with(&rule));
            assert!(exists, "{}: make {verb} does not exist", path.display());
            found.insert((path.clone(), verb.to_owned()));
        }
    }
    for verb in ["demo", "test"] {
        let named = found.contains(&("README.md".into(), verb.to_owned()));
        assert!(named, "the README names its two commands: {found:?}");
    }
}

#[test]
fn every_local_link_leads_somewhere() {
    for (path, text) in documents() {
        let folder = tidy::root().join(&path).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = folder.join(file);
            assert!(target.exists(), "{}: {link} leads nowhere", path.display());
            if !anchor.is_empty() {
                let there =
                    if file.is_empty() { text.clone() } else { read_to_string(target).unwrap() };
                let known = there.lines().any(|line| line.starts_with('#') && slug(line) == anchor);
                assert!(known, "{}: {link} has no such heading", path.display());
            }
        }
    }
}

/// A heading as links name it.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
    words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn lines_are_wrapped() {
    for (path, text) in documents() {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('|')) {
            let length = line.chars().count();
            assert!(length <= WIDTH, "{}:{}: {length} characters", path.display(), number + 1);
        }
    }
}

#[test]
fn every_path_that_is_named_exists() {
    let tops = ["src-tauri/", "crates/", "ui/", "icons/", "tests/", "installer/"];
    for (path, text) in documents() {
        let folder = tidy::root().join(&path).parent().unwrap().to_owned();
        for named in code(&text).filter(|named| tops.iter().any(|top| named.starts_with(top))) {
            let file = named.split("::").next().unwrap();
            let exists = |from: &Path| from.join(file).exists();
            let there = exists(&tidy::root()) || exists(&folder);
            assert!(there, "{}: {named} does not exist", path.display());
        }
    }
}

/// A name with that many words is a test's, or the code of an error; the protocol's own words are checked by both of its ends.
#[test]
fn every_test_that_is_named_exists() {
    let sources = tidy::texts(&[".rs"]).unwrap();
    let tests: HashSet<&str> = sources
        .iter()
        .flat_map(|(_, text)| text.split("fn ").skip(1))
        .filter_map(|rest| rest.split('(').next())
        .collect();
    let is_code = |word: &str| {
        let quoted = format!("\"{word}\"");
        sources
            .iter()
            .any(|(path, text)| path.ends_with("model/src/error.rs") && text.contains(&quoted))
    };
    let mut named = 0;
    for (path, text) in documents().iter().filter(|(path, _)| !path.ends_with("PROTOCOL.md")) {
        let is_name = |word: &&str| {
            word.matches('_').count() >= 3
                && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        for test in code(text).map(|word| word.rsplit("::").next().unwrap_or(word)).filter(is_name)
        {
            if is_code(test) {
                continue;
            }
            assert!(tests.contains(test), "{}: there is no test {test}", path.display());
            named += 1;
        }
    }
    assert!(named > 10, "promises name their tests: {named}");
}

#[test]
fn every_fault_that_is_listed_can_be_asked_for() {
    let list = read_to_string(tidy::root().join("tests/FAULTS.md")).unwrap();
    let sources: String = tidy::texts(&[".rs"]).unwrap().into_iter().map(|(_, t)| t).collect();
    for (_, call) in code(&list).filter_map(|named| named.split_once("::")) {
        assert!(sources.contains(&format!("fn {call}(")), "tests/FAULTS.md: there is no {call}");
    }
    let switches = tidy::root().join("tests/sandbox/directory/src/faults.rs");
    for switch in read_to_string(switches).unwrap().split("pub fn ").skip(1) {
        let name = switch.split('(').next().unwrap();
        assert!(list.contains(name), "tests/FAULTS.md does not list {name}");
    }
}

#[test]
fn what_is_new_is_told_where_an_update_is_offered() {
    let changelog = read_to_string(tidy::root().join("CHANGELOG.md")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(changelog.contains(&format!("\n## [{version}] - 20")), "{version} has a section");
    let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    for heading in changelog.lines().filter_map(|line| line.strip_prefix("### ")) {
        assert!(kinds.contains(&heading), "{heading} is no kind of change");
    }
    let script = tidy::root().join("installer/notes.sh");
    let out = Command::new("bash").arg(script).output().unwrap();
    let notes = String::from_utf8(out.stdout).unwrap();
    assert!(out.status.success() && notes.lines().any(|line| line.starts_with("- ")), "{notes}");
    assert!(notes.len() <= NOTES && !notes.contains('#'), "{notes}");
    let first = changelog.split("\n## ").find(|section| section.contains("\n- ")).unwrap();
    let items = first.lines().filter(|line| line.starts_with("- ")).count();
    assert_eq!(notes.lines().filter(|line| line.starts_with("- ")).count(), items, "{notes}");
}

#[test]
fn the_top_level_has_only_the_agreed_folders() {
    let agreed = ["src-tauri", "ui", "icons", "tests", "installer", ".config", ".ci"];
    for file in tidy::files().unwrap() {
        if file.components().count() > 1 {
            let first =
                file.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
            assert!(agreed.contains(&first.as_str()), "{first}/ is no agreed folder");
        }
    }
}
