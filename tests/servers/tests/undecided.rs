//! Of whom a real directory says neither yes nor no, nothing changes; what it keeps elsewhere is told.

use crate::faults::Imported;
use journeys::{Connector, journey};
use serde_json::{Value, json};
use servers::ds389::Ds389Options;
use servers::{Ds389, SambaAd, Slapd, SlapdOptions, company, ldapmodify, ldif, samba_people};

const PEOPLE: usize = 60;

fn slapd() -> Slapd {
    let options = SlapdOptions { people: PEOPLE, quirks: false, ..SlapdOptions::default() };
    Slapd::start(&options).unwrap()
}

fn edit(server: &Slapd, text: &str) {
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
}

fn modify(dn: &str, change: &str) -> String {
    format!("dn: {dn}\nchangetype: modify\n{change}\n")
}

/// The kinds of what an import could not decide.
fn found(record: &Value) -> Vec<&str> {
    let findings = record["findings"].as_array().map_or(&[][..], Vec::as_slice);
    findings.iter().map(|finding| finding["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_rule_that_slapd_cannot_decide() {
    let server = slapd();
    let company = company::slapd(&server, PEOPLE);
    // inetOrgPerson gives employeeType no ordering rule (RFC 2798, 2.5).
    let rule = "enabled=(|(!(employeeType=*))(employeeType>=m))";
    let site = Imported::with(&company, &["--attr", rule], "");
    edit(&server, &modify(&ldif::person_dn(5), "add: employeeType\nemployeeType: permanent"));
    let stranger = format!(
        "dn: uid=stranger,ou=people,{}\nchangetype: add\nobjectClass: inetOrgPerson\nuid: stranger\ncn: stranger\n\
         sn: s\nmail: stranger@new.example\nemployeeType: permanent\n",
        ldif::BASE_DN
    );
    edit(&server, &stranger);
    site.assert_held(1, "undecided", "enabled");
    let record = site.sync();
    assert_eq!((found(&record), &record["counts"]["skip"]), (vec!["undecided"], &json!(1)));
    let (outcome, _) = site.connector.sign_in(&ldif::person_uid(5), &ldif::person_password(5));
    assert_eq!(outcome, "ok", "whom the cloud has goes on as before");
    edit(&server, &modify(&ldif::person_dn(5), "delete: employeeType"));
    let record = site.sync();
    assert_eq!(record["counts"]["unchanged"], json!(PEOPLE), "{record}");
}

#[test]
fn a_right_lost_on_one_attribute_of_one_person_and_a_value_that_went_away() {
    let mut server = slapd();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "filter = \"(departmentNumber=*)\"");
    let first = "access to attrs=userPassword";
    let hidden = format!(
        "access to dn.exact=\"{}\" attrs=departmentNumber by * none\n{first}",
        ldif::person_dn(7)
    );
    server.reconfigure(|conf| conf.replacen(first, &hidden, 1)).unwrap();
    site.assert_held(1, "undecided", "filter");
    edit(&server, &modify(&ldif::person_dn(8), "delete: departmentNumber"));
    let record = site.sync();
    assert_eq!((&record["counts"]["preserve"], &record["counts"]["hold"]), (&json!(1), &json!(1)));
    assert_eq!(found(&record), ["undecided"]);
}

#[test]
fn a_department_that_ends_is_proven_although_slapd_knows_one_attribute_for_it_only() {
    let server = slapd();
    let department = "add: departmentNumber\ndepartmentNumber: Harbour";
    for number in 1..6 {
        edit(&server, &modify(&ldif::person_dn(number), department));
    }
    let site = Imported::of(&company::slapd(&server, PEOPLE), "department = [\"Harbour\"]");
    assert_eq!(site.before, 5);
    edit(
        &server,
        &modify(&ldif::person_dn(2), "delete: departmentNumber\ndepartmentNumber: Harbour"),
    );
    let record = site.sync();
    assert_eq!((&record["counts"]["preserve"], &record["counts"]["hold"]), (&json!(1), &json!(0)));
}

#[test]
fn a_referral_below_the_base_keeps_nobody_else() {
    let server = slapd();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "");
    edit(
        &server,
        &format!(
            "dn: ou=harbour,{base}\nchangetype: add\nobjectClass: referral\nobjectClass: extensibleObject\nou: harbour\n\
             ref: ldap://harbour.example.org/ou=harbour,{base}\n",
            base = ldif::BASE_DN
        ),
    );
    edit(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(3)));
    let record = site.sync();
    assert_eq!((&record["error"], &record["counts"]["preserve"]), (&Value::Null, &json!(1)));
    assert_eq!(found(&record), ["on_other_server"]);
    let again = site.connector.json(&["sync", "People"]);
    assert_eq!(again.code, 0, "{}", again.json());
    let checks = site.connector.json(&["check"]).json();
    let told = checks.as_array().unwrap().iter().find(|c| c["check"] == "other_servers").unwrap();
    assert_eq!(told["status"], json!("pass"));
    assert!(told["message"].as_str().unwrap().contains("harbour.example.org"), "{told}");
    // The part that was split off takes its people with it.
    let unit = format!("ou=dept04,ou=people,{}", ldif::BASE_DN);
    let gone: Vec<usize> = (0..PEOPLE).filter(|number| number % 20 == 4).collect();
    for number in &gone {
        edit(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(*number)));
    }
    edit(
        &server,
        &format!(
            "dn: {unit}\nchangetype: delete\n\ndn: {unit}\nchangetype: add\nobjectClass: referral\n\
             objectClass: extensibleObject\nou: dept04\nref: ldap://dept04.example.org/{unit}\n"
        ),
    );
    let site = Imported { before: site.before - 1, ..site };
    site.assert_held(gone.len(), "on_other_server", "dept04.example.org");
}

#[test]
fn filters_and_rules_that_decide_nobody_are_refused() {
    let server = slapd();
    let company = company::slapd(&server, PEOPLE);
    let connector = Connector::new();
    let refused = connector.add_account_with(&company, &["--attr", "enabled=(emploeeType=x)"]);
    assert_eq!((refused.error_code().as_str(), refused.code), ("invalid_filter", 1));
    connector.add_account(&company).ok();
    for wrong in [
        "filter = \"(departement=Sales)\"",
        "filter = \"(title>=A)\"",
        "conditions = [{ attribute = \"jobTitel\", op = \"present\" }]",
    ] {
        let refused = connector.apply(&journey::mapping("People", &company.base_dn, wrong));
        assert_eq!(refused.error_code(), "invalid_filter", "{wrong}");
    }
    let right =
        "filter = \"(&(0.9.2342.19200300.100.1.1=u*)(rfc822Mailbox=*)(title;lang-en=Engineer))\"";
    connector.apply(&journey::mapping("People", &company.base_dn, right)).ok();
}

#[test]
fn directory_server_389_has_people_of_its_own_and_hides_what_it_does_not_show() {
    let server = Ds389::start(&Ds389Options { people: PEOPLE, ..Ds389Options::default() }).unwrap();
    let change = |text: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    };
    change(&format!(
        "dn: uid=native,ou=people,{}\nchangetype: add\nobjectClass: nsPerson\nobjectClass: nsOrgPerson\nuid: native\n\
         cn: native\ndisplayName: native\nmail: native@new.example\n",
        ldif::BASE_DN
    ));
    let site =
        Imported::of(&company::ds389(&server, PEOPLE), "filter = \"(|(title=*)(uid=native))\"");
    let users = site.cloud.users();
    assert!(users.iter().any(|user| user["email"] == json!("native@new.example")));
    change(&modify(
        &ldif::person_dn(9),
        &format!(
            "add: aci\naci: (targetattr=\"title\")(version 3.0; acl \"hidden\"; deny (read,search,compare) \
             userdn=\"ldap:///{}\";)",
            ldif::SERVICE_DN
        ),
    ));
    site.assert_held(1, "undecided", "filter");
    change(&modify(&ldif::person_dn(10), "delete: title"));
    let record = site.sync();
    assert_eq!((&record["counts"]["preserve"], &record["counts"]["hold"]), (&json!(1), &json!(1)));
}

#[test]
fn samba_shows_no_department_of_anybody_in_a_unit() {
    /// `schemaIDGUID` of `department` (MS-ADA1 2.160).
    const DEPARTMENT: &str = "bf96794f-0de6-11d0-a285-00aa003049e2";
    let server = SambaAd::start().unwrap();
    let change = |text: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    };
    let unit = format!("OU=harbour,{}", samba_people::PEOPLE_DN);
    let dn = |name: &str| format!("CN={name},{unit}");
    let names = ["harbour1", "harbour2", "harbour3"];
    let mut company = format!("dn: {unit}\nchangetype: add\nobjectClass: organizationalUnit\n\n");
    for name in names {
        company.push_str(&format!(
            "dn: {}\nchangetype: add\nobjectClass: user\nsAMAccountName: {name}\nuserAccountControl: 544\n\
             userPrincipalName: {name}@corp.example.com\nmail: {name}@corp.example.com\ndepartment: Harbour\n\n",
            dn(name)
        ));
    }
    change(&company);
    let site = Imported::of(&company::samba(&server), "department = [\"Harbour\"]");
    assert_eq!(site.before, names.len());
    for name in names {
        server.add_rights(&dn(name), &format!("(OD;;RP;{DEPARTMENT};;AU)")).unwrap();
    }
    site.assert_held(names.len(), "undecided", "department");
}
