//! An attribute of the account's own choice, such as an employee number, can be given twice by mistake.

use crate::support::{World, person, settings};
use connector_engine::{Consent, Engine};
use connector_model::{
    Change, Criterion, Dn, Identity, Person, PlannedPerson, Reason, Secret, SignInOutcome,
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
