//! Nobody is made inactive because they cannot be seen: only because they were found gone, or somewhere else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use connector_engine::records::ImportRecord;
use connector_engine::{Engine, Preview};
use connector_model::{Change, Dn, PlannedPerson, Reason, Settings};
use support::{World, person, settings};
use tokio::sync::mpsc;

/// So many people in `OU=<unit>,DC=x`, as `<unit>00`, `<unit>01`, …
fn staff(world: &World, unit: &str, count: usize) {
    for n in 0..count {
        let mut someone = person(&format!("{unit}{n:02}"));
        someone.dn = Dn::from_server(format!("CN={unit}{n:02},OU={unit},DC=x"));
        world.directory.put(someone);
    }
}

fn clear(world: &World, unit: &str) {
    world.directory.people.lock().unwrap().retain(|id, _| !id.starts_with(unit));
}

async fn sync(engine: &Engine, approve: Option<&str>) -> ImportRecord {
    engine.sync(Some("All"), approve, None).await.unwrap().remove(0)
}

async fn preview(engine: &Engine, settings: &Settings) -> (Preview, Vec<PlannedPerson>) {
    let (pages, mut people) = mpsc::channel(100);
    let mapping = settings.mapping("All").unwrap();
    let preview = engine.preview(mapping, std::sync::Arc::default(), Some(pages)).await.unwrap();
    let mut all = vec![];
    while let Ok(page) = people.try_recv() {
        all.extend(page);
    }
    (preview, all)
}

#[tokio::test]
async fn a_whole_container_out_of_sight_is_no_deletion_until_somebody_says_so() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    staff(&world, "a", 60);
    staff(&world, "b", 3);
    sync(&engine, None).await;
    // As when the bind account loses its rights on OU=b: far below the limit of removals.
    clear(&world, "b");
    world.directory.remove("a00");
    let (plan, people) = preview(&engine, &rules).await;
    assert_eq!((plan.counts.hold, plan.counts.preserve, plan.needs_approval), (3, 1, true));
    let held = people.iter().find(|p| p.identity.as_str() == "b01").unwrap();
    assert_eq!(held.change, Change::Hold);
    assert_eq!(held.reason, Reason::OutOfSight { place: "OU=b,DC=x".to_owned() });
    let needs = held.needs.as_ref().unwrap();
    assert_eq!((needs.list.as_str(), needs.people), (plan.plan_hash.as_str(), 4));
    let deleted = people.iter().find(|p| p.identity.as_str() == "a00").unwrap();
    assert_eq!((&deleted.reason, &deleted.needs), (&Reason::Deleted, &None));

    let record = sync(&engine, None).await;
    assert_eq!((record.counts.hold, record.counts.preserve), (3, 1));
    let hash = record.awaiting_approval.unwrap();
    assert_eq!(world.active().len(), 62);
    assert_eq!(sync(&engine, None).await.counts.hold, 3, "and so every time");

    // The list of the first import had a00 as well; what waits now is only OU=b.
    assert!(engine.sync(Some("All"), Some(&hash), None).await.is_err());
    let hash = sync(&engine, None).await.awaiting_approval.unwrap();
    let record = sync(&engine, Some(&hash)).await;
    assert_eq!((record.counts.preserve, record.awaiting_approval), (3, None));
    assert_eq!(world.active().len(), 59);
}

#[tokio::test]
async fn one_who_comes_back_into_sight_is_as_before() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 60);
    staff(&world, "b", 1);
    sync(&engine, None).await;
    clear(&world, "b");
    assert_eq!(sync(&engine, None).await.counts.hold, 1);
    staff(&world, "b", 1);
    let record = sync(&engine, None).await;
    assert_eq!((record.counts.unchanged, record.awaiting_approval), (61, None));
}

#[tokio::test]
async fn a_directory_that_can_no_longer_be_asked_proves_nothing() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 60);
    sync(&engine, None).await;
    world.directory.remove("a00");
    *world.directory.deaf_to_proof.lock().unwrap() = true;
    let record = sync(&engine, None).await;
    assert_eq!((record.counts.hold, record.counts.preserve, record.complete), (1, 0, false));
    *world.directory.deaf_to_proof.lock().unwrap() = false;
    assert_eq!(sync(&engine, None).await.counts.preserve, 1);
}

#[tokio::test]
async fn the_reason_names_the_criterion_that_decided() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let mut rules = settings(&[("All", Some("Sales"))]);
    rules.mappings[0].country = vec!["DE".into()];
    let engine = world.engine(folder.path(), rules.clone());
    for n in 0..40 {
        let mut someone = person(&format!("p{n:02}"));
        (someone.department, someone.country) = (Some("Sales".into()), Some("DE".into()));
        world.directory.put(someone);
    }
    sync(&engine, None).await;
    world.directory.change("p00", |p| p.department = Some("Legal".into()));
    world.directory.change("p01", |p| p.country = None);
    let (_, people) = preview(&engine, &rules).await;
    let reason =
        |id: &str| people.iter().find(|p| p.identity.as_str() == id).unwrap().reason.clone();
    let (now, wanted) = ("Legal".to_owned(), vec!["Sales".to_owned()]);
    assert_eq!(reason("p00"), Reason::LeftDepartment { now, wanted });
    assert_eq!(reason("p01"), Reason::NoCountry { wanted: vec!["DE".to_owned()] });
}
