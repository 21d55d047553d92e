//! What a directory does not say is neither yes nor no: filters with three values, members that are hidden, parts that are
//! elsewhere.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{
    CheckFinding, CheckStatus, Code, Criterion, Dn, Enabled, FindingKind, Identity, Judgement,
    Mapping, Occupant, Person, ReadSummary, Secret,
};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Entry, Face};
use tokio::sync::mpsc;

const BASE: &str = "dc=example,dc=org";

async fn company() -> DirectoryServer {
    company_of(Face::OpenLdap).await
}

async fn company_of(face: Face) -> DirectoryServer {
    let options = DirectoryOptions { face, people: 60, ..DirectoryOptions::default() };
    DirectoryServer::start(options).await.unwrap()
}

fn client(server: &DirectoryServer, attributes: &serde_json::Value) -> DirectoryClient {
    client_of(server, Face::OpenLdap, attributes)
}

fn client_of(
    server: &DirectoryServer,
    face: Face,
    attributes: &serde_json::Value,
) -> DirectoryClient {
    let (name, password) = face.reader();
    let json = serde_json::json!({ "name": "corp", "servers": [server.ldaps_addr()], "security": "ldaps",
        "ca_pem": server.ca_pem(), "bind_name": name, "attributes": attributes });
    let account = serde_json::from_value(json).unwrap();
    DirectoryClient::new(account, Secret::new(password), Limits::default()).unwrap()
}

fn mapping(more: &str) -> Mapping {
    toml::from_str(&format!("name='m'\naccount='corp'\nbase_dn='{BASE}'\n{more}")).unwrap()
}

async fn read(client: &DirectoryClient, mapping: &Mapping) -> (Vec<Person>, ReadSummary) {
    let (pages, mut arriving) = mpsc::channel::<Vec<Person>>(100);
    let summary = client.read_people(mapping, pages).await.unwrap();
    let mut all = vec![];
    while let Some(page) = arriving.recv().await {
        all.extend(page);
    }
    (all, summary)
}

async fn person(client: &DirectoryClient, login: &str) -> Person {
    let found = client.find_anywhere(&Dn::from_server(BASE), &login.parse().unwrap()).await;
    found.unwrap().remove(0)
}

async fn judged(client: &DirectoryClient, more: &str, login: &str) -> Judgement {
    let who = person(client, login).await.identity;
    client.judge(&mapping(more), &[who]).await.unwrap().remove(0).1
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_rule_neither_holds_for_nor_fails_is_undecided_and_not_lost() {
    let server = company().await;
    server.faults().unorder("employeeNumber");
    server.modify(|tree| tree.put(Entry::new(format!("cn=x,{BASE}")).with("employeeNumber", "1")));
    let rule = "(|(!(employeeNumber=*))(employeeNumber>=500))";
    let client = client(&server, &serde_json::json!({ "enabled": rule }));
    let (before, _) = read(&client, &mapping("")).await;
    assert!(before.iter().all(|person| person.enabled == Enabled::Yes));
    let dn = person(&client, "u0000004").await.dn;
    server.modify(|tree| tree.change(dn.as_str(), |entry| entry.add("employeeNumber", "700")));

    let (people, summary) = read(&client, &mapping("")).await;
    assert!(summary.incomplete.is_none() && people.len() == before.len());
    let undecided: Vec<_> =
        people.iter().filter(|p| p.enabled != Enabled::Yes).map(|p| (&p.dn, p.enabled)).collect();
    assert_eq!(undecided, [(&dn, Enabled::Undecided)]);
    assert_eq!(judged(&client, "", "u0000004").await, Judgement::Undecided(Criterion::Enabled));
    let who = [people.iter().find(|p| p.dn == dn).unwrap().identity.clone()];
    let found = client.find_in_scope(&mapping(""), &who).await.unwrap();
    assert_eq!(found[0].enabled, Enabled::Undecided);
    let found = client.find_in_mapping(&mapping(""), &"u0000004".parse().unwrap()).await.unwrap();
    assert_eq!(found[0].person.enabled, Enabled::Undecided);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_criterion_fails_only_where_the_directory_says_so() {
    let server = company().await;
    let client = client(&server, &serde_json::json!({}));
    let (hidden, other, none) = ("u0000007", "u0000008", "u0000009");
    let department =
        |person: &Person| format!("department=['{}']", person.department.as_deref().unwrap());
    for login in [hidden, other, none] {
        let wanted = department(&person(&client, login).await);
        let dn = person(&client, login).await.dn;
        assert_eq!(judged(&client, &wanted, login).await, Judgement::Meets);
        match login {
            "u0000007" => server.faults().hide(dn.as_str(), "departmentNumber"),
            "u0000008" => server.modify(|tree| {
                tree.change(dn.as_str(), |e| {
                    e.set("departmentNumber", vec![b"Elsewhere".to_vec()]);
                });
            }),
            _ => server
                .modify(|tree| tree.change(dn.as_str(), |e| e.set("departmentNumber", vec![]))),
        }
        let expected = match login {
            "u0000007" => Judgement::Undecided(Criterion::Department),
            _ => Judgement::Fails(Criterion::Department),
        };
        assert_eq!(judged(&client, &wanted, login).await, expected, "{login}");
        // A criterion that is seen to fail decides, whatever cannot be judged beside it.
        let away = format!("{wanted}\nunits=['ou=groups,{BASE}']");
        assert_eq!(judged(&client, &away, login).await, Judgement::Fails(Criterion::Units));
    }
    for (more, criterion) in [
        ("filter='(departmentNumber=*)'", Criterion::Filter),
        (
            "conditions=[{attribute='departmentNumber',op='not_equals',value='x'}]",
            Criterion::Conditions,
        ),
    ] {
        assert_eq!(judged(&client, more, hidden).await, Judgement::Undecided(criterion));
    }
    assert_eq!(
        judged(&client, "filter='(title=No such title)'", hidden).await,
        Judgement::Fails(Criterion::Filter)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_two_values_is_believed_where_values_can_be_seen() {
    let server = company().await;
    server.faults().set_two_valued(true);
    let client = client(&server, &serde_json::json!({}));
    let one = person(&client, "u0000012").await;
    let more = format!("country=['{}']", one.country.as_deref().unwrap());
    let change = |values: Vec<Vec<u8>>| {
        server.modify(|tree| tree.change(one.dn.as_str(), |entry| entry.set("c", values)));
    };
    change(vec![b"ZZ".to_vec()]);
    assert_eq!(judged(&client, &more, "u0000012").await, Judgement::Fails(Criterion::Country));
    // Others beside the person show a country, so this one has none.
    change(vec![]);
    assert_eq!(judged(&client, &more, "u0000012").await, Judgement::Fails(Criterion::Country));
    // Nobody there shows any: as likely the right to read it is gone.
    let (everybody, _) = read(&client, &mapping("")).await;
    for neighbour in everybody.iter().filter(|p| p.dn.parent() == one.dn.parent()) {
        server.faults().hide(neighbour.dn.as_str(), "c");
    }
    assert_eq!(judged(&client, &more, "u0000012").await, Judgement::Undecided(Criterion::Country));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_left_a_group_whose_members_cannot_be_read() {
    let server = company().await;
    let client = client(&server, &serde_json::json!({}));
    let group = |cn: &str| format!("cn={cn},ou=groups,{BASE}");
    let pilots = format!("groups=['{}']", group("pilots"));
    assert_eq!(judged(&client, &pilots, "u0000003").await, Judgement::Meets);
    assert_eq!(judged(&client, &pilots, "u0000033").await, Judgement::Fails(Criterion::Groups));
    let nested = format!("groups=['{}']\nnested_groups=true", group("level1"));
    assert_eq!(judged(&client, &nested, "u0000021").await, Judgement::Meets);
    assert_eq!(judged(&client, &nested, "u0000055").await, Judgement::Fails(Criterion::Groups));
    let empty = format!("groups=['{}']", group("empty"));
    assert_eq!(judged(&client, &empty, "u0000003").await, Judgement::Fails(Criterion::Groups));
    server.faults().hide(&group("pilots"), "member");
    server.faults().hide(&group("level3"), "member");
    assert_eq!(judged(&client, &pilots, "u0000033").await, Judgement::Undecided(Criterion::Groups));
    assert_eq!(judged(&client, &nested, "u0000055").await, Judgement::Undecided(Criterion::Groups));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_no_person_any_more_is_seen_and_not_deleted() {
    let server = company().await;
    let client = client(&server, &serde_json::json!({}));
    let one = person(&client, "u0000014").await;
    server.modify(|tree| {
        tree.change(one.dn.as_str(), |entry| entry.set("objectClass", vec![b"account".to_vec()]));
    });
    let judged = client.judge(&mapping(""), std::slice::from_ref(&one.identity)).await.unwrap();
    assert_eq!(judged[0].1, Judgement::Fails(Criterion::Person));
    assert_eq!(client.who_is_at(&one.dn).await.unwrap(), Occupant::Known(one.identity.clone()));
    server.faults().hide(one.dn.as_str(), "entryUUID");
    assert_eq!(client.judge(&mapping(""), &[one.identity]).await.unwrap(), []);
    assert_eq!(client.who_is_at(&one.dn).await.unwrap(), Occupant::Unknown);
    let nobody = Dn::from_server(format!("uid=nobody,{BASE}"));
    assert_eq!(client.who_is_at(&nobody).await.unwrap(), Occupant::Nobody);
    assert_eq!(client.judge(&mapping(""), &[Identity::from_text("x")]).await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reference_is_told_and_the_rest_is_complete() {
    let server = company().await;
    let client = client(&server, &serde_json::json!({}));
    let (before, summary) = read(&client, &mapping("")).await;
    assert!(summary.elsewhere.is_empty());
    server.faults().refer_to(&[
        "ldap://far.example.org/ou=Far%20away,dc=example,dc=org??sub",
        "ldap://other.example.org",
    ]);
    let (people, summary) = read(&client, &mapping("")).await;
    assert!(summary.incomplete.is_none() && people.len() == before.len());
    let tops: Vec<_> = summary.elsewhere.iter().map(|part| part.top.clone()).collect();
    assert_eq!(tops, [Some(Dn::from_server("ou=Far away,dc=example,dc=org")), None]);
    let checks = client.check(&[Dn::from_server(BASE)]).await;
    let told = checks.iter().find(|check| check.check == "other_servers").unwrap();
    assert_eq!(told.status, CheckStatus::Pass);
    let Some(CheckFinding::OtherServers { servers }) = &told.found else { panic!("{told:?}") };
    assert!(servers[0].contains("far.example.org"), "{servers:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_that_decides_nobody_is_refused() {
    let server = company().await;
    server.faults().unorder("employeeNumber");
    server.modify(|tree| {
        tree.put(Entry::new(format!("cn=x,{BASE}")).with("employeeNumber", "1"));
    });
    let plain = client(&server, &serde_json::json!({}));
    let base = Dn::from_server(BASE);
    let check = async |text: &str| plain.check_filter(&base, &text.parse().unwrap()).await;
    for good in ["(title=*)", "(!(title=x))", "(&(uid=u*)(employeeNumber=1))", "(UID=x)"] {
        assert_eq!(check(good).await, Ok(()), "{good}");
    }
    let unknown = check("(|(title=*)(jobTitel=x))").await.unwrap_err();
    assert_eq!(unknown.code, Code::InvalidFilter);
    assert!(unknown.message.contains("\"jobTitel\""), "{unknown:?}");
    let undecided = check("(employeeNumber<=5)").await.unwrap_err();
    assert_eq!(undecided.code, Code::InvalidFilter);

    let ruled = client(&server, &serde_json::json!({ "enabled": "(acountEnabled=TRUE)" }));
    let checks = ruled.check(&[base]).await;
    let rule = checks.iter().find(|check| check.check == "enabled_rule").unwrap();
    assert_eq!((rule.status, rule.code), (CheckStatus::Fail, Some(Code::InvalidFilter)));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_who_are_no_people_are_told_until_their_class_makes_a_person() {
    let server = company().await;
    let robot = format!("cn=robot,ou=services,{BASE}");
    let team = format!("cn=team,ou=groups,{BASE}");
    server.modify(|tree| {
        let id = "0b0b0b0b-0000-4000-8000-000000000001";
        tree.put(
            Entry::new(&robot)
                .with("objectClass", "robotAccount")
                .with("cn", "robot")
                .with("entryUUID", id),
        );
        let mut group = tree.get(&format!("cn=pilots,ou=groups,{BASE}")).unwrap().clone();
        group.add("member", robot.as_str());
        group.add("member", "uid=gone,ou=people,dc=example,dc=org");
        let mut renamed = Entry::new(&team);
        renamed.attributes = group.attributes;
        tree.put(renamed);
    });
    let more = format!("groups=['{team}']");
    let usual = client(&server, &serde_json::json!({}));
    let found = usual.odd_groups(&mapping(&more)).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].count), (FindingKind::MemberNoPerson, 1));
    assert_eq!(found[0].examples, std::slice::from_ref(&robot));
    assert_eq!(read(&usual, &mapping(&more)).await.0.len(), 10);
    let own =
        client(&server, &serde_json::json!({ "person_class": ["inetOrgPerson", "robotAccount"] }));
    assert_eq!(own.odd_groups(&mapping(&more)).await.unwrap(), []);
    assert_eq!(read(&own, &mapping(&more)).await.0.len(), 11);
}

#[tokio::test(flavor = "multi_thread")]
async fn active_directory_counts_what_it_hides_as_none_and_is_asked_twice() {
    let face = Face::ActiveDirectory;
    let server = company_of(face).await;
    let client = client_of(&server, face, &serde_json::json!({}));
    let base = face.suffix();
    let judged = async |more: &str, login: &str| {
        let base_dn = Dn::from_server(base);
        let who = client.find_anywhere(&base_dn, &login.parse().unwrap()).await.unwrap().remove(0);
        let mapping = Mapping { base_dn, ..mapping(more) };
        client.judge(&mapping, &[who.identity]).await.unwrap().remove(0).1
    };
    let dn_of = async |login: &str| {
        let name = login.parse().unwrap();
        client.find_anywhere(&Dn::from_server(base), &name).await.unwrap().remove(0).dn
    };
    let group = format!("CN=pilots,OU=groups,{base}");
    let pilots = format!("groups=['{group}']");
    assert_eq!(judged(&pilots, "u0000003").await, Judgement::Meets);
    assert_eq!(judged(&pilots, "u0000033").await, Judgement::Fails(Criterion::Groups));
    // By the group somebody is a member still, by their own entry no longer.
    let dn = dn_of("u0000003").await;
    server.faults().set_two_valued(true);
    server.faults().hide(dn.as_str(), "memberOf");
    assert_eq!(judged(&pilots, "u0000003").await, Judgement::Undecided(Criterion::Groups));
    server.faults().hide(dn_of("u0000034").await.as_str(), "primaryGroupID");
    assert_eq!(judged(&pilots, "u0000034").await, Judgement::Undecided(Criterion::Groups));
    server.faults().hide(&group, "member");
    let all: Vec<String> = server.modify(|tree| {
        tree.iter().map(|e| e.dn.clone()).filter(|d| d.contains("OU=groups")).collect()
    });
    for other in all {
        server.faults().hide(&other, "member");
    }
    assert_eq!(judged(&pilots, "u0000033").await, Judgement::Undecided(Criterion::Groups));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_on_hidden_values_disables_nobody_where_hidden_counts_as_none() {
    let server = company().await;
    server.faults().set_two_valued(true);
    let client = client(&server, &serde_json::json!({ "enabled": "(employeeType=active)" }));
    let (people, _) = read(&client, &mapping("")).await;
    let one = people.iter().find(|p| p.login.as_deref() == Some("u0000011")).unwrap();
    let beside: Vec<_> = people.iter().filter(|p| p.dn.parent() == one.dn.parent()).collect();
    assert!(beside.len() > 1 && beside.iter().all(|p| p.enabled == Enabled::Undecided));
    for person in &beside {
        let value = if person.dn == one.dn { "left" } else { "active" };
        server.modify(|tree| tree.change(person.dn.as_str(), |e| e.add("employeeType", value)));
    }
    let enabled = async || {
        let found = read(&client, &mapping("")).await.0;
        found.into_iter().find(|p| p.dn == one.dn).unwrap().enabled
    };
    assert_eq!(enabled().await, Enabled::No);
    // Without a value among others who show theirs: none.
    server.modify(|tree| tree.change(one.dn.as_str(), |e| e.set("employeeType", vec![])));
    assert_eq!(enabled().await, Enabled::No);
    let found =
        client.find_in_scope(&mapping(""), std::slice::from_ref(&one.identity)).await.unwrap();
    assert_eq!(found[0].enabled, Enabled::No);
    for person in &beside {
        server.faults().hide(person.dn.as_str(), "employeeType");
    }
    assert_eq!(enabled().await, Enabled::Undecided);
}
