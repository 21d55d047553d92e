//! Expired, must change, grace, locked, disabled: told apart on OpenLDAP with its password policies and on 389 Directory
//! Server, for people and for the bind account, whatever words a server has for them.

use journeys::{Company, Connector, journey};
use serde_json::{Value, json};
use servers::ds389::Ds389Options;
use servers::{Ds389, Slapd, SlapdOptions, company, ldapmodify, ldif};

const BASE: &str = ldif::BASE_DN;
const LONG_AGO: &str = "20200101000000Z";

/// Somebody with the password `pw-UID`.
fn person(uid: &str, more: &str) -> String {
    format!(
        "dn: uid={uid},ou=people,{BASE}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: x\nmail: {uid}@example.org\nuserPassword: pw-{uid}\n{more}\n"
    )
}

/// An account that reads, with the password `svc-secret`.
fn reader(cn: &str, more: &str) -> String {
    format!(
        "dn: cn={cn},ou=services,{BASE}\nobjectClass: applicationProcess\nobjectClass: simpleSecurityObject\ncn: {cn}\nuserPassword: svc-secret\n{more}\n"
    )
}

fn policy(cn: &str, more: &str) -> String {
    format!(
        "dn: cn={cn},{BASE}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: {cn}\npwdAttribute: userPassword\npwdMaxAge: 8640000\npwdMustChange: TRUE\n{more}\n"
    )
}

fn open_ldap_people() -> String {
    let under = |name: &str| format!("pwdPolicySubentry: cn={name},{BASE}\n");
    let (strict, kind) = (under("strict"), under("kind"));
    let old = format!("pwdChangedTime: {LONG_AGO}\n");
    [
        policy("strict", "pwdLockout: TRUE\npwdMaxFailure: 5\n"),
        policy("kind", "pwdGraceAuthNLimit: 3\n"),
        person("fine", &strict),
        person("old", &format!("{strict}{old}")),
        person("reset", &format!("{strict}pwdReset: TRUE\n")),
        person("gone", &format!("{strict}pwdAccountLockedTime: 000001010000Z\n")),
        person("shut", &format!("{strict}pwdAccountLockedTime: {LONG_AGO}\n")),
        person("late", &format!("{kind}{old}")),
        reader("svcreset", &format!("{strict}pwdReset: TRUE\n")),
        reader("svcold", &format!("{strict}{old}")),
        reader("svclate", &format!("{kind}{old}")),
    ]
    .concat()
}

/// `account add` with another reader: its answer.
fn add(
    connector: &Connector,
    name: &str,
    company: &Company,
    reader: &str,
) -> journeys::connector::Answer {
    let ca = company.ca.to_string_lossy().into_owned();
    let bind_name = format!("cn={reader},ou=services,{BASE}");
    let args = ["--json", "account", "add", name, "--server", &company.server, "--ca", &ca];
    let args = [&args[..], &["--bind-name", &bind_name, "--password-stdin"]].concat();
    connector.run(&args, "svc-secret")
}

fn prepared(company: &Company) -> Connector {
    let connector = Connector::new();
    connector.add_account(company).ok();
    connector.apply(&journey::mapping("People", &company.base_dn, "")).ok();
    connector
}

fn outcomes(connector: &Connector, wanted: &[(&str, &str)]) {
    for (user, outcome) in wanted {
        assert_eq!(connector.sign_in(user, &format!("pw-{user}")).0, *outcome, "{user}");
    }
}

/// Right with an expired password, with so many left each time, and expired at last.
fn grace(connector: &Connector, user: &str, left: &[u64]) {
    for left in left {
        let password = format!("pw-{user}");
        let answer = connector.run(&["--json", "sign-in", user, "--password-stdin"], &password);
        assert_eq!(answer.json()["outcome"], json!("ok"), "{user}: {answer:?}");
        assert_eq!(answer.json()["notice"], json!({ "grace_left": left }), "{user}");
    }
    outcomes(connector, &[(user, "password_expired")]);
    let journal = connector.json(&["journal"]).ok().json();
    let told = |entry: &Value| entry["detail"]["password"]["grace_left"] == json!(left[0]);
    assert!(journal.as_array().unwrap().iter().any(told), "{journal}");
    let alert = |entry: &Value| entry["detail"]["code"] == "grace_sign_ins";
    assert!(journal.as_array().unwrap().iter().any(alert), "{journal}");
}

#[test]
fn open_ldap() {
    let options = SlapdOptions {
        people: 5,
        quirks: false,
        password_policy: true,
        extra_ldif: Some(open_ldap_people()),
        ..SlapdOptions::default()
    };
    let mut server = Slapd::start(&options).unwrap();
    let states = [
        ("fine", "ok"),
        ("old", "password_expired"),
        ("reset", "must_change_password"),
        ("gone", "disabled"),
        ("shut", "locked"),
    ];
    let connector = prepared(&company::slapd(&server, 5));
    outcomes(&connector, &states);
    for user in ["fine", "old", "reset", "late"] {
        assert_eq!(connector.sign_in(user, "wrong").0, "wrong_password", "{user}");
    }
    grace(&connector, "late", &[2, 1, 0]);
    // As it is delivered, the server tells nobody that an account is locked.
    server.reconfigure(|text| text.replace("ppolicy_use_lockout", "")).unwrap();
    let company = company::slapd(&server, 5);
    let connector = prepared(&company);
    outcomes(&connector, &states);
    assert_eq!(connector.sign_in("fine", "wrong").0, "wrong_password");
    for reader in ["svcreset", "svcold"] {
        let answer = add(&connector, reader, &company, reader);
        assert_eq!(answer.error_code(), "credentials_expired", "{reader}");
    }
    let answer = add(&connector, "late", &company, "svclate").ok();
    assert!(answer.json().to_string().contains("bound_in_grace"), "{answer:?}");
    let mut code = String::new();
    for n in 0..4 {
        let answer = add(&connector, &format!("later{n}"), &company, "svclate");
        if answer.code != 0 {
            code = answer.error_code();
            break;
        }
    }
    assert_eq!(code, "credentials_expired");
}

#[test]
fn directory_server_389() {
    let people = ["fine", "reset", "guessed", "gone", "old", "late"].map(|uid| person(uid, ""));
    let extra = Some([people.concat(), reader("svcreset", "")].concat());
    let options = Ds389Options { people: 5, quirks: false, extra_ldif: extra };
    let server = Ds389::start(&options).unwrap();
    let edit = |text: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    };
    let set = |dn: &str, values: &[(&str, &str)]| {
        let changes =
            values.iter().map(|(name, value)| format!("replace: {name}\n{name}: {value}\n-\n"));
        edit(&format!("dn: {dn}\nchangetype: modify\n{}\n", changes.collect::<String>()));
    };
    let dn = |uid: &str| format!("uid={uid},ou=people,{BASE}");
    let rules = [
        ("passwordMustChange", "on"),
        ("passwordLockout", "on"),
        ("passwordMaxFailure", "3"),
        ("passwordLegacyPolicy", "off"),
        ("passwordExp", "on"),
        ("passwordMaxAge", "8640000"),
    ];
    set("cn=config", &rules);
    set(&dn("reset"), &[("userPassword", "pw-reset")]);
    set(&format!("cn=svcreset,ou=services,{BASE}"), &[("userPassword", "svc-secret")]);
    set(&dn("gone"), &[("nsAccountLock", "true")]);
    for uid in ["old", "late"] {
        set(&dn(uid), &[("passwordExpirationTime", LONG_AGO)]);
    }
    let company = company::ds389(&server, 5);
    let connector = prepared(&company);
    let states = [
        ("fine", "ok"),
        ("reset", "must_change_password"),
        ("gone", "disabled"),
        ("old", "password_expired"),
    ];
    outcomes(&connector, &states);
    for _ in 0..2 {
        assert_eq!(connector.sign_in("guessed", "wrong").0, "wrong_password");
    }
    assert!(["wrong_password", "locked"].contains(&&*connector.sign_in("guessed", "wrong").0));
    outcomes(&connector, &[("guessed", "locked")]);
    set("cn=config", &[("passwordGraceLimit", "2")]);
    grace(&connector, "late", &[1, 0]);
    let answer = add(&connector, "svcreset", &company, "svcreset");
    assert_eq!(answer.error_code(), "credentials_expired", "{answer:?}");
}
