//! A legacy inSyncADConnector.cfg is taken over, and its password is blanked only when asked for.

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

/// Whether the proxy's password is among the secrets of the home.
fn knows_password(connector: &Connector) -> bool {
    let names = fs::read_to_string(connector.home().join("secrets.enc")).unwrap_or_default();
    names.contains("cloud/proxy-password")
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
    let told = failed.json();
    assert_eq!((failed.code, &told["failure"]["code"]), (1, &json!("password_in_file")));
    assert!(failed.out.contains("still in the file"), "{failed:?}");
    assert_eq!((&told["password_kept"], &told["blanked"]), (&json!(true), &json!(false)));
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

#[test]
fn a_password_that_can_be_read_in_two_ways_stays_where_it_is() {
    let connector = Connector::new();
    let file = connector.folder.path().join("unclear.cfg");
    let path = file.to_string_lossy().into_owned();
    for line in [r"'it\'s'", "my #1 pw", "u'pw'", "'one'\nPROXY_PASSWD = 'two'"] {
        let text =
            format!("PROXY_SERVER = 'proxy:3128'\nPROXY_USER = 'svc'\nPROXY_PASSWD = {line}\n");
        fs::write(&file, &text).unwrap();
        let answer = connector.json(&["migrate", &path, "--blank-password"]);
        let told = answer.json();
        assert_eq!(
            (answer.code, &told["failure"]["code"]),
            (1, &json!("password_unclear")),
            "{line}"
        );
        assert_eq!((&told["proxy"]["host"], &told["blanked"]), (&json!("proxy"), &json!(false)));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        assert!(!knows_password(&connector), "{line}");
    }
}

#[test]
fn a_proxy_that_waits_is_lost_neither_to_an_import_nor_to_another_user() {
    let (cloud, way, connector) = (Cloud::start(), Proxy::start(), Connector::new());
    let file = legacy(&connector, way.port, 0o600);
    connector.json(&["migrate", &file.to_string_lossy(), "--blank-password"]).ok();
    let moved = connector.folder.path().join("moved.toml");
    let import = |text: &str, more: &[&str]| {
        let head = "export.program = \"0.1.0\"\nexport.host = \"SRV-1\"\nversion = 1\n";
        fs::write(&moved, format!("{head}{text}")).unwrap();
        let path = moved.to_string_lossy().into_owned();
        connector.json(&[&["settings", "import", &path], more].concat())
    };
    let other = "[next.proxy]\nkind = \"http\"\nhost = \"other\"\nport = 1\n";
    assert_eq!(import(other, &[]).error_code(), "settings_present");
    import("log_level = \"warn\"\n", &[]).ok();
    assert!(knows_password(&connector), "its last copy is gone");
    register(&connector, &cloud, &[]);
    assert!(way.tunnels() > 0, "the proxy is lost");

    let connector = Connector::new();
    let file = legacy(&connector, way.port, 0o600);
    connector.json(&["migrate", &file.to_string_lossy()]).ok();
    assert!(knows_password(&connector));
    let other = text(way.port, "").replace(proxy::USER, "somebody-else");
    fs::write(&file, other).unwrap();
    connector.json(&["migrate", &file.to_string_lossy()]).ok();
    assert!(!knows_password(&connector), "another user would be given the password");
}

#[test]
fn a_registered_connector_stays_on_its_way_to_the_cloud() {
    let (cloud, way, connector) = (Cloud::start(), Proxy::start(), Connector::new());
    let file = legacy(&connector, way.port, 0o600);
    let path = file.to_string_lossy().into_owned();
    connector.json(&["migrate", &path, "--blank-password"]).ok();
    register(&connector, &cloud, &[]);
    // Once more, from the file without its password.
    connector.json(&["migrate", &path]).ok();
    assert!(knows_password(&connector));
    // A proxy that nobody listens at.
    fs::write(&file, text(1, "another")).unwrap();
    let refused = connector.json(&["migrate", &path, "--blank-password"]);
    assert_eq!(refused.error_code(), "proxy_unreachable");
    assert_eq!(fs::read_to_string(&file).unwrap(), text(1, "another"));
    let settings = connector.json(&["settings", "show"]).ok().json();
    assert_eq!(settings["proxy"]["port"], json!(way.port));
    let checks = connector.json(&["check"]).ok();
    assert!(checks.out.contains("\"pass\""), "{checks:?}");
    // Without a proxy there is no password to keep.
    connector.json(&["settings", "proxy", "--none"]).ok();
    assert!(!knows_password(&connector));
}

#[test]
fn a_purge_takes_the_password_of_a_registration_that_never_came() {
    let (way, connector) = (Proxy::start(), Connector::new());
    connector.json(&["migrate", &legacy(&connector, way.port, 0o600).to_string_lossy()]).ok();
    assert!(knows_password(&connector));
    connector.json(&["purge", "--yes"]).ok();
    assert!(!knows_password(&connector));
}
