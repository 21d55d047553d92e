//! A legacy inSyncADConnector.cfg is taken over, and its password is blanked only when asked for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use journeys::{Cloud, Connector, Proxy, proxy};
use serde_json::json;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

/// As an editor of Windows leaves it: a mark, CRLF, quotes and a comment.
fn text(port: u16, password: &str) -> String {
    format!(
        "\u{feff}# Proxy of Köln\r\nPROXY_SERVER = '127.0.0.1:{port}'\r\nPROXY_USER=\"{}\"\r\nPROXY_PASSWD = '{password}'  # ours\r\nSERVICE_PORT = 6061\r\n",
        proxy::USER
    )
}

fn legacy(connector: &Connector, port: u16, mode: u32) -> PathBuf {
    let folder = connector.folder.path().join("inSyncADConnector");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("inSyncADConnector.cfg");
    fs::write(&file, text(port, proxy::PASSWORD)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    file
}

/// Registers without a word about a proxy.
fn register(connector: &Connector, cloud: &Cloud, more: &[&str]) {
    let ca = cloud.ca.to_string_lossy().into_owned();
    let args = ["--json", "register", "--cloud", &cloud.url, "--key-stdin", "--ca", &ca];
    connector.run(&[&args[..], more].concat(), &cloud.registration_key()).ok();
}

#[test]
fn a_legacy_proxy_is_used_at_registration_and_its_password_leaves_the_file() {
    let (cloud, way, connector) = (Cloud::start(), Proxy::start(), Connector::new());
    let file = legacy(&connector, way.port, 0o640);
    let path = file.to_string_lossy().into_owned();
    let kept = connector.json(&["migrate", &path]).ok().json();
    assert_eq!((&kept["password_kept"], &kept["blanked"]), (&json!(true), &json!(false)));
    assert_eq!(kept["left_out"], json!([{ "key": "SERVICE_PORT", "instead": "ports" }]));
    assert_eq!(fs::read_to_string(&file).unwrap(), text(way.port, proxy::PASSWORD));
    let blanked = connector.json(&["migrate", &path, "--blank-password"]).ok();
    assert_eq!(blanked.json()["blanked"], json!(true));
    assert!(!blanked.out.contains(proxy::PASSWORD));
    assert_eq!(fs::read_to_string(&file).unwrap(), text(way.port, ""));
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "a copy is left");
    for file in connector.files() {
        let bytes = fs::read(&file).unwrap();
        let found = bytes.windows(proxy::PASSWORD.len()).any(|w| w == proxy::PASSWORD.as_bytes());
        assert!(!found, "the password is in {}", file.display());
    }
    register(&connector, &cloud, &[]);
    assert!(way.tunnels() > 0, "the proxy was not used");
    let settings = connector.json(&["settings", "show"]).ok().json();
    assert_eq!(settings["proxy"]["user"], json!(proxy::USER));
    let checks = connector.json(&["check"]).ok();
    assert!(checks.out.contains("\"pass\""), "{checks:?}");
}

#[test]
fn a_file_that_cannot_be_changed_costs_nothing() {
    let (cloud, way, connector) = (Cloud::start(), Proxy::start(), Connector::new());
    let file = legacy(&connector, way.port, 0o440);
    let failed = connector.json(&["migrate", &file.to_string_lossy(), "--blank-password"]);
    assert_eq!(failed.error_code(), "storage_failed");
    assert!(failed.err.contains("still in the file"), "{failed:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text(way.port, proxy::PASSWORD));
    register(&connector, &cloud, &[]);
    assert!(way.tunnels() > 0, "what was taken over is lost");
}

#[test]
fn the_file_is_found_and_a_proxy_is_no_must() {
    let (cloud, way, connector) = (Cloud::start(), Proxy::start(), Connector::new());
    assert_eq!(connector.json(&["migrate"]).error_code(), "not_found");
    fs::copy(legacy(&connector, way.port, 0o600), connector.home().join("inSyncADConnector.cfg"))
        .unwrap();
    assert_eq!(connector.json(&["migrate"]).ok().json()["proxy"]["port"], json!(way.port));
    register(&connector, &cloud, &["--no-proxy"]);
    assert_eq!(way.tunnels(), 0);
    assert_eq!(connector.json(&["settings", "show"]).ok().json()["proxy"], json!(null));
}
