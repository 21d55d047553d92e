//! Folders stay small: one look shows what is in a room, and its name says what happens there.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::PathBuf;

const LIMIT: usize = 12;

/// The one folder that may hold more: the contract as TypeScript, one file a type, written by a test.
const GENERATED: &str = "ui/src/generated";

/// Inputs that fuzzing found, a folder for each door.
const FOUND: &str = "tests/fuzz/corpus";

#[test]
fn no_folder_holds_more_than_fits_one_look() {
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for file in tidy::files().unwrap() {
        // Catalogues: one file for each part of the program, in a folder for each language.
        if file.extension().is_some_and(|e| e == "ftl") || file.starts_with(FOUND) {
            continue;
        }
        *folders.entry(file.parent().unwrap().to_owned()).or_default() += 1;
    }
    folders.remove(&PathBuf::new());
    folders.remove(&PathBuf::from(GENERATED));
    let over: Vec<_> = folders.iter().filter(|(_, files)| **files > LIMIT).collect();
    assert!(over.is_empty(), "more than {LIMIT} files: {over:?}");
}
