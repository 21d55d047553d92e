//! Changes between two full imports: what is read and sent for them, and when only a full read will do.

use crate::support::{World, person, settings};
use connector_engine::records::{ImportKind, ImportRecord};
use connector_engine::{Consent, Engine, JournalQuery};
use connector_model::{FindingKind, Identity, Watermark};
use std::sync::atomic::Ordering;
use std::time::Duration;

fn ids(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|n| format!("p{n:03}"))
}

/// An engine that follows 100 people who were imported.
async fn followed(world: &World, folder: &std::path::Path) -> Engine {
    let engine = world.start(folder, settings(&[("All", None)]), true);
    world.directory.add(ids(0, 100));
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    until("a follower", || world.directory.feed.lock().unwrap().is_some()).await;
    engine
}

async fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..2000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no {what}");
}

fn reads(world: &World) -> usize {
    world.directory.reads.load(Ordering::Relaxed)
}

fn has(world: &World, id: &str) -> bool {
    world.active().iter().any(|active| active == id)
}

#[tokio::test]
async fn only_the_touched_are_read_and_sent() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    world.directory.add(["new".to_owned()]);
    world.directory.change("p001", |p| p.email = Some("other@mail.example".into()));
    world.directory.change("p002", |p| p.enabled = connector_model::Enabled::No);
    world.directory.change("p003", |p| p.title = Some("out_of_scope".into()));
    world.directory.remove("p004");
    world.directory.tell(&["new", "p001", "p002", "p003", "p004", "p005", "stranger"], false).await;
    until("new person", || has(&world, "new")).await;
    until("record", || changes(&engine).len() == 1).await;
    assert_eq!(world.active().len(), 98);
    let record = changes(&engine).remove(0);
    let sent = (record.counts.create, record.counts.update, record.counts.preserve);
    assert_eq!((record.kind, sent), (ImportKind::Changes, (1, 1, 3)));
    assert_eq!(record.read, 4 + 1 - 1, "new, p001, p002, p005");
    assert_eq!(record.watermark_after.unwrap().position, "1");
    assert_eq!(reads(&world), 1, "no further full read");
    // A full read finds nothing that was missed.
    let full = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(full.counts.to_send(), 0);
}

#[tokio::test]
async fn nobody_of_a_list_that_waits_goes_because_they_are_told_of_alone() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 100));
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    ids(0, 30).for_each(|id| world.directory.remove(&id));
    let held = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(held.awaiting_approval[0].people, 30);
    // One of them, and one more: of either the directory tells afterwards.
    world.directory.remove("p050");
    for id in ["p007", "p050"] {
        let alone = [Identity::from_text(id)];
        let record = engine.import_changes("All", &alone).await.unwrap().unwrap();
        assert_eq!((record.counts.hold, record.counts.preserve), (1, 0), "{id}");
    }
    assert_eq!(
        (world.active().len(), changes(&engine)),
        (100, vec![]),
        "one number, and one record of it"
    );
    assert_eq!(engine.status().awaiting_approval, held.awaiting_approval);
    // The next list has all of them.
    let list = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    let approved = Consent::to_lists([list.awaiting_approval[0].hash.as_str()]);
    let done = engine.import(Some("All"), &approved, None).await.unwrap().remove(0);
    assert_eq!((done.counts.preserve, world.active().len()), (31, 69));
}

fn changes(engine: &Engine) -> Vec<ImportRecord> {
    let asked = JournalQuery { kind: Some("changes".into()), limit: 100, ..Default::default() };
    let entries = engine.journal(&asked).unwrap();
    entries.into_iter().map(|entry| serde_json::from_value(entry.detail).unwrap()).collect()
}

#[tokio::test]
async fn who_is_unknown_to_another_server_is_not_gone() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    let other = Watermark { server: "another".into(), ..world.directory.watermark() };
    *world.directory.other_looks_up.lock().unwrap() = Some(other);
    world.directory.remove("p004");
    world.directory.tell(&["p004"], false).await;
    until("a full read, which is judged by the other one too", || {
        engine.status().last_imports.iter().any(|import| !import.complete)
    })
    .await;
    assert!(has(&world, "p004"), "nobody said that this person is gone");
    *world.directory.other_looks_up.lock().unwrap() = None;
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    assert!(!has(&world, "p004"));
}

#[tokio::test]
async fn a_name_that_is_given_up_goes_to_whoever_waits_for_it() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let mut heir = person("heir");
    heir.email = Some("p001@mail.example".into());
    world.directory.put(heir);
    world.directory.add(["p001".to_owned()]);
    let engine = followed(&world, folder.path()).await;
    assert!(!has(&world, "p001"), "heir comes first");
    world.directory.change("heir", |p| p.email = Some("heir@mail.example".into()));
    world.directory.tell(&["heir"], false).await;
    until("p001", || has(&world, "p001")).await;
    // And a name that somebody has who was not read is not given twice.
    let mut late = person("late");
    late.email = Some("P050@mail.example".into());
    world.directory.put(late);
    world.directory.tell(&["late"], false).await;
    world.directory.add(["last".to_owned()]);
    world.directory.tell(&["last"], false).await;
    until("last", || has(&world, "last")).await;
    assert!(!has(&world, "late"));
    let full = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((full.counts.to_send(), full.counts.skip), (0, 1));
}

#[tokio::test]
async fn many_small_removals_wait_like_one_large() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    for id in ids(0, 20) {
        world.directory.remove(&id);
        world.directory.tell(&[&id], false).await;
    }
    until("20 of 100 to go, as many as may in a day", || world.active().len() == 80).await;
    ids(20, 30).for_each(|id| world.directory.remove(&id));
    world.directory.tell(&["p020"], false).await;
    until("approval", || {
        engine.status().last_imports.iter().any(|import| !import.awaiting_approval.is_empty())
    })
    .await;
    let waiting = engine.status().last_imports.remove(0);
    assert_eq!((waiting.counts.hold, world.active().len()), (10, 80));
    let list = &waiting.awaiting_approval[0];
    assert_eq!(list.people, 10);
    engine.import(Some("All"), &Consent::to_lists([&list.hash]), None).await.unwrap();
    assert_eq!(world.active().len(), 70);
    // What was approved no longer counts against the limit.
    world.directory.remove("p099");
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.awaiting_approval), (1, vec![]));
}

#[tokio::test]
async fn what_cannot_be_told_person_by_person_is_read_in_full() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let _engine = followed(&world, folder.path()).await;
    world.directory.add(["moved".to_owned()]);
    world.directory.tell(&[], true).await;
    until("moved", || has(&world, "moved")).await;
    assert_eq!(reads(&world), 2);
}

#[tokio::test]
async fn a_cloud_that_is_away_gets_the_changes_later() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    world.cloud.refusing.store(true, Ordering::Relaxed);
    world.directory.add(["new".to_owned()]);
    world.directory.tell(&["new"], false).await;
    until("failure", || engine.status().following.iter().any(|f| f.error.is_some())).await;
    assert!(!has(&world, "new"));
    let before = world.directory.followed_from.lock().unwrap().clone();
    world.cloud.refusing.store(false, Ordering::Relaxed);
    until("second follower", || world.directory.followed_from.lock().unwrap().len() > before.len())
        .await;
    // The watermark did not move, so that the server tells the same again.
    assert_eq!(world.directory.followed_from.lock().unwrap().last(), before.last());
    world.directory.tell(&["new"], false).await;
    until("new", || has(&world, "new")).await;
}

#[tokio::test]
async fn another_server_is_read_in_full_and_its_absences_wait_for_a_second_look() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 100));
    *world.directory.mark.lock().unwrap() = ("one".into(), 50);
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    // The second server has not heard of p099 yet.
    *world.directory.mark.lock().unwrap() = ("two".into(), 7);
    world.directory.remove("p099");
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.hold, record.counts.preserve), (1, 0));
    let told = |record: &ImportRecord| {
        record.findings.iter().map(|one| (one.kind, one.count)).collect::<Vec<_>>()
    };
    assert_eq!(told(&record), [(FindingKind::OtherServer, 1)], "why somebody is on hold");
    assert_eq!(told(&engine.status().last_imports[0]), told(&record));
    assert_eq!(record.watermark_before.unwrap().server, "one");
    assert_eq!(record.watermark_after.unwrap().server, "two");
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.hold, record.counts.preserve), (0, 1));
    // The same server with an older state, as after a backup was played back: until somebody says that it is right.
    *world.directory.mark.lock().unwrap() = ("two".into(), 3);
    world.directory.remove("p098");
    for _ in 0..2 {
        let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
        assert_eq!((record.counts.hold, &record.watermark_after), (1, &None));
        assert_eq!(record.awaiting_approval, [], "nothing to approve of what may be wrong");
        assert_eq!(told(&record), [(FindingKind::OlderState, 1)]);
    }
    let consent = Consent::default().and_to_the_directory(true);
    let record = engine.import(Some("All"), &consent, None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.watermark_after.unwrap().position), (1, "3".into()));
}

#[tokio::test]
async fn a_changed_rule_waits_for_the_administrator() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    let (_, ports) = world.parts();
    engine.reload(settings(&[("All", Some("Sales"))]), ports);
    assert_eq!(engine.status().changed, ["All"]);
    assert_eq!(engine.status().next_import_ms, None);
    until("end of following", || engine.status().following.is_empty()).await;
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    assert!(engine.status().changed.is_empty());
    until("following again", || !engine.status().following.is_empty()).await;
}

#[tokio::test(start_paused = true)]
async fn a_full_read_that_finds_what_nobody_told_is_an_error() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = followed(&world, folder.path()).await;
    let missed = || {
        let query = JournalQuery { kind: Some("missed".into()), limit: 10, ..Default::default() };
        engine.journal(&query).unwrap()
    };
    let later = || async {
        tokio::time::sleep(Duration::from_secs(40)).await;
        // The journal is written by a thread of its own.
        std::thread::sleep(Duration::from_millis(200));
    };
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    // Seen by the full import first, told a moment later: nothing is wrong.
    world.directory.add(["quick".to_owned()]);
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    world.directory.tell(&["quick"], false).await;
    // Refused at first, and taken at a later import: nobody was to tell of that.
    world.cloud.refused.lock().unwrap().push("doubtful".into());
    world.directory.add(["doubtful".to_owned()]);
    world.directory.tell(&["doubtful"], false).await;
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.refused, record.refusals.len(), record.refusals[0].people), (1, 1, 1));
    world.cloud.refused.lock().unwrap().clear();
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    later().await;
    assert_eq!(missed(), []);
    world.directory.add(["silent".to_owned()]);
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    later().await;
    let entry = missed().remove(0);
    assert_eq!((&entry.detail["count"], &entry.detail["people"][0]), (&1.into(), &"silent".into()));
    assert!(has(&world, "silent"));
}
