//! What the cloud's answers leave behind: whoever was answered counts, and nobody who was sent is forgotten.

use crate::support::unique_cloud::{UniqueCloud, User, with_unique_cloud};
use crate::support::{World, person_in, settings};
use connector_engine::records::ImportRecord;
use connector_engine::{CloudState, Consent, Engine};
use connector_model::{Change, Code, Headline};
use std::sync::Arc;
use std::sync::atomic::Ordering;

async fn sync(engine: &Engine) -> ImportRecord {
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
}

fn world(people: usize) -> (World, tempfile::TempDir, Engine) {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add((0..people).map(|n| format!("p{n:02}")));
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    (world, folder, engine)
}

fn times(world: &World, id: &str) -> Vec<(Change, bool)> {
    let sent = world.cloud.sent.lock().unwrap();
    sent.iter().filter(|(who, ..)| who == id).map(|(_, change, doubt)| (*change, *doubt)).collect()
}

#[tokio::test(start_paused = true)]
async fn only_those_who_are_to_wait_are_sent_again() {
    for taken in [false, true] {
        let (world, _folder, engine) = world(20);
        let late = vec!["p03".to_owned(), "p04".to_owned()];
        *world.cloud.postponed.lock().unwrap() = Some((late, Code::ConnectRefused, taken));
        let record = sync(&engine).await;
        assert_eq!((record.acknowledged, record.refused), (18, 0));
        assert_eq!(record.error.unwrap().code, Code::ConnectRefused);
        assert_eq!(times(&world, "p05").len(), 1);
        let tries = times(&world, "p03");
        assert!(
            tries.len() > 3 && tries.iter().skip(1).all(|(_, doubt)| *doubt == taken),
            "{tries:?}"
        );
        *world.cloud.postponed.lock().unwrap() = None;
        let record = sync(&engine).await;
        assert_eq!((record.acknowledged, record.counts.unchanged), (2, 18));
        let last = times(&world, "p03").pop().unwrap();
        assert_eq!(last, (Change::Create, taken), "asked for first where it may be there");
        assert_eq!(sync(&engine).await.counts.unchanged, 20);
    }
}

#[tokio::test]
async fn who_was_sent_without_proof_is_never_forgotten() {
    let (world, _folder, engine) = world(8);
    *world.cloud.unsure.lock().unwrap() = vec!["p01".into(), "p02".into()];
    let record = sync(&engine).await;
    assert_eq!((record.acknowledged, record.refused, record.error), (6, 2, None));
    assert_eq!(record.refusals[0].examples.len(), 2);
    assert_eq!(engine.status().people, 6, "acknowledged people");
    world.cloud.unsure.lock().unwrap().clear();
    // One leaves meanwhile: the cloud may have them all the same.
    world.directory.remove("p01");
    let record = sync(&engine).await;
    assert_eq!((record.counts.preserve, record.counts.adopt), (1, 1), "there already");
    assert_eq!(times(&world, "p02").pop(), Some((Change::Create, true)));
    assert!(!world.active().contains(&"p01".to_owned()));
    assert_eq!(sync(&engine).await.counts.unchanged, 7);
}

#[tokio::test]
async fn a_change_without_proof_is_sent_again_even_when_it_was_taken_back() {
    let (world, _folder, engine) = world(5);
    sync(&engine).await;
    *world.cloud.unsure.lock().unwrap() = vec!["p02".into(), "p03".into()];
    world.directory.change("p02", |p| p.email = Some("other@mail.example".into()));
    world.directory.change("p03", |p| p.enabled = connector_model::Enabled::No);
    assert_eq!(sync(&engine).await.refused, 2);
    world.cloud.unsure.lock().unwrap().clear();
    world.directory.change("p02", |p| p.email = Some("p02@mail.example".into()));
    world.directory.change("p03", |p| p.enabled = connector_model::Enabled::Yes);
    let record = sync(&engine).await;
    assert_eq!((record.counts.update, record.acknowledged), (2, 2), "the cloud may have either");
    assert_eq!(world.active().len(), 5);
}

#[tokio::test]
async fn one_wait_ends_the_import_and_keeps_the_rest() {
    let (world, folder, engine) = world(30);
    let now = world.clock.0.load(Ordering::Relaxed);
    *world.cloud.postponed.lock().unwrap() =
        Some((vec!["p07".into()], Code::CloudThrottled, false));
    let until = now + 5_400_000;
    *world.cloud.pause_until.lock().unwrap() = Some(until);
    let record = sync(&engine).await;
    assert_eq!(record.error.as_ref().unwrap().code, Code::CloudThrottled);
    assert_eq!(record.resumes_ms, Some(until));
    assert_eq!(record.refused, 0);
    engine.set_cloud_state(CloudState::DeliveryOnly);
    let wanted = Headline::AskedToWait { mapping: "All".into(), until_ms: until };
    let status = engine.status();
    assert_eq!(status.headline, wanted);
    assert_eq!(status.next_import_ms, Some(until), "not earlier, and not tomorrow");
    // Until then nobody is read and nothing is sent, whoever asks.
    let (reads, sent) =
        (world.directory.reads.load(Ordering::Relaxed), world.cloud.sent.lock().unwrap().len());
    assert_eq!(sync(&engine).await.error.unwrap().code, Code::CloudThrottled);
    assert_eq!(world.directory.reads.load(Ordering::Relaxed), reads);
    assert_eq!(world.cloud.sent.lock().unwrap().len(), sent);
    // A connector that starts in between keeps the time; then the rest is sent.
    drop(engine);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    assert_eq!(engine.status().next_import_ms, Some(until));
    *world.cloud.resumes.lock().unwrap() = None;
    *world.cloud.postponed.lock().unwrap() = None;
    let record = sync(&engine).await;
    assert_eq!((record.error, record.resumes_ms), (None, None));
    assert_eq!(world.active().len(), 30);
}

/// Ada and Ben, imported into a cloud that has every user name once.
async fn ada_and_ben() -> (World, tempfile::TempDir, Engine, Arc<UniqueCloud>) {
    let (world, folder, engine, cloud) = with_unique_cloud(settings(&[("All", None)]));
    world.directory.add(["ada".to_owned(), "ben".to_owned()]);
    sync(&engine).await;
    (world, folder, engine, cloud)
}

/// Names them, imports three times, and looks whether the cloud has them so.
async fn are_named_in_the_end(
    world: &World,
    engine: &Engine,
    cloud: &UniqueCloud,
    names: [&str; 2],
) {
    let rename = |id: &str, name: &str| {
        world.directory.change(id, |person| person.upn = Some(format!("{name}@x.example")));
    };
    rename("ada", names[0]);
    rename("ben", names[1]);
    for _ in 0..3 {
        sync(engine).await;
    }
    let owner = |name: &str| cloud.of(&format!("{name}@x.example")).map(|user| user.1);
    let owners = (owner(names[0]), owner(names[1]));
    assert_eq!(owners, (Some("ada".to_owned()), Some("ben".to_owned())), "{names:?}");
}

#[tokio::test]
async fn a_name_that_the_cloud_took_unheard_is_given_up_for_somebody_who_gives_one_up() {
    let (world, _folder, engine, cloud) = ada_and_ben().await;
    world.directory.change("ada", |person| person.upn = Some("new@x.example".to_owned()));
    cloud.done_unheard.store(true, Ordering::Relaxed);
    cloud.deaf_from.store(1, Ordering::Relaxed);
    sync(&engine).await;
    assert!(cloud.of("new@x.example").is_some(), "done, and nobody heard of it");
    cloud.hears_from_now_on();
    are_named_in_the_end(&world, &engine, &cloud, ["ben", "new"]).await;
}

#[tokio::test]
async fn who_exchanged_names_unheard_and_is_to_have_the_former_ones_gets_them() {
    let (world, _folder, engine, cloud) = ada_and_ben().await;
    cloud.proves_nothing.store(true, Ordering::Relaxed);
    are_named_in_the_end(&world, &engine, &cloud, ["ben", "ada"]).await;
    cloud.proves_nothing.store(false, Ordering::Relaxed);
    are_named_in_the_end(&world, &engine, &cloud, ["ada", "ben"]).await;
}

/// Sales and Legal, in that order.
fn sales_and_legal() -> (World, tempfile::TempDir, Engine, Arc<UniqueCloud>) {
    with_unique_cloud(settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]))
}

#[tokio::test]
async fn nobody_waits_for_somebody_who_is_left_out_and_whom_the_cloud_may_not_have() {
    let (world, _folder, engine, cloud) = sales_and_legal();
    world.directory.put(person_in("Legal", "ada"));
    world.directory.put(person_in("Legal", "cleo"));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    // Ben is sent and not heard of; then he wants Ada's name, she his, and his address is Cleo's.
    world.directory.put(person_in("Sales", "ben"));
    cloud.deaf_from.store(1, Ordering::Relaxed);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    cloud.hears_from_now_on();
    world.directory.change("ada", |p| p.upn = Some("ben@x.example".into()));
    world.directory.change("ben", |p| {
        p.upn = Some("ada@x.example".into());
        p.email = Some("cleo@mail.example".into());
    });
    for _ in 0..3 {
        engine.import(None, Consent::nothing(), None).await.unwrap();
    }
    assert_eq!(cloud.of("ben@x.example").map(|user| user.1).as_deref(), Some("ada"));
}

#[tokio::test]
async fn two_of_whom_nothing_was_heard_exchange_their_names() {
    let (world, _folder, engine, cloud) = sales_and_legal();
    world.directory.put(person_in("Sales", "ada"));
    world.directory.put(person_in("Legal", "ben"));
    cloud.done_unheard.store(true, Ordering::Relaxed);
    cloud.deaf_from.store(1, Ordering::Relaxed);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    cloud.hears_from_now_on();
    world.directory.change("ada", |p| p.upn = Some("ben@x.example".into()));
    world.directory.change("ben", |p| p.upn = Some("ada@x.example".into()));
    for _ in 0..3 {
        engine.import(None, Consent::nothing(), None).await.unwrap();
    }
    let owner = |name: &str| cloud.of(name).map(|user| user.1);
    assert_eq!(owner("ada@x.example").as_deref(), Some("ben"));
    assert_eq!(owner("ben@x.example").as_deref(), Some("ada"));
}

/// The service loses a user and refuses to make it anew: it says that nobody is there, so nobody waits for that name.
#[tokio::test]
async fn who_is_gone_from_the_cloud_keeps_no_name_from_others() {
    let (world, _folder, engine, cloud) = sales_and_legal();
    world.directory.put(person_in("Sales", "ada"));
    let import = || engine.import(None, Consent::nothing(), None);
    import().await.unwrap();
    cloud.users.lock().unwrap().clear();
    let (identity, name) = ("by-hand".to_owned(), "root@x.example".to_owned());
    let by_hand = User { identity, name, email: "root@mail.example".into(), active: true };
    cloud.users.lock().unwrap().insert("hand".into(), by_hand);
    world.directory.change("ada", |p| p.upn = Some("root@x.example".into()));
    let mut ben = person_in("Legal", "ben");
    ben.upn = Some("ada@x.example".into());
    world.directory.put(ben);
    for _ in 0..2 {
        import().await.unwrap();
    }
    assert_eq!(cloud.of("ada@x.example").map(|user| user.1).as_deref(), Some("ben"));
    assert_eq!(engine.refused_people("Sales").unwrap().people, 1);
    // Once the name is free, she is there again, and once: nothing was forgotten meanwhile.
    cloud.users.lock().unwrap().retain(|_, user| user.name != "root@x.example");
    import().await.unwrap();
    assert_eq!(cloud.of("root@x.example").map(|user| user.1).as_deref(), Some("ada"));
    assert_eq!(cloud.users.lock().unwrap().len(), 2);
    assert_eq!(engine.refused_people("Sales").unwrap().people, 0);
}
