//! A connector moves to another computer: its settings go along, secrets do not, and nobody in the cloud notices.

use journeys::process::wait_for;
use journeys::{Cloud, Company, Connector, Proxy, SampleCompany, journey, proxy};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// `register` through the proxy, with the password on the line after the key.
fn register(connector: &Connector, cloud: &Cloud, key: &str, more: &[&str]) -> Value {
    let args = [
        &["--json", "register", "--cloud", &cloud.url, "--key-stdin", "--proxy-password-stdin"],
        more,
    ];
    connector.run(&args.concat(), &format!("{key}\n{}\n", proxy::PASSWORD)).ok().json()
}

/// Who is in the cloud, and who of them may work.
fn people(cloud: &Cloud) -> Vec<(String, bool)> {
    let users = cloud.users();
    let mut people: Vec<_> = users
        .iter()
        .map(|u| (u["externalId"].as_str().unwrap().to_owned(), u["active"] == json!(true)))
        .collect();
    people.sort();
    people
}

fn journal(connector: &Connector) -> String {
    connector.json(&["journal", "--kind", "settings"]).ok().out
}

/// A changed copy of an exported file is refused, and changes nothing.
fn refused(connector: &Connector, text: &str, code: &str, field: &str) {
    let file = connector.folder.path().join("changed.toml");
    fs::write(&file, text).unwrap();
    let answer = connector.json(&["settings", "import", &file.to_string_lossy()]);
    assert_eq!(answer.error_code(), code);
    assert_eq!(answer.json()["error"]["field"], json!(field), "{answer:?}");
    assert_eq!(connector.json(&["account", "list"]).ok().json(), json!([]));
    assert_eq!(connector.json(&["mapping", "list"]).ok().json(), json!([]));
}

fn import(connector: &Connector, file: &Path, more: &[&str]) -> journeys::connector::Answer {
    let path = file.to_string_lossy();
    connector.json(&[&["settings", "import", &path], more].concat())
}

#[test]
fn a_connector_moves_and_nobody_in_the_cloud_notices() {
    let sample = SampleCompany::start("ad", 200);
    let (company, cloud, way) = (&sample.company, Cloud::start(), Proxy::start());
    let (first, second) = (Connector::new(), Connector::new());

    // The first computer, at work.
    first.add_account(company).ok();
    first.apply(&journey::mapping("People", &company.base_dn, "mass_deployment = true")).ok();
    let key = cloud.registration_key();
    let ca = cloud.ca.to_string_lossy().into_owned();
    let through = format!("http://{}@127.0.0.1:{}", proxy::USER, way.port);
    let id = register(&first, &cloud, &key, &["--ca", &ca, "--proxy", &through]);
    let id = id["connector_id"].as_str().unwrap().to_owned();
    let mut running = first.start(&cloud);
    journey::import(&first, &cloud);
    let before = people(&cloud);

    // What goes along, and what does not.
    let file = first.folder.path().join("moved.toml");
    let path = file.to_string_lossy().into_owned();
    first.json(&["settings", "export", &path]).ok();
    assert_eq!(first.json(&["settings", "export", &path]).error_code(), "storage_failed");
    assert!(journal(&first).contains("settings exported"));
    let text = fs::read_to_string(&file).unwrap();
    for secret in [company.bind_password.as_str(), proxy::PASSWORD, key.as_str(), "ict_", "ISK"] {
        assert!(!text.contains(secret), "a secret is in the file");
    }
    let authority = fs::read_to_string(&company.ca).unwrap();
    assert!(text.contains(authority.lines().nth(1).unwrap()), "the company CA is not");

    nothing_of_a_wrong_file_is_taken_over(&second, &text);
    let imported = import(&second, &file, &[]).ok().json();
    assert_eq!(imported["passwords"], json!(["corp"]));
    assert_eq!(imported["proxy_password"], json!(true));
    assert_eq!(imported["next"]["replaces"]["connector_id"], json!(id));
    assert_eq!(import(&second, &file, &[]).error_code(), "settings_present");
    import(&second, &file, &["--replace"]).ok();
    assert!(journal(&second).contains("settings imported"));

    what_is_missing_is_told(&second, company);

    // It takes the first one's place, by the way and with the CA that came along.
    let body = json!({ "replaces": id });
    let (made, answer) = cloud.admin("POST", "registration-keys", Some(body));
    assert_eq!(made, 201, "{answer}");
    let key = answer["key"].as_str().unwrap();
    let without = ["--json", "register", "--cloud", &cloud.url, "--key-stdin"];
    assert_eq!(second.run(&without, key).error_code(), "secret_missing", "the proxy's password");
    let tunnels = way.tunnels();
    let view = register(&second, &cloud, key, &[]);
    assert_ne!(view["connector_id"], json!(id));
    assert_eq!(view["still"], Value::Null, "the first has ended");
    assert!(way.tunnels() > tunnels, "it went past the proxy");
    wait_for("the end of the first", Duration::from_secs(30), || {
        let status = first.status();
        (status["cloud"]["state"] == json!("revoked")).then_some(())
    });
    assert!(running.is_alive() && !cloud.connected(), "nobody serves the cloud now");
    assert_ne!(cloud.sign_in(&company.right.0, &company.right.1).1, "ok");

    let tunnels = way.tunnels();
    let second_running = second.start(&cloud);
    assert!(way.tunnels() > tunnels, "its session goes past the proxy");
    serves_and_imports(&second, company, &cloud, &before);
    let settings = second.json(&["settings", "show"]).ok().json();
    assert_eq!((&settings["proxy"]["port"], &settings["next"]), (&json!(way.port), &Value::Null));
    assert_eq!(second_running.stop(Duration::from_secs(15)), Some(0));
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

fn nothing_of_a_wrong_file_is_taken_over(second: &Connector, text: &str) {
    refused(
        second,
        &text.replace("version = 1\n", "version = 99\n"),
        "settings_too_new",
        "version",
    );
    refused(second, &text.replace("ldaps", "sldap"), "invalid_settings", "accounts[0].security");
    refused(
        second,
        &text.replace("account = \"corp\"", "account = \"x\""),
        "not_found",
        "mappings[0].account",
    );
    refused(second, &text[..text.len() / 2], "invalid_settings", "file");
}

fn what_is_missing_is_told(second: &Connector, company: &Company) {
    let status = second.status();
    assert_eq!(status["missing_passwords"], json!(["corp"]));
    assert_eq!(status["cloud"]["state"], json!("not_registered"));
    let checks = second.json(&["check"]);
    assert_eq!(checks.code, 1);
    let json = checks.json();
    let failed = json.as_array().unwrap().iter().find(|check| check["status"] == "fail");
    assert_eq!(failed.unwrap()["code"], json!("secret_missing"), "{json}");
    assert!(checks.out.contains("set-password"), "{checks:?}");
    assert_eq!(second.json(&["preview", "People"]).error_code(), "secret_missing");
    let set = ["--json", "account", "set-password", "corp", "--password-stdin"];
    assert_eq!(second.run(&set, "wrong").error_code(), "wrong_credentials");
    second.run(&set, &company.bind_password).ok();
    assert_eq!(second.status()["missing_passwords"], json!([]));
}

/// Sign-ins at once, imports after somebody has looked.
fn serves_and_imports(
    second: &Connector,
    company: &Company,
    cloud: &Cloud,
    before: &[(String, bool)],
) {
    assert_eq!(cloud.sign_in(&company.right.0, &company.right.1), (200, "ok".to_owned()));
    let preview = second.preview("People");
    assert_eq!(journey::count(&preview, "unchanged"), before.len() as u64, "{}", preview["counts"]);
    let status = second.status();
    assert_eq!((&status["last_imports"], &status["changed"]), (&json!([]), &json!(["People"])));
    let record = cloud.sync("People");
    for change in ["create", "update", "preserve", "reactivate", "adopt"] {
        assert_eq!(record["counts"][change], json!(0), "{record}");
    }
    assert_eq!(record["counts"]["unchanged"], json!(before.len()), "{record}");
    assert_eq!(second.status()["changed"], json!([]));
    assert_eq!(people(cloud), before);
}

#[test]
fn a_registration_that_ended_no_other_says_so() {
    let (cloud, first, second) = (Cloud::start(), Connector::new(), Connector::new());
    let id = first.register(&cloud).ok().json()["connector_id"].clone();
    let file = first.folder.path().join("moved.toml");
    first.json(&["settings", "export", &file.to_string_lossy()]).ok();
    import(&second, &file, &[]).ok();
    let view = second.register(&cloud).ok().json();
    assert_eq!(view["still"]["connector_id"], id, "both are at work, and nobody is told");
}
