//! Settings as released versions wrote them. `settings/VERSION.toml` is complete: every section, and every option with a
//! value that is not the default. What stands there once is never changed: a new format gets a snapshot of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "support/complete.rs"]
mod complete;

use complete::complete;
use connector_model::{Code, Settings, settings};
use connector_platform::{Home, settings_file};
use std::fs;
use std::path::{Path, PathBuf};

/// Every snapshot, the oldest first.
fn snapshots() -> Vec<(semver::Version, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/settings");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let version = path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
            (version, fs::read_to_string(path).unwrap())
        })
        .collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

/// What a version knew of it: options that came later have their defaults.
fn known_to(version: &semver::Version) -> Settings {
    let mut settings = complete();
    if *version < semver::Version::new(0, 2, 0) {
        for account in &mut settings.accounts {
            account.attributes.person_class.clear();
        }
        for mapping in &mut settings.mappings {
            (mapping.exclude_units, mapping.exclude_groups) = (vec![], vec![]);
            (mapping.include_people, mapping.exclude_people) = (vec![], vec![]);
        }
        (settings.mappings_from_cloud, settings.cloud_attributes) = (false, vec![]);
        let now = settings.cloud.as_mut().and_then(|cloud| cloud.proxy.as_mut());
        let next = settings.next.as_mut().and_then(|next| next.proxy.as_mut());
        now.into_iter().chain(next).for_each(|proxy| proxy.from = None);
    }
    settings
}

fn home_with(text: &[u8]) -> (tempfile::TempDir, Home, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(Some(folder.path().to_owned())).unwrap();
    let path = home.settings_path();
    fs::write(&path, text).unwrap();
    (folder, home, path)
}

/// Fails when the format changes: a field of [`complete`] that is missing, new or named otherwise. The program then needs a
/// snapshot of its own version, and a migration where the newest snapshot cannot be read any more.
#[test]
fn the_newest_snapshot_is_what_this_version_writes() {
    let (version, text) = snapshots().pop().unwrap();
    let written = complete().to_toml().unwrap();
    assert_eq!(written, text, "the format is no longer the one of {version}");
}

#[test]
fn every_option_of_the_snapshot_differs_from_the_default() {
    let complete: toml::Table = complete().to_toml().unwrap().parse().unwrap();
    let default: toml::Table = Settings::default().to_toml().unwrap().parse().unwrap();
    for (name, value) in default {
        let Some(table) = value.as_table() else {
            assert!(name == "version" || complete[&name] != value, "{name} is the default");
            continue;
        };
        for (option, value) in table {
            assert_ne!(&complete[&name][option], value, "{name}.{option} is the default");
        }
    }
}

#[test]
fn every_snapshot_is_read_whole_and_migrated_when_something_is_saved() {
    for (version, text) in snapshots() {
        let (_folder, home, path) = home_with(text.as_bytes());
        assert_eq!(settings_file::load(&home).unwrap(), known_to(&version), "{version}");
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "reading alone changes nothing");
        let save = |level: &str| {
            settings_file::update(&home, |settings| {
                settings.log_level = level.to_owned();
                Ok(())
            })
        };
        save("error").unwrap();
        save(&complete().log_level).unwrap();
        let saved = fs::read_to_string(&path).unwrap();
        let written = saved.strip_suffix("# end of settings\n").unwrap();
        assert_eq!(written, known_to(&version).to_toml().unwrap(), "{version}");
    }
}

/// Before there was a version key (format 0) everything else was as in the first snapshot.
#[test]
fn a_file_without_a_version_is_of_the_first_format() {
    let (version, first) = snapshots().remove(0);
    let text = first.replace("version = 1\n", "");
    assert_ne!(text, first);
    let (_folder, home, path) = home_with(text.as_bytes());
    assert_eq!(settings_file::load(&home).unwrap(), known_to(&version));
    settings_file::update(&home, |settings| {
        settings.log_level = "error".to_owned();
        Ok(())
    })
    .unwrap();
    let saved = fs::read_to_string(&path).unwrap();
    assert!(
        saved.starts_with(&format!("version = {}\nlog_level = \"error\"\n", settings::VERSION))
    );
}

#[test]
fn what_is_newer_or_broken_is_refused_and_left_as_it_is() {
    let (_, text) = snapshots().pop().unwrap();
    let [own, next] = [0, 1].map(|more| format!("version = {}\n", settings::VERSION + more));
    let newer = text.replace(&own, &(next + "unheard_of = true\n"));
    let cut = text[..text.len() / 2].to_owned() + "\n= ";
    let misspelt = text.replace("log_level", "log_levle");
    let wrong_kind = text.replace("interval_hours = 12", "interval_hours = \"often\"");
    let mut not_text = text.clone().into_bytes();
    not_text[40] = 0xff;
    for (found, code) in [
        (newer.into_bytes(), Code::SettingsTooNew),
        (cut.into_bytes(), Code::InvalidSettings),
        (misspelt.into_bytes(), Code::InvalidSettings),
        (wrong_kind.into_bytes(), Code::InvalidSettings),
        (not_text, Code::InvalidSettings),
        (vec![b'#'; 17 * 1024 * 1024], Code::InvalidSettings),
    ] {
        assert_ne!(found, text.as_bytes());
        let (_folder, home, path) = home_with(&found);
        assert_eq!(settings_file::load(&home).unwrap_err().code, code);
        let refused = settings_file::update(&home, |settings| {
            settings.log_level = "error".to_owned();
            Ok(())
        });
        assert_eq!(refused.unwrap_err().code, code);
        assert!(fs::read(&path).unwrap() == found, "the file was touched ({code})");
    }
}
