//! Two domains and an OpenLDAP with a `jsmith` each, shared addresses, names of every form: each typed name is one person
//! or nobody, and each password opens its owner's account only.

use super::budget::samba_locks_at;
use base64::Engine;
use journeys::{Cloud, Company, Connector};
use serde_json::json;
use servers::{SambaAd, Slapd, SlapdOptions, company, ldapmodify, ldif};
use std::time::Duration;

const CORP: &str = "Corp-Passw0rd!1";
const BRANCH: &str = "Branch-Passw0rd!2";
const LDAP: &str = "pw-jsmith";

/// Somebody of a domain, below `CN=Users`.
fn add(server: &SambaAd, login: &str, upn: &str, mail: &str, password: &str) {
    let quoted: Vec<u8> =
        format!("\"{password}\"").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let secret = base64::engine::general_purpose::STANDARD.encode(quoted);
    let base = server.base_dn();
    let text = format!(
        "dn: CN={login},CN=Users,{base}\nchangetype: add\nobjectClass: user\nsAMAccountName: {login}\nuserPrincipalName: {upn}\nmail: {mail}\nuserAccountControl: 512\nunicodePwd:: {secret}\n"
    );
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), &text).unwrap();
}

fn samba(server: &SambaAd) -> Company {
    let base = company::samba(server);
    let (bind_name, base_dn) = (server.bind_dn().to_owned(), server.base_dn().to_owned());
    Company { bind_name, base_dn, ..base }
}

fn connect(connector: &Connector, name: &str, company: &Company, more: &str) {
    let ca = company.ca.to_string_lossy();
    let options = ["--server", &company.server, "--ca", &*ca, "--bind-name", &company.bind_name];
    let args = [&["--json", "account", "add", name][..], &options, &["--password-stdin"]].concat();
    connector.run(&args, &company.bind_password).ok();
    let mapping = format!(
        "name = {0}\naccount = {0}\nbase_dn = {1}\nmass_deployment = true\n{more}",
        json!(name),
        json!(company.base_dn)
    );
    connector.apply(&mapping).ok();
}

struct Directories {
    corp: SambaAd,
    branch: SambaAd,
    ldap: Slapd,
}

fn start() -> Directories {
    let people = format!("ou=people,{}", ldif::BASE_DN);
    let somebody = |uid: &str, mail: &str| {
        format!(
            "dn: uid={uid},{people}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: x\nmail: {mail}\nuserPassword: pw-{uid}\n\n"
        )
    };
    let options = SlapdOptions {
        people: 0,
        quirks: false,
        extra_ldif: Some(
            [somebody("jsmith", "jsmith@ldap.test"), somebody("lena", "shared@firm.test")].concat(),
        ),
        ..SlapdOptions::default()
    };
    let (corp, branch) = (SambaAd::start().unwrap(), SambaAd::start_branch().unwrap());
    // Many wrong passwords are tried here, on purpose.
    for domain in [&corp, &branch] {
        samba_locks_at(domain, 999);
    }
    add(&corp, "jsmith", "jsmith@corp.test", "jsmith@corp.test", CORP);
    add(&branch, "jsmith", "jsmith@branch.test", "jsmith@branch.test", BRANCH);
    // One's address is the other's UPN; and one's UPN is what would be another's implicit UPN.
    add(&branch, "kim", "kim@branch.test", "jsmith@corp.test", "Kim-Passw0rd!3");
    add(&corp, "otto", "kim@branch.example.net", "otto@corp.test", "Otto-Passw0rd!4");
    // Two people share an address.
    add(&corp, "mona", "mona@corp.test", "shared@firm.test", "Mona-Passw0rd!5");
    Directories { corp, branch, ldap: Slapd::start(&options).unwrap() }
}

/// Whose password is which.
const PASSWORDS: [(&str, &str); 7] = [
    ("corp", CORP),
    ("branch", BRANCH),
    ("ldap", LDAP),
    ("kim", "Kim-Passw0rd!3"),
    ("otto", "Otto-Passw0rd!4"),
    ("mona", "Mona-Passw0rd!5"),
    ("lena", "pw-lena"),
];

/// A typed name, and whose password opens whose account, before an import.
const NAMES: [(&str, Option<&str>); 19] = [
    ("CORP\\jsmith", Some("corp")),
    ("corp.example.com\\JSmith", Some("corp")),
    ("BRANCH\\jsmith", Some("branch")),
    ("branch.example.net\\jsmith", Some("branch")),
    ("NOSUCH\\jsmith", None),
    ("LDAP\\jsmith", None),
    ("example.org\\jsmith", None),
    ("jsmith", None),
    ("jsmith@corp.test", Some("corp")),
    ("jsmith@branch.test", Some("branch")),
    ("jsmith@ldap.test", Some("ldap")),
    ("jsmith@corp.example.com", Some("corp")),
    ("jsmith@BRANCH.example.net", Some("branch")),
    ("jsmith@nosuch.example.com", None),
    ("jsmith@example.org", None),
    ("kim@branch.example.net", Some("otto")),
    ("kim@branch.test", Some("kim")),
    ("CORP\\kim", None),
    ("shared@firm.test", None),
];

/// Tries everybody's password for a name that means `owner`, or nobody.
fn try_passwords(connector: &Connector, typed: &str, owner: Option<&str>) {
    let right = owner.map(|owner| PASSWORDS.iter().find(|(whose, _)| *whose == owner).unwrap().1);
    let tried = if right.is_some() { PASSWORDS.len() } else { 3 };
    for (whose, password) in PASSWORDS.into_iter().take(tried) {
        let outcome = connector.sign_in(typed, password).0;
        let wanted = match right {
            Some(right) if right == password => "ok",
            Some(_) => "wrong_password",
            None => "unknown_user",
        };
        assert_eq!(outcome, wanted, "{typed} with the password of {whose}");
        // The domain counts to three: the right password in between begins anew.
        if let Some(right) = right {
            assert_eq!(connector.sign_in(typed, right).0, "ok", "{typed}");
        }
    }
}

fn connect_all(connector: &Connector, servers: &Directories) {
    let only = |filter: &str| format!("filter = {}\nname_from = \"upn\"", json!(filter));
    let corp = only("(|(sAMAccountName=jsmith)(sAMAccountName=otto)(sAMAccountName=mona))");
    connect(connector, "corp", &samba(&servers.corp), &corp);
    let branch = only("(|(sAMAccountName=jsmith)(sAMAccountName=kim))");
    connect(connector, "branch", &samba(&servers.branch), &branch);
    connect(connector, "ldap", &company::slapd(&servers.ldap, 0), "");
    connector.json(&["settings", "set", "wrong_attempts=1000"]).ok();
}

#[test]
fn a_typed_name_is_one_person_or_nobody_and_opens_nobody_elses_account() {
    let servers = start();
    let connector = Connector::new();
    connect_all(&connector, &servers);
    for (typed, owner) in NAMES {
        try_passwords(&connector, typed, owner);
    }
    // What the import decides about the shared address holds, at every door.
    let cloud = Cloud::start();
    connector.register(&cloud).ok();
    connector.json(&["settings", "set", "follow_changes=false"]).ok();
    let running = connector.start(&cloud);
    for name in ["corp", "branch", "ldap"] {
        connector.json(&["sync", name]).ok();
    }
    let users = cloud.users();
    let holder = users.iter().find(|user| user["email"] == "shared@firm.test").unwrap();
    assert_eq!(holder["userName"], "mona@corp.test", "{users:?}");
    try_passwords(&connector, "shared@firm.test", Some("mona"));
    // One of three has the name in the cloud as well.
    try_passwords(&connector, "jsmith", Some("ldap"));
    let token = cloud.deployment_token("rollout");
    for (typed, owner) in
        [("CORP\\jsmith", Some("corp")), ("jsmith@corp.example.com", Some("corp"))]
    {
        try_passwords(&connector, typed, owner);
        assert_eq!(cloud.sign_in(typed, CORP).0, 200);
        assert_eq!(cloud.sign_in(typed, BRANCH).0, 401);
        assert_eq!(cloud.activate(&token, typed, typed), "activated");
    }
    for typed in ["NOSUCH\\jsmith", "jsmith@nosuch.example.com"] {
        assert_eq!(cloud.sign_in(typed, CORP).0, 401);
        assert_eq!(cloud.activate(&token, typed, typed), "user_not_found");
    }
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}
