//! Two accounts that read the same directory, as where each has rights of its own: a person belongs to one mapping, whichever
//! account it is of.

use crate::support::{FakeDirectory, World, person, person_in, settings};
use connector_engine::{Consent, Engine, JournalQuery};
use connector_model::{Counts, Criterion, Dn, Enabled, Person, Settings};
use std::sync::Arc;
use std::time::Duration;

/// A mapping of each account; the department of the one that comes first.
fn two_accounts(department: Option<&str>) -> Settings {
    let mut settings = settings(&[("First", department), ("Second", None)]);
    let mut other = settings.accounts[0].clone();
    other.name = "other".into();
    settings.accounts.push(other);
    settings.mappings[1].account = "other".into();
    settings
}

async fn import(engine: &Engine, mapping: &str) -> Counts {
    let record = engine.import(Some(mapping), Consent::nothing(), None).await.unwrap().remove(0);
    assert!(record.complete && record.error.is_none(), "{record:?}");
    record.counts
}

fn company(department: Option<&str>) -> (World, tempfile::TempDir, Engine) {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), two_accounts(department));
    for n in 0..30 {
        world.directory.put(person_in(if n < 10 { "sales" } else { "it" }, &format!("p{n:02}")));
    }
    (world, folder, engine)
}

#[tokio::test]
async fn nobody_is_taken_back_and_forth() {
    let (world, _folder, engine) = company(None);
    // The mapping of lower priority is imported before the other one.
    assert_eq!(import(&engine, "Second").await.create, 30);
    let first = import(&engine, "First").await;
    assert_eq!((first.create, first.update), (0, 30));
    for _ in 0..2 {
        let second = import(&engine, "Second").await;
        assert_eq!((second.to_send(), second.hold, second.skip), (0, 0, 30));
        let first = import(&engine, "First").await;
        assert_eq!((first.to_send(), first.unchanged), (0, 30));
    }
    assert_eq!(world.active().len(), 30);
}

#[tokio::test]
async fn whoever_leaves_a_mapping_for_one_of_another_account_stays_active() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    engine.reload(two_accounts(Some("sales")), world.parts().1);
    let first = import(&engine, "First").await;
    assert_eq!((first.unchanged, first.hold, first.preserve), (10, 20, 0));
    let second = import(&engine, "Second").await;
    assert_eq!((second.update, second.skip), (20, 10));
    assert_eq!(import(&engine, "First").await.hold, 0);
    assert_eq!(world.active().len(), 30);
}

#[tokio::test]
async fn an_account_that_does_not_answer_stops_nobody_but_those_it_may_have() {
    let (world, _folder, engine) = company(None);
    // Somebody whom no mapping of the other account can have.
    world.directory.put(Person { dn: Dn::from_server("CN=far,DC=y".to_owned()), ..person("far") });
    assert_eq!(import(&engine, "First").await.create, 31);
    let silent = FakeDirectory::default();
    *silent.down.lock().unwrap() = true;
    for other in [None, Some(Arc::new(silent))] {
        world.by_account.lock().unwrap().insert("other".to_owned(), other);
        engine.reload(two_accounts(None), world.parts().1);
        world.directory.change("p00", |person| person.display_name = Some("Another".to_owned()));
        import(&engine, "First").await;
        world.directory.change("p00", |person| person.display_name = Some("One".to_owned()));
        engine.reload(two_accounts(Some("sales")), world.parts().1);
        let first = import(&engine, "First").await;
        assert_eq!((first.update, first.hold), (1, 20), "{first:?}");
    }
    assert_eq!(world.active().len(), 30, "whoever is far away has left");
}

#[tokio::test]
async fn who_belongs_to_the_first_is_left_to_it_while_its_account_does_not_answer() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    world.by_account.lock().unwrap().insert("corp".to_owned(), None);
    world.by_account.lock().unwrap().insert("other".to_owned(), Some(world.directory.clone()));
    engine.reload(two_accounts(None), world.parts().1);
    let second = import(&engine, "Second").await;
    assert_eq!((second.to_send(), second.skip), (0, 30));
}

/// Each account has rights of its own.
#[tokio::test]
async fn whom_one_account_cannot_see_any_more_is_left_to_the_other_that_can() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    let people = world.directory.people.lock().unwrap().clone();
    let sees_more = FakeDirectory { people: people.into(), ..FakeDirectory::default() };
    world.by_account.lock().unwrap().insert("other".to_owned(), Some(Arc::new(sees_more)));
    engine.reload(two_accounts(None), world.parts().1);
    world.directory.remove("p15");
    let first = import(&engine, "First").await;
    assert_eq!((first.preserve, first.hold), (0, 1), "{first:?}");
    assert_eq!(import(&engine, "Second").await.update, 1);
    assert_eq!((import(&engine, "First").await.hold, world.active().len()), (0, 30));
}

/// Each account has a rule of its own for who is enabled: that of the first mapping counts.
#[tokio::test]
async fn whom_the_first_mapping_made_inactive_stays_so() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    let people = world.directory.people.lock().unwrap().clone();
    let enables_all = FakeDirectory { people: people.into(), ..FakeDirectory::default() };
    world.by_account.lock().unwrap().insert("other".to_owned(), Some(Arc::new(enables_all)));
    engine.reload(two_accounts(None), world.parts().1);
    world.directory.change("p15", |person| person.enabled = Enabled::No);
    assert_eq!(import(&engine, "First").await.preserve, 1);
    for _ in 0..2 {
        let second = import(&engine, "Second").await;
        assert_eq!((second.to_send(), second.skip), (0, 30));
        assert_eq!(import(&engine, "First").await.to_send(), 0);
    }
    world.directory.change("p15", |person| person.enabled = Enabled::Yes);
    assert_eq!(import(&engine, "First").await.reactivate, 1);
}

/// An attribute that only one of the accounts can read.
#[tokio::test]
async fn whom_the_first_mapping_cannot_decide_stays_its_own() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    let people = world.directory.people.lock().unwrap().clone();
    let reads_all = FakeDirectory { people: people.into(), ..FakeDirectory::default() };
    world.by_account.lock().unwrap().insert("other".to_owned(), Some(Arc::new(reads_all)));
    engine.reload(two_accounts(None), world.parts().1);
    world.directory.undecided.lock().unwrap().insert("p15".to_owned(), Criterion::Filter);
    for _ in 0..2 {
        let second = import(&engine, "Second").await;
        assert_eq!((second.to_send(), second.skip), (0, 30));
        let first = engine.import(Some("First"), Consent::nothing(), None).await.unwrap().remove(0);
        assert_eq!((first.counts.to_send(), first.counts.hold), (0, 1));
    }
}

/// Where replicas tell different things, nobody is inactive who is still in a mapping by one of them, or may be.
#[tokio::test]
async fn what_another_server_still_shows_or_does_not_say_is_no_proof() {
    let (world, _folder, engine) = company(None);
    assert_eq!(import(&engine, "First").await.create, 30);
    let mut near = two_accounts(None);
    near.mappings[1].base_dn = Dn::from_server("OU=near,DC=x".to_owned());
    let replica = |place: &str| {
        let other = FakeDirectory::default();
        other.put(Person { dn: Dn::from_server(place.to_owned()), ..person("p15") });
        Some(Arc::new(other))
    };
    let place = |place: &str| {
        let dn = Dn::from_server(place.to_owned());
        world.directory.change("p15", |person| person.dn = dn);
    };
    let answers = |other| {
        world.by_account.lock().unwrap().insert("other".to_owned(), other);
        engine.reload(near.clone(), world.parts().1);
    };
    place("CN=p15,OU=near,DC=x");
    world.directory.change("p16", |p| p.dn = Dn::from_server("CN=p16,OU=near,DC=x".to_owned()));
    import(&engine, "First").await;
    // Moved away here, and not there yet.
    place("CN=p15,DC=gone");
    world.directory.change("p15", |person| person.title = Some("out_of_scope".to_owned()));
    for (other, moves) in [(replica("CN=p15,OU=near,DC=x"), true), (None, false)] {
        answers(other);
        let first = import(&engine, "First").await;
        assert_eq!((first.preserve, first.hold), (0, 1), "{moves}");
    }
    // Deleted here, and the other server does not say.
    world.directory.remove("p15");
    let first = import(&engine, "First").await;
    assert_eq!((first.preserve, first.hold), (0, 1));
    answers(Some(Arc::new(FakeDirectory::default())));
    assert_eq!(import(&engine, "First").await.preserve, 1);
}

/// Nobody tells again of whoever is on hold for another account: they are looked at again, and told of once.
#[tokio::test(start_paused = true)]
async fn whoever_is_on_hold_for_another_account_is_looked_at_again() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.by_account.lock().unwrap().insert("other".to_owned(), None);
    let engine = world.start(folder.path(), two_accounts(None), true);
    world.directory.add((0..30).map(|n| format!("p{n:02}")));
    import(&engine, "First").await;
    while world.directory.feed.lock().unwrap().is_none() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    world.directory.change("p15", |person| person.title = Some("out_of_scope".to_owned()));
    world.directory.tell(&["p15"], false).await;
    tokio::time::sleep(Duration::from_mins(1)).await;
    let changes = JournalQuery { kind: Some("changes".into()), limit: 9, ..Default::default() };
    assert_eq!(engine.journal(&changes).unwrap().len(), 1, "one hold is told once");
    assert_eq!(world.active().len(), 30);
    world.by_account.lock().unwrap().insert("other".to_owned(), Some(Arc::default()));
    engine.reload(two_accounts(None), world.parts().1);
    tokio::time::sleep(Duration::from_mins(2)).await;
    assert_eq!(world.active().len(), 29);
    engine.shutdown(Duration::from_secs(1)).await;
}

/// Numbers of two companies may be the same, and tell nothing of one another.
#[tokio::test]
async fn the_same_number_in_another_directory_is_another_person() {
    for (place, left, moves) in [("CN=another,DC=x", 1, 0), ("CN=p15,DC=x", 0, 1)] {
        let (world, _folder, engine) = company(None);
        let mut settings = two_accounts(None);
        for account in &mut settings.accounts {
            account.attributes.unique_id = Some("employeeNumber".to_owned());
        }
        settings.mappings[0].department = vec!["sales".to_owned(), "it".to_owned()];
        let far = FakeDirectory::default();
        far.put(Person { dn: Dn::from_server(place.to_owned()), ..person("p15") });
        world.by_account.lock().unwrap().insert("other".to_owned(), Some(Arc::new(far)));
        engine.reload(settings.clone(), world.parts().1);
        assert_eq!(import(&engine, "First").await.create, 30);
        world.directory.change("p15", |person| person.department = Some("hr".to_owned()));
        let first = import(&engine, "First").await;
        assert_eq!((first.preserve, first.hold), (left, moves), "{place}");
    }
}
