//! One rule for names: what an import decided about shared names and several addresses holds for sign-ins, and the order of
//! values decides nothing.

use crate::support::unique_cloud::with_unique_cloud;
use crate::support::{FakeDirectory, World, person, person_in, settings};
use connector_engine::ports::{Directories, Directory};
use connector_engine::{Consent, Engine, EngineOptions, FindOutcome, JournalQuery};
use connector_model::{
    Change, CloudUser, FindingKind, PlannedPerson, Reason, Result, Secret, Settings, SignInOutcome,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

async fn sign_in(engine: &Engine, user: &str) -> (SignInOutcome, Option<String>) {
    let deadline = Instant::now() + Duration::from_secs(5);
    let answer = engine.sign_in(&user.parse().unwrap(), &Secret::new("right"), deadline).await;
    (answer.outcome, answer.identity.map(|identity| identity.to_string()))
}

fn ok(id: &str) -> (SignInOutcome, Option<String>) {
    (SignInOutcome::Ok, Some(id.to_owned()))
}

const NOBODY: (SignInOutcome, Option<String>) = (SignInOutcome::UnknownUser, None);

async fn plan(engine: &Engine) -> Vec<PlannedPerson> {
    let mapping = settings(&[("All", None)]).mappings.remove(0);
    let (pages, mut planned) = mpsc::channel(16);
    let collect = async {
        let mut all = vec![];
        while let Some(page) = planned.recv().await {
            all.extend::<Vec<PlannedPerson>>(page);
        }
        all
    };
    let preview = engine.preview(&mapping, Arc::default(), Some(pages));
    tokio::join!(preview, collect).1
}

async fn sync(engine: &Engine) -> connector_engine::records::ImportRecord {
    engine.import(None, Consent::nothing(), None).await.unwrap().remove(0)
}

fn email_of(world: &World, id: &str) -> String {
    world.cloud.known.lock().unwrap()[id].email.clone()
}

fn with_emails(id: &str, emails: &[&str]) -> connector_model::Person {
    let mut person = person(id);
    person.set_emails(emails.iter().map(|email| (*email).to_owned()));
    person
}

#[tokio::test]
async fn an_address_that_the_cloud_has_stays_while_it_is_among_the_values() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(with_emails("kai", &["k.lang@x.example", "kai@x.example"]));
    sync(&engine).await;
    assert_eq!(email_of(&world, "kai"), "k.lang@x.example");
    for emails in [
        &["kai@x.example", "k.lang@x.example"][..],
        &["a@x.example", "kai@x.example", "K.Lang@x.example"],
    ] {
        world.directory.put(with_emails("kai", emails));
        let record = sync(&engine).await;
        assert_eq!(record.counts.preserve + record.counts.skip, 0, "{emails:?}");
        assert_eq!(email_of(&world, "kai").to_lowercase(), "k.lang@x.example", "{emails:?}");
    }
    world.directory.put(with_emails("kai", &["kai@x.example", "a@x.example"]));
    assert_eq!(sync(&engine).await.counts.update, 1);
    assert_eq!(email_of(&world, "kai"), "kai@x.example");
    // Mass deployment tells the cloud the same address.
    world.directory.put(with_emails("kai", &["a@x.example", "kai@x.example"]));
    let found = engine.find(&"a@x.example".parse().unwrap()).await.unwrap();
    assert_eq!(found.person.unwrap().email, "kai@x.example");
}

#[tokio::test]
async fn an_address_that_was_sent_in_vain_is_given_up_for_a_free_one() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(with_emails("ben", &["team@x.example", "ben@x.example"]));
    world.cloud.refusing.store(true, Ordering::Relaxed);
    assert!(sync(&engine).await.error.is_some(), "no answer for ben");
    world.cloud.refusing.store(false, Ordering::Relaxed);
    world.directory.put(with_emails("ann", &["team@x.example"]));
    let emails = async || {
        sync(&engine).await;
        let known = world.cloud.known.lock().unwrap();
        known.values().map(|user| user.email.clone()).collect::<Vec<_>>()
    };
    assert_eq!(emails().await, ["team@x.example"], "one has it, and it is ann");
    assert_eq!(emails().await, ["team@x.example", "ben@x.example"]);
}

#[tokio::test]
async fn any_address_links_a_user_and_a_taken_one_is_passed_over() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(with_emails("lea", &["lea@x.example"]));
    sync(&engine).await;
    world.directory.put(with_emails("max", &["lea@x.example", "max@x.example"]));
    world.directory.put(with_emails("ned", &["ned@x.example", "n.old@x.example"]));
    *world.cloud.unlinked_users.lock().unwrap() = vec![CloudUser {
        cloud_id: "c1".into(),
        user_name: "by hand".into(),
        email: "N.Old@x.example".into(),
        active: true,
        ..CloudUser::default()
    }];
    let plan = plan(&engine).await;
    let of = |id: &str| plan.iter().find(|p| p.identity.as_str() == id).unwrap();
    assert_eq!(of("lea").change, Change::Unchanged);
    assert_eq!(
        (of("max").change, of("max").email.as_deref()),
        (Change::Create, Some("max@x.example"))
    );
    assert_eq!(of("ned").reason, Reason::LinkedByEmail { name: "by hand".into() });
}

#[tokio::test]
async fn a_shared_address_is_whose_the_import_gave_it_to() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add((0..5).map(|n| format!("p{n}")));
    world.directory.put(with_emails("olga", &["olga@firm.example"]));
    world.directory.put(with_emails("root-olga", &["Olga@firm.example"]));
    // Before the first import nobody has the address.
    assert_eq!(sign_in(&engine, "olga@firm.example").await, NOBODY);
    assert_eq!(sign_in(&engine, "root-olga").await, ok("root-olga"));
    let record = sync(&engine).await;
    assert_eq!((record.counts.create, record.counts.skip), (6, 1));
    assert_eq!(sign_in(&engine, "olga@firm.example").await, ok("olga"));
    assert_eq!(sign_in(&engine, "olga").await, ok("olga"));
    let out = (SignInOutcome::NotInScope, Some("root-olga".to_owned()));
    assert_eq!(sign_in(&engine, "root-olga").await, out);
    let found = engine.find(&"root-olga".parse().unwrap()).await.unwrap();
    assert_eq!(found.outcome, FindOutcome::NotInScope);
    let found = engine.find(&"olga@firm.example".parse().unwrap()).await.unwrap();
    assert_eq!(found.person.unwrap().identity.as_str(), "olga");
    let query = JournalQuery { kind: Some("sign_in".into()), limit: 10, ..Default::default() };
    drop(engine);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let journal = serde_json::to_string(&engine.journal(&query).unwrap()).unwrap();
    assert!(journal.contains("not_imported"), "{journal}");
    // The cloud's user leaves: the other one has the address now, and is imported.
    world.directory.remove("olga");
    sync(&engine).await;
    sync(&engine).await;
    assert_eq!(sign_in(&engine, "root-olga").await.0, SignInOutcome::Ok);
}

#[tokio::test]
async fn a_user_name_comes_before_an_address() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(person("pia"));
    world.directory.put(with_emails("quin", &["pia@x.example"]));
    for _ in 0..2 {
        // The first time the cloud has neither, the second time both.
        assert_eq!(sign_in(&engine, "pia@x.example").await, ok("pia"));
        sync(&engine).await;
    }
    // Whom the cloud has comes before somebody whom it does not have.
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(with_emails("quin", &["pia@x.example"]));
    sync(&engine).await;
    world.directory.put(with_emails("pia", &[]));
    assert_eq!(sign_in(&engine, "pia@x.example").await, ok("quin"));
}

#[tokio::test]
async fn somebody_made_anew_at_the_same_place_is_still_the_one_whom_the_cloud_has() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.put(person("rosa"));
    sync(&engine).await;
    world.directory.remove("rosa");
    let mut anew = person("rosa");
    anew.identity = connector_model::Identity::from_text("rosa-2");
    world.directory.put(anew);
    assert_eq!(sign_in(&engine, "rosa").await, ok("rosa-2"));
}

#[tokio::test]
async fn who_lost_the_address_stays_active_and_is_told() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(["sven".to_owned(), "tara".to_owned(), "uwe".to_owned()]);
    sync(&engine).await;
    world.directory.put(with_emails("sven", &[]));
    world.directory.put(with_emails("tara", &["n/a", "tara@"]));
    world.directory.put(with_emails("vera", &["vera"]));
    world.directory.put(with_emails("uwe", &["-", "uwe@mail.example"]));
    let plan = plan(&engine).await;
    let of = |id: &str| plan.iter().find(|p| p.identity.as_str() == id).unwrap();
    for id in ["sven", "tara"] {
        assert_eq!((of(id).change, &of(id).reason), (Change::Skip, &Reason::LostEmail), "{id}");
        // Lists tell them apart by the address that the cloud keeps.
        assert_eq!(of(id).email.as_deref(), Some(&*format!("{id}@mail.example")));
    }
    assert_eq!(of("vera").reason, Reason::UnusableEmail { value: "vera".into() });
    assert_eq!(of("uwe").change, Change::Unchanged);
    let mapping = settings(&[("All", None)]).mappings.remove(0);
    let preview = engine.preview(&mapping, Arc::default(), None).await.unwrap();
    let count = |kind| preview.findings.iter().find(|f| f.kind == kind).map(|f| f.count);
    assert_eq!(count(FindingKind::LostEmail), Some(2));
    assert_eq!(count(FindingKind::UnusableEmail), Some(3));
    let record = sync(&engine).await;
    assert_eq!((record.counts.skip, record.counts.preserve), (3, 0));
    assert_eq!(world.active(), ["sven", "tara", "uwe"]);
}

/// Two accounts with a directory each.
struct Two(Arc<FakeDirectory>, Arc<FakeDirectory>);

impl Directories for Two {
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>> {
        Ok(if account == "corp" { self.0.clone() } else { self.1.clone() })
    }
}

fn two(world: &World, other: &Arc<FakeDirectory>, folder: &Path) -> Engine {
    let (events, mut ports) = world.parts();
    ports.directories = Arc::new(Two(world.directory.clone(), other.clone()));
    let mut settings: Settings = settings(&[("Here", None), ("There", None)]);
    let mut account = settings.accounts[0].clone();
    account.name = "branch".into();
    settings.mappings[1].account.clone_from(&account.name);
    settings.accounts.push(account);
    settings.sign_in.wrong_attempts = 1000;
    let database = folder.join("connector.db");
    Engine::start(EngineOptions { database, settings, ports, events, schedule: false }).unwrap()
}

#[tokio::test]
async fn a_name_is_one_person_over_all_accounts_or_nobody() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let other = Arc::new(FakeDirectory::default());
    let engine = two(&world, &other, folder.path());
    let mut here = person("here");
    let mut there = person("there");
    for person in [&mut here, &mut there] {
        person.login = Some("wim".into());
    }
    world.directory.put(here);
    other.put(there);
    other.put(person("xena"));
    assert_eq!(sign_in(&engine, "wim").await, NOBODY);
    assert_eq!(sign_in(&engine, "there@x.example").await, ok("there"));
    assert_eq!(sign_in(&engine, "xena").await, ok("xena"));
    // A directory that is away hides nobody of the other one, and nobody is unknown because of it.
    *other.down.lock().unwrap() = true;
    assert_eq!(sign_in(&engine, "here@x.example").await, ok("here"));
    let away = (SignInOutcome::DirectoryUnavailable, None);
    assert_eq!(sign_in(&engine, "xena").await, away);
    assert_eq!(sign_in(&engine, "wim").await, away, "whose that is nobody can tell");
}

/// Whoever has the name in the cloud is in a directory that is away: their password is no guess at another one's.
#[tokio::test]
async fn while_a_directory_is_away_its_names_are_nobody_elses() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let other = Arc::new(FakeDirectory::default());
    let engine = two(&world, &other, folder.path());
    other.put(person("there"));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let mut twin = person("twin");
    twin.set_emails(["there@x.example".to_owned(), "twin@mail.example".to_owned()]);
    world.directory.put(twin);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    *other.down.lock().unwrap() = true;
    let away = (SignInOutcome::DirectoryUnavailable, None);
    assert_eq!(sign_in(&engine, "there@x.example").await, away);
    assert_eq!(sign_in(&engine, "twin@x.example").await, ok("twin"));
}

/// Somebody of few names, so that many are shared: in which directory, login name, UPN, e-mail address.
type Drawn = (bool, usize, Option<usize>, Option<usize>);

fn drawn((number, (_, login, upn, mail)): (usize, &Drawn)) -> connector_model::Person {
    let address = |n: usize| format!("n{n}@x.example");
    let mut person = person(&format!("p{number}"));
    person.login = Some(format!("n{login}"));
    person.upn = upn.map(address);
    person.set_emails(mail.map(address));
    person
}

#[test]
fn a_password_opens_only_its_owners_account_and_a_name_only_one() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let some = (any::<bool>(), 0..3usize, prop::option::of(0..3usize), prop::option::of(0..3usize));
    let mut runner = TestRunner::new(Config { cases: 30, ..Config::default() });
    let result = runner.run(&prop::collection::vec(some, 1..6), |people| {
        let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
        let other = Arc::new(FakeDirectory::default());
        for one in people.iter().enumerate() {
            (if one.1.0 { &world.directory } else { &other }).put(drawn(one));
        }
        let engine = runtime.block_on(async { two(&world, &other, folder.path()) });
        // Before the first import and after it.
        for imported in [false, true] {
            if imported {
                runtime.block_on(engine.import(None, Consent::nothing(), None)).unwrap();
            }
            let every_name = ["n0", "n1", "n2", "n0@x.example", "N1@x.example", "n2@X.example"];
            // All at once: refusals take their time.
            let tries =
                every_name.iter().flat_map(|typed| (0..people.len()).map(move |n| (*typed, n)));
            let answers = tries.map(async |(typed, owner)| {
                let deadline = Instant::now() + Duration::from_secs(20);
                let secret = Secret::new(&*format!("pw-p{owner}"));
                (typed, owner, engine.sign_in(&typed.parse().unwrap(), &secret, deadline).await)
            });
            let answers = runtime.block_on(futures_util::future::join_all(answers));
            for typed in every_name {
                let mut opened = vec![];
                for (_, owner, answer) in answers.iter().filter(|(of, _, _)| *of == typed) {
                    if answer.outcome == SignInOutcome::Ok {
                        let identity = answer.identity.as_ref().unwrap().to_string();
                        prop_assert_eq!(&identity, &format!("p{owner}"), "{}", typed);
                        opened.push(identity);
                    }
                }
                prop_assert!(opened.len() <= 1, "{typed}: {opened:?}");
                let has_name = |n: usize| {
                    let person = drawn((n, &people[n]));
                    let is = |name: &String| name.eq_ignore_ascii_case(typed);
                    (person.login.iter().chain(&person.upn).any(is), person.emails().any(is))
                };
                let named: Vec<usize> = (0..people.len()).filter(|n| has_name(*n).0).collect();
                let mailed: Vec<usize> = (0..people.len()).filter(|n| has_name(*n).1).collect();
                if !imported {
                    // Before an import: the one of that user name, else the one of that address.
                    let meant = match (&named[..], &mailed[..]) {
                        ([one], _) | ([], [one]) => vec![format!("p{one}")],
                        _ => vec![],
                    };
                    prop_assert_eq!(&opened, &meant, "{}", typed);
                }
                let has =
                    |one: &String| named.iter().chain(&mailed).any(|n| *one == format!("p{n}"));
                prop_assert!(opened.iter().all(has), "{typed}: {opened:?}");
            }
        }
        Ok(())
    });
    result.unwrap();
}

#[tokio::test]
async fn names_and_addresses_change_hands_over_two_mappings() {
    let (world, _folder, engine, cloud) =
        with_unique_cloud(settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]));
    for n in 0..20 {
        let department = if n % 2 == 0 { "Sales" } else { "Legal" };
        world.directory.put(person_in(department, &format!("p{n}")));
    }
    engine.import(None, Consent::nothing(), None).await.unwrap();
    // Two who exchange, a circle of four, and two who exchange their addresses.
    let wanted = [(0, 1), (1, 0), (2, 3), (3, 4), (4, 5), (5, 2)];
    for (who, name) in wanted {
        world.directory.change(&format!("p{who}"), |p| p.upn = Some(format!("p{name}@x.example")));
    }
    for (who, other) in [("p10", "p11"), ("p11", "p10")] {
        world.directory.change(who, |p| p.email = Some(format!("{other}@mail.example")));
    }
    for _ in 0..3 {
        let records = engine.import(None, Consent::nothing(), None).await.unwrap();
        assert!(records.iter().all(|record| record.refused == 0), "{records:?}");
    }
    for (who, name) in wanted {
        let (_, owner, active) = cloud.of(&format!("p{name}@x.example")).unwrap();
        assert_eq!((owner, active), (format!("p{who}"), true));
    }
    let users = cloud.users.lock().unwrap();
    let email = |id: &str| users.values().find(|user| user.identity == id).unwrap().email.clone();
    assert_eq!(
        (email("p10"), email("p11")),
        ("p11@mail.example".into(), "p10@mail.example".into())
    );
}
