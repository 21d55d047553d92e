//! What the README promises is there.
#![allow(missing_docs, clippy::unwrap_used)]

use std::fs::read_to_string;

#[test]
fn every_make_verb_of_the_readme_exists() {
    let readme = read_to_string(tidy::root().join("README.md")).unwrap();
    let makefile = read_to_string(tidy::root().join("Makefile")).unwrap();
    let verbs: Vec<&str> = readme
        .match_indices("make ")
        .filter(|(at, _)| readme[..*at].ends_with('`') || readme[..*at].ends_with('\n'))
        .filter_map(|(at, _)| readme[at + 5..].split(|c: char| !c.is_ascii_lowercase()).next())
        .filter(|verb| !verb.is_empty())
        .collect();
    assert!(
        verbs.contains(&"demo") && verbs.contains(&"test"),
        "the README names its two commands: {verbs:?}"
    );
    for verb in verbs {
        assert!(
            makefile.lines().any(|l| l.starts_with(&format!("{verb}:"))),
            "make {verb} does not exist"
        );
    }
}

#[test]
fn every_local_link_leads_somewhere() {
    for (path, text) in tidy::texts(&[".md"]).unwrap() {
        let folder = tidy::root().join(&path).parent().unwrap().to_owned();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or("");
            if target.is_empty() || target.contains("://") {
                continue;
            }
            assert!(folder.join(target).exists(), "{}: {link} leads nowhere", path.display());
        }
    }
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
