//! What happens in a real directory is in the cloud seconds later, without a full read.

use journeys::process::wait_for;
use journeys::{Cloud, Company, Connector, journey};
use serde_json::{Value, json};
use servers::ds389::Ds389Options;
use servers::{Ds389, SambaAd, Slapd, SlapdOptions, company, ldapmodify, ldif, samba_people};
use std::time::{Duration, Instant};

/// A change is in the cloud within this time.
const SOON: Duration = Duration::from_secs(5);

/// A directory that the test may change.
struct Changing<'a> {
    company: Company,
    edit: Box<dyn Fn(&str) + 'a>,
    /// Two units, and a group that nobody is in who is in the first of them.
    units: [String; 2],
    group: String,
    /// The first lines of a new person's entry, without its DN.
    person: Box<dyn Fn(&str) -> String>,
    rdn: &'static str,
    disable: &'static str,
    method: &'static str,
}

impl Changing<'_> {
    fn dn(&self, name: &str, unit: usize) -> String {
        format!("{}={name},{}", self.rdn, self.units[unit])
    }

    fn add(&self, name: &str, unit: usize) {
        (self.edit)(&format!(
            "dn: {}\nchangetype: add\n{}mail: {name}@new.example\n",
            self.dn(name, unit),
            (self.person)(name)
        ));
    }
}

fn find(cloud: &Cloud, mail: &str) -> Option<Value> {
    cloud.users().into_iter().find(|user| user["email"] == json!(mail))
}

fn active(cloud: &Cloud, mail: &str) -> Option<()> {
    find(cloud, mail).filter(|user| user["active"] == json!(true)).map(drop)
}

fn inactive(cloud: &Cloud, mail: &str) -> Option<()> {
    find(cloud, mail).filter(|user| user["active"] == json!(false)).map(drop)
}

fn every_change_arrives(directory: &Changing<'_>) {
    let cloud = Cloud::start();
    let connector = Connector::new();
    connector.add_account(&directory.company).ok();
    let base = &directory.company.base_dn;
    let unit = format!("units = [{}]", json!(directory.units[0]));
    connector.apply(&journey::mapping("Unit", base, &unit)).ok();
    let group = format!("groups = [{}]", json!(directory.group));
    connector.apply(&journey::mapping("Team", base, &group)).ok();
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    directory.add("outsider", 1);
    directory.add("keeper", 0);
    for mapping in ["Unit", "Team"] {
        cloud.sync(mapping);
    }
    both_mappings_are_followed(&connector, directory.method);
    // The one full read that some servers need after the start of following.
    std::thread::sleep(Duration::from_secs(2));
    let reads = full_reads(&connector);

    let timed = |what: &str, ready: &dyn Fn() -> Option<()>| {
        let began = Instant::now();
        wait_for(what, SOON, ready);
        println!("{what}: {:.1} s", began.elapsed().as_secs_f64());
    };
    directory.add("newbie", 0);
    timed("a new person", &|| active(&cloud, "newbie@new.example"));
    let newbie = directory.dn("newbie", 0);
    let change =
        |text: &str| (directory.edit)(&format!("dn: {newbie}\nchangetype: modify\n{text}"));
    change("replace: mail\nmail: renamed@new.example\n");
    timed("a changed e-mail address", &|| active(&cloud, "renamed@new.example"));
    change(directory.disable);
    timed("a disabled person", &|| inactive(&cloud, "renamed@new.example"));
    directory.add("mover", 0);
    timed("another person", &|| active(&cloud, "mover@new.example"));
    (directory.edit)(&format!(
        "dn: {}\nchangetype: modrdn\nnewrdn: {}=mover\ndeleteoldrdn: 1\nnewsuperior: {}\n",
        directory.dn("mover", 0),
        directory.rdn,
        directory.units[1]
    ));
    timed("a person moved out of scope", &|| inactive(&cloud, "mover@new.example"));
    assert_eq!(full_reads(&connector), reads, "single people need no full read");

    (directory.edit)(&format!(
        "dn: {}\nchangetype: modify\nadd: member\nmember: {}\n",
        directory.group,
        directory.dn("outsider", 1)
    ));
    timed("a new member of the group", &|| active(&cloud, "outsider@new.example"));
    directory.add("leaver", 0);
    timed("one more", &|| active(&cloud, "leaver@new.example"));
    (directory.edit)(&format!("dn: {}\nchangetype: delete\n", directory.dn("leaver", 0)));
    timed("a deleted person", &|| inactive(&cloud, "leaver@new.example"));
    // And a full read finds nothing that was missed.
    for mapping in ["Unit", "Team"] {
        let record = cloud.sync(mapping);
        assert_eq!(record["acknowledged"], json!(0), "{record}");
    }
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

fn both_mappings_are_followed(connector: &Connector, method: &str) {
    wait_for("followers", SOON, || {
        let status = connector.json(&["status"]).json();
        let following = status["following"].as_array().cloned().unwrap_or_default();
        let well = |f: &Value| f["method"] == json!(method) && f["error"].is_null();
        (following.len() == 2 && following.iter().all(well)).then_some(())
    });
}

fn full_reads(connector: &Connector) -> usize {
    let journal = connector.json(&["journal", "--kind", "import", "--limit", "100"]).ok().json();
    journal.as_array().unwrap().len()
}

fn inet_org_person(name: &str) -> String {
    format!("objectClass: inetOrgPerson\nuid: {name}\ncn: {name}\nsn: {name}\n")
}

fn units(base: &str) -> [String; 2] {
    ["ou=dept01", "ou=dept02"].map(|unit| format!("{unit},ou=people,{base}"))
}

#[test]
fn open_ldap() {
    let options = SlapdOptions { people: 400, password_policy: true, ..SlapdOptions::default() };
    let server = Slapd::start(&options).unwrap();
    let (url, ca, admin) = (server.ldaps_url(), server.ca_pem_path(), server.admin());
    every_change_arrives(&Changing {
        company: company::slapd(&server, 400),
        edit: Box::new(|ldif| ldapmodify(&url, ca, admin, ldif).unwrap()),
        units: units(server.base_dn()),
        group: ldif::group_dn("lvl3"),
        person: Box::new(inet_org_person),
        rdn: "uid",
        disable: "add: pwdAccountLockedTime\npwdAccountLockedTime: 000001010000Z\n",
        method: "syncrepl",
    });
}

/// Each waits for the name that the other one gives up, and nobody tells of either again.
#[test]
fn names_exchanged_between_mappings() {
    let options = SlapdOptions { people: 50, quirks: false, ..SlapdOptions::default() };
    let server = Slapd::start(&options).unwrap();
    let (cloud, connector) = (Cloud::start(), Connector::new());
    connector.add_account(&company::slapd(&server, 50)).ok();
    let edit = |ldif: &str| {
        ldapmodify(&server.ldaps_url(), server.ca_pem_path(), server.admin(), ldif).unwrap();
    };
    for (unit, (mapping, name)) in units(server.base_dn()).iter().zip([("A", "t1"), ("B", "t2")]) {
        let person = inet_org_person(name);
        edit(&format!(
            "dn: uid={name},{unit}\nchangetype: add\n{person}mail: {name}@new.example\n"
        ));
        connector.apply(&journey::mapping(mapping, unit, "")).ok();
    }
    connector.register(&cloud).ok();
    let running = connector.start(&cloud);
    for mapping in ["A", "B"] {
        cloud.sync(mapping);
    }
    both_mappings_are_followed(&connector, "syncrepl");

    let rename = |from: &str, to: &str, unit: usize| {
        let unit = &units(server.base_dn())[unit];
        format!("dn: uid={from},{unit}\nchangetype: modrdn\nnewrdn: uid={to}\ndeleteoldrdn: 1\n\n")
    };
    edit(&(rename("t1", "t1x", 0) + &rename("t2", "t1", 1) + &rename("t1x", "t2", 0)));
    wait_for("the names", Duration::from_secs(15), || {
        let named =
            |mail: &str, name: &str| find(&cloud, mail)?["userName"].eq(&json!(name)).then_some(());
        named("t1@new.example", "t2").and_then(|()| named("t2@new.example", "t1"))
    });
    assert_eq!(running.stop(Duration::from_secs(15)), Some(0));
}

#[test]
fn samba_active_directory() {
    let server = SambaAd::start().unwrap();
    // What the README asks for: the bind account may list what was deleted.
    let deleted = format!("CN=Deleted Objects,{}", server.base_dn());
    server.add_rights(&deleted, "(A;;LCRP;;;AU)").unwrap();
    let (url, ca, admin) = (server.ldaps_url(), server.ca_pem_path(), server.admin());
    let units = ["OU=dept01", "OU=dept02"].map(|u| format!("{u},{}", samba_people::PEOPLE_DN));
    every_change_arrives(&Changing {
        company: company::samba(&server),
        edit: Box::new(|ldif| ldapmodify(&url, ca, admin, ldif).unwrap()),
        units,
        group: samba_people::group_dn("lvl3"),
        person: Box::new(|name| {
            format!(
                "objectClass: user\ncn: {name}\nsAMAccountName: {name}\nuserAccountControl: 544\n\
                 userPrincipalName: {name}@corp.example.com\n"
            )
        }),
        rdn: "CN",
        disable: "replace: userAccountControl\nuserAccountControl: 546\n",
        method: "usn_changed",
    });
}

#[test]
fn directory_server_389() {
    let server = Ds389::start(&Ds389Options::default()).unwrap();
    let (url, ca, admin) = (server.ldaps_url(), server.ca_pem_path(), server.admin());
    every_change_arrives(&Changing {
        company: company::ds389(&server, Ds389Options::default().people),
        edit: Box::new(|ldif| ldapmodify(&url, ca, admin, ldif).unwrap()),
        units: units(server.base_dn()),
        group: ldif::group_dn("lvl3"),
        person: Box::new(inet_org_person),
        rdn: "uid",
        disable: "add: nsAccountLock\nnsAccountLock: true\n",
        method: "persistent_search",
    });
}
