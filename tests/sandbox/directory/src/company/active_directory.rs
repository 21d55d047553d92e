//! The company as a domain controller would hold it.

use super::guid;
use super::names::{CITIES, DEPARTMENTS, ODD, name, title};
use crate::tree::{Account, Entry, Tree};
use connector_model::Dn;

const SUFFIX: &str = "DC=corp,DC=example,DC=com";
/// Password of everybody but the account that reads; public sample data.
const PASSWORD: &str = "Us3r-Passw0rd!";
const NTDS_SETTINGS: &str =
    "CN=NTDS Settings,CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration";
/// RID of "Domain Users", everybody's primary group.
const DOMAIN_USERS: u32 = 513;
/// RID of the group that only has members by primary group.
const CONTRACTORS: u32 = 1900;

pub(super) fn root_dse() -> Entry {
    let mut root = Entry::new("")
        .with("defaultNamingContext", SUFFIX)
        .with("rootDomainNamingContext", SUFFIX)
        .with("configurationNamingContext", format!("CN=Configuration,{SUFFIX}"))
        .with("schemaNamingContext", format!("CN=Schema,CN=Configuration,{SUFFIX}"))
        .with("dnsHostName", "dc1.corp.example.com")
        .with("subschemaSubentry", super::SUBSCHEMA)
        .with("dsServiceName", format!("{NTDS_SETTINGS},{SUFFIX}"))
        .with("ldapServiceName", "corp.example.com:dc1$@CORP.EXAMPLE.COM")
        .with("highestCommittedUSN", "20000")
        .with("isGlobalCatalogReady", "TRUE")
        .with("isSynchronized", "TRUE")
        .with("supportedLDAPVersion", "3");
    for context in [
        "",
        "CN=Configuration,",
        "CN=Schema,CN=Configuration,",
        "DC=DomainDnsZones,",
        "DC=ForestDnsZones,",
    ] {
        root.add("namingContexts", format!("{context}{SUFFIX}"));
    }
    for level in ["forestFunctionality", "domainFunctionality", "domainControllerFunctionality"] {
        root.add(level, "7");
    }
    for oid in [
        "1.2.840.113556.1.4.800",
        "1.2.840.113556.1.4.1670",
        "1.2.840.113556.1.4.1791",
        "1.2.840.113556.1.4.1935",
        "1.2.840.113556.1.4.2080",
    ] {
        root.add("supportedCapabilities", oid);
    }
    root.add("supportedControl", "1.2.840.113556.1.4.319");
    root.add("supportedExtension", "1.3.6.1.4.1.1466.20037");
    root
}

pub(super) fn skeleton() -> Tree {
    let mut tree = Tree::default();
    put(
        &mut tree,
        Entry::new(SUFFIX)
            .with("objectClass", "domainDNS")
            .with("dc", "corp")
            .with("lockoutThreshold", "5"),
    );
    for container in ["Users", "Builtin"] {
        let entry = Entry::new(format!("CN={container},{SUFFIX}"))
            .with("objectClass", "container")
            .with("cn", container);
        put(&mut tree, entry);
    }
    let partitions = Entry::new(format!("CN=Partitions,CN=Configuration,{SUFFIX}"));
    put(&mut tree, partitions.with("objectClass", "crossRefContainer").with("cn", "Partitions"));
    let system = Entry::new(format!("CN=System,{SUFFIX}"))
        .with("objectClass", "container")
        .with("cn", "System");
    put(&mut tree, system.with("showInAdvancedViewOnly", "TRUE"));
    partition(&mut tree, "CORP", SUFFIX, "corp.example.com");
    let unit = |dn: String, ou: &str| {
        Entry::new(dn).with("objectClass", "organizationalUnit").with("ou", ou).with("name", ou)
    };
    for ou in ["people", "groups", "quirks"] {
        put(&mut tree, unit(format!("OU={ou},{SUFFIX}"), ou));
    }
    for (city, _) in CITIES {
        put(&mut tree, unit(format!("OU={city},OU=people,{SUFFIX}"), city));
        for department in DEPARTMENTS {
            put(
                &mut tree,
                unit(format!("OU={department},OU={city},OU=people,{SUFFIX}"), department),
            );
        }
    }
    let settings = Entry::new(format!("{NTDS_SETTINGS},{SUFFIX}"))
        .with("objectClass", "nTDSDSA")
        .with("invocationId", [7; 16].as_slice());
    put(&mut tree, settings);
    let mut reader = user(&format!("CN=svc,CN=Users,{SUFFIX}"), "svc", "svc", 66048);
    reader.account = Some(Account { password: "Svc-Passw0rd!".into(), refuses: None });
    put(&mut tree, reader);
    put(&mut tree, group("Domain Users", &format!("CN=Users,{SUFFIX}"), DOMAIN_USERS));
    tree
}

pub(super) fn fill(people: usize, tree: &mut Tree) {
    let mut dns = Vec::with_capacity(people);
    for n in 0..people {
        let person = person(n, people);
        dns.push(person.dn.clone());
        put(tree, person);
    }
    for (n, cn) in ODD.iter().enumerate() {
        let dn = Dn::from_server(format!("OU=people,{SUFFIX}")).child("CN", cn);
        put(tree, user(dn.as_str(), cn, &format!("odd{n:02}"), 512));
    }
    for (login, control, refuses) in [
        ("ok", 512, None),
        ("disabled", 514, Some("533")),
        ("expired", 512, Some("701")),
        ("mustchange", 512, Some("773")),
        ("pwexpired", 512, Some("532")),
        ("hours", 512, Some("530")),
        ("workst", 512, Some("531")),
        ("lockme", 512, None),
    ] {
        let mut entry = user(&format!("CN={login},OU=quirks,{SUFFIX}"), login, login, control);
        if let Some(account) = &mut entry.account {
            account.refuses = refuses;
        }
        put(tree, entry);
    }
    groups(&dns, tree);
}

fn person(n: usize, people: usize) -> Entry {
    let (given, surname) = name(n);
    let (city, country) = CITIES[n % CITIES.len()];
    let department = DEPARTMENTS[(n / 3) % DEPARTMENTS.len()];
    let login = format!("u{n:07}");
    let cn = format!("{given} {surname} {n}");
    let control = if n % 100 == 70 { 514 } else { 512 };
    let mut entry = user(
        &format!("CN={cn},OU={department},OU={city},OU=people,{SUFFIX}"),
        &cn,
        &login,
        control,
    )
    .with("givenName", given)
    .with("sn", surname)
    .with("department", department)
    .with("l", city)
    .with("c", country)
    .with("title", title(n));
    if control == 514
        && let Some(account) = &mut entry.account
    {
        account.refuses = Some("533");
    }
    match n % 100 {
        50 => entry.set("mail", vec![]),
        60 => entry.set("mail", vec![format!("u{:07}@corp.example.com", n - 1).into_bytes()]),
        _ => {}
    }
    // The last three people are contractors: members by their primary group only.
    if n + 3 >= people {
        entry.set("primaryGroupID", vec![CONTRACTORS.to_string().into_bytes()]);
    }
    entry
}

fn user(dn: &str, cn: &str, login: &str, control: u32) -> Entry {
    let mut entry = Entry::new(dn)
        .with("cn", cn)
        .with("name", cn)
        .with("displayName", cn)
        .with("sAMAccountName", login)
        .with("userPrincipalName", format!("{login}@corp.example.com"))
        .with("mail", format!("{login}@corp.example.com"))
        .with("userAccountControl", control.to_string())
        .with("primaryGroupID", DOMAIN_USERS.to_string())
        .with("sAMAccountType", "805306368")
        .with("accountExpires", "9223372036854775807")
        .with("pwdLastSet", "133000000000000000")
        .with("objectCategory", format!("CN=Person,CN=Schema,CN=Configuration,{SUFFIX}"));
    for class in ["top", "person", "organizationalPerson", "user"] {
        entry.add("objectClass", class);
    }
    entry.account = Some(Account { password: PASSWORD.into(), refuses: None });
    entry
}

fn group(cn: &str, below: &str, rid: u32) -> Entry {
    Entry::new(format!("CN={cn},{below}"))
        .with("cn", cn)
        .with("name", cn)
        .with("sAMAccountName", cn)
        .with("objectClass", "top")
        .with("objectClass", "group")
        .with("groupType", "-2147483646")
        .with("objectCategory", format!("CN=Group,CN=Schema,CN=Configuration,{SUFFIX}"))
        .with("objectSid", sid(rid))
}

fn groups(dns: &[String], tree: &mut Tree) {
    let below = format!("OU=groups,{SUFFIX}");
    let dn = |cn: &str| format!("CN={cn},{below}");
    let some = |from: usize, n: usize| dns.iter().skip(from).take(n).cloned().collect::<Vec<_>>();
    let all: [(&str, Vec<String>); 7] = [
        ("everybody", dns.iter().take(5000).cloned().collect()),
        ("pilots", some(0, 10)),
        ("level3", [some(20, 5), vec![dn("level1")]].concat()),
        ("level2", [some(10, 5), vec![dn("level3")]].concat()),
        ("level1", [some(0, 5), vec![dn("level2")]].concat()),
        ("contractors", vec![]),
        ("empty", vec![]),
    ];
    for (n, (cn, members)) in all.iter().enumerate() {
        let rid =
            if *cn == "contractors" { CONTRACTORS } else { 1600 + u32::try_from(n).unwrap_or(0) };
        let mut entry = group(cn, &below, rid);
        entry.set("member", members.iter().map(|m| m.clone().into_bytes()).collect());
        put(tree, entry);
    }
    for (cn, members) in &all {
        for member in members {
            tree.change(member, |entry| entry.add("memberOf", dn(cn)));
        }
    }
}

/// A domain of the forest, as the partitions tell it.
fn partition(tree: &mut Tree, netbios: &str, root: &str, dns: &str) {
    let entry = Entry::new(format!("CN={netbios},CN=Partitions,CN=Configuration,{SUFFIX}"))
        .with("objectClass", "crossRef")
        .with("cn", netbios)
        .with("nETBIOSName", netbios)
        .with("nCName", root)
        .with("dnsRoot", dns)
        .with("systemFlags", "3");
    put(tree, entry);
}

fn sid(rid: u32) -> Vec<u8> {
    let mut bytes = vec![1, 5, 0, 0, 0, 0, 0, 5];
    for part in [21, 1_111_111, 2_222_222, 3_333_333, rid] {
        bytes.extend(u32::to_le_bytes(part));
    }
    bytes
}

/// Adds what every AD object has.
fn put(tree: &mut Tree, entry: Entry) {
    let id = guid(&entry.dn).to_vec();
    let dn = entry.dn.clone();
    tree.put(
        entry
            .with("objectGUID", id)
            .with("distinguishedName", dn)
            .with("whenChanged", "20260101000000.0Z")
            .with("uSNChanged", "10000"),
    );
}
