//! A machine that was copied: two connectors with one registration are told so, on both ends.
#![cfg(target_os = "linux")]

use journeys::process::wait_for;
use journeys::{Cloud, Connector};
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

/// Who was replaced comes back after a minute.
const LIMIT: Duration = Duration::from_secs(100);

fn told(connector: &Connector) -> bool {
    let alerts = connector.status()["alerts"].clone();
    alerts.as_array().unwrap().iter().any(|alert| alert["code"] == "identity_twice")
}

#[test]
fn a_copied_machine_is_told_that_it_is_one() {
    let (cloud, first, copy) = (Cloud::start(), Connector::new(), Connector::new());
    first.register(&cloud).ok();
    let running = first.start(&cloud);
    let used_twice = || {
        let (_, body) = cloud.admin("GET", "connectors", None);
        body["connectors"][0]["used_twice"] == json!(true)
    };
    assert!(!told(&first) && !used_twice());

    // The whole machine: home, and what opens its secrets.
    std::fs::remove_dir_all(copy.folder.path()).unwrap();
    let mut copies = Command::new("cp");
    copies.arg("-r").args([first.folder.path(), copy.folder.path()]);
    assert!(copies.status().unwrap().success());
    let second = copy.start_alone();
    wait_for("the alert of the first", LIMIT, || told(&first).then_some(()));
    let checks = first.json(&["check"]).json();
    let failed = checks.as_array().unwrap().iter().find(|c| c["check"] == "identity").unwrap();
    assert_eq!(failed["code"], json!("identity_twice"));
    assert!(failed["action"].as_str().unwrap().contains("unregister --here"), "{failed}");
    wait_for("the console's word", LIMIT, || used_twice().then_some(()));
    wait_for("the alert of the copy", LIMIT, || told(&copy).then_some(()));

    // The copy leaves; the first stays what it is.
    copy.json(&["unregister", "--here"]).ok();
    assert_eq!(copy.json(&["settings", "show"]).ok().json()["proxy"], Value::Null);
    assert_eq!(copy.status()["cloud"]["state"], json!("not_registered"));
    wait_for("the first alone", LIMIT, || cloud.connected().then_some(()));
    first.json(&["account", "list"]).ok();
    second.stop(Duration::from_secs(15));
    running.stop(Duration::from_secs(15));
}
