//! An entry that is made anew is the same person, whichever mapping had the former one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "../support/mod.rs"]
mod support;

use connector_engine::Consent;
use connector_model::{Dn, Identity, Person};
use support::unique_cloud::with_unique_cloud;
use support::{person_in, settings};

/// The same person under another identity.
fn anew(person: Person, department: &str, dn: Option<&str>) -> Person {
    let identity = Identity::from_text(&format!("{}.1", person.identity));
    let dn = dn.map_or(person.dn.clone(), Dn::from_server);
    Person { identity, dn, department: Some(department.to_owned()), ..person }
}

#[tokio::test]
async fn in_a_mapping_that_is_imported_before_the_former_one() {
    for place in [None, Some("CN=kim,OU=new,DC=x")] {
        let two = settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]);
        let (world, _folder, engine, cloud) = with_unique_cloud(two);
        for (department, id) in
            [("Sales", "ada"), ("Sales", "eva"), ("Legal", "ben"), ("Legal", "kim")]
        {
            world.directory.put(person_in(department, id));
        }
        engine.import(None, Consent::nothing(), None).await.unwrap();
        let before = cloud.of("kim@x.example").unwrap();
        world.directory.remove("kim");
        world.directory.put(anew(person_in("Legal", "kim"), "Sales", place));
        let records = engine.import(None, Consent::nothing(), None).await.unwrap();
        let told = records.iter().map(|r| (r.counts.adopt, r.counts.preserve, r.counts.skip));
        assert_eq!(told.collect::<Vec<_>>(), [(1, 0, 0), (0, 0, 0)], "{place:?}");
        let after = cloud.of("kim@x.example").unwrap();
        assert_eq!(after, (before.0, "kim.1".to_owned(), true));
        assert_eq!(cloud.users.lock().unwrap().len(), 4);
    }
}

#[tokio::test]
async fn of_a_mapping_that_was_removed() {
    let (world, _folder, engine, cloud) = with_unique_cloud(settings(&[("One", None)]));
    world.directory.add(["m1", "m2", "m3"].map(str::to_owned));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let before = cloud.of("m1@x.example").unwrap();
    let (_, mut ports) = world.parts();
    ports.delivery = Some(cloud.clone());
    engine.reload(settings(&[("Two", None)]), ports);
    let m1 = support::person("m1");
    world.directory.remove("m1");
    world.directory.put(anew(m1, "Sales", None));
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    // The mapping has nobody yet, so one is everybody.
    let lists = record.awaiting_approval.iter().map(|list| list.hash.clone());
    engine.import(None, &Consent::to_lists(lists), None).await.unwrap();
    let after = cloud.of("m1@x.example").unwrap();
    assert_eq!(after, (before.0, "m1.1".to_owned(), true));
    assert_eq!(cloud.users.lock().unwrap().len(), 3);
    assert!(engine.status().left_behind.is_empty(), "everybody is another mapping's now");
}

/// Somebody else of the same names beside an entry that is still there is nobody's new entry.
#[tokio::test]
async fn beside_a_former_entry_that_is_still_there_it_is_somebody_else() {
    let two = settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]);
    let (world, _folder, engine, cloud) = with_unique_cloud(two);
    world.directory.put(person_in("Legal", "kim"));
    world.directory.put(person_in("Legal", "ben"));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let twin = anew(person_in("Legal", "kim"), "Sales", Some("CN=kim,OU=new,DC=x"));
    world.directory.put(twin);
    let records = engine.import(None, Consent::nothing(), None).await.unwrap();
    assert_eq!((records[0].counts.skip, records[0].counts.adopt), (1, 0));
    assert_eq!(cloud.of("kim@x.example").unwrap().1, "kim");
}
