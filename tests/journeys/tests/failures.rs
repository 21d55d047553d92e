//! Everything that an administrator can get wrong: each has its own code, message and action, and nothing hangs.

use journeys::process::wait_for;
use journeys::trouble::{closed_port, refusing_proxy, tls_server};
use journeys::{Cloud, Company, Connector, SampleCompany, journey};
use sandbox_authority::CompanyCa;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// No single failure may take longer than this.
const BOUND: Duration = Duration::from_secs(20);

/// The code of an `account add` with something changed.
fn add(company: &Company, change: impl FnOnce(&mut Company)) -> String {
    let mut changed = company.clone();
    change(&mut changed);
    let connector = Connector::new();
    let began = Instant::now();
    let code = connector.add_account(&changed).error_code();
    assert!(began.elapsed() < BOUND, "{code} took {:?}", began.elapsed());
    assert!(
        connector.json(&["account", "list"]).ok().json().as_array().unwrap().is_empty(),
        "{code}: stored all the same"
    );
    if code != "empty_password" {
        connector.add_account_with(&changed, &["--untested"]).ok();
        let checks = connector.json(&["check"]);
        assert_eq!(checks.code, 1, "{checks:?}");
        let checks = checks.json();
        let failed = checks.as_array().unwrap().iter().find(|c| c["status"] == "fail").unwrap();
        assert_eq!(failed["code"], json!(code), "`check` says something else");
        assert!(!failed["action"].as_str().unwrap().is_empty(), "{failed}");
    }
    code
}

#[test]
fn every_wrong_account_has_its_own_code() {
    let runtime = Runtime::new().unwrap();
    let sample = SampleCompany::start("ad", 20);
    let company = &sample.company;
    let ca = CompanyCa::new("Another CA").unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), ca.pem()).unwrap();
    let expired = runtime.block_on(tls_server(&ca, &["127.0.0.1"], -1));
    let other_name = runtime.block_on(tls_server(&ca, &["dc9.other.example"], 30));
    let other_ca = |c: &mut Company| file.path().clone_into(&mut c.ca);

    assert_eq!(add(company, |c| c.server = "no-such-host.invalid:636".into()), "resolve_failed");
    assert_eq!(add(company, |c| c.server = closed_port().to_string()), "connect_refused");
    assert_eq!(add(company, other_ca), "tls_unknown_issuer");
    let at = |address: std::net::SocketAddr| {
        move |c: &mut Company| {
            c.server = address.to_string();
            other_ca(c);
        }
    };
    assert_eq!(add(company, at(expired)), "tls_expired");
    assert_eq!(add(company, at(other_name)), "tls_wrong_host");
    assert_eq!(add(company, |c| c.bind_password = "wrong".into()), "wrong_credentials");
    assert_eq!(
        add(company, |c| c.bind_name = "nobody@corp.example.com".into()),
        "wrong_credentials"
    );
    assert_eq!(add(company, |c| c.bind_password = String::new()), "empty_password");
    assert_eq!(
        add(company, |c| (c.bind_name, c.bind_password) =
            ("CORP\\mustchange".into(), "Us3r-Passw0rd!".into())),
        "credentials_expired"
    );
    assert_eq!(
        add(company, |c| (c.bind_name, c.bind_password) =
            ("CORP\\disabled".into(), "Us3r-Passw0rd!".into())),
        "account_locked"
    );
}

#[test]
fn every_wrong_mapping_has_its_own_code() {
    let sample = SampleCompany::start("ad", 20);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    let base = &sample.company.base_dn;
    let code = |text: String| connector.apply(&text).error_code();
    assert_eq!(code(journey::mapping("M", "DC=other,DC=example", "")), "base_not_found");
    assert_eq!(code(journey::mapping("M", "no dn at all", "")), "invalid_mapping");
    assert_eq!(code(journey::mapping("M", base, "filter = \"(cn=x\"")), "invalid_filter");
    assert_eq!(
        code(journey::mapping("M", base, &format!("units = [\"OU=gone,{base}\"]"))),
        "scope_missing"
    );
    assert_eq!(code(journey::mapping("M", base, "colour = \"blue\"")), "invalid_mapping");
    assert_eq!(code(journey::mapping("M", base, "").replace("corp\"", "nowhere\"")), "not_found");
    assert!(connector.json(&["mapping", "list"]).ok().json().as_array().unwrap().is_empty());
}

#[test]
fn a_mapping_is_stored_while_its_directory_is_away() {
    let sample = SampleCompany::start("ldap", 20);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    let text = journey::mapping("M", &sample.company.base_dn, "groups = [\"cn=any,dc=x\"]");
    assert_eq!(connector.apply(&text).error_code(), "scope_missing");
    drop(sample);
    let stored = connector.apply(&text).ok().json();
    assert_eq!(
        (&stored["name"], &stored["unchecked"]["code"]),
        (&json!("M"), &json!("connect_refused"))
    );
    assert_eq!(connector.apply(&text.replace("corp\"", "none\"")).error_code(), "not_found");
}

#[test]
fn every_wrong_way_to_the_cloud_has_its_own_code() {
    let runtime = Runtime::new().unwrap();
    let cloud = Cloud::start();
    let ca = cloud.ca.to_string_lossy().into_owned();
    let register = |url: &str, key: &str, more: &[&str]| {
        let args = [&["--json", "register", "--cloud", url, "--key-stdin"], more].concat();
        let began = Instant::now();
        let code = Connector::new().run(&args, key).error_code();
        assert!(began.elapsed() < BOUND, "{code} took {:?}", began.elapsed());
        code
    };
    let key = cloud.registration_key();
    let trusted = ["--ca", ca.as_str()];
    assert_eq!(register(&cloud.url, &key, &[]), "tls_unknown_issuer");
    assert_eq!(register(&cloud.url, "ISK-NOT-A-KEY", &trusted), "registration_key_unknown");
    assert_eq!(register(&format!("https://{}", closed_port()), &key, &trusted), "connect_refused");
    assert_eq!(register("https://no-such-host.invalid", &key, &trusted), "resolve_failed");
    for (status, code) in [
        ("403 Forbidden", "proxy_refused"),
        ("407 Proxy Authentication Required", "proxy_credentials"),
    ] {
        let proxy = format!("http://{}", runtime.block_on(refusing_proxy(status)));
        assert_eq!(register(&cloud.url, &key, &["--ca", &ca, "--proxy", &proxy]), code);
    }
    let nobody = format!("http://{}", closed_port());
    assert_eq!(register(&cloud.url, &key, &["--ca", &ca, "--proxy", &nobody]), "proxy_unreachable");
    let connector = Connector::new();
    let args = ["--json", "register", "--cloud", &cloud.url, "--key-stdin", "--ca", &ca];
    connector.run(&args, &key).ok();
    assert_eq!(connector.run(&args, &key).error_code(), "already_registered");
    assert_eq!(register(&cloud.url, &key, &trusted), "registration_key_used");
}

#[test]
fn check_finds_a_clock_that_is_two_hours_off_and_a_cloud_that_is_down() {
    let mut cloud = Cloud::start_with(&["--clock-offset", "7200"]);
    let connector = Connector::new();
    connector.register(&cloud).ok();
    let failed = |connector: &Connector| {
        let answer = connector.json(&["check"]);
        assert_eq!(answer.code, 1, "{answer:?}");
        let checks: Vec<Value> = answer.json().as_array().unwrap().clone();
        let failed = checks.into_iter().find(|c| c["status"] == "fail").expect("something failed");
        assert!(failed["action"].as_str().is_some_and(|a| !a.is_empty()));
        failed
    };
    assert_eq!(failed(&connector)["code"], json!("clock_skew"));
    cloud.kill9();
    assert_eq!(failed(&connector)["code"], json!("connect_refused"));
}

#[test]
fn the_cloud_learns_of_an_alert_that_was_raised_while_it_was_down() {
    let sample = SampleCompany::start("ldap", 20);
    let mut cloud = Cloud::start();
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    connector.apply(&journey::mapping("People", &sample.company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    cloud.kill9();
    drop(sample);
    assert_eq!(connector.json(&["sync"]).code, 1);
    cloud.restart();
    let alert = wait_for("the alert", Duration::from_secs(60), || {
        let (_, body) = cloud.admin("GET", "alerts", None);
        body["alerts"].as_array().and_then(|all| all.first().cloned())
    });
    assert_eq!(
        (&alert["kind"], &alert["account"]),
        (&json!("directory_connection"), &json!("corp"))
    );
    running.stop(Duration::from_secs(15));
}
