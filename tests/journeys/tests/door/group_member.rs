//! Somebody who may talk to the engine's socket, and may not read its home, gets no secret and has none sent anywhere.
#![cfg(target_os = "linux")]

use journeys::process::wait_for;
use journeys::{Cloud, Connector, SampleCompany, journey};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);
const TABLE: &str = include_str!("../../../../src-tauri/crates/api/src/door/table.rs");
/// Of other services, or without a way to any server: what is sent there is no secret of this home.
const UPDATES: [&str; 2] = ["check_update", "install_update"];

/// A server of the attacker's: takes every connection, says that binds succeed, and keeps what it is told.
struct Trap {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Trap {
    fn set() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (port, heard) =
            (listener.local_addr().unwrap().port(), Arc::<Mutex<Vec<u8>>>::default());
        let kept = heard.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                thread::spawn(move || {
                    let (mut stream, mut buffer) = (stream, [0; 4096]);
                    // Whoever has signed in is let go: nobody waits for the rest.
                    for _ in 0..2 {
                        let Ok(size @ 1..) = stream.read(&mut buffer) else { return };
                        kept.lock().unwrap().extend(&buffer[..size]);
                        // bindResponse, success, of the first message (RFC 4511, 4.2.2).
                        let _ =
                            stream.write_all(b"0\x0c\x02\x01\x01a\x07\x0a\x01\x00\x04\x00\x04\x00");
                    }
                });
            }
        });
        Self { port, heard }
    }

    fn heard(&self, secret: &str) -> bool {
        let heard = self.heard.lock().unwrap();
        heard.windows(secret.len()).any(|window| window == secret.as_bytes())
    }
}

/// One call over the socket; everything that came back.
fn call(connector: &Connector, name: &str, values: &Value) -> String {
    let mut stream = UnixStream::connect(connector.home().join("engine.sock")).unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    writeln!(stream, "{}", json!({ "method": name, "params": values })).unwrap();
    let (mut all, mut lines) = (String::new(), BufReader::new(stream).lines());
    while let Some(Ok(line)) = lines.next() {
        all += &line;
        if !line.starts_with("{\"progress\"") {
            break;
        }
    }
    all
}

/// Every use case of the table, with values that lead to the trap.
fn tries(trap: u16, exported: &str, server: &str) -> Vec<(&'static str, Value)> {
    let place = format!("127.0.0.1:{trap}");
    let at = json!({ "servers": [place], "security": "plain" });
    let mapping = json!({ "name": "M", "account": "corp", "base_dn": "DC=corp,DC=example,DC=com" });
    let proxy = json!({ "kind": "http", "host": "127.0.0.1", "port": trap, "user": "u" });
    let url = format!("https://127.0.0.1:{trap}");
    let legacy = format!("PROXY_SERVER = 127.0.0.1:{trap}\nPROXY_USER = u\n");
    let query = json!({ "limit": 100 });
    let page = json!({ "offset": 0, "limit": 100 });
    let moved = exported.replace(server, &place).replace("\"ldaps\"", "\"plain\"");
    assert_ne!(moved, exported);
    let account = |name: &str| json!({ "name": name, "servers": [place], "security": "plain", "bind_name": "svc" });
    let patch = |patch: Value| ("change_account", json!({ "name": "corp", "patch": patch }));
    vec![
        patch(json!({ "servers": [place], "security": "plain" })),
        patch(json!({ "servers": [place] })),
        patch(json!({ "servers": [server, place], "security": "plain" })),
        patch(json!({ "security": "plain" })),
        patch(json!({ "domain": "evil.example", "servers": [] })),
        patch(json!({ "ca_pem": "" })),
        patch(json!({ "bind_name": "somebody" })),
        patch(json!({ "servers": [place], "security": "plain", "password": "typed" })),
        (
            "add_account",
            json!({ "account": { "account": account("new"), "password": "typed", "untested": false } }),
        ),
        (
            "add_account",
            json!({ "account": { "account": account("CORP"), "password": "typed", "untested": true } }),
        ),
        ("set_account_password", json!({ "name": "corp", "password": "typed" })),
        ("import_settings", json!({ "text": moved, "replace": true })),
        ("test_account", json!({ "name": "corp" })),
        ("set_account_password", json!({ "name": "corp", "password": "typed" })),
        ("checks", json!({})),
        ("account_certificates", json!({ "name": "corp" })),
        ("server_certificates", json!({ "request": at })),
        ("probe_server", json!({ "request": at })),
        ("find_servers", json!({ "domain": "" })),
        ("browse_bases", json!({ "account": "corp" })),
        ("browse_units", json!({ "account": "corp", "query": {} })),
        ("browse_groups", json!({ "account": "corp", "query": {} })),
        ("browse_people", json!({ "account": "corp", "query": {} })),
        ("put_mapping", json!({ "mapping": mapping, "fresh": false })),
        (
            "apply_mapping",
            json!({ "text": journey::mapping("N", "DC=corp,DC=example,DC=com", "") }),
        ),
        (
            "check_mapping",
            json!({ "text": journey::mapping("N", "DC=corp,DC=example,DC=com", "") }),
        ),
        ("count_people", json!({ "mapping": mapping })),
        ("preview", json!({ "mapping": mapping, "people": true })),
        ("import", json!({ "name": "M", "approve": [], "accept": false })),
        ("cancel_import", json!({})),
        ("imports", json!({ "query": query })),
        ("import_run", json!({ "run": 1 })),
        ("import_people", json!({ "run": 1, "query": page })),
        ("awaiting_people", json!({ "mapping": "M", "kind": "deactivate", "query": page })),
        ("people", json!({ "query": page })),
        ("explain", json!({ "user": "nobody-here" })),
        ("sign_ins", json!({ "query": query })),
        ("activations", json!({ "query": query })),
        ("history", json!({ "days": 30 })),
        ("sign_in", json!({ "user": "nobody-here", "password": "typed" })),
        ("proposals", json!({})),
        ("approve_proposal", json!({ "name": "M", "hash": "typed" })),
        ("reject_proposal", json!({ "name": "M" })),
        ("mappings", json!({})),
        ("mapping", json!({ "name": "M" })),
        ("mappings_text", json!({})),
        ("move_mapping", json!({ "name": "M", "position": 1 })),
        ("compile_filter", json!({ "request": { "filter": "(cn=a)" } })),
        ("offered_proxy", json!({ "url": url })),
        ("check_cloud", json!({ "address": { "url": url, "proxy": proxy } })),
        ("change_proxy", json!({ "proxy": proxy })),
        ("take_over", json!({ "file": legacy })),
        ("register_cloud", json!({ "request": { "url": url, "key": "typed", "proxy": proxy } })),
        ("register_scim", json!({ "request": { "url": url, "token": "typed", "proxy": proxy } })),
        ("change_token", json!({ "token": "typed" })),
        ("leave_here", json!({})),
        ("about", json!({})),
        ("found", json!({})),
        ("status", json!({})),
        ("pause", json!({})),
        ("resume", json!({})),
        ("cloud", json!({})),
        ("accounts", json!({})),
        ("account", json!({ "name": "corp" })),
        ("journal", json!({ "query": query })),
        ("settings", json!({})),
        ("change_settings", json!({ "patch": { "log_level": "trace" } })),
        ("settings_text", json!({})),
        ("save_draft", json!({ "draft": { "servers": place } })),
        ("draft", json!({})),
        ("clear_draft", json!({})),
        ("update", json!({})),
        ("diagnose", json!({})),
        ("support_bundle", json!({})),
        ("deactivate_left_behind", json!({ "mapping": "M" })),
        ("remove_mapping", json!({ "name": "M" })),
        ("remove_account", json!({ "name": "corp" })),
        ("unregister", json!({ "forget": true })),
        ("purge", json!({})),
    ]
}

#[test]
fn no_use_case_gives_or_sends_a_secret() {
    let (sample, cloud, trap) = (SampleCompany::start("ad", 60), Cloud::start(), Trap::set());
    let (company, connector) = (&sample.company, Connector::new());
    connector.add_account(company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    connector.register(&cloud).ok();
    let service = connector.start_alone();
    wait_for("the engine", LIMIT, || (connector.status()["running"] == true).then_some(()));
    let answer: Value =
        serde_json::from_str(&call(&connector, "settings_text", &json!({}))).unwrap();
    let exported = answer["result"].as_str().unwrap();
    let tries = tries(trap.port, exported, &company.server);
    let tried: BTreeSet<&str> = tries.iter().map(|(name, _)| *name).chain(UPDATES).collect();
    let names = TABLE.lines().filter_map(|line| {
        let mut words = line.trim().split([' ', '(']);
        matches!(words.next(), Some("page" | "program")).then(|| words.next().unwrap())
    });
    assert_eq!(tried, names.collect(), "every use case of the table is tried");

    let secrets = [company.bind_password.as_str(), company.right.1.as_str()];
    for (name, values) in &tries {
        let said = call(&connector, name, values);
        assert!(!said.is_empty(), "{name}: no answer");
        for secret in secrets {
            assert!(!said.contains(secret), "{name} gave a secret");
            assert!(!trap.heard(secret), "{name} had a secret sent: {values}");
        }
        // What an account was tricked into is what whoever looks next uses.
        call(&connector, "test_account", &json!({ "name": "corp" }));
        assert!(!trap.heard(secrets[0]), "a secret was sent after {name}: {values}");
    }
    assert!(trap.heard("typed"), "the trap works: it hears what the attacker typed");
    assert_eq!(service.stop(LIMIT), Some(0));
}

#[test]
fn a_password_that_could_not_be_tried_is_not_kept() {
    let (sample, connector) = (SampleCompany::start("ldap", 20), Connector::new());
    let company = sample.company.clone();
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    let base = company.base_dn.clone();
    drop(sample);
    let set = ["--json", "account", "set-password", "corp", "--password-stdin"];
    assert_eq!(connector.run(&set, "another").error_code(), "connect_refused");
    let status = connector.json(&["journal", "--kind", "settings"]).ok().json();
    assert!(!status.to_string().contains("password changed"), "{status}");
    // An edit of the file by hand sends it nowhere else either.
    let (trap, file) = (Trap::set(), connector.home().join("settings.toml"));
    let text = std::fs::read_to_string(&file).unwrap();
    let moved = text.replace(&company.server, &format!("127.0.0.1:{}", trap.port));
    assert_ne!(moved, text);
    std::fs::write(&file, moved.replace("\"ldaps\"", "\"plain\"")).unwrap();
    let search = ["browse", "units", "--account", "corp", "--under", &base];
    assert_eq!(connector.json(&search).error_code(), "secret_missing");
    assert_eq!(connector.status()["missing_passwords"], json!(["corp"]));
    assert!(!trap.heard(&company.bind_password));
}
