//! The command line as scripts rely on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use journeys::process::wait_for;
use journeys::{Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::time::Duration;

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn wrong_usage_is_2_and_failure_is_1() {
    let connector = Connector::new();
    for args in [
        &["no-such-command"][..],
        &["mapping", "move", "x"],
        &["account", "add"],
        &["sync", "--approve"],
    ] {
        assert_eq!(connector.run(args, "").code, 2, "{args:?}");
    }
    assert_eq!(connector.json(&["account", "show", "x"]).error_code(), "not_found");
    assert_eq!(connector.json(&["sync"]).code, 0, "nothing to import is no failure");
    assert_eq!(connector.json(&["unregister"]).error_code(), "not_registered");
    assert!(connector.run(&["completions", "bash"], "").ok().out.contains("insync-connector"));
    assert!(connector.run(&["man"], "").ok().out.contains(".TH"));
}

#[test]
fn documents_have_the_agreed_shape() {
    let sample = SampleCompany::start("ad", 30);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    let preview = connector.preview("People");
    for key in ["mapping", "complete", "counts", "plan_hash", "people"] {
        assert!(preview.get(key).is_some(), "{key} is missing");
    }
    assert_eq!(
        keys(&preview["counts"]),
        ["adopt", "create", "hold", "preserve", "reactivate", "skip", "unchanged", "update"]
    );
    assert_eq!(
        keys(&preview["people"][0]),
        ["change", "dn", "email", "identity", "reason", "user_name"]
    );
    let groups = connector.json(&["browse", "groups", "--account", "corp"]).ok().json();
    assert_eq!(keys(&groups[0]), ["dn", "has_children", "identity", "members", "name"]);
    let checks = connector.json(&["account", "test", "corp"]).ok().json();
    assert_eq!(keys(&checks[0]), ["action", "check", "code", "message", "status", "target"]);
    let answer = connector
        .run(&["--json", "sign-in", "ok", "--password-stdin"], "Us3r-Passw0rd!\n")
        .ok()
        .json();
    assert_eq!(keys(&answer), ["dn", "identity", "outcome"]);
    assert_eq!(connector.json(&["account", "remove", "corp"]).error_code(), "in_use");
    let exported = connector.run(&["mapping", "export"], "").ok().out;
    connector.json(&["mapping", "remove", "People"]).ok();
    connector.apply(&exported).ok();
    assert_eq!(connector.preview("People")["counts"], preview["counts"]);
}

#[test]
fn one_engine_for_a_home_and_it_stops_when_told() {
    let connector = Connector::new();
    assert_eq!(connector.json(&["status"]).ok().json()["running"], json!(false));
    let running = connector.start_alone();
    wait_for("the engine", Duration::from_secs(20), || {
        (connector.json(&["status"]).ok().json()["running"] == json!(true)).then_some(())
    });
    let second = connector.run(&["--json", "run"], "");
    assert_eq!(second.code, 1);
    assert!(second.out.contains("home_locked"), "{second:?}");
    assert_eq!(running.stop(Duration::from_secs(12)), Some(0));
    assert_eq!(connector.json(&["status"]).ok().json()["running"], json!(false));
}

#[test]
fn a_legacy_file_is_taken_over_and_its_password_goes_to_the_keychain() {
    let connector = Connector::new();
    let file = connector.folder.path().join("inSyncADConnector.cfg");
    std::fs::write(&file, "PROXY_SERVER = 'http://proxy.example.com:3128'\nPROXY_USER = 'svc'\nPROXY_PASSWD = 'pw-legacy'\n").unwrap();
    let found = connector.json(&["migrate", &file.to_string_lossy()]).ok();
    assert_eq!(found.json()["proxy"]["port"], json!(3128));
    assert_eq!(found.json()["password_kept"], json!(true));
    assert!(!found.out.contains("pw-legacy"));
}

#[test]
fn a_company_ca_is_seen_kept_and_trusted() {
    let sample = SampleCompany::start("ad", 20);
    let connector = Connector::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("company-ca.pem");
    let look = |more: &[&str]| {
        let words = ["account", "certificates", "--server", &sample.company.server];
        connector.json(&[&words, more].concat())
    };
    let shown = look(&[]).ok().json();
    assert_eq!(
        (&shown["trusted"], &shown["problem"]["code"]),
        (&json!(false), &json!("tls_unknown_issuer"))
    );
    assert_eq!(shown["certificates"][0]["subject"], "CN=localhost");
    assert_eq!(shown["certificates"][1]["authority"], json!(true));
    let path = file.to_str().unwrap();
    look(&["--save", path]).ok();
    assert_eq!(
        std::fs::read_to_string(&file).unwrap().trim(),
        std::fs::read_to_string(&sample.company.ca).unwrap().trim().replace("\r\n", "\n"),
    );
    assert_eq!(look(&["--save", path]).error_code(), "storage_failed", "never overwritten");
    assert_eq!(look(&["--ca", path]).ok().json()["trusted"], json!(true));
    assert_eq!(look(&["--security", "plain"]).error_code(), "invalid_input");
    let mut company = sample.company.clone();
    company.ca = file;
    connector.add_account(&company).ok();
}
