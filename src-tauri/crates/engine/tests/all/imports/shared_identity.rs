//! An attribute of the account's own choice, such as an employee number, can be given twice by mistake.

use crate::support::{World, person, settings};
use connector_engine::{Consent, Engine};
use connector_model::{
    ApprovalKind, Change, Criterion, Dn, Identity, Person, PlannedPerson, Reason, Secret, Settings,
    SignInOutcome,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Somebody of another name with that identity. Places in the directory's order are by the key.
fn newcomer(world: &World, key: &str, identity: &str) {
    let other = Person { identity: Identity::from_text(identity), ..person(key) };
    world.directory.people.lock().unwrap().insert(key.to_owned(), other);
}

async fn plan(engine: &Engine) -> BTreeMap<String, (Change, Reason)> {
    let mapping = settings(&[("All", None)]).mappings.remove(0);
    let (pages, mut planned) = mpsc::channel(16);
    engine.preview(&mapping, Arc::default(), Some(pages)).await.unwrap();
    let mut all = BTreeMap::new();
    while let Ok(page) = planned.try_recv() {
        let told = |person: PlannedPerson| (person.dn.to_string(), (person.change, person.reason));
        all.extend(page.into_iter().map(told));
    }
    all
}

fn shares_with(id: &str) -> (Change, Reason) {
    (Change::Skip, Reason::SameIdentity { other: format!("CN={id},DC=x") })
}

#[tokio::test]
async fn whose_user_the_cloud_has_keeps_it_and_of_new_ones_nobody_is_taken() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(["p1", "p2", "p3"].map(str::to_owned));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    newcomer(&world, "a1", "p1");
    newcomer(&world, "z1", "p1");
    newcomer(&world, "n1", "n");
    newcomer(&world, "n2", "n");
    // The number of somebody whom the cloud has becomes that of another one, and the entry is where it was.
    world.directory.change("p2", |p| p.identity = Identity::from_text("p3"));
    let plan = plan(&engine).await;
    let undecided = Reason::Undecided { criterion: Criterion::Identity };
    for (dn, wanted) in [
        ("CN=p1,DC=x", (Change::Unchanged, Reason::Same)),
        ("CN=a1,DC=x", shares_with("p1")),
        ("CN=z1,DC=x", shares_with("p1")),
        ("CN=n1,DC=x", shares_with("n2")),
        ("CN=n2,DC=x", shares_with("n1")),
        ("CN=p3,DC=x", (Change::Unchanged, Reason::Same)),
    ] {
        assert_eq!(plan[dn], wanted, "{dn}");
    }
    let held = plan.values().filter(|told| **told == (Change::Hold, undecided.clone())).count();
    assert_eq!(held, 1, "the user of p2 stays: {plan:?}");
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.counts.update, record.counts.create), (0, 0, 0));
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.counts.update, record.counts.unchanged), (0, 0, 2));
    assert_eq!(world.active(), ["p1", "p2", "p3"]);
}

#[tokio::test]
async fn one_person_read_at_two_places_is_one_person() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(["p1".to_owned()]);
    let moved = Person { dn: Dn::from_server("CN=p1,OU=new,DC=x"), ..person("p1") };
    world.directory.people.lock().unwrap().insert("p1 moved".into(), moved);
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.create, record.counts.skip), (1, 1));
}

#[tokio::test]
async fn a_password_opens_no_account_of_another_with_the_same_identity() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let mut settings = settings(&[("All", None)]);
    settings.accounts[0].attributes.unique_id = Some("employeeNumber".to_owned());
    let engine = world.engine(folder.path(), settings);
    world.directory.add(["p1".to_owned()]);
    newcomer(&world, "n1", "n");
    newcomer(&world, "n2", "n");
    engine.import(None, Consent::nothing(), None).await.unwrap();
    newcomer(&world, "a1", "p1");
    // Once more: whose place is remembered is the owner's.
    engine.import(None, Consent::nothing(), None).await.unwrap();
    for (user, outcome) in [
        ("p1", SignInOutcome::Ok),
        ("a1", SignInOutcome::NotInScope),
        ("a1@mail.example", SignInOutcome::NotInScope),
        ("n1", SignInOutcome::NotInScope),
    ] {
        let deadline = Instant::now() + Duration::from_secs(5);
        let verdict = engine.sign_in(&user.parse().unwrap(), &Secret::new("right"), deadline).await;
        assert_eq!(verdict.outcome, outcome, "{user}");
    }
}

/// A number is given to somebody else, after the entry of the first is gone: `dn`, user name and address are theirs.
fn give_to(world: &World, identity: &str, somebody: &str) {
    world.directory.change(identity, |p| {
        *p = Person { identity: Identity::from_text(identity), ..person(somebody) };
    });
}

fn by_number() -> Settings {
    let mut settings = settings(&[("All", None)]);
    settings.accounts[0].attributes.unique_id = Some("employeeNumber".to_owned());
    settings
}

async fn signs_in(engine: &Engine, user: &str) -> SignInOutcome {
    let deadline = Instant::now() + Duration::from_secs(5);
    engine.sign_in(&user.parse().unwrap(), &Secret::new("right"), deadline).await.outcome
}

#[tokio::test]
async fn a_number_given_to_somebody_else_brings_no_account_without_an_approval() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), by_number());
    world.directory.add((0..30).map(|n| format!("p{n:02}")));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    give_to(&world, "p07", "newcomer");
    for _ in 0..2 {
        // Who is not approved is asked about again, and has nothing meanwhile.
        let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
        assert_eq!((record.counts.hold, record.counts.unchanged), (1, 29));
        let [list] = &record.awaiting_approval[..] else { panic!("{record:?}") };
        assert_eq!((list.kind, list.people), (ApprovalKind::Relink, 1));
        let told = plan(&engine).await["CN=newcomer,DC=x"].clone();
        let former = "CN=p07,DC=x".to_owned();
        assert_eq!(told, (Change::Hold, Reason::ReusedIdentity { former }));
        assert_eq!(signs_in(&engine, "newcomer").await, SignInOutcome::NotInScope);
    }
    // Changes that are followed are asked about as well.
    let p07 = [Identity::from_text("p07")];
    let record = engine.import_changes("All", &p07).await.unwrap().unwrap();
    assert_eq!((record.counts.hold, record.counts.update), (1, 0));

    let waiting = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    let list = waiting.awaiting_approval[0].hash.clone();
    let consent = Consent::to_lists([list]);
    let record = engine.import(Some("All"), &consent, None).await.unwrap().remove(0);
    assert_eq!((record.counts.update, record.counts.hold), (1, 0));
    assert_eq!(signs_in(&engine, "newcomer").await, SignInOutcome::Ok);
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.unchanged, record.awaiting_approval.len()), (30, 0));
}

#[tokio::test]
async fn whoever_keeps_a_name_or_a_place_is_the_same_person() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), by_number());
    world.directory.add(["p1", "p2", "p3", "p4"].map(str::to_owned));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    give_to(&world, "p1", "new1");
    world.directory.change("p1", |p| p.dn = person("p1").dn);
    give_to(&world, "p2", "new2");
    world.directory.change("p2", |p| p.email = person("p2").email);
    give_to(&world, "p3", "new3");
    world.directory.change("p3", |p| p.upn = person("p3").upn);
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.update, record.counts.hold), (3, 0));
    assert_eq!(signs_in(&engine, "new1").await, SignInOutcome::Ok);

    // What a server makes is nobody else's, whatever else changes.
    let mut settings = settings(&[("All", None)]);
    settings.accounts[0].attributes.unique_id = Some("entryUUID".to_owned());
    engine.reload(settings, world.parts().1);
    give_to(&world, "p4", "new4");
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.update, record.counts.hold), (1, 0));
}

#[tokio::test]
async fn whoever_gets_the_number_of_a_leaver_is_neither_the_leaver_nor_gone() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), by_number());
    world.directory.add((0..30).map(|n| format!("p{n:02}")));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    // By mistake, and then the leaver's entry goes.
    world.directory.change("p03", |p| p.identity = Identity::from_text("p02"));
    world.directory.remove("p02");
    for _ in 0..2 {
        let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
        assert_eq!((record.counts.preserve, record.counts.update), (0, 0), "{record:?}");
        // Nobody is on a list whom its approval would not change.
        assert_eq!((record.counts.hold, record.awaiting_approval.len()), (1, 0), "{record:?}");
        assert_eq!(world.active().len(), 30);
        assert_eq!(signs_in(&engine, "p03").await, SignInOutcome::NotInScope);
    }
    // Everybody's number is the next one's.
    for n in (4..29).rev() {
        let next = Identity::from_text(&format!("p{:02}", n + 1));
        world.directory.change(&format!("p{n:02}"), |p| p.identity = next);
    }
    world.directory.change("p29", |p| p.identity = Identity::from_text("p30"));
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.counts.update), (0, 0), "{record:?}");
    assert_eq!(world.active().len(), 30);
    // And right again.
    for n in 3..30 {
        let own = format!("p{n:02}");
        world.directory.change(&own, |p| p.identity = Identity::from_text(&own));
    }
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.unchanged, record.counts.preserve), (29, 1), "{record:?}");
}
