//! Secrets in a real keychain: stored, read back by another process, and nowhere else.

use journeys::{Cloud, Connector, journey};
use serde_json::json;
use servers::{Keyring, Slapd, SlapdOptions, company};

#[test]
fn the_password_is_in_the_secret_service_and_only_there() {
    let server =
        Slapd::start(&SlapdOptions { people: 50, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let company = company::slapd(&server, 50);
    let keyring = Keyring::start().unwrap();
    let connector = Connector::in_keychain(keyring.env());
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    // Another process of the same user reads it.
    assert_eq!(journey::count(&connector.preview("People"), "create"), 50);
    for file in connector.files() {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes
            .windows(company.bind_password.len())
            .any(|w| w == company.bind_password.as_bytes());
        assert!(!found, "the password is in {}", file.display());
    }
    assert!(!connector.home().join("secrets.enc").exists());
}

#[test]
fn without_a_keychain_the_error_says_what_to_do() {
    let server =
        Slapd::start(&SlapdOptions { people: 5, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let connector = Connector::in_keychain([]);
    let answer = connector.add_account(&company::slapd(&server, 5));
    assert_eq!(answer.error_code(), "keychain_unavailable");
    assert!(connector.json(&["account", "list"]).ok().json().as_array().unwrap().is_empty());
}

#[test]
fn a_home_that_moved_behind_a_link_finds_its_secrets() {
    let server =
        Slapd::start(&SlapdOptions { people: 20, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let company = company::slapd(&server, 20);
    let keyring = Keyring::start().unwrap();
    let connector = Connector::in_keychain(keyring.env());
    connector.add_account(&company).ok();
    let (before, now) = (connector.home(), connector.home().with_file_name("other disk"));
    std::fs::rename(&before, &now).unwrap();
    std::os::unix::fs::symlink(&now, &before).unwrap();
    let test = |home: &std::path::Path| {
        let mut command =
            std::process::Command::new(journeys::process::program("insync-connector"));
        connector.environment(&mut command);
        command.arg("--home").arg(home).args(["account", "test", "corp"]);
        journeys::connector::Answer::of(command, "").ok();
    };
    // By the way that it was known; then by every other one, also without that.
    test(&before);
    std::fs::remove_file(&before).unwrap();
    for other in ["", "/", "/.", "/logs/.."] {
        test(std::path::Path::new(&format!("{}{other}", now.display())));
    }
}

#[test]
fn a_home_that_moved_away_from_its_secrets_says_which_are_missing() {
    let server =
        Slapd::start(&SlapdOptions { people: 5, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let (cloud, keyring) = (Cloud::start(), Keyring::start().unwrap());
    let connector = Connector::in_keychain(keyring.env());
    connector.add_account(&company::slapd(&server, 5)).ok();
    connector.register(&cloud).ok();
    let (home, away) = (connector.home(), connector.home().with_file_name("away"));
    let at = |home: &std::path::Path, args: &[&str]| {
        let program = journeys::process::program("insync-connector");
        let mut command = std::process::Command::new(program);
        connector.environment(&mut command);
        command.arg("--home").arg(home).arg("--json").args(args);
        journeys::connector::Answer::of(command, "")
    };
    at(&home, &["check"]).ok();
    std::fs::rename(&home, &away).unwrap();
    let status = at(&away, &["status"]).json();
    assert_eq!(status["missing_passwords"], json!(["corp"]));
    let alert = &status["alerts"][0];
    assert_eq!((&alert["kind"], &alert["code"]), (&json!("secrets"), &json!("identity_missing")));
    assert!(alert["action"].as_str().unwrap().contains("move it back"), "{alert}");
    let checks = at(&away, &["check"]).json();
    let failed = |check: &str| {
        let checks = checks.as_array().unwrap();
        checks.iter().find(|c| c["check"] == check && c["status"] == "fail").cloned()
    };
    assert_eq!(failed("secrets").unwrap()["code"], json!("identity_missing"), "{checks}");
    // The way back that it names.
    std::fs::rename(&away, &home).unwrap();
    at(&home, &["check"]).ok();
    // And the other one.
    std::fs::rename(&home, &away).unwrap();
    at(&away, &["unregister", "--here"]).ok();
    assert_eq!(at(&away, &["status"]).json()["alerts"], json!([]));
}
