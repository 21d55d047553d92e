//! From a fresh machine to a finished import, in the real window, against a real domain controller.

use desktop::wizard::{Scope, finish};
use desktop::{Desk, Hands, Way};
use journeys::Cloud;
use servers::{SambaAd, company};
use std::collections::BTreeSet;
use std::process::Command;

/// By unit and group, worked in one way or the other; the cloud then holds exactly those people.
async fn from_fresh_to_imported(way: Way) {
    let server = SambaAd::start().unwrap();
    let company = company::samba(&server);
    let cloud = Cloud::start();
    let desk = Desk::new();
    let hands = Hands::open(&desk, way).await;
    let scope = Scope { units: &["people", "dept01"], group: Some(("big", "big (5,000 members)")) };
    finish(&hands, &company, &cloud, &scope).await;
    hands.see("people imported").await;
    hands.picture("overview").await;
    let wanted = preview(&desk);
    let held: BTreeSet<_> = cloud
        .users()
        .iter()
        .map(|u| u["externalId"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert!(!wanted.is_empty());
    assert_eq!(held, wanted);
    secrets_are_in_the_keychain_only(&desk, &company.bind_password);
    hands.close().await;
}

/// Who belongs to the mapping, by the command line on the same home.
fn preview(desk: &Desk) -> BTreeSet<String> {
    let seen = output(desk.command_line(&["preview", "Everyone", "--json"]));
    let people = seen["people"].as_array().unwrap();
    people
        .iter()
        .filter(|p| p["change"] == "unchanged")
        .map(|p| p["identity"].as_str().unwrap().to_owned())
        .collect()
}

fn output(mut command: Command) -> serde_json::Value {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn secrets_are_in_the_keychain_only(desk: &Desk, password: &str) {
    assert!(desk.keyring_file().is_file());
    for file in desk.files() {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let found = bytes.windows(password.len()).any(|w| w == password.as_bytes());
        assert!(!found, "the password is in {}", file.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn by_mouse() {
    from_fresh_to_imported(Way::Mouse).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_keyboard_alone() {
    from_fresh_to_imported(Way::Keyboard).await;
}
