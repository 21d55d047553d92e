//! A real slapd that shows nothing, or not everything.

use journeys::{Connector, journey};
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
