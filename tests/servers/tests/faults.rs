//! What goes wrong with a real directory ends in a hold with a clear sentence, or in proof; never in a removal.

use journeys::{Cloud, Connector, journey};
use serde_json::{Value, json};
use servers::{SambaAd, Slapd, SlapdOptions, company, ldapmodify, ldif, samba_people};
use std::time::Duration;

const PEOPLE: usize = 200;

fn options() -> SlapdOptions {
    SlapdOptions { people: PEOPLE, quirks: false, ..SlapdOptions::default() }
}

fn edit(server: &Slapd, text: &str) {
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
}

/// Everybody of a server, imported; `more` are lines of the mapping file.
pub(crate) struct Imported {
    pub(crate) cloud: Cloud,
    pub(crate) connector: Connector,
    pub(crate) before: usize,
}

impl Imported {
    pub(crate) fn of(company: &journeys::Company, more: &str) -> Self {
        Self::with(company, &[], more)
    }

    /// The same with more options for the account.
    pub(crate) fn with(company: &journeys::Company, account: &[&str], more: &str) -> Self {
        let (cloud, connector) = (Cloud::start(), Connector::new());
        connector.add_account_with(company, account).ok();
        connector.apply(&journey::mapping("People", &company.base_dn, more)).ok();
        connector.register(&cloud).ok();
        // No followers: what happens is seen by the imports that are asked for here.
        connector.json(&["settings", "set", "follow_changes=false"]).ok();
        let imported = Self { cloud, connector, before: 0 };
        assert!(imported.sync()["error"].is_null());
        let before = imported.active();
        assert!(before > 0);
        Self { before, ..imported }
    }

    /// The record of an import now.
    pub(crate) fn sync(&self) -> Value {
        let answer = self.connector.json(&["sync", "People"]).json();
        if answer.is_array() { answer[0].clone() } else { answer }
    }

    fn active(&self) -> usize {
        let users = self.cloud.users();
        users.iter().filter(|user| user["active"] == json!(true)).count()
    }

    /// Everybody who is held.
    fn held(&self) -> Vec<Value> {
        let preview = self.connector.preview("People");
        let people = preview["people"].as_array().unwrap().iter();
        people.filter(|person| person["change"] == json!("hold")).cloned().collect()
    }

    /// So many are held with such a reason, and nobody is made inactive, however often it is tried.
    pub(crate) fn assert_held(&self, count: usize, kind: &str, value: &str) {
        for _ in 0..2 {
            let record = self.sync();
            assert_eq!(record["counts"]["preserve"], json!(0), "{record}");
            let held = self.held();
            assert_eq!(held.len(), count, "{record} {:?}", held.first());
            let such = |person: &Value| {
                person["reason_kind"] == kind && person["values"].to_string().contains(value)
            };
            assert!(held.iter().all(such), "{:?}", held.first());
        }
        assert_eq!(self.active(), self.before);
    }
}

fn unit(number: usize) -> String {
    format!("ou=dept{number:02},ou=people,{}", ldif::BASE_DN)
}

fn units(numbers: impl Iterator<Item = usize>) -> String {
    format!("units = {}", json!(numbers.map(unit).collect::<Vec<_>>()))
}

/// People in each of the 20 units.
const IN_UNIT: usize = PEOPLE / 20;

#[test]
fn a_server_that_dies_in_mid_read() {
    let many = SlapdOptions { people: 20_000, quirks: false, ..SlapdOptions::default() };
    let mut server = Slapd::start(&many).unwrap();
    let site = Imported::of(&company::slapd(&server, 20_000), "");
    std::thread::scope(|scope| {
        let sync = scope.spawn(|| site.sync());
        std::thread::sleep(Duration::from_millis(400));
        server.kill9();
        let record = sync.join().unwrap();
        assert!(!record["error"].is_null(), "{record}");
    });
    assert_eq!(site.active(), site.before);
    server.restart().unwrap();
    let record = site.sync();
    assert_eq!(record["counts"]["unchanged"], json!(site.before), "{record}");
}

#[test]
fn a_size_limit_lowered_under_the_result() {
    let mut server = Slapd::start(&options()).unwrap();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "");
    let lower = |conf: String| conf.replace("size.prtotal=unlimited", "size.prtotal=50");
    server.reconfigure(lower).unwrap();
    let record = site.sync();
    assert_eq!(record["error"]["code"], json!("incomplete_read"), "{record}");
    site.assert_held(site.before - 50, "not_proven", "incomplete_read");
}

#[test]
fn a_database_replaced_by_an_empty_one_or_by_another() {
    let mut server = Slapd::start(&options()).unwrap();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "");
    server.reload(&SlapdOptions { people: 0, ..options() }).unwrap();
    site.assert_held(site.before, "out_of_sight", "ou=dept");
    // The same people under other identities: nobody is doubled either.
    server.reload(&options()).unwrap();
    let record = site.sync();
    assert_eq!(
        (&record["counts"]["create"], &record["counts"]["preserve"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(site.active(), site.before);
}

#[test]
fn a_unit_renamed_moved_and_deleted() {
    let server = Slapd::start(&options()).unwrap();
    let site = Imported::of(&company::slapd(&server, PEOPLE), &units(1..4));
    let change = |text: String| {
        edit(&server, &text);
        site.sync()
    };
    let modrdn = |from: &str, rdn: &str, to: &str| {
        format!(
            "dn: {from}\nchangetype: modrdn\nnewrdn: {rdn}\ndeleteoldrdn: 1\nnewsuperior: {to}\n"
        )
    };
    let people = format!("ou=people,{}", ldif::BASE_DN);
    let nothing = |record: Value| {
        assert_eq!(record["counts"]["unchanged"], json!(site.before), "{record}");
        assert_eq!(record["acknowledged"], json!(0), "{record}");
    };
    nothing(change(modrdn(&unit(1), "ou=renamed", &people)));
    let renamed = format!("ou=renamed,{people}");
    nothing(change(modrdn(&renamed, "ou=renamed", &unit(9))));
    // Deleted with everybody in it: they wait, whoever is elsewhere is imported as ever.
    for number in (0..PEOPLE).filter(|number| number % 20 == 2) {
        edit(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(number)));
    }
    let record = change(format!("dn: {}\nchangetype: delete\n", unit(2)));
    assert_eq!(record["error"]["code"], json!("scope_missing"), "{record}");
    assert_eq!(record["counts"]["unchanged"], json!(site.before - IN_UNIT), "{record}");
    site.assert_held(IN_UNIT, "not_proven", "scope_missing");
}

#[test]
fn a_base_that_was_emptied() {
    let server = Slapd::start(&options()).unwrap();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "");
    for number in 0..PEOPLE {
        edit(&server, &format!("dn: {}\nchangetype: delete\n", ldif::person_dn(number)));
    }
    site.assert_held(site.before, "out_of_sight", "ou=dept");
}

#[test]
fn a_bind_account_that_lost_its_rights_on_a_unit_and_got_them_back() {
    let mut server = Slapd::start(&options()).unwrap();
    let site = Imported::of(&company::slapd(&server, PEOPLE), "");
    let rule = format!(
        "access to dn.subtree=\"{}\" by dn.exact=\"{}\" none by * read\n",
        unit(7),
        ldif::SERVICE_DN
    );
    let first = "access to attrs=userPassword";
    server.reconfigure(|conf| conf.replacen(first, &format!("{rule}{first}"), 1)).unwrap();
    site.assert_held(IN_UNIT, "out_of_sight", "");
    server.reconfigure(|conf| conf.replace(&rule, "")).unwrap();
    let record = site.sync();
    assert_eq!(record["counts"]["unchanged"], json!(site.before), "{record}");
}

#[test]
fn a_filter_that_leaves_three_of_twenty_thousand() {
    let people = 20_000;
    let server = Slapd::start(&SlapdOptions { people, ..options() }).unwrap();
    let company = company::slapd(&server, people);
    let site = Imported::of(&company, "");
    assert_eq!(site.before, people);
    let three = "filter = \"(|(uid=u0000001)(uid=u0000002)(uid=u0000003))\"";
    site.connector.apply(&journey::mapping("People", &company.base_dn, three)).ok();
    site.assert_held(site.before - 3, "left_filter", "(");
    let list = site.connector.preview("People")["plan_hash"].as_str().unwrap().to_owned();
    let record = site.connector.json(&["sync", "People", "--approve", &list]).ok().json();
    assert_eq!(record[0]["counts"]["preserve"], json!(site.before - 3), "{record}");
    let users = site.cloud.users();
    let mut left: Vec<&str> = users
        .iter()
        .filter(|user| user["active"] == json!(true))
        .map(|user| user["userName"].as_str().unwrap())
        .collect();
    left.sort_unstable();
    assert_eq!(left, ["u0000001", "u0000002", "u0000003"]);
    let journal =
        site.connector.json(&["journal", "--kind", "approval", "--limit", "5"]).ok().json();
    assert_eq!(journal[0]["detail"]["list"], json!(list), "{journal}");
}

#[test]
fn samba_units_and_a_death_in_mid_read() {
    let mut server = SambaAd::start().unwrap();
    let one = format!("OU=dept01,{}", samba_people::PEOPLE_DN);
    let two = format!("OU=dept02,{}", samba_people::PEOPLE_DN);
    let more = format!("units = {}", json!([one, two]));
    let site = Imported::of(&company::samba(&server), &more);
    let change = |text: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), text).unwrap();
    };
    let above = samba_people::PEOPLE_DN;
    change(&format!(
        "dn: {one}\nchangetype: modrdn\nnewrdn: OU=renamed\ndeleteoldrdn: 1\nnewsuperior: {above}\n"
    ));
    let record = site.sync();
    assert_eq!(record["acknowledged"], json!(0), "{record}");
    change(&format!(
        "dn: OU=renamed,{above}\nchangetype: modrdn\nnewrdn: OU=renamed\ndeleteoldrdn: 1\nnewsuperior: {two}\n"
    ));
    let record = site.sync();
    assert_eq!(record["counts"]["unchanged"], json!(site.before), "{record}");
    std::thread::scope(|scope| {
        let sync = scope.spawn(|| site.sync());
        std::thread::sleep(Duration::from_millis(60));
        server.kill9();
        let _ = sync.join();
    });
    assert_eq!(site.active(), site.before);
    let _ = server.restart();
    let record = site.sync();
    assert_eq!(record["counts"]["unchanged"], json!(site.before), "{record}");
}

/// One unit of a domain controller, imported.
fn samba_unit(server: &SambaAd, number: usize) -> (Imported, String) {
    let unit = format!("OU=dept{number:02},{}", samba_people::PEOPLE_DN);
    let site = Imported::of(&company::samba(server), &format!("units = {}", json!([unit])));
    (site, unit)
}

#[test]
fn samba_rights_lost_and_a_unit_emptied() {
    let server = SambaAd::start().unwrap();
    let (site, unit) = samba_unit(&server, 3);
    server.add_rights(&unit, "(D;CI;GA;;;AU)").unwrap();
    for _ in 0..2 {
        let error = &site.sync()["error"];
        assert_eq!(error["code"], json!("scope_missing"), "{error}");
        assert!(error["message"].as_str().unwrap().contains("cannot read it"), "{error}");
        assert_eq!(site.active(), site.before);
    }

    let (site, _) = samba_unit(&server, 4);
    let everybody: String = (0..samba_people::PEOPLE)
        .filter(|number| number % samba_people::DEPARTMENTS == 4)
        .map(|number| format!("dn: {}\nchangetype: delete\n\n", samba_people::person_dn(number)))
        .collect();
    ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), &everybody).unwrap();
    site.assert_held(site.before, "out_of_sight", "OU=dept04");
}

#[test]
fn a_host_that_leads_to_another_domain_controller() {
    let first = SambaAd::start().unwrap();
    let (site, unit) = samba_unit(&first, 3);
    let newcomers: String = (0..5)
        .map(|n| {
            format!(
                "dn: CN=late{n},{unit}\nchangetype: add\nobjectClass: user\nsAMAccountName: late{n}\n\
                 userPrincipalName: late{n}@corp.example.com\nuserAccountControl: 544\nmail: late{n}@corp.example.com\n\n"
            )
        })
        .collect();
    ldapmodify(&first.ldaps_url(), first.ca_pem_path(), first.admin(), &newcomers).unwrap();
    let record = site.sync();
    assert_eq!(record["counts"]["create"], json!(5), "{record}");
    // The same domain as it was before they came: a controller that fell behind, or a restored backup.
    let second = SambaAd::start().unwrap();
    let server = second.ldaps_url().trim_start_matches("ldaps://").to_owned();
    let ca = second.ca_pem_path().to_string_lossy().into_owned();
    let change = ["account", "change", "corp", "--server", &server, "--ca", &ca];
    let refused = site.connector.json(&change);
    assert_eq!(
        refused.error_code(),
        "secret_missing",
        "the password was entered for the other one"
    );
    let change = [&["--json"], &change[..], &["--password-stdin"]].concat();
    site.connector.run(&change, second.bind_password()).ok();
    let site = Imported { before: site.before + 5, ..site };
    site.assert_held(5, "older_state", "{}");
}
