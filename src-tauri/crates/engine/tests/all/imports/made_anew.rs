//! An entry that is made anew is the same person, whichever mapping had the former one.

use crate::support::unique_cloud::with_unique_cloud;
use crate::support::{person_in, settings};
use connector_engine::Consent;
use connector_model::{Dn, Identity, Person};

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
    let m1 = crate::support::person("m1");
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

/// While linking many waits for an approval in the mapping that has their new entries, the former mapping, for which they are
/// few, deactivates none of them.
#[tokio::test]
async fn who_waits_to_be_linked_is_not_deactivated_by_the_former_mapping() {
    let mut two = settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]);
    two.import.removal_limit_people = 2;
    let (world, _folder, engine, cloud) = with_unique_cloud(two);
    for id in ["ada", "eva", "ian"] {
        world.directory.put(person_in("Sales", id));
    }
    for number in 0..40 {
        world.directory.put(person_in("Legal", &format!("p{number}")));
    }
    engine.import(None, Consent::nothing(), None).await.unwrap();
    for id in ["p1", "p2", "p3"] {
        world.directory.remove(id);
        let place = format!("CN={id},OU=new,DC=x");
        world.directory.put(anew(person_in("Legal", id), "Sales", Some(&place)));
    }
    // Somebody else left at the same time.
    world.directory.remove("p7");
    let records = engine.import(None, Consent::nothing(), None).await.unwrap();
    let told = records.iter().map(|r| (r.counts.adopt, r.counts.hold, r.counts.preserve));
    assert_eq!(told.collect::<Vec<_>>(), [(0, 3, 0), (0, 3, 1)]);
    assert!(cloud.of("p1@x.example").unwrap().2 && !cloud.of("p7@x.example").unwrap().2);
    let lists: Vec<_> = records[0].awaiting_approval.iter().map(|l| l.hash.clone()).collect();
    let records = engine.import(None, &Consent::to_lists(lists), None).await.unwrap();
    let told = records.iter().map(|r| (r.counts.adopt, r.counts.hold, r.counts.preserve));
    assert_eq!(told.collect::<Vec<_>>(), [(3, 0, 0), (0, 0, 0)]);
    assert_eq!(cloud.of("p1@x.example").unwrap().1, "p1.1");
    assert_eq!(cloud.users.lock().unwrap().len(), 43);
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
