//! Where libraries come from, and under which licences: what `deny.toml` says, on every machine. Advisories need a database
//! from the network: `make audit`.
#![allow(missing_docs, clippy::unwrap_used)]

use cargo_metadata::{Metadata, MetadataCommand, Package};
use serde_json::Value;
use std::fs::read_to_string;
use tidy::licences::allowed;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn rules() -> Value {
    let text = read_to_string(tidy::root().join("deny.toml")).unwrap();
    serde_json::to_value(toml::from_str::<toml::Value>(&text).unwrap()).unwrap()
}

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(tidy::root().join("Cargo.toml"));
    command.other_options(vec!["--locked".to_owned()]).exec().unwrap()
}

fn list(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

fn wrong(rules: &Value, package: &Package) -> Option<String> {
    let name = package.name.as_str();
    if package.source.as_ref().is_some_and(|source| source.repr != REGISTRY) {
        return Some(format!("{name} comes from somewhere else"));
    }
    let banned = rules["bans"]["deny"].as_array().unwrap();
    if banned.iter().any(|one| one["name"] == name) {
        return Some(format!("{name} is one that we do not want"));
    }
    let mut licences = list(&rules["licenses"]["allow"]);
    let exceptions = rules["licenses"]["exceptions"].as_array().unwrap();
    let own = exceptions.iter().filter(|one| one["crate"] == name);
    licences.extend(own.flat_map(|one| list(&one["allow"])));
    let expression = package.license.as_deref().unwrap_or("none that it names");
    (!allowed(expression, &licences)).then(|| format!("{name} has the licence {expression}"))
}

#[test]
fn every_library_is_from_the_registry_and_free_to_be_used() {
    let (rules, metadata) = (rules(), metadata());
    assert!(metadata.packages.len() > 300, "the whole tree is read");
    let wrong: Vec<String> = metadata.packages.iter().filter_map(|p| wrong(&rules, p)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_foreign_source_a_banned_library_and_another_licence_are_noticed() {
    let metadata = metadata();
    let one = metadata.packages.iter().find(|p| p.name.as_str() == "serde").unwrap();
    assert_eq!(wrong(&rules(), one), None);
    let changed = |key: &str, value: Value| {
        let mut package = serde_json::to_value(one).unwrap();
        package[key] = value;
        wrong(&rules(), &serde_json::from_value(package).unwrap()).unwrap()
    };
    assert!(changed("source", "git+https://example.com/serde".into()).contains("somewhere else"));
    assert!(changed("name", "openssl".into()).contains("do not want"));
    assert!(changed("license", "GPL-3.0-only".into()).contains("GPL-3.0-only"));
    assert!(changed("license", Value::Null).contains("none"));
    // The licence of an exception is that library's alone.
    assert!(changed("license", "MPL-2.0".into()).contains("MPL-2.0"));
}

#[test]
fn every_exception_has_its_reason_and_is_needed() {
    let (rules, metadata) = (rules(), metadata());
    for one in rules["licenses"]["exceptions"].as_array().unwrap() {
        let name = one["crate"].as_str().unwrap();
        assert!(metadata.packages.iter().any(|p| p.name.as_str() == name), "{name} is not used");
    }
    let text = read_to_string(tidy::root().join("deny.toml")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("crate = ")) {
        assert!(line.contains('#') || lines[at - 1].starts_with('#'), "{line} has no reason");
    }
    for one in rules["advisories"]["ignore"].as_array().unwrap() {
        assert!(one["reason"].as_str().is_some_and(|reason| reason.len() > 20), "{one}");
    }
}
