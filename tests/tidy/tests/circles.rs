//! Inside a crate no two files import each other, directly or by way of others: each can be read, moved and tested with
//! what lies below it alone.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Crates whose files have been put in order.
const CRATES: &[&str] = &["model", "directory", "cloud", "platform", "engine", "api", "cli"];

/// Circles that stay, each with its reason. ARCHITECTURE.md names them too.
const ALLOWED: &[&[&str]] = &[
    // On Windows the usual home is the service's where there is a service, and the service's trial of a new version
    // happens in that home.
    &[
        "src-tauri/crates/platform/src/home.rs",
        "src-tauri/crates/platform/src/service/mod.rs",
        "src-tauri/crates/platform/src/service/systemd.rs",
        "src-tauri/crates/platform/src/service/windows.rs",
        "src-tauri/crates/platform/src/upgrade.rs",
    ],
    // The host starts the session and the local socket, whose calls are answered by the host.
    &[
        "src-tauri/crates/api/src/host/mod.rs",
        "src-tauri/crates/api/src/host/change.rs",
        "src-tauri/crates/api/src/host/link.rs",
        "src-tauri/crates/api/src/host/serve_cloud.rs",
        "src-tauri/crates/api/src/host/serve_local.rs",
    ],
];

#[test]
fn no_files_of_a_crate_import_one_another() {
    let texts = tidy::texts(&[".rs"]).unwrap();
    for name in CRATES {
        let src = PathBuf::from(format!("src-tauri/crates/{name}/src"));
        let sources: Vec<(PathBuf, String)> =
            texts.iter().filter(|(path, _)| path.starts_with(&src)).cloned().collect();
        assert!(sources.len() > 10, "{name} is read");
        for circle in tidy::modules::circles(&tidy::modules::imports(&src, &sources)) {
            let allowed = ALLOWED
                .iter()
                .any(|list| circle.iter().all(|file| list.iter().any(|l| Path::new(l) == *file)));
            assert!(allowed, "these import one another: {circle:#?}");
        }
    }
}

#[test]
fn a_circle_is_found_whichever_way_it_is_written() {
    let file = |name: &str, text: &str| (PathBuf::from("src").join(name), text.to_owned());
    let sources = [
        file("lib.rs", "mod a;\nmod b;\nmod house;\nmod room;\nmod top;\npub use a::Thing;\n"),
        file(
            "a.rs",
            "use crate::room::{self, inner::{Deep, Other as Renamed}};\npub struct Thing;\n",
        ),
        file(
            "b.rs",
            "fn f() { crate::top::run(); }\n#[cfg(test)]\nmod tests {\n use crate::a::Thing;\n}\n",
        ),
        file("room/mod.rs", "mod inner;\nmod below;\npub(crate) use below::Low;\n"),
        file("room/inner.rs", "use super::Low;\n// use crate::top;\n"),
        file("room/below.rs", "use crate::Thing;\npub struct Low;\n"),
        file(
            "house/mod.rs",
            "mod door;\npub use door::Key;\npub const SIZE: u8 = 1;\nfn f() { door::open(); }\n",
        ),
        file("house/door.rs", "use super::SIZE;\npub struct Key;\n"),
        file("top.rs", "use crate::a::Thing;\n"),
    ];
    let found = tidy::modules::circles(&tidy::modules::imports(Path::new("src"), &sources));
    let names: Vec<BTreeSet<String>> = found
        .iter()
        .map(|circle| circle.iter().map(|path| path.display().to_string()).collect())
        .collect();
    let expected: [&[&str]; 2] = [
        &["src/a.rs", "src/room/below.rs", "src/room/inner.rs"],
        &["src/house/door.rs", "src/house/mod.rs"],
    ];
    let expected = expected.map(|files| files.iter().copied().map(str::to_owned).collect());
    assert_eq!(names, expected);
}
