//! The command line as scripts rely on it.

use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
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
    assert_eq!(connector.json(&["sync"]).code, 1, "there is nothing to import, and it says so");
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
        [
            "change",
            "dn",
            "email",
            "identity",
            "name",
            "reason",
            "reason_kind",
            "user_name",
            "values"
        ]
    );
    let groups = connector.json(&["browse", "groups", "--account", "corp"]).ok().json();
    assert_eq!(keys(&groups[0]), ["dn", "has_children", "identity", "members", "name"]);
    let checks = connector.json(&["account", "test", "corp"]).ok().json();
    assert_eq!(
        keys(&checks[0]),
        ["action", "check", "code", "found", "message", "ms", "status", "target"]
    );
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
    assert_eq!(connector.status()["running"], json!(false));
    let running = connector.start_alone();
    wait_for("the engine", Duration::from_secs(20), || {
        (connector.status()["running"] == json!(true)).then_some(())
    });
    let second = connector.run(&["--json", "run"], "");
    assert_eq!(second.code, 1);
    assert!(second.out.contains("home_locked"), "{second:?}");
    assert_eq!(running.stop(Duration::from_secs(12)), Some(0));
    assert_eq!(connector.status()["running"], json!(false));
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

#[test]
fn a_running_connector_is_steered_from_the_terminal() {
    let sample = SampleCompany::start("ad", 200);
    let (company, cloud, connector) = (&sample.company, Cloud::start(), Connector::new());
    let ca = company.ca.to_string_lossy().into_owned();
    let probe = ["account", "probe", "--server", &company.server, "--ca", &ca];
    let seen = connector.json(&probe).ok().json();
    assert_eq!(seen["trusted"], json!(true));
    assert_eq!(seen["bases"][0], json!(company.base_dn));
    assert_eq!(connector.json(&probe[..4]).code, 1, "a server that is not trusted is no pass");
    connector.add_account(company).ok();
    let changed =
        connector.json(&["account", "change", "corp", "--attr", "display_name=cn"]).ok().json();
    assert_eq!(changed["attributes"]["display_name"], "cn");
    let wrong = ["--json", "account", "change", "corp", "--server", "127.0.0.1:1"];
    assert_eq!(connector.run(&wrong, "").error_code(), "secret_missing");
    let wrong = [&wrong[..], &["--password-stdin"]].concat();
    assert_eq!(connector.run(&wrong, &company.bind_password).error_code(), "connect_refused");
    assert_eq!(
        connector.json(&["account", "show", "corp"]).ok().json()["servers"][0],
        json!(company.server)
    );

    let file = connector.folder.path().join("count.toml");
    std::fs::write(&file, journey::mapping("People", &company.base_dn, "")).unwrap();
    let count = connector.json(&["mapping", "count", &file.to_string_lossy()]).ok().json();
    assert!(count["count"].as_u64().unwrap() >= 200 && count["complete"] == json!(true), "{count}");
    assert!(connector.json(&["mapping", "list"]).ok().json().as_array().unwrap().is_empty());

    let set = ["settings", "set", "interval_hours=12", "log_level=warn"];
    assert_eq!(connector.json(&set).ok().json()["import"]["interval_hours"], 12);
    for wrong in ["interval_hours=0", "interval_hours=x", "no_such=1", "log_level=loud"] {
        assert_eq!(
            connector.json(&["settings", "set", wrong]).error_code(),
            "invalid_input",
            "{wrong}"
        );
    }
    assert_eq!(connector.json(&["settings", "proxy", "--none"]).error_code(), "not_registered");
    assert_eq!(connector.json(&["settings", "proxy"]).ok().json()["proxy"], Value::Null);
    for wrong in [&["sync", "--no-such"][..], &["nonsense"], &["preview", "-dash"], &["purge"]] {
        let refused = connector.json(wrong);
        assert_eq!(refused.code, 2, "{refused:?}");
        let error = &refused.json()["error"];
        assert_eq!(error["code"], "invalid_input", "{refused:?}");
        for key in ["message", "action"] {
            assert!(error[key].as_str().is_some_and(|text| !text.is_empty()), "{refused:?}");
        }
        assert!(refused.err.starts_with("error: "), "{refused:?}");
        assert_eq!(connector.run(wrong, "").out, "", "for programs only");
    }
    for nothing_to_hold in ["pause", "resume", "cancel"] {
        let refused = connector.json(&[nothing_to_hold]);
        assert_eq!(refused.error_code(), "service_stopped", "{nothing_to_hold}");
        assert!(refused.err.contains("The connector is not running."), "{refused:?}");
    }

    connector.register(&cloud).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    let running = connector.start(&cloud);
    let way = ["settings", "proxy", "http://127.0.0.1:1"];
    assert_eq!(connector.json(&way).error_code(), "proxy_unreachable");
    assert_eq!(connector.json(&["settings", "show"]).ok().json()["proxy"], Value::Null);
    assert_eq!(connector.json(&["pause"]).ok().json()["paused"], json!(true));
    assert_eq!(connector.json(&["resume"]).ok().json()["paused"], json!(false));
    assert_eq!(connector.json(&["cancel"]).error_code(), "not_found", "nothing runs");
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

#[test]
fn people_are_answered_in_their_language_and_programs_in_english() {
    let connector = Connector::new();
    let ask = |language: &str, args: &[&str]| {
        let out = connector.command(args).env("LC_ALL", language).output().unwrap();
        (String::from_utf8(out.stdout).unwrap(), String::from_utf8(out.stderr).unwrap())
    };
    let (german, english) = ("de_DE.UTF-8", "en_US.UTF-8");
    assert!(ask(german, &["status"]).0.starts_with("Der Connector läuft nicht."));
    assert!(ask(english, &["status"]).0.starts_with("The connector is not running."));
    assert!(ask("POSIX", &["status"]).0.starts_with("The connector is not running."));
    let (_, said) = ask(german, &["account", "show", "x"]);
    assert!(said.starts_with("Fehler: Unter diesem Namen gibt es nichts.\n"), "{said}");
    let told: Value = serde_json::from_str(&ask(german, &["--json", "status"]).0).unwrap();
    assert_eq!(told["headline"], json!({ "kind": "not_running" }));
    assert_eq!(told["sentence"], "The connector is not running.");
}

/// What a sentence of these texts begins or ends with in English and in no German one.
const ENGLISH: [&str; 8] =
    [" the ", " is ", " are ", " can ", "Skipped", "Connected", "verified", " by "];

#[test]
fn a_german_check_says_nothing_in_english() {
    let sample = SampleCompany::start("ad", 30);
    let connector = Connector::new();
    connector.add_account(&sample.company).ok();
    let other = [
        "account",
        "add",
        "other",
        "--server",
        "127.0.0.1:1",
        "--bind-name",
        "cn=x",
        "--untested",
        "--password-stdin",
    ];
    connector.run(&other, "secret\n").ok();
    let ask = |language: &str, args: &[&str]| {
        let out = connector.command(args).env("LC_ALL", language).output().unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let german = ask("de_DE.UTF-8", &["check"]);
    for said in [
        "Zertifikat geprüft, ausgestellt von",
        "Personen sind seitenweise lesbar.",
        "Ausgelassen, weil",
    ] {
        assert!(german.contains(said), "{said} is missing in: {german}");
    }
    for word in ENGLISH {
        assert!(!german.contains(word), "{word:?} in: {german}");
    }
    let told: Value = serde_json::from_str(&ask("de_DE.UTF-8", &["--json", "check"])).unwrap();
    let step = |name: &str| told.as_array().unwrap().iter().find(|c| c["check"] == name).unwrap();
    let bound = json!({ "kind": "bound", "values": { "name": sample.company.bind_name } });
    assert_eq!(step("bind")["found"], bound);
    let read = (&step("paged_read")["message"], &step("paged_read")["found"]);
    let wanted = json!("People can be read page by page.");
    assert_eq!(read, (&wanted, &json!({ "kind": "pages_readable" })));
}
