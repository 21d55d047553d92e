//! All values count, whatever the server calls the attribute and in whatever order they come; and what is chosen for a
//! mapping is refused at once when it cannot be used.

use journeys::{Cloud, Company, Connector, journey};
use serde_json::{Value, json};
use servers::ds389::Ds389Options;
use servers::{Ds389, Slapd, SlapdOptions, company, ldapmodify, ldif};

const PEOPLE: usize = 40;

/// Two people of several names and addresses, and the groups that name them in every way.
fn extra() -> String {
    let base = ldif::BASE_DN;
    let people = format!("ou=people,{base}");
    let group = |name: &str, rest: &str| {
        format!("dn: cn={name},ou=groups,{base}\nobjectClass: {rest}\ncn: {name}\n\n")
    };
    let yuri = format!("uid=yuri,{people}");
    [
        format!(
            "\ndn: {yuri}\nobjectClass: inetOrgPerson\nuid: yuri\nuid: y.kern\ncn: Yuri\nsn: K\nmail: n/a\nmail: yuri@example.org\nmail: y.kern@example.org\nuserPassword: pw-yuri\n\n"
        ),
        format!(
            "dn: uid=zita,{people}\nobjectClass: inetOrgPerson\nobjectClass: posixAccount\nuid: zita\ncn: Zita\nsn: L\nuidNumber: 8100\ngidNumber: 8200\nhomeDirectory: /home/zita\nmail: zita@example.org\nuserPassword: pw-zita\n\n"
        ),
        group("unix", "posixGroup\ngidNumber: 8200\nmemberUid: y.kern"),
        group("unique", &format!("groupOfUniqueNames\nuniqueMember: {yuri}#'0110'B")),
        group("outer", &format!("groupOfNames\nmember: cn=unique,ou=groups,{base}")),
    ]
    .concat()
}

fn yuri(changes: &str) -> String {
    format!("dn: uid=yuri,ou=people,{}\nchangetype: modify\n{changes}\n", ldif::BASE_DN)
}

fn groups(name: &str, more: &str) -> String {
    format!("groups = {}\n{more}", json!([format!("cn={name},ou=groups,{}", ldif::BASE_DN)]))
}

fn all_values_count(company: &Company, edit: impl Fn(&str)) {
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let names = ["--attr", "user_name=userid", "--attr", "email=rfc822Mailbox"];
    connector.add_account_with(company, &names).ok();
    for (name, more, wanted) in [
        ("unique", "", &["yuri"][..]),
        ("outer", "nested_groups = true", &["yuri"]),
        ("unix", "", &["yuri", "zita"]),
    ] {
        connector.apply(&journey::mapping("M", &company.base_dn, &groups(name, more))).ok();
        let preview = connector.preview("M");
        let people = preview["people"].as_array().unwrap();
        let mut found: Vec<&str> = people.iter().filter_map(|p| p["user_name"].as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, wanted, "{name}: {preview}");
        for user in ["yuri", "y.kern", "y.kern@example.org", "zita"] {
            let known = wanted.contains(&user) || user.starts_with("y.kern");
            let password = if user == "zita" { "pw-zita" } else { "pw-yuri" };
            let outcome = if known { "ok" } else { "not_in_scope" };
            assert_eq!(connector.sign_in(user, password).0, outcome, "{name}: {user}");
        }
    }
    connector.register(&cloud).ok();
    connector.json(&["settings", "set", "follow_changes=false"]).ok();
    let sync = || -> Value {
        let answer = connector.json(&["sync", "M"]).ok().json();
        if answer.is_array() { answer[0].clone() } else { answer }
    };
    assert_eq!(sync()["counts"]["create"], json!(2));
    edit(&yuri(
        "replace: uid\nuid: y.kern\nuid: yuri\n-\nreplace: mail\nmail: y.kern@example.org\nmail: yuri@example.org\n-\n",
    ));
    assert_eq!(sync()["counts"]["unchanged"], json!(2));
    edit(&yuri("replace: mail\nmail: y.kern@example.org\n-\n"));
    assert_eq!(sync()["counts"]["update"], json!(1));
    edit(&yuri("delete: mail\n-\n"));
    let record = sync();
    assert_eq!((&record["counts"]["skip"], &record["counts"]["preserve"]), (&json!(1), &json!(0)));
    let users = cloud.users();
    assert!(users.len() == 2 && users.iter().all(|user| user["active"] == true), "{users:?}");
    every_wrong_choice_is_refused(&connector, company);
}

fn every_wrong_choice_is_refused(connector: &Connector, company: &Company) {
    let base = &company.base_dn;
    let refused = |base: &str, more: &str, code: &str, field: &str| {
        let answer = connector.apply(&journey::mapping("Wrong", base, more));
        assert_eq!(answer.error_code(), code, "{more}");
        assert_eq!(answer.json()["error"]["field"], json!(field), "{answer:?}");
    };
    let person = format!("uid=zita,ou=people,{base}");
    refused(&person, "", "wrong_scope", "base_dn");
    refused(base, &format!("units = [\"{person}\"]"), "wrong_scope", "units");
    refused(base, &format!("groups = [\"{person}\"]"), "wrong_scope", "groups");
    refused(base, &format!("groups = [\"ou=people,{base}\"]"), "wrong_scope", "groups");
    refused(base, "groups = [\"Everybody\"]", "invalid_dn", "groups");
    refused(base, &format!("groups = [\"cn=gone,{base}\"]"), "scope_missing", "groups");
}

#[test]
fn open_ldap() {
    let options = SlapdOptions {
        people: PEOPLE,
        quirks: false,
        extra_ldif: Some(extra()),
        ..SlapdOptions::default()
    };
    let server = Slapd::start(&options).unwrap();
    all_values_count(&company::slapd(&server, PEOPLE), |text| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    });
}

#[test]
fn directory_server_389() {
    let options = Ds389Options { people: PEOPLE, quirks: false, extra_ldif: Some(extra()) };
    let server = Ds389::start(&options).unwrap();
    all_values_count(&company::ds389(&server, PEOPLE), |text| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    });
}

/// An organizational unit whose people are told apart by their employee numbers.
fn numbered(uid: &str) -> String {
    format!(
        "dn: uid={uid},ou=numbers,{}\nobjectClass: inetOrgPerson\nuid: {uid}\ncn: {uid}\nsn: {uid}\nemployeeNumber: 4711\nmail: {uid}@example.org\nuserPassword: pw-{uid}\n\n",
        ldif::BASE_DN
    )
}

#[test]
fn a_number_that_somebody_else_has_now() {
    let base = format!("ou=numbers,{}", ldif::BASE_DN);
    let unit = format!("\ndn: {base}\nobjectClass: organizationalUnit\nou: numbers\n\n");
    let options = SlapdOptions {
        people: PEOPLE,
        quirks: false,
        extra_ldif: Some(unit + &numbered("anna")),
        ..SlapdOptions::default()
    };
    let server = Slapd::start(&options).unwrap();
    let edit = |text: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    };
    let (cloud, connector) = (Cloud::start(), Connector::new());
    let company = company::slapd(&server, PEOPLE);
    connector.add_account_with(&company, &["--attr", "unique_id=employeeNumber"]).ok();
    connector.apply(&journey::mapping("M", &base, "")).ok();
    connector.register(&cloud).ok();
    let sync = |approve: &[&str]| -> Value {
        connector.json(&[&["sync", "M"], approve].concat()).json()[0].clone()
    };
    assert_eq!(sync(&[])["counts"]["create"], json!(1));
    assert_eq!(connector.sign_in("anna", "pw-anna").0, "ok");

    let add = numbered("bert").replacen('\n', "\nchangetype: add\n", 1);
    edit(&format!("dn: uid=anna,{base}\nchangetype: delete\n\n{add}"));
    let waits = sync(&[]);
    assert_eq!(waits["counts"]["hold"], json!(1), "{waits}");
    let told = connector.preview("M")["people"][0]["reason"].to_string();
    assert!(told.contains("unique identifier that uid=anna,"), "{told}");
    assert_eq!(connector.sign_in("bert", "pw-bert").0, "not_in_scope");
    assert_eq!(cloud.users()[0]["userName"], json!("anna"));

    let list = waits["awaiting_approval"][0]["hash"].as_str().unwrap();
    assert_eq!(sync(&["--approve", list])["counts"]["update"], json!(1));
    assert_eq!(connector.sign_in("bert", "pw-bert").0, "ok");
    assert_eq!(cloud.users()[0]["userName"], json!("bert"));
}
