//! Mass deployment on real servers: each of its outcomes, by the names that sign-ins understand.

use journeys::{Cloud, Company, Connector, journey};
use serde_json::json;
use servers::ds389::Ds389Options;
use servers::{Ds389, SambaAd, Slapd, SlapdOptions, company, ldapmodify, ldif};
use std::time::Duration;

/// People of a company: who is disabled, who has no address, and who is outside of the mapping by its filter.
struct People<'a> {
    disabled: &'a str,
    no_email: &'a str,
    outside: &'a str,
    filter: &'a str,
}

fn every_outcome(company: &Company, people: &People<'_>) {
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(company).ok();
    let more = format!("filter = {}\nmass_deployment = true", json!(people.filter));
    connector.apply(&journey::mapping("People", &company.base_dn, &more)).ok();
    connector.json(&["settings", "set", "follow_changes=false"]).ok();
    connector.register(&cloud).ok();
    let token = cloud.deployment_token("rollout");
    let ended = cloud.ended_token("former rollout");
    let user = &company.right.0;
    assert_eq!(cloud.activate(&token, user, "early"), "connector_unavailable");
    let running = connector.start(&cloud);
    for (token, user, outcome) in [
        ("none", &**user, "token_unknown"),
        (&ended, user, "token_expired"),
        (&token, user, "created_and_activated"),
        (&token, user, "activated"),
        (&token, "nobody-here", "user_not_found"),
        (&token, "NOSUCH\\nobody", "user_not_found"),
        (&token, people.disabled, "user_disabled"),
        (&token, people.no_email, "user_has_no_email"),
        (&token, people.outside, "not_in_scope"),
    ] {
        assert_eq!(cloud.activate(token, user, "device"), outcome, "{user}");
    }
    assert_eq!(cloud.users().len(), 1, "nobody is made of a refusal");
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

#[test]
fn open_ldap() {
    let gone = format!(
        "dn: uid=gone,ou=people,{}\nobjectClass: inetOrgPerson\nuid: gone\ncn: gone\nsn: x\nmail: gone@example.org\npwdAccountLockedTime: 000001010000Z\n\n",
        ldif::BASE_DN
    );
    let options = SlapdOptions {
        people: 10,
        password_policy: true,
        extra_ldif: Some(gone),
        ..SlapdOptions::default()
    };
    let server = Slapd::start(&options).unwrap();
    let people = People {
        disabled: "gone",
        no_email: "nomail1",
        outside: "u0000003",
        filter: "(!(uid=u0000003))",
    };
    every_outcome(&company::slapd(&server, 10), &people);
}

#[test]
fn directory_server_389() {
    let options = Ds389Options { people: 10, ..Ds389Options::default() };
    let server = Ds389::start(&options).unwrap();
    let lock = format!(
        "dn: {}\nchangetype: modify\nreplace: nsAccountLock\nnsAccountLock: true\n",
        ldif::person_dn(5)
    );
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), &lock).unwrap();
    let people = People {
        disabled: "u0000005",
        no_email: "nomail1",
        outside: "u0000003",
        filter: "(!(uid=u0000003))",
    };
    every_outcome(&company::ds389(&server, 10), &people);
}

#[test]
fn samba_ad() {
    let server = SambaAd::start().unwrap();
    let people = People {
        disabled: "CORP\\disabled",
        no_email: "nomail1@corp.example.com",
        outside: "u0000003",
        filter: "(!(sAMAccountName=u0000003))",
    };
    every_outcome(&company::samba(&server), &people);
}
