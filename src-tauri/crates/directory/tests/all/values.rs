//! Every value counts, whatever their order and however the group names its members; imports, sign-ins and proofs agree.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{Code, Identity, Mapping, Named, Person, ScopeRef, Secret};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Entry, Face};
use std::time::Duration;
use tokio::sync::mpsc;

const PEOPLE: &str = "ou=people,dc=example,dc=org";
const GROUPS: &str = "ou=groups,dc=example,dc=org";

/// A company with these entries besides 20 people who are not meant.
async fn company(entries: Vec<Entry>) -> (DirectoryServer, DirectoryClient) {
    let (server, client) = empty(Face::OpenLdap).await;
    server.modify(|tree| entries.into_iter().for_each(|entry| tree.put(entry)));
    (server, client)
}

async fn empty(face: Face) -> (DirectoryServer, DirectoryClient) {
    let options = DirectoryOptions { face, people: 20, ..Default::default() };
    let server = DirectoryServer::start(options).await.unwrap();
    let (name, password) = face.reader();
    let account = serde_json::json!({ "name": "corp", "servers": [server.ldaps_addr()], "ca_pem": server.ca_pem(), "bind_name": name });
    let account = serde_json::from_value(account).unwrap();
    let limits = Limits { no_member: Duration::ZERO, ..Limits::default() };
    let client = DirectoryClient::new(account, Secret::new(password), limits).unwrap();
    (server, client)
}

/// Somebody with these user names, the first of which names the entry.
fn person(number: u8, uids: &[&str], mails: &[&str]) -> Entry {
    let mut entry = Entry::new(format!("uid={},{PEOPLE}", uids[0]))
        .with("objectClass", "inetOrgPerson")
        .with("cn", format!("cn {}", uids[0]))
        .with("entryUUID", format!("00000000-0000-4000-8000-0000000000{number:02}"));
    for (name, values) in [("uid", uids), ("mail", mails)] {
        for value in values {
            entry.add(name, *value);
        }
    }
    entry
}

fn group(number: u8, classes: &[&str], values: &[(&str, String)]) -> Entry {
    let mut entry = Entry::new(format!("cn=g{number},{GROUPS}"))
        .with("cn", format!("g{number}"))
        .with("entryUUID", format!("00000000-0000-4000-9000-0000000000{number:02}"));
    for class in classes {
        entry.add("objectClass", *class);
    }
    for (name, value) in values {
        entry.add(name, value.as_str());
    }
    entry
}

fn of(uid: &str) -> String {
    format!("uid={uid},{PEOPLE}")
}

fn mapping(more: &str) -> Mapping {
    let text = format!(r#"{{"name":"m","account":"corp","base_dn":"dc=example,dc=org"{more}}}"#);
    serde_json::from_str(&text).unwrap()
}

fn chosen(dn: &str) -> ScopeRef {
    ScopeRef { identity: None, dn: Some(dn.parse().unwrap()) }
}

async fn read(client: &DirectoryClient, mapping: &Mapping) -> Result<Vec<Person>, Code> {
    let (pages, mut arriving) = mpsc::channel::<Vec<Person>>(4);
    let collect = async {
        let mut all = vec![];
        while let Some(page) = arriving.recv().await {
            all.extend(page);
        }
        all
    };
    let (summary, people) = tokio::join!(client.read_people(mapping, pages), collect);
    summary.map(|_| people).map_err(|error| error.code)
}

fn names(people: Vec<Person>) -> Vec<String> {
    let mut names: Vec<String> = people.into_iter().filter_map(|p| p.login).collect();
    names.sort();
    names
}

/// Who is in a mapping of one group, said by the read, by sign-ins and by look-ups alike.
async fn members(client: &DirectoryClient, number: u8, nested: bool, of: &[&str]) -> Vec<String> {
    let more = format!(r#","groups":["cn=g{number},{GROUPS}"],"nested_groups":{nested}"#);
    let mapping = mapping(&more);
    let everybody = read(client, &mapping_of_all()).await.unwrap();
    let identities: Vec<Identity> = everybody.iter().map(|p| p.identity.clone()).collect();
    let found = names(read(client, &mapping).await.unwrap());
    let proven = names(client.find_in_scope(&mapping, &identities[..]).await.unwrap());
    assert_eq!(found, proven, "g{number}");
    for name in of {
        let signs_in = client.find_in_mapping(&mapping, &name.parse().unwrap()).await.unwrap();
        let inside = !signs_in.is_empty();
        assert_eq!(inside, found.iter().any(|f| f == name), "g{number}: {name}");
    }
    found
}

fn mapping_of_all() -> Mapping {
    mapping(r#","filter":"(entryUUID=00000000-0000-4000-8000-0000000000*)""#)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_has_the_same_members_for_imports_sign_ins_and_proofs() {
    let mut unix = person(3, &["ute"], &["ute@example.org"]);
    unix.add("gidNumber", "700");
    let (_server, client) = company(vec![
        person(1, &["hugo", "h.ernst", "A1"], &["hugo@example.org"]),
        person(2, &["ines"], &["ines@example.org"]),
        unix,
        group(1, &["posixGroup"], &[("gidNumber", "1".into()), ("memberUid", "h.ernst".into())]),
        group(2, &["posixGroup"], &[("gidNumber", "2".into()), ("memberUid", "Ines".into())]),
        group(3, &["groupOfUniqueNames"], &[("uniqueMember", format!("{}#'1010'B", of("ines")))]),
        group(4, &["groupOfUniqueNames"], &[("uniqueMember", of("ines"))]),
        group(5, &["posixGroup"], &[("gidNumber", "700".into())]),
        group(
            6,
            &["groupOfNames"],
            &[("member", "userid=HUGO , ou=people,domainComponent=example,dc=org".into())],
        ),
        group(
            7,
            &["groupOfURLs"],
            &[("memberURL", "ldap:///??sub?(cn=x)".into()), ("member", of("ute"))],
        ),
    ])
    .await;
    let all = ["hugo", "ines", "ute"];
    for (number, wanted) in [
        (1, &["hugo"][..]),
        // RFC 2307 compares memberUid exactly.
        (2, &[]),
        (3, &["ines"]),
        (4, &["ines"]),
        (5, &["ute"]),
        (6, &["hugo"]),
        (7, &["ute"]),
    ] {
        assert_eq!(members(&client, number, false, &all).await, wanted, "g{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_of_every_class_are_inside_one_another() {
    let inner = |number: u8| format!("cn=g{number},{GROUPS}");
    let mut unix = person(3, &["ute"], &["ute@example.org"]);
    unix.add("gidNumber", "701");
    let (_server, client) = company(vec![
        person(1, &["hugo"], &["hugo@example.org"]),
        person(2, &["ines", "i.x"], &["ines@example.org"]),
        unix,
        group(1, &["groupOfUniqueNames"], &[("uniqueMember", format!("{}#'0'B", inner(2)))]),
        group(2, &["groupOfNames"], &[("member", inner(3)), ("member", of("hugo"))]),
        group(
            3,
            &["groupOfMembers", "posixGroup"],
            &[("gidNumber", "701".into()), ("memberUid", "i.x".into()), ("member", inner(1))],
        ),
    ])
    .await;
    let all = ["hugo", "ines", "ute"];
    for number in 1..=3 {
        assert_eq!(members(&client, number, true, &all).await, all, "g{number}");
    }
    assert_eq!(members(&client, 2, false, &all).await, ["hugo"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_joined_a_group_is_not_kept_out_by_an_older_list() {
    let member = |uid: &str| group(1, &["groupOfNames"], &[("member", of(uid))]);
    let (server, client) =
        company(vec![person(1, &["hugo"], &[]), person(2, &["ines"], &[]), member("hugo")]).await;
    let mapping = mapping(&format!(r#","groups":["cn=g1,{GROUPS}"]"#));
    let name = "ines".parse().unwrap();
    assert!(client.find_in_mapping(&mapping, &name).await.unwrap().is_empty());
    server.modify(|tree| tree.change(&format!("cn=g1,{GROUPS}"), |g| g.add("member", of("ines"))));
    assert_eq!(client.find_in_mapping(&mapping, &name).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_address_that_is_one_is_taken_and_any_is_found() {
    let (_server, client) = company(vec![
        person(1, &["hugo"], &[" ", "hugo@", "h.ernst@example.org", "hugo@example.org"]),
        person(2, &["ines"], &["n/a", "-"]),
    ])
    .await;
    let mut people = read(&client, &mapping_of_all()).await.unwrap();
    people.sort_by(|a, b| a.login.cmp(&b.login));
    let [hugo, ines] = &people[..] else { panic!("{people:?}") };
    assert_eq!(hugo.email.as_deref(), Some("h.ernst@example.org"));
    assert_eq!(hugo.other_emails, ["hugo@example.org"]);
    assert_eq!(hugo.unusable_email.as_deref(), Some(" "));
    assert_eq!((ines.email.as_deref(), ines.unusable_email.as_deref()), (None, Some("n/a")));
    for (typed, named) in [
        ("hugo@example.org", Named::ByEmail),
        ("H.Ernst@example.org", Named::ByEmail),
        ("hugo", Named::ByUserName),
    ] {
        let found =
            client.find_in_mapping(&mapping_of_all(), &typed.parse().unwrap()).await.unwrap();
        assert_eq!((found.len(), found[0].named), (1, named), "{typed}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_chosen_for_a_mapping_must_be_what_it_is_chosen_as() {
    let (_server, client) = company(vec![
        person(1, &["hugo"], &[]),
        group(1, &["groupOfNames"], &[("member", of("hugo"))]),
        group(2, &["groupOfURLs"], &[("memberURL", "ldap:///??sub?(cn=*)".into())]),
    ])
    .await;
    let (hugo, g1, g2) = (of("hugo"), format!("cn=g1,{GROUPS}"), format!("cn=g2,{GROUPS}"));
    for (dn, as_group, as_container) in [
        (PEOPLE, Some(Code::WrongScope), None),
        ("dc=example,dc=org", Some(Code::WrongScope), None),
        (hugo.as_str(), Some(Code::WrongScope), Some(Code::WrongScope)),
        (g1.as_str(), None, Some(Code::WrongScope)),
        (g2.as_str(), Some(Code::GroupNotListed), Some(Code::WrongScope)),
        ("cn=svc,ou=services,dc=example,dc=org", Some(Code::WrongScope), Some(Code::WrongScope)),
        ("ou=none,dc=example,dc=org", Some(Code::ScopeMissing), Some(Code::ScopeMissing)),
    ] {
        let code = |result: connector_model::Result<_>| result.err().map(|e| e.code);
        assert_eq!(code(client.chosen_group(&chosen(dn)).await), as_group, "{dn}");
        assert_eq!(code(client.chosen_container(&chosen(dn)).await), as_container, "{dn}");
    }
    for text in ["Sales", "OU=Sales,DC", "cn"] {
        let no_name = serde_json::from_value(text.into()).unwrap();
        assert_eq!(client.chosen_group(&no_name).await.unwrap_err().code, Code::InvalidDn);
    }
    // Stored once, an import refuses it as well.
    for (group, code) in [(PEOPLE, Code::WrongScope), (&*g2, Code::GroupNotListed)] {
        let mapping = mapping(&format!(r#","groups":["{group}"]"#));
        assert_eq!(read(&client, &mapping).await.unwrap_err(), code, "{group}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn active_directory_refuses_the_same_and_query_groups() {
    let (server, client) = empty(Face::ActiveDirectory).await;
    let base = Face::ActiveDirectory.suffix();
    let (pilots, query) =
        (format!("CN=pilots,OU=groups,{base}"), format!("CN=level1,OU=groups,{base}"));
    // APP_QUERY (MS-ADTS 2.2.12): the members are what a filter finds.
    server.modify(|tree| tree.change(&query, |group| group.set("groupType", vec![b"32".to_vec()])));
    let person = format!(r"CN=Doe\, Jane,OU=people,{base}");
    for (dn, as_group, as_container) in [
        (pilots.as_str(), None, Some(Code::WrongScope)),
        (query.as_str(), Some(Code::GroupNotListed), Some(Code::WrongScope)),
        (person.as_str(), Some(Code::WrongScope), Some(Code::WrongScope)),
        (base, Some(Code::WrongScope), None),
        (&*format!("OU=people,{base}"), Some(Code::WrongScope), None),
    ] {
        let code = |result: connector_model::Result<_>| result.err().map(|e| e.code);
        assert_eq!(code(client.chosen_group(&chosen(dn)).await), as_group, "{dn}");
        assert_eq!(code(client.chosen_container(&chosen(dn)).await), as_container, "{dn}");
    }
    let text =
        format!(r#"{{"name":"m","account":"corp","base_dn":"{base}","groups":["{query}"]}}"#);
    let mapping: Mapping = serde_json::from_str(&text).unwrap();
    assert_eq!(read(&client, &mapping).await.unwrap_err(), Code::GroupNotListed);
}
