//! Imports that failed because a server was away run again by themselves, less and less often, and soon once the cloud is back.

use crate::support::{FakeClock, World, settings};
use connector_engine::{Consent, Engine, JournalQuery};
use connector_model::{Code, Headline};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

const SECOND: Duration = Duration::from_secs(1);

/// The clock on the wall goes with the time of the test.
fn let_time_pass(clock: Arc<FakeClock>) {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(SECOND).await;
            clock.0.fetch_add(1000, Ordering::Relaxed);
        }
    });
}

fn imports(engine: &Engine) -> usize {
    let query =
        JournalQuery { kind: Some("import".into()), limit: u32::MAX, ..JournalQuery::default() };
    engine.journal(&query).unwrap().len()
}

async fn failed(engine: &Engine) -> Option<Code> {
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    record.error.map(|error| error.code)
}

fn last_error(engine: &Engine) -> Option<Code> {
    engine.status().last_imports[0].error.as_ref().map(|error| error.code)
}

#[tokio::test(start_paused = true)]
async fn a_directory_that_was_away_is_read_again_before_tomorrow() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(["p00".to_owned()]);
    let engine = world.start(folder.path(), settings(&[("All", None)]), true);
    let_time_pass(world.clock.clone());
    *world.directory.down.lock().unwrap() = true;
    assert_eq!(failed(&engine).await, Some(Code::ConnectRefused));
    let next = engine.status().next_import_ms.unwrap() - world.clock.0.load(Ordering::Relaxed);
    assert!((0..=15_000).contains(&next), "{next}");
    tokio::time::sleep(SECOND * 3600).await;
    let tried = imports(&engine);
    assert!((6..=12).contains(&tried), "{tried} times in an hour");
    *world.directory.down.lock().unwrap() = false;
    tokio::time::sleep(SECOND * 5400).await;
    assert_eq!((last_error(&engine), world.active().len()), (None, 1));
    let tried = imports(&engine);
    tokio::time::sleep(SECOND * 7200).await;
    assert_eq!(imports(&engine), tried, "the next one is tomorrow's");
    // Once it was there, the waits begin anew.
    *world.directory.down.lock().unwrap() = true;
    failed(&engine).await;
    *world.directory.down.lock().unwrap() = false;
    tokio::time::sleep(SECOND * 30).await;
    assert_eq!(last_error(&engine), None);
}

#[tokio::test(start_paused = true)]
async fn a_cloud_that_is_back_gets_what_it_missed() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(["p00".to_owned()]);
    *world.cloud.postponed.lock().unwrap() =
        Some((vec!["p00".into()], Code::CloudUnavailable, true));
    let engine = world.start(folder.path(), settings(&[("All", None)]), true);
    let_time_pass(world.clock.clone());
    assert_eq!(failed(&engine).await, Some(Code::CloudUnavailable));
    tokio::time::sleep(SECOND * 3600).await;
    *world.cloud.postponed.lock().unwrap() = None;
    engine.assign(None);
    tokio::time::sleep(SECOND * 40).await;
    assert_eq!((last_error(&engine), world.active().len()), (None, 1));
}

#[tokio::test(start_paused = true)]
async fn a_restart_does_not_wait_and_what_nobody_can_mend_by_waiting_does() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(["p00".to_owned()]);
    let engine = world.start(folder.path(), settings(&[("All", None)]), true);
    let_time_pass(world.clock.clone());
    *world.directory.down.lock().unwrap() = true;
    failed(&engine).await;
    engine.shutdown(SECOND).await;
    drop(engine);
    *world.directory.down.lock().unwrap() = false;
    let engine = world.start(folder.path(), settings(&[("All", None)]), true);
    tokio::time::sleep(SECOND * 30).await;
    assert_eq!((last_error(&engine), world.active().len()), (None, 1));
    *world.directory.cut_after.lock().unwrap() = Some(0);
    failed(&engine).await.expect("the directory does not show everybody");
    let tried = imports(&engine);
    tokio::time::sleep(SECOND * 7200).await;
    assert_eq!(imports(&engine), tried);
}

#[tokio::test(start_paused = true)]
async fn imports_on_demand_are_left_to_whoever_asks() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let mut settings = settings(&[("All", None)]);
    settings.mappings[0].auto_import = false;
    let engine = world.start(folder.path(), settings, true);
    let_time_pass(world.clock.clone());
    *world.directory.down.lock().unwrap() = true;
    failed(&engine).await;
    tokio::time::sleep(SECOND * 7200).await;
    assert_eq!(imports(&engine), 1);
}

#[tokio::test(start_paused = true)]
async fn a_pause_lasts_over_restarts_until_somebody_ends_it() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(["p00".to_owned()]);
    let start = || world.start(folder.path(), settings(&[("All", None)]), true);
    let engine = start();
    let_time_pass(world.clock.clone());
    failed(&engine).await;
    engine.pause().unwrap();
    engine.shutdown(SECOND).await;
    drop(engine);
    let engine = start();
    world.directory.add(["p01".to_owned()]);
    tokio::time::sleep(SECOND * 3600 * 30).await;
    let status = engine.status();
    assert_eq!((status.paused, status.headline), (true, Headline::Paused));
    assert_eq!(imports(&engine), 1, "none began by itself");
    // What somebody starts still runs.
    failed(&engine).await;
    assert_eq!(world.active().len(), 2);
    engine.resume().unwrap();
    world.directory.add(["p02".to_owned()]);
    tokio::time::sleep(SECOND * 3600 * 25).await;
    assert_eq!(world.active().len(), 3);
    engine.shutdown(SECOND).await;
    drop(engine);
    assert!(!start().status().paused);
}

#[tokio::test(start_paused = true)]
async fn the_first_import_never_starts_by_itself() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(["p00".to_owned()]);
    let engine = world.start(folder.path(), settings(&[("All", None)]), true);
    let_time_pass(world.clock.clone());
    tokio::time::sleep(SECOND * 3600 * 30).await;
    assert_eq!((imports(&engine), engine.status().next_import_ms), (0, None));
    assert!(world.active().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_before_an_import_is_called_off_is_heard_and_told() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add((0..100).map(|n| format!("p{n:02}")));
    world.cloud.slow.store(true, Ordering::Relaxed);
    let import = engine.import(Some("All"), Consent::nothing(), None);
    let call_off = async {
        while !world.cloud.waits.load(Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
        engine.cancel_import(Some("All")).unwrap();
        // The cloud answers a while later.
        tokio::time::sleep(Duration::from_secs(10)).await;
        world.cloud.slow.store(false, Ordering::Relaxed);
        world.cloud.answers.notify_waiters();
    };
    let (records, ()) = tokio::join!(import, call_off);
    let record = records.unwrap().remove(0);
    assert_eq!(record.error.as_ref().unwrap().code, Code::Cancelled);
    let there = world.active().len() as u64;
    assert!((10..=30).contains(&there), "what was under way, and nothing more: {there}");
    assert_eq!((record.acknowledged, record.counts.create), (there, there));
    assert_eq!(engine.status().people, there);
    // And the next one goes on from there.
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.unchanged, record.counts.create), (there, 100 - there));
}

#[tokio::test(start_paused = true)]
async fn a_cloud_that_does_not_answer_holds_nobody_up_who_calls_an_import_off() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add((0..100).map(|n| format!("p{n:02}")));
    world.cloud.slow.store(true, Ordering::Relaxed);
    let began = tokio::time::Instant::now();
    let import = engine.import(Some("All"), Consent::nothing(), None);
    let call_off = async {
        while !world.cloud.waits.load(Ordering::Relaxed) {
            tokio::task::yield_now().await;
        }
        engine.cancel_import(Some("All")).unwrap();
    };
    let (records, ()) = tokio::join!(import, call_off);
    assert_eq!(records.unwrap()[0].error.as_ref().unwrap().code, Code::Cancelled);
    assert!(began.elapsed() < Duration::from_secs(40), "{:?}", began.elapsed());
}
