//! Nobody is made inactive because they cannot be seen: only because they were found gone, or somewhere else.

use crate::support::{World, person, settings};
use connector_engine::records::ImportRecord;
use connector_engine::{Consent, Engine, Preview};
use connector_model::{ApprovalKind, Change, Code, Dn, PlannedPerson, Reason, Settings};
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

async fn sync(engine: &Engine) -> ImportRecord {
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
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
    staff(&world, "c", 2);
    sync(&engine).await;
    // As when the bind account loses its rights on OU=b: far below the limit of removals.
    clear(&world, "b");
    world.directory.remove("a00");
    let (plan, people) = preview(&engine, &rules).await;
    assert_eq!((plan.counts.hold, plan.counts.preserve), (3, 1));
    let [list] = &plan.awaiting_approval[..] else { panic!("{plan:?}") };
    assert_eq!((list.kind, list.people), (ApprovalKind::Deactivate, 3), "a00 goes at once");
    assert_eq!(list.hash, plan.plan_hash);
    let held = people.iter().find(|p| p.identity.as_str() == "b01").unwrap();
    assert_eq!(held.change, Change::Hold);
    assert_eq!(held.reason, Reason::OutOfSight { place: "OU=b,DC=x".to_owned() });
    let needs = held.needs.as_ref().unwrap();
    assert_eq!((&needs.list, needs.people), (&list.hash, 3));
    let deleted = people.iter().find(|p| p.identity.as_str() == "a00").unwrap();
    assert_eq!((&deleted.reason, &deleted.needs), (&Reason::Deleted, &None));

    let record = sync(&engine).await;
    assert_eq!((record.counts.hold, record.counts.preserve), (3, 1));
    assert_eq!(record.awaiting_approval, plan.awaiting_approval);
    assert_eq!(world.active().len(), 64);
    assert_eq!(sync(&engine).await.counts.hold, 3, "and so every time");

    // Somebody else is out of sight now: the list of before is no longer the one.
    let old = Consent::to_lists([&list.hash]);
    clear(&world, "c");
    let stale = engine.import(Some("All"), &old, None).await.unwrap_err();
    assert_eq!(stale.code, Code::ApprovalStale);
    assert_eq!(world.active().len(), 64, "and nothing was sent");
    staff(&world, "c", 2);
    let record = engine.import(Some("All"), &old, None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, &record.awaiting_approval[..]), (3, &[][..]));
    assert_eq!(record.approved, plan.awaiting_approval);
    assert_eq!(world.active().len(), 61);
}

#[tokio::test]
async fn one_who_comes_back_into_sight_is_as_before() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 60);
    staff(&world, "b", 1);
    sync(&engine).await;
    clear(&world, "b");
    assert_eq!(sync(&engine).await.counts.hold, 1);
    staff(&world, "b", 1);
    let record = sync(&engine).await;
    assert_eq!((record.counts.unchanged, record.awaiting_approval), (61, vec![]));
}

#[tokio::test]
async fn a_directory_that_can_no_longer_be_asked_proves_nothing() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 60);
    sync(&engine).await;
    world.directory.remove("a00");
    *world.directory.deaf_to_proof.lock().unwrap() = true;
    let record = sync(&engine).await;
    assert_eq!((record.counts.hold, record.counts.preserve, record.complete), (1, 0, false));
    *world.directory.deaf_to_proof.lock().unwrap() = false;
    assert_eq!(sync(&engine).await.counts.preserve, 1);
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
    sync(&engine).await;
    world.directory.change("p00", |p| p.department = Some("Legal".into()));
    world.directory.change("p01", |p| p.country = None);
    let (_, people) = preview(&engine, &rules).await;
    let reason =
        |id: &str| people.iter().find(|p| p.identity.as_str() == id).unwrap().reason.clone();
    let (now, wanted) = ("Legal".to_owned(), vec!["Sales".to_owned()]);
    assert_eq!(reason("p00"), Reason::LeftDepartment { now, wanted });
    assert_eq!(reason("p01"), Reason::NoCountry { wanted: vec!["DE".to_owned()] });
}

/// A server is restored from a backup, and then somebody writes to it: its history looks newer than what was seen, and is not.
#[tokio::test]
async fn who_was_missing_in_a_restored_backup_is_held_until_somebody_takes_it_for_right() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 60);
    world.directory.mark.lock().unwrap().1 = 100;
    sync(&engine).await;
    for n in 0..4 {
        world.directory.remove(&format!("a{n:02}"));
    }
    world.directory.mark.lock().unwrap().1 = 90;
    assert_eq!(sync(&engine).await.counts.hold, 4);
    world.directory.mark.lock().unwrap().1 = 105;
    let drop_of = |record: ImportRecord| (record.counts.hold, record.counts.preserve);
    assert_eq!(drop_of(sync(&engine).await), (4, 0), "one write makes the state no newer");
    // One was only late, and somebody else leaves after that.
    staff(&world, "a", 1);
    world.directory.remove("a59");
    assert_eq!(drop_of(sync(&engine).await), (3, 1));
    world.directory.remove("a00");
    assert_eq!(drop_of(sync(&engine).await), (3, 1), "who was seen again may leave");
    // The programs are started again meanwhile.
    drop(engine);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    assert_eq!(drop_of(sync(&engine).await), (3, 0));
    let right = Consent::nothing().clone().and_to_the_directory(true);
    let record = engine.import(Some("All"), &right, None).await.unwrap().remove(0);
    assert_eq!(drop_of(record), (0, 3));
    assert_eq!(world.active().len(), 55);
}
