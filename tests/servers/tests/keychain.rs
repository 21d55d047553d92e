//! Secrets in a real keychain: stored, read back by another process, and nowhere else.

use journeys::{Connector, journey};
use servers::{Keyring, Slapd, SlapdOptions, company};

#[test]
fn the_password_is_in_the_secret_service_and_only_there() {
    let server =
        Slapd::start(&SlapdOptions { people: 50, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let company = company::slapd(&server, 50);
    let keyring = Keyring::start().unwrap();
    let connector = Connector::in_keychain(keyring.env());
    connector.add_account(&company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    // Another process of the same user reads it.
    assert_eq!(journey::count(&connector.preview("People"), "create"), 50);
    for file in connector.files() {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes
            .windows(company.bind_password.len())
            .any(|w| w == company.bind_password.as_bytes());
        assert!(!found, "the password is in {}", file.display());
    }
    assert!(!connector.home().join("secrets.enc").exists());
}

#[test]
fn without_a_keychain_the_error_says_what_to_do() {
    let server =
        Slapd::start(&SlapdOptions { people: 5, quirks: false, ..SlapdOptions::default() })
            .unwrap();
    let connector = Connector::in_keychain([]);
    let answer = connector.add_account(&company::slapd(&server, 5));
    assert_eq!(answer.error_code(), "keychain_unavailable");
    assert!(connector.json(&["account", "list"]).ok().json().as_array().unwrap().is_empty());
}
