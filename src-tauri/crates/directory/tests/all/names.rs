//! What a typed name means in a forest of two domains: random people, random names, and the rule said once more.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{Mapping, Named, Secret};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Entry, Face};

const ROOT: &str = "DC=corp,DC=example,DC=com";
const CONFIGURATION: &str = "CN=Configuration,DC=corp,DC=example,DC=com";

/// Where a domain begins, and its names.
const DOMAINS: [(&str, [&str; 2]); 2] = [
    ("CN=Users,DC=corp,DC=example,DC=com", ["CORP", "corp.example.com"]),
    ("CN=Users,DC=eu,DC=corp,DC=example,DC=com", ["EUROPE", "eu.corp.example.com"]),
];
const LOGINS: [&str; 3] = ["jsmith", "ann", "bob"];
const SUFFIXES: [&str; 5] =
    ["corp.example.com", "EU.corp.example.com", "europe", "firm.example", "nowhere.example"];

#[derive(Debug, Clone)]
struct Somebody {
    domain: usize,
    login: &'static str,
    upn: Option<String>,
    mail: Option<String>,
}

impl Somebody {
    fn entry(&self, number: usize) -> Entry {
        let mut entry = Entry::new(format!("CN=p{number},{}", DOMAINS[self.domain].0))
            .with("cn", format!("p{number}"))
            .with("sAMAccountName", self.login)
            .with("sAMAccountType", "805306368")
            .with("objectCategory", format!("CN=Person,CN=Schema,{CONFIGURATION}"))
            .with("objectGUID", vec![u8::try_from(number).unwrap() + 1; 16]);
        for class in ["person", "user"] {
            entry.add("objectClass", class);
        }
        for (name, value) in [("userPrincipalName", &self.upn), ("mail", &self.mail)] {
            if let Some(value) = value {
                entry.add(name, value.as_str());
            }
        }
        entry
    }

    /// The rule, as an administrator would say it.
    fn named(&self, typed: &str) -> Option<Named> {
        let same = |a: &str| a.eq_ignore_ascii_case(typed);
        let is_login = self.login.eq_ignore_ascii_case(typed);
        let mine = DOMAINS[self.domain].1;
        if let Some((domain, user)) = typed.split_once('\\') {
            let here = mine.iter().any(|name| name.eq_ignore_ascii_case(domain));
            return (here && self.login.eq_ignore_ascii_case(user)).then_some(Named::ByUserName);
        }
        if !typed.contains('@') {
            return is_login.then_some(Named::ByUserName);
        }
        if self.upn.as_deref().is_some_and(same) {
            return Some(Named::ByUserName);
        }
        if mine.iter().any(|name| same(&format!("{}@{name}", self.login))) {
            return Some(Named::ByImplicitUpn);
        }
        self.mail.as_deref().is_some_and(same).then_some(Named::ByEmail)
    }
}

fn address() -> impl Strategy<Value = String> {
    let parts = (prop::sample::select(&LOGINS[..]), prop::sample::select(&SUFFIXES[..]));
    parts.prop_map(|(user, suffix)| format!("{user}@{suffix}"))
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let login = prop::sample::select(&LOGINS[..]);
    let parts = (0..2usize, login, prop::option::of(address()), prop::option::of(address()));
    parts.prop_map(|(domain, login, upn, mail)| Somebody { domain, login, upn, mail })
}

fn typed() -> impl Strategy<Value = String> {
    let login = || prop::sample::select(&LOGINS[..]);
    let domains =
        vec!["CORP", "corp", "Corp.Example.COM", "EUROPE", "eu.corp.example.com", "NOSUCH", "eu"];
    prop_oneof![
        login().prop_map(str::to_uppercase),
        address(),
        (prop::sample::select(domains), login())
            .prop_map(|(domain, user)| format!("{domain}\\{user}")),
    ]
}

async fn forest() -> (DirectoryServer, DirectoryClient) {
    let face = Face::ActiveDirectory;
    let options = DirectoryOptions { face, people: 0, ..Default::default() };
    let server = DirectoryServer::start(options).await.unwrap();
    server.modify(|tree| {
        tree.put(
            Entry::new(format!("CN=EUROPE,CN=Partitions,{CONFIGURATION}"))
                .with("objectClass", "crossRef")
                .with("nETBIOSName", "EUROPE")
                .with("nCName", format!("DC=eu,{ROOT}"))
                .with("dnsRoot", "eu.corp.example.com")
                .with("systemFlags", "3"),
        );
    });
    let (name, password) = face.reader();
    let account = serde_json::json!({ "name": "corp", "servers": [server.ldaps_addr()],
        "ca_pem": server.ca_pem(), "bind_name": name });
    let account = serde_json::from_value(account).unwrap();
    let client = DirectoryClient::new(account, Secret::new(password), Limits::default()).unwrap();
    (server, client)
}

#[test]
fn a_typed_name_means_whom_the_rule_says() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let (server, client) = runtime.block_on(forest());
    let mapping = format!(r#"{{"name":"m","account":"corp","base_dn":"{ROOT}"}}"#);
    let mapping: Mapping = serde_json::from_str(&mapping).unwrap();
    let inputs = (prop::collection::vec(somebody(), 1..5), prop::collection::vec(typed(), 8));
    let mut runner = TestRunner::new(Config { cases: 200, ..Config::default() });
    let result = runner.run(&inputs, |(people, names)| {
        let entries: Vec<Entry> = people.iter().enumerate().map(|(n, p)| p.entry(n)).collect();
        let dns: Vec<String> = entries.iter().map(|entry| entry.dn.clone()).collect();
        server.modify(|tree| entries.into_iter().for_each(|entry| tree.put(entry)));
        for name in &names {
            let user = name.parse().unwrap();
            let found = runtime.block_on(client.find_in_mapping(&mapping, &user)).unwrap();
            let mut found: Vec<(String, Named)> =
                found.into_iter().map(|one| (one.person.dn.to_string(), one.named)).collect();
            found.sort();
            let wanted = dns.iter().zip(&people).filter(|(dn, _)| dn.starts_with("CN=p"));
            let mut wanted: Vec<(String, Named)> =
                wanted.filter_map(|(dn, p)| Some((dn.clone(), p.named(name)?))).collect();
            wanted.sort();
            prop_assert_eq!(&found, &wanted, "{}", name);
            let base = ROOT.parse().unwrap();
            let anywhere = runtime.block_on(client.find_anywhere(&base, &user)).unwrap();
            prop_assert_eq!(anywhere.len(), wanted.len(), "{}", name);
        }
        server.modify(|tree| dns.iter().for_each(|dn| drop(tree.remove(dn))));
        Ok(())
    });
    result.unwrap();
}
