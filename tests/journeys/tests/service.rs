//! A service under an account of its own: what front doors of other accounts may do, and what they cannot see.
//! Needs the right to start programs under other accounts; `make test` says when it was left out for lack of it.
#![cfg(target_os = "linux")]

use journeys::service::{Account, ServiceHome, as_account, is_root};
use journeys::{SampleCompany, journey};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

#[test]
fn secrets_are_the_services_whoever_hands_them_over() {
    if !is_root() {
        return;
    }
    let (sample, host) = (SampleCompany::start("ad", 60), ServiceHome::new());
    let company = &sample.company;
    let service = host.account.clone();
    let administrator = Account(service.0 + 1, service.1 + 1, vec![service.1]);
    let stranger = Account(service.0 + 2, service.1 + 2, vec![]);
    let engine = host.start();

    // Everything that needs a secret, or the home, is done by the service.
    let ca = host.readable("ca.pem", &fs::read_to_string(&company.ca).unwrap());
    let mut add = vec!["account", "add", "corp", "--server", &company.server, "--ca", &ca];
    add.extend(["--bind-name", &company.bind_name, "--password-stdin"]);
    host.json(Some(&administrator), &add, &company.bind_password).ok();
    let units = host.json(Some(&administrator), &["browse", "units"], "").ok().json();
    assert!(units.as_array().is_some_and(|units| !units.is_empty()), "{units}");
    let mapping = journey::mapping("People", &company.base_dn, "");
    let mapping = host.readable("people.toml", &mapping);
    host.json(Some(&administrator), &["mapping", "apply", &mapping], "").ok();
    let preview = host.json(Some(&administrator), &["preview", "People"], "").ok().json();
    let people = preview["people"].as_array().unwrap();
    assert!(people.len() >= 60, "{preview}");
    // The tests' own account (root) is another account than the service's as well.
    let (user, password) = &company.right;
    let signed_in = host.json(None, &["sign-in", user, "--password-stdin"], password).ok().json();
    assert_eq!(signed_in["outcome"], "ok");
    let wrong = host.json(Some(&administrator), &["sign-in", user, "--password-stdin"], "no");
    assert_eq!(wrong.json()["outcome"], "wrong_password", "{wrong:?}");
    let journal = host.json(Some(&administrator), &["journal", "--kind", "settings"], "").ok();
    assert!(journal.json().as_array().is_some_and(|j| j.len() >= 2), "{journal:?}");

    // What is written is the service's, and nobody else can read it.
    for name in ["secrets.enc", "settings.toml", "connector.db"] {
        let found = fs::metadata(host.home().join(name)).unwrap();
        assert_eq!(found.uid(), service.0, "{name}");
        for other in [&administrator, &stranger] {
            let path = host.home().join(name);
            let read = as_account(other).args(["cat", "--"]).arg(&path).output().unwrap();
            assert!(!read.status.success() && read.stdout.is_empty(), "{name} by {other:?}");
        }
    }
    let refused = host.json(Some(&stranger), &["status"], "");
    assert_eq!(refused.error_code(), "service_forbidden");
    let refused =
        host.json(Some(&stranger), &["account", "set-password", "corp", "--password-stdin"], "x");
    assert_eq!(refused.error_code(), "service_forbidden");

    // No second engine, whoever starts it.
    assert_eq!(host.json(None, &["run"], "").error_code(), "service_forbidden");
    let mut second = host.command(Some(&service), &["--json", "run"]);
    let second = second.env("CREDENTIALS_DIRECTORY", host.folder.path().join("credentials"));
    let second = second.output().unwrap();
    assert!(String::from_utf8_lossy(&second.stdout).contains("home_locked"), "{second:?}");

    // A bundle is written by whoever asks for it.
    let zip = std::env::temp_dir().join(format!("bundle-{}.zip", administrator.0));
    host.json(Some(&administrator), &["diagnose", "--zip", &zip.to_string_lossy()], "").ok();
    assert_eq!(fs::metadata(&zip).unwrap().uid(), administrator.0);
    fs::remove_file(&zip).unwrap();

    // Nothing is lost over a restart; a service that is stopped says so.
    assert_eq!(engine.stop(LIMIT), Some(0));
    let stopped = host.json(Some(&administrator), &["account", "list"], "");
    assert_eq!(stopped.error_code(), "service_stopped");
    let engine = host.start();
    let signed_in = host.json(None, &["sign-in", user, "--password-stdin"], password).ok().json();
    assert_eq!(signed_in["outcome"], "ok");
    assert_eq!(engine.stop(LIMIT), Some(0));
}

#[test]
fn a_service_without_a_keychain_says_what_is_missing() {
    if !is_root() {
        return;
    }
    let (sample, host) = (SampleCompany::start("ad", 10), ServiceHome::new());
    let company = &sample.company;
    fs::remove_file(host.folder.path().join("credentials/insync-connector.key")).unwrap();
    let engine = host.start();
    let ca = company.ca.to_string_lossy().into_owned();
    let mut add = vec!["account", "add", "corp", "--server", &company.server, "--ca", &ca];
    add.extend(["--bind-name", &company.bind_name, "--password-stdin"]);
    let refused = host.json(None, &add, &company.bind_password);
    assert_eq!(refused.error_code(), "keychain_unavailable");
    assert!(refused.json()["error"]["action"].as_str().unwrap().contains("credential"));
    let text = refused.out + &refused.err;
    assert!(!text.contains(&company.bind_password), "an error tells the password");
    assert_eq!(host.json(None, &["account", "list"], "").ok().json(), serde_json::json!([]));
    assert_eq!(engine.stop(LIMIT), Some(0));
}
