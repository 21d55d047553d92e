//! Several connectors of one account: the cloud says whose an import is, and who takes over knows what was done.

use crate::support::{World, person, person_in, settings};
use connector_engine::{Consent, Engine};
use connector_model::{Assignment, Code};
use std::sync::atomic::Ordering;
use std::time::Duration;

fn word(term: u64, mine: bool, imported: bool) -> Vec<Assignment> {
    let (account, mapping, host) = ("corp".to_owned(), "all".to_owned(), "SRV-2".to_owned());
    vec![Assignment { account, mapping, term, mine, host, imported, scim_url: None }]
}

fn ids(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|n| format!("p{n:03}"))
}

fn connector(world: &World, folder: &tempfile::TempDir) -> Engine {
    world.start(folder.path(), settings(&[("All", None)]), true)
}

#[tokio::test(start_paused = true)]
async fn an_import_waits_for_the_clouds_word() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 10));
    engine.await_assignments();
    let error = engine.import(Some("All"), Consent::nothing(), None).await.unwrap_err();
    assert_eq!(error.code, Code::CloudUnavailable);
    engine.assign(Some(word(1, false, false)));
    let error = engine.import(Some("All"), Consent::nothing(), None).await.unwrap_err();
    assert_eq!(error.code, Code::ImportElsewhere);
    assert!(error.message.contains("SRV-2"), "{}", error.message);
    let status = engine.status();
    assert_eq!((status.elsewhere.len(), status.never_imported.len()), (1, 0));
    engine.assign(Some(vec![]));
    let (record, ()) = tokio::join!(engine.import(Some("All"), Consent::nothing(), None), async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        engine.assign(Some(word(2, true, false)));
    });
    assert_eq!(record.unwrap()[0].counts.create, 10);
    assert!(engine.status().elsewhere.is_empty());
}

/// The first import by a command while nothing runs, as the first steps have it, and then the service.
#[tokio::test]
async fn what_was_imported_without_the_clouds_word_is_followed_once_there_is_a_session() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(ids(0, 10));
    let command = world.engine(folder.path(), settings(&[("All", None)]));
    command.import(Some("All"), Consent::nothing(), None).await.unwrap();
    command.shutdown(Duration::from_secs(1)).await;
    drop(command);
    world.directory.add(ids(10, 11));
    let service = connector(&world, &folder);
    service.await_assignments();
    // The cloud gave no term for that import, and so knows of none.
    service.assign(Some(word(1, true, false)));
    let followed = async {
        while service.status().following.is_empty() || world.cloud.known.lock().unwrap().len() < 11
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), followed).await.expect("followed soon");
}

#[tokio::test]
async fn who_takes_over_goes_on_where_the_other_stopped() {
    let world = World::default();
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    world.directory.add(ids(0, 100));
    let first = connector(&world, &one);
    first.assign(Some(word(1, true, false)));
    let record = first.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(record.counts.create, 100);
    first.shutdown(Duration::from_secs(1)).await;

    // Nobody is told to the second by hand: it takes over as soon as it may.
    world.directory.add(ids(100, 105));
    world.directory.remove("p000");
    let second = connector(&world, &two);
    second.assign(Some(word(2, true, true)));
    let record = imported(&second).await;
    let counts = &record.counts;
    assert_eq!((counts.unchanged, counts.create, counts.update, counts.adopt), (99, 5, 0, 0));
    // Where p000 was, the second never knew: without that, absence proves nothing here.
    assert_eq!((counts.preserve, counts.hold), (0, 1));
    second.shutdown(Duration::from_secs(1)).await;

    // The first again: what it knew is of another term.
    let first = connector(&world, &one);
    first.assign(Some(word(3, true, true)));
    let record = loop {
        let record = imported(&first).await;
        if record.read == 104 {
            break record;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    assert_eq!((record.counts.unchanged, record.counts.to_send()), (104, 1));
    assert_eq!((world.cloud.preserved.load(Ordering::Relaxed), world.active().len()), (1, 104));
}

#[tokio::test]
async fn whom_another_connector_has_taken_on_is_not_left_behind() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 10));
    engine.assign(Some(word(1, true, true)));
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    world.cloud.known.lock().unwrap().get_mut("p003").unwrap().mapping = Some("New".into());
    engine.reload(settings(&[]), world.parts().1);
    engine.assign(Some(vec![]));
    let told = engine.deactivate_left_behind("All", None).await.unwrap();
    assert_eq!(told.people, 9);
    engine.deactivate_left_behind("All", Some(&told.hash)).await.unwrap();
    assert_eq!(world.active(), ["p003"]);
}

#[tokio::test]
async fn people_of_a_removed_mapping_keep_nobody_from_an_address_once_another_connector_imported() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("Old", Some("Sales")), ("All", None)]));
    world.directory.put(person_in("Sales", "ann"));
    let old = Assignment { mapping: "Old".to_owned(), ..word(1, true, true).remove(0) };
    engine.assign(Some([word(1, true, true), vec![old]].concat()));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    world.directory.remove("ann");
    let mut bob = person("bob");
    bob.email = Some("ann@mail.example".into());
    world.directory.put(bob);
    engine.reload(settings(&[("All", None)]), world.parts().1);
    let import = async || {
        engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0).counts
    };
    assert_eq!(import().await.skip, 1, "ann has the address, for sure");
    // The other connector has the imports, and deactivates who is left behind.
    world.cloud.users.lock().unwrap().get_mut("ann").unwrap().1 = false;
    engine.assign(Some(word(3, true, true)));
    let counts = import().await;
    assert_eq!((counts.create, counts.skip), (1, 0));
    assert_eq!(world.active(), ["bob"]);
}

#[tokio::test]
async fn a_first_import_is_the_administrators_word_on_any_connector() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 10));
    engine.assign(Some(word(2, true, false)));
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(world.active().is_empty());
    assert_eq!(engine.status().never_imported, ["All"]);
}

/// An import that the cloud never answers: what it sends comes back for ever.
async fn stuck(
    world: &World,
    engine: &Engine,
) -> tokio::task::JoinHandle<connector_engine::records::ImportRecord> {
    world.cloud.failing.store(1000, Ordering::Relaxed);
    let running = engine.clone();
    let import = tokio::spawn(async move {
        running.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
    });
    while engine.status().importing.is_empty() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    import
}

#[tokio::test(start_paused = true)]
async fn an_import_ends_with_its_session_and_goes_on_with_the_next() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 30));
    engine.assign(Some(word(1, true, false)));
    let import = stuck(&world, &engine).await;
    engine.session_lost();
    let record = import.await.unwrap();
    assert_eq!(record.error.unwrap().code, Code::CloudUnavailable);
    world.cloud.failing.store(0, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert!(world.active().is_empty(), "whose it is was not said yet");
    engine.assign(Some(word(1, true, true)));
    while world.active().len() < 30 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    engine.shutdown(Duration::from_secs(1)).await;
}

#[tokio::test(start_paused = true)]
async fn an_import_of_a_former_term_ends() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 30));
    engine.assign(Some(word(1, true, false)));
    let import = stuck(&world, &engine).await;
    engine.assign(Some(word(3, true, true)));
    assert_eq!(import.await.unwrap().error.unwrap().code, Code::Cancelled);
    world.cloud.failing.store(0, Ordering::Relaxed);
    while world.active().len() < 30 {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    engine.shutdown(Duration::from_secs(1)).await;
}

#[tokio::test(start_paused = true)]
async fn a_first_import_of_a_former_term_goes_on_too() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 30));
    engine.assign(Some(word(1, true, false)));
    let import = stuck(&world, &engine).await;
    engine.assign(Some(word(2, true, false)));
    import.await.unwrap();
    world.cloud.failing.store(0, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert_eq!(world.active().len(), 30);
}

/// A cloud that was started anew has forgotten the term: it refuses what is sent, and says whose the import is only later.
#[tokio::test(start_paused = true)]
async fn an_import_that_was_given_out_anew_waits_for_the_clouds_word_and_goes_on() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 30));
    engine.assign(Some(word(1, true, false)));
    let elsewhere = (ids(0, 30).collect(), Code::ImportElsewhere, false);
    *world.cloud.postponed.lock().unwrap() = Some(elsewhere);
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(record.error.unwrap().code, Code::CloudUnavailable);
    let (reads, sent) =
        (world.directory.reads.load(Ordering::Relaxed), world.cloud.sent.lock().unwrap().len());
    tokio::time::sleep(Duration::from_mins(10)).await;
    assert_eq!(world.directory.reads.load(Ordering::Relaxed), reads, "nobody is read for nothing");
    assert_eq!(world.cloud.sent.lock().unwrap().len(), sent);
    *world.cloud.postponed.lock().unwrap() = None;
    engine.assign(Some(word(2, true, false)));
    tokio::time::sleep(Duration::from_mins(1)).await;
    assert_eq!(world.active().len(), 30);
    // The same of a round of changes: it is not tried again and again.
    world.directory.change("p001", |person| person.title = Some("New".into()));
    *world.cloud.postponed.lock().unwrap() =
        Some((vec!["p001".into()], Code::ImportElsewhere, false));
    let changed = [connector_model::Identity::from_text("p001")];
    let error = engine.import_changes("All", &changed).await.unwrap_err();
    assert_eq!(error.code, Code::CloudUnavailable);
    let error = engine.import_changes("All", &changed).await.unwrap_err();
    assert!(error.message.contains("has not said"), "{}", error.message);
}

#[tokio::test]
async fn a_cloud_that_assigns_nothing_loses_no_import_with_its_session() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = connector(&world, &folder);
    world.directory.add(ids(0, 5));
    engine.assign(None);
    engine.session_lost();
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.acknowledged, record.error), (5, None));
}

async fn imported(engine: &Engine) -> connector_engine::records::ImportRecord {
    for _ in 0..2000 {
        if let Some(record) = engine.status().last_imports.pop() {
            return record;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no import");
}
