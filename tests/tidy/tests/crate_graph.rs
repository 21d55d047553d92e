//! Who may import whom: a new arrow is an architecture decision and is written down here first.
#![allow(missing_docs, clippy::unwrap_used)]

use cargo_metadata::{DependencyKind, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// Package → what it may import, of ours and of the libraries that belong to one place only.
const ALLOWED: &[(&str, &[&str])] = &[
    ("connector-model", &[]),
    // Kinds and values in, sentences out: it needs the nouns and nothing that does anything.
    ("connector-texts", &["connector-model"]),
    // Directory and cloud are blind to one another, and trust by the same rules.
    ("connector-tls", &["connector-model", "rustls"]),
    ("connector-directory", &["connector-model", "connector-tls", "ldap3", "rustls"]),
    (
        "connector-cloud",
        &["connector-model", "connector-tls", "hyper", "tokio-tungstenite", "rustls", "hpke"],
    ),
    ("connector-platform", &["connector-model", "keyring-core", "tracing-subscriber"]),
    ("connector-engine", &["connector-model", "rusqlite"]),
    (
        "connector-api",
        &[
            "connector-model",
            "connector-engine",
            "connector-tls",
            "connector-directory",
            "connector-cloud",
            "connector-platform",
        ],
    ),
    // The edges where text is made: a terminal, a tray, a notification.
    ("insync-connector", &["connector-api", "connector-model", "connector-texts"]),
    ("insync-connector-desktop", &["connector-api", "connector-model", "connector-texts", "tauri"]),
    ("sandbox-authority", &["rustls"]),
    ("sandbox-directory", &["connector-model", "sandbox-authority", "rustls"]),
    (
        "sandbox-cloud",
        &["connector-model", "sandbox-authority", "rustls", "hyper", "hpke", "rusqlite"],
    ),
    (
        "insync-sandbox",
        &["sandbox-authority", "sandbox-cloud", "sandbox-directory", "tracing-subscriber"],
    ),
    // Hostile bytes at every door, whichever crate has it.
    (
        "fuzzing",
        &[
            "connector-model",
            "connector-tls",
            "connector-directory",
            "connector-cloud",
            "connector-platform",
            "connector-api",
        ],
    ),
];

/// Libraries that only the crates listed above may name.
const HELD: &[&str] = &[
    "ldap3",
    "rustls",
    "hyper",
    "tokio-tungstenite",
    "hpke",
    "keyring-core",
    "rusqlite",
    "tracing-subscriber",
    "tauri",
];

/// What a package under `tests/` may import of ours.
const TESTS_MAY: &[&str] =
    &["connector-api", "connector-model", "sandbox-authority", "servers", "journeys", "desktop"];

#[test]
fn nobody_draws_an_arrow_that_is_not_agreed() {
    let metadata = MetadataCommand::new()
        .manifest_path(tidy::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    let ours: BTreeSet<String> = metadata.packages.iter().map(|p| p.name.to_string()).collect();
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut wrong = vec![];
    for package in &metadata.packages {
        let in_tests = package.manifest_path.as_str().contains("/tests/");
        for dependency in package.dependencies.iter().filter(|d| d.kind == DependencyKind::Normal) {
            let name = dependency.name.as_str();
            let matters = ours.contains(name) || (!in_tests && HELD.contains(&name));
            let fine = match allowed.get(package.name.as_str()) {
                Some(list) => list.contains(&name),
                None => in_tests && TESTS_MAY.contains(&name),
            };
            if matters && !fine {
                wrong.push(format!("{} must not import {name}", package.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_package_is_in_the_graph_or_under_tests() {
    let metadata = MetadataCommand::new()
        .manifest_path(tidy::root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .unwrap();
    for package in &metadata.packages {
        let known = ALLOWED.iter().any(|(name, _)| *name == package.name.as_str());
        assert!(
            known || package.manifest_path.as_str().contains("/tests/"),
            "{} has no place",
            package.name
        );
    }
}

#[test]
fn only_the_api_calls_the_keychain() {
    let (owner, caller) = ("src-tauri/crates/platform/src", "src-tauri/crates/api/");
    let names = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|w| w == "Keychain");
    let mut callers = 0;
    for (path, text) in tidy::texts(&[".rs"]).unwrap() {
        if !path.starts_with("src-tauri") || path.starts_with(owner) || !names(&text) {
            continue;
        }
        assert!(path.starts_with(caller), "{} names the keychain", path.display());
        callers += 1;
    }
    assert!(callers > 0, "nobody calls it?");
}
