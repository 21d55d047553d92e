//! A real slapd that shows nothing, or not everything, or the same to two accounts.

use journeys::{Cloud, Connector, journey};
use serde_json::{Value, json};
use servers::{Slapd, SlapdOptions, company, ldif};

#[test]
fn an_account_without_read_rights_is_told_so() {
    let server = Slapd::start(&SlapdOptions::default()).unwrap();
    let mut company = company::slapd(&server, 200);
    (company.bind_name, company.bind_password) =
        (ldif::BLIND_DN.to_owned(), ldif::BLIND_PASSWORD.to_owned());
    let connector = Connector::new();
    connector.add_account(&company).ok();
    let answer = connector.json(&["account", "test", "corp"]);
    assert_eq!(answer.code, 1);
    let checks = answer.json();
    let failed: Vec<&Value> =
        checks.as_array().unwrap().iter().filter(|c| c["status"] == "fail").collect();
    assert_eq!(failed[0]["code"], json!("no_read_rights"), "{checks}");
}

#[test]
fn a_size_limit_under_the_result_is_an_incomplete_read() {
    let server = Slapd::start(&SlapdOptions {
        people: 2000,
        size_limit: Some(500),
        ..SlapdOptions::default()
    })
    .unwrap();
    let connector = Connector::new();
    connector.add_account(&company::slapd(&server, 2000)).ok();
    connector.apply(&journey::mapping("People", server.base_dn(), "")).ok();
    let preview = connector.preview("People");
    assert_eq!(preview["complete"], json!(false));
    assert_eq!(preview["error"]["code"], json!("incomplete_read"));
    assert_eq!(journey::count(&preview, "preserve"), 0);
}

#[test]
fn the_odd_names_are_unchanged_in_dn_and_preview() {
    let server = Slapd::start(&SlapdOptions::default()).unwrap();
    let connector = Connector::new();
    connector.add_account(&company::slapd(&server, 200)).ok();
    connector.apply(&journey::mapping("People", server.base_dn(), "name_from = \"cn\"")).ok();
    let preview = connector.preview("People");
    for name in servers::names::odd() {
        let found = preview["people"]
            .as_array()
            .unwrap()
            .iter()
            .any(|p| p["user_name"].as_str() == Some(name.as_str()));
        assert!(found, "{name:?} is not in the preview");
    }
}

#[test]
fn two_accounts_of_one_server_share_their_people() {
    let server = Slapd::start(&SlapdOptions { quirks: false, ..SlapdOptions::default() }).unwrap();
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let company = company::slapd(&server, 200);
    connector.add_account(&company).ok();
    connector.add_account_named("other", &company, &[]).ok();
    let base = server.base_dn();
    connector.apply(&journey::mapping("First", base, "")).ok();
    let second = journey::mapping("Second", base, "").replace("\"corp\"", "\"other\"");
    connector.apply(&second).ok();
    connector.register(&cloud).ok();
    let sync = |mapping: &str| connector.json(&["sync", mapping]).ok().json()[0]["counts"].clone();
    let active =
        || cloud.users().iter().filter(|user| user["active"] == json!(true)).count() as u64;

    let people = sync("Second")["create"].as_u64().unwrap();
    assert_eq!(sync("First")["update"], json!(people));
    let left = sync("Second");
    assert_eq!((&left["update"], &left["hold"]), (&json!(0), &json!(0)), "{left}");
    assert!(left["skip"].as_u64() >= Some(people), "{left}");

    // The first one is to have a single person from now on.
    let one = format!("filter = \"(uid={})\"", ldif::person_uid(1));
    connector.apply(&journey::mapping("First", base, &one)).ok();
    let first = sync("First");
    let (hold, preserve) = (first["hold"].as_u64(), first["preserve"].as_u64());
    assert_eq!((hold, preserve), (Some(people - 1), Some(0)), "{first}");
    assert_eq!(active(), people);
    assert_eq!(sync("Second")["update"], json!(people - 1));
    assert_eq!((sync("First")["hold"].as_u64(), active()), (Some(0), people));
}
