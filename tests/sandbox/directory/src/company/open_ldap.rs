//! The company as OpenLDAP would hold it.

use super::names::{CITIES, DEPARTMENTS, ODD, name, title};
use super::uuid_text;
use crate::tree::{Account, Entry, Tree};
use connector_model::Dn;

const SUFFIX: &str = "dc=example,dc=org";

pub(super) fn root_dse() -> Entry {
    let mut root = Entry::new("")
        .with("objectClass", "top")
        .with("objectClass", "OpenLDAProotDSE")
        .with("namingContexts", SUFFIX)
        .with("supportedLDAPVersion", "3")
        .with("subschemaSubentry", super::SUBSCHEMA);
    root.add("supportedControl", "1.2.840.113556.1.4.319");
    for oid in ["1.3.6.1.4.1.1466.20037", "1.3.6.1.4.1.4203.1.11.3"] {
        root.add("supportedExtension", oid);
    }
    root
}

pub(super) fn skeleton() -> Tree {
    let mut tree = Tree::default();
    let mut put = |entry: Entry| {
        let uuid = uuid_text(&entry.dn);
        tree.put(entry.with("entryUUID", uuid));
    };
    put(Entry::new(SUFFIX)
        .with("objectClass", "dcObject")
        .with("objectClass", "organization")
        .with("dc", "example")
        .with("o", "Example"));
    let unit = |dn: String, ou: &str| {
        Entry::new(dn).with("objectClass", "organizationalUnit").with("ou", ou)
    };
    for ou in ["people", "groups", "services"] {
        put(unit(format!("ou={ou},{SUFFIX}"), ou));
    }
    for (city, _) in CITIES {
        put(unit(format!("ou={city},ou=people,{SUFFIX}"), city));
        for department in DEPARTMENTS {
            put(unit(format!("ou={department},ou={city},ou=people,{SUFFIX}"), department));
        }
    }
    let mut reader = Entry::new(format!("cn=svc,ou=services,{SUFFIX}"))
        .with("objectClass", "applicationProcess")
        .with("cn", "svc");
    reader.account = Some(Account { password: "svc-secret".into(), refuses: None });
    put(reader);
    tree
}

pub(super) fn fill(people: usize, tree: &mut Tree) {
    let mut dns = Vec::with_capacity(people);
    for n in 0..people {
        let person = person(n);
        dns.push(person.dn.clone());
        tree.put(person);
    }
    for (n, cn) in ODD.iter().enumerate() {
        let base = Dn::from_server(format!("ou=people,{SUFFIX}"));
        let login = format!("odd{n:02}");
        let mut entry =
            Entry::new(base.child("cn", cn).to_string()).with("objectClass", "inetOrgPerson");
        for (name, value) in [
            ("cn", *cn),
            ("sn", *cn),
            ("displayName", *cn),
            ("uid", &login),
            ("mail", &format!("{login}@example.org")),
        ] {
            entry.add(name, value);
        }
        let id = uuid_text(&login);
        entry.add("entryUUID", id);
        entry.account = Some(Account { password: format!("pw-{login}"), refuses: None });
        tree.put(entry);
    }
    groups(&dns, tree);
}

fn person(n: usize) -> Entry {
    let (given, surname) = name(n);
    let (city, country) = CITIES[n % CITIES.len()];
    let department = DEPARTMENTS[(n / 3) % DEPARTMENTS.len()];
    let login = format!("u{n:07}");
    let mut entry = Entry::new(format!("uid={login},ou={department},ou={city},ou=people,{SUFFIX}"))
        .with("objectClass", "inetOrgPerson")
        .with("uid", login.as_str())
        .with("cn", format!("{given} {surname} {n}"))
        .with("displayName", format!("{given} {surname}"))
        .with("givenName", given)
        .with("sn", surname)
        .with("departmentNumber", department)
        .with("l", city)
        .with("c", country)
        .with("title", title(n))
        .with("entryUUID", uuid_text(&login));
    match n % 100 {
        // One in a hundred has no address, another one has its neighbour's.
        50 => {}
        60 => entry.add("mail", format!("u{:07}@example.org", n - 1)),
        _ => entry.add("mail", format!("{login}@example.org")),
    }
    entry.account = Some(Account { password: format!("pw-{login}"), refuses: None });
    entry
}

fn groups(dns: &[String], tree: &mut Tree) {
    let dn = |cn: &str| format!("cn={cn},ou=groups,{SUFFIX}");
    let mut put = |cn: &str, members: Vec<String>| {
        let mut group = Entry::new(dn(cn))
            .with("objectClass", "groupOfNames")
            .with("cn", cn)
            .with("entryUUID", uuid_text(cn));
        for member in &members {
            tree.change(member, |entry| entry.add("memberOf", dn(cn)));
        }
        group.set("member", members.into_iter().map(String::into_bytes).collect());
        tree.put(group);
    };
    let some = |from: usize, n: usize| dns.iter().skip(from).take(n).cloned().collect::<Vec<_>>();
    put("everybody", dns.iter().take(5000).cloned().collect());
    put("pilots", some(0, 10));
    put("level3", [some(20, 5), vec![dn("level1")]].concat());
    put("level2", [some(10, 5), vec![dn("level3")]].concat());
    put("level1", [some(0, 5), vec![dn("level2")]].concat());
    put("empty", vec![]);
}
