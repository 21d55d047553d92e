//! Against the sample company, which is faithful to AD where Samba is not: ranges, the global catalog,
//! referrals, 525, an empty password that "succeeds".

use connector_directory::{DirectoryClient, Limits};
use connector_model::{
    Account, BrowseQuery, CheckStatus, Code, Dn, FindingKind, Judgement, Mapping, Person,
    ReadSummary, ScopeRef, Secret, Security, ServerKind, SignInOutcome,
};
use sandbox_directory::{DirectoryOptions, DirectoryServer, Face};
use std::net::SocketAddr;
use tokio::sync::mpsc;

async fn company(face: Face, people: usize) -> DirectoryServer {
    DirectoryServer::start(DirectoryOptions { face, people, ..DirectoryOptions::default() })
        .await
        .unwrap()
}

fn account(
    server: &DirectoryServer,
    face: Face,
    servers: &[SocketAddr],
    security: Security,
) -> Account {
    let json = serde_json::json!({
        "name": "corp", "servers": servers, "security": security, "ca_pem": server.ca_pem(), "bind_name": face.reader().0,
    });
    serde_json::from_value(json).unwrap()
}

fn client(server: &DirectoryServer, face: Face) -> DirectoryClient {
    let account = account(server, face, &[server.ldaps_addr()], Security::Ldaps);
    DirectoryClient::new(account, Secret::new(face.reader().1), Limits::default()).unwrap()
}

fn mapping(face: Face, more: &str) -> Mapping {
    let text = format!(r#"{{"name":"m","account":"corp","base_dn":"{}"{more}}}"#, face.suffix());
    serde_json::from_str(&text).unwrap()
}

async fn read(
    client: &DirectoryClient,
    mapping: &Mapping,
) -> connector_model::Result<(Vec<Person>, ReadSummary)> {
    let (pages, mut arriving) = mpsc::channel::<Vec<Person>>(4);
    let collect = tokio::spawn(async move {
        let mut all = vec![];
        while let Some(page) = arriving.recv().await {
            assert!(page.len() <= 1000, "a page of {}", page.len());
            all.extend(page);
        }
        all
    });
    let summary = client.read_people(mapping, pages).await?;
    Ok((collect.await.unwrap(), summary))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_of_an_account_is_tested_page_by_page() {
    let face = Face::ActiveDirectory;
    let (server, other) = (company(face, 40).await, company(face, 40).await);
    let mut account = account(&server, face, &[server.ldaps_addr()], Security::Ldaps);
    account.servers.push(other.ldaps_addr().to_string().parse().unwrap());
    account.ca_pem = Some(server.ca_pem().to_owned() + other.ca_pem());
    let check = |account: &Account| {
        let secret = Secret::new(face.reader().1);
        let client = DirectoryClient::new(account.clone(), secret, Limits::default()).unwrap();
        let base: Dn = face.suffix().parse().unwrap();
        async move { client.check(&[base]).await }
    };
    let steps =
        ["resolve", "connect", "tls", "bind", "root_dse", "base_dn", "sample_read", "paged_read"];
    let checks = check(&account).await;
    let found: Vec<_> = checks.iter().map(|check| check.check.as_str()).collect();
    assert_eq!(found, [steps, steps].concat());
    assert!(checks.iter().all(|check| check.status == CheckStatus::Pass), "{checks:#?}");
    for (server, checks) in account.servers.iter().zip(checks.chunks(steps.len())) {
        assert!(checks.iter().all(|check| check.target.starts_with(&server.to_string())));
    }
    // The first small search is answered, the second page is not; and the other server is tested all the same.
    server.faults().set_cut_after_pages(1);
    let checks = check(&account).await;
    let failed: Vec<_> = checks.iter().filter(|check| check.status == CheckStatus::Fail).collect();
    assert_eq!(failed.len(), 1, "{failed:#?}");
    assert_eq!(
        (failed[0].check.as_str(), failed[0].code),
        ("paged_read", Some(Code::ConnectionLost))
    );
    account.servers[0] = "127.0.0.1:1".parse().unwrap();
    let checks = check(&account).await;
    let passed = checks.iter().filter(|check| check.status == CheckStatus::Pass);
    assert_eq!(passed.count(), 1 + steps.len(), "a name that resolves, and the whole of the other");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_domain_root_is_read_completely_in_spite_of_its_referrals() {
    let face = Face::ActiveDirectory;
    let server = company(face, 2500).await;
    let client = client(&server, face);
    assert_eq!(client.kind().await.unwrap(), ServerKind::ActiveDirectory);
    let (people, summary) = read(&client, &mapping(face, "")).await.unwrap();
    assert!(summary.incomplete.is_none(), "{:?}", summary.incomplete);
    // 2,500 people, 13 odd ones, 8 quirks and the reader.
    assert_eq!((people.len(), summary.read), (2522, 2522));
    let jane = people.iter().find(|p| p.common_name.as_deref() == Some("Doe, Jane")).unwrap();
    assert_eq!(jane.dn.as_str(), r"CN=Doe\, Jane,OU=people,DC=corp,DC=example,DC=com");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_of_five_thousand_is_counted_through_ranges() {
    for face in [Face::ActiveDirectory, Face::OpenLdap] {
        let server = company(face, 5200).await;
        let query = BrowseQuery { search: Some("everybody".into()), ..BrowseQuery::default() };
        let found = client(&server, face).groups(&query).await.unwrap();
        assert_eq!((found.len(), found[0].members), (1, Some(5000)), "{face:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn start_tls_and_global_catalog_and_a_second_server() {
    let face = Face::ActiveDirectory;
    let server = company(face, 50).await;
    let secret = || Secret::new(face.reader().1);
    let (plain_catalog, tls_catalog) = server.catalog_addrs().unwrap();
    let dead = SocketAddr::from(([127, 0, 0, 1], 1));
    for (servers, security) in [
        (vec![server.ldap_addr()], Security::StartTls),
        (vec![tls_catalog], Security::Ldaps),
        (vec![plain_catalog], Security::StartTls),
        (vec![dead, server.ldaps_addr()], Security::Ldaps),
    ] {
        let account = account(&server, face, &servers, security);
        let client = DirectoryClient::new(account, secret(), Limits::default()).unwrap();
        let (people, summary) = read(&client, &mapping(face, "")).await.unwrap();
        assert!(
            summary.incomplete.is_none() && people.len() == 72,
            "{servers:?} {security:?}: {} {:?}",
            people.len(),
            summary.incomplete
        );
        assert!(people.iter().any(|p| p.email.is_some()));
    }
    let account = account(&server, face, &[server.ldap_addr()], Security::Plain);
    let refused = DirectoryClient::new(account, secret(), Limits::default())
        .unwrap()
        .kind()
        .await
        .unwrap_err();
    assert_eq!(refused.code, Code::TlsRequired);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_lost_connections_are_incomplete() {
    for face in [Face::ActiveDirectory, Face::OpenLdap] {
        let server = company(face, 1500).await;
        let client = client(&server, face);
        let all = mapping(face, "");
        assert!(read(&client, &all).await.unwrap().1.incomplete.is_none());
        server.faults().set_size_limit(700);
        assert_eq!(
            read(&client, &all).await.unwrap().1.incomplete.unwrap().code,
            Code::IncompleteRead,
            "{face:?}"
        );
        server.faults().set_size_limit(0);
        server.faults().set_cut_after_messages(300);
        let (people, summary) = read(&client, &all).await.unwrap();
        assert!(summary.incomplete.is_some() && people.len() < 1500, "{face:?}");
        server.faults().set_cut_after_messages(0);
        assert!(read(&client, &all).await.unwrap().1.incomplete.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_dropped_after_the_second_page_is_an_incomplete_read() {
    for face in [Face::ActiveDirectory, Face::OpenLdap] {
        let server = company(face, 500).await;
        let account = account(&server, face, &[server.ldaps_addr()], Security::Ldaps);
        let limits = Limits { page_size: 100, ..Limits::default() };
        let client = DirectoryClient::new(account, Secret::new(face.reader().1), limits).unwrap();
        server.faults().set_cut_after_pages(2);
        let (people, summary) = read(&client, &mapping(face, "")).await.unwrap();
        assert!(summary.incomplete.is_some(), "{face:?}");
        assert_eq!(people.len(), 200, "{face:?}");
        server.faults().set_cut_after_pages(0);
        let (people, summary) = read(&client, &mapping(face, "")).await.unwrap();
        assert!(summary.incomplete.is_none() && people.len() > 500, "{face:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_found_by_identity_after_it_was_renamed() {
    let face = Face::OpenLdap;
    let server = company(face, 60).await;
    let client = client(&server, face);
    let old = "ou=Sales,ou=Berlin,ou=people,dc=example,dc=org";
    let by_dn = ScopeRef { identity: None, dn: Some(Dn::from_server(old)) };
    let node = client.resolve(&by_dn).await.unwrap();
    server.modify(|tree| {
        let mut unit = tree.remove(old).unwrap();
        let attributes = std::mem::take(&mut unit.attributes);
        let mut renamed = sandbox_directory::Entry::new(old.replace("Sales", "Trade"));
        renamed.attributes = attributes;
        tree.put(renamed);
    });
    assert_eq!(client.resolve(&by_dn).await.unwrap_err().code, Code::ScopeMissing);
    let by_identity = ScopeRef { identity: node.identity, dn: Some(node.dn) };
    assert!(client.resolve(&by_identity).await.unwrap().dn.as_str().contains("Trade"));
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_judged_and_empty_ones_never_sent() {
    let face = Face::ActiveDirectory;
    let server = company(face, 10).await;
    let client = client(&server, face);
    let dn = |cn: &str| Dn::from_server(format!("CN={cn},OU=quirks,{}", face.suffix()));
    for (who, password, expected) in [
        ("ok", "Us3r-Passw0rd!", SignInOutcome::Ok),
        ("ok", "wrong", SignInOutcome::WrongPassword),
        ("nobody", "x", SignInOutcome::UnknownUser),
        ("hours", "Us3r-Passw0rd!", SignInOutcome::NotAllowedNow),
        ("pwexpired", "Us3r-Passw0rd!", SignInOutcome::PasswordExpired),
    ] {
        assert_eq!(
            client.verify_password(&dn(who), &Secret::new(password)).await.unwrap().outcome,
            expected,
            "{who}"
        );
    }
    for _ in 0..5 {
        client.verify_password(&dn("lockme"), &Secret::new("wrong")).await.unwrap();
    }
    let locked =
        client.verify_password(&dn("lockme"), &Secret::new("Us3r-Passw0rd!")).await.unwrap();
    assert_eq!(locked.outcome, SignInOutcome::Locked);
    let (binds, _) = server.counts();
    let empty = client.verify_password(&dn("ok"), &Secret::new("")).await.unwrap_err();
    assert_eq!((empty.code, server.counts().0), (Code::EmptyPassword, binds));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identifier_of_ones_own_is_told_apart_by_account_and_found_again() {
    let face = Face::OpenLdap;
    let server = company(face, 20).await;
    let account_of = |server: &DirectoryServer, face| {
        account(server, face, &[server.ldaps_addr()], Security::Ldaps)
    };
    let mut account = account_of(&server, face);
    account.attributes.set("unique_id", "uid").unwrap();
    let client =
        DirectoryClient::new(account, Secret::new(face.reader().1), Limits::default()).unwrap();
    let (people, _) = read(&client, &mapping(face, "")).await.unwrap();
    let one = people.iter().find(|p| p.login.as_deref() == Some("u0000001")).unwrap();
    assert_eq!(one.identity.as_str(), "corp:u0000001");
    let elsewhere = connector_model::Identity::from_text("other:u0000001");
    let asked = [elsewhere, one.identity.clone()];
    let found = client.judge(&mapping(face, ""), &asked).await.unwrap();
    assert_eq!(found, [(one.clone(), Judgement::Meets)]);

    let mut account = account_of(&server, face);
    account.attributes.set("unique_id", "employeeNumber").unwrap();
    let client =
        DirectoryClient::new(account, Secret::new(face.reader().1), Limits::default()).unwrap();
    let (people, summary) = read(&client, &mapping(face, "")).await.unwrap();
    let error = summary.incomplete.unwrap();
    assert_eq!((people.len(), error.code), (0, Code::UniqueIdMissing));
    assert!(error.message.contains("entries have no employeeNumber, the first is "), "{error:?}");
    assert!(error.action.contains("(employeeNumber=*)"), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_groups_are_told_and_the_largest_are_not_counted() {
    let face = Face::ActiveDirectory;
    let server = company(face, 20).await;
    let huge = "CN=huge,OU=groups,DC=corp,DC=example,DC=com";
    server.modify(|tree| {
        let mut group = tree.get("CN=level1,OU=groups,DC=corp,DC=example,DC=com").unwrap().clone();
        group.set("member", (0..100_001).map(|n| format!("CN=m{n},DC=x").into_bytes()).collect());
        let mut renamed = sandbox_directory::Entry::new(huge);
        renamed.attributes = group.attributes;
        tree.put(renamed);
    });
    let client = client(&server, face);
    let level1 = "CN=level1,OU=groups,DC=corp,DC=example,DC=com";
    let more = format!(r#","groups":["{huge}","{level1}"]"#);
    let found = client.odd_groups(&mapping(face, &more)).await.unwrap();
    let kinds: Vec<_> = found.iter().map(|f| (f.kind, f.count, f.examples[0].as_str())).collect();
    assert_eq!(kinds, [(FindingKind::LargeGroup, 1, huge)]);
    let nested = format!(r#"{more},"nested_groups":true"#);
    let found = client.odd_groups(&mapping(face, &nested)).await.unwrap();
    assert_eq!((found[0].kind, found[0].count), (FindingKind::CircularGroup, 3));
    assert_eq!(found[1].kind, FindingKind::LargeGroup);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rule_of_a_domain_is_read_once_for_everybody_who_signs_in() {
    let face = Face::ActiveDirectory;
    let server = company(face, 200).await;
    let client = client(&server, face);
    let (people, _) = read(&client, &mapping(face, "")).await.unwrap();
    let (some, before) = (&people[..100], server.counts().1);
    let policies =
        || futures_util::future::join_all(some.iter().map(|p| client.lockout_policy(&p.dn)));
    let five = |policy: connector_model::Result<Option<connector_model::LockoutPolicy>>| {
        policy.unwrap().is_some_and(|policy| policy.threshold == 5)
    };
    assert!(policies().await.into_iter().all(five));
    let first = server.counts().1 - before;
    assert!((101..110).contains(&first), "{first}: one for each of them, and one for the rule");
    assert!(policies().await.into_iter().all(five));
    assert_eq!(server.counts().1 - before, first, "and no more for some minutes");
}
