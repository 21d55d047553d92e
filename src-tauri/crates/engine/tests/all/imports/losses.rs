//! Nothing is lost in silence: a database that is gone or damaged, and the people of a mapping that was removed.

use crate::support::{World, settings};
use connector_engine::records::AlertKind;
use connector_engine::{Consent, Engine};
use connector_model::settings::{CloudKind, CloudSettings};
use connector_model::{Change, Code, Identity, Person, Settings, SignInOutcome};
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

/// Settings of a connector that delivers to a plain SCIM service.
fn registered(mappings: &[(&str, Option<&str>)]) -> Settings {
    let url = "https://scim.example.org".to_owned();
    let cloud = CloudSettings {
        kind: CloudKind::Scim,
        scim_url: url.clone(),
        url,
        connector_id: String::new(),
        ca_pem: None,
        ports: vec![443],
        proxy: None,
    };
    Settings { cloud: Some(cloud), ..settings(mappings) }
}

fn start(world: &World, folder: &Path, mappings: &[(&str, Option<&str>)]) -> Engine {
    world.start(folder, registered(mappings), false)
}

/// Whoever the service has, without what only our own cloud keeps.
fn forget_mappings(world: &World) {
    for user in world.cloud.known.lock().unwrap().values_mut() {
        (user.account, user.mapping) = (None, None);
    }
}

fn lost(engine: &Engine) -> bool {
    engine.status().alerts.iter().any(|alert| alert.kind == AlertKind::DatabaseLost)
}

async fn end(engine: Engine) {
    engine.shutdown(Duration::from_secs(1)).await;
}

type Damage = fn(&Path);

#[tokio::test]
async fn after_a_loss_everybody_is_compared_again_and_a_leaver_is_told() {
    let damages: [(Damage, bool); 4] = [
        (|path| fs::remove_file(path).unwrap(), false),
        (|path| fs::write(path, "").unwrap(), false),
        (
            |path| fs::write(path, "no database, and long enough to be one ".repeat(300)).unwrap(),
            true,
        ),
        (
            |path| {
                let whole = fs::read(path).unwrap();
                fs::write(path, &whole[..whole.len() / 2 / 4096 * 4096 + 100]).unwrap();
            },
            true,
        ),
    ];
    for (damage, kept) in damages {
        let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
        let path = folder.path().join("connector.db");
        world.directory.add((0..30).map(|n| format!("p{n:02}")));
        let engine = world.engine(folder.path(), settings(&[("All", None)]));
        assert!(!lost(&engine), "a new home has lost nothing");
        end(engine).await;
        let engine = start(&world, folder.path(), &[("All", None)]);
        engine.import(None, Consent::nothing(), None).await.unwrap();
        end(engine).await;
        forget_mappings(&world);
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("connector.db{end}")));
        }
        damage(&path);
        world.directory.remove("p07");

        let engine = start(&world, folder.path(), &[("All", None)]);
        assert!(lost(&engine));
        let aside = fs::read_dir(folder.path()).unwrap().any(|file| {
            file.unwrap().file_name().to_string_lossy().starts_with("connector-damaged-")
        });
        assert_eq!(aside, kept);
        let soon = Instant::now() + Duration::from_secs(5);
        let password = connector_model::Secret::new("right");
        let answer = engine.sign_in(&"p01".parse().unwrap(), &password, soon).await;
        assert_ne!(answer.outcome, SignInOutcome::DirectoryUnavailable, "sign-ins go on");
        let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
        assert_eq!((record.counts.create, record.counts.hold), (0, 1), "{record:?}");
        assert!(!lost(&engine), "made good");
        let [list] = &record.awaiting_approval[..] else { panic!("the leaver waits") };
        let record =
            engine.import(None, &Consent::to_lists([&list.hash]), None).await.unwrap().remove(0);
        assert_eq!((record.counts.preserve, record.acknowledged), (1, 1));
        assert!(!world.cloud.known.lock().unwrap()["p07"].active);
        end(engine).await;
    }
}

#[tokio::test]
async fn whom_no_mapping_claims_is_looked_for_once_all_were_imported() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let both = [("Sales", Some("sales")), ("Rest", Some("rest"))];
    for n in 0..20 {
        let mut person = crate::support::person(&format!("p{n:02}"));
        person.department = Some(if n % 2 == 0 { "sales" } else { "rest" }.to_owned());
        world.directory.put(person);
    }
    let engine = start(&world, folder.path(), &both);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    end(engine).await;
    forget_mappings(&world);
    fs::write(folder.path().join("connector.db"), [1; 9000]).unwrap();
    world.directory.remove("p04");
    let engine = start(&world, folder.path(), &both);
    let first = engine.import(Some("Sales"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((first.counts.create, first.counts.hold, first.counts.preserve), (0, 0, 0));
    assert!(lost(&engine), "the other mapping was not imported yet");
    let second = engine.import(Some("Rest"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((second.counts.create, second.counts.preserve), (0, 0));
    assert!(!lost(&engine));
    let again = engine.import(Some("Rest"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(again.counts.hold, 1, "{again:?}");
    assert_eq!(world.cloud.known.lock().unwrap().values().filter(|user| user.active).count(), 20);
}

#[tokio::test]
async fn people_of_a_removed_mapping_are_told_and_deactivated_by_exactly_their_list() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add((0..8).map(|n| format!("p{n}")));
    let engine = start(&world, folder.path(), &[("Old", None)]);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    assert!(engine.status().left_behind.is_empty());
    // While it exists its people are told, and nothing is done.
    let told = engine.deactivate_left_behind("old", None).await.unwrap();
    assert_eq!((told.people, told.record), (8, None));
    let refused = engine.deactivate_left_behind("old", Some(&told.hash)).await.unwrap_err();
    assert_eq!(refused.code, Code::InUse);
    end(engine).await;

    let engine = start(&world, folder.path(), &[]);
    let left = engine.status().left_behind;
    assert_eq!(
        left.iter().map(|l| (l.mapping.as_str(), l.people)).collect::<Vec<_>>(),
        [("Old", 8)]
    );
    let nobody = engine.deactivate_left_behind("other", None).await.unwrap_err();
    assert_eq!(nobody.code, Code::NotFound);
    let told = engine.deactivate_left_behind("OLD", None).await.unwrap();
    assert_eq!((told.people, told.examples.len(), told.record), (8, 8, None));
    let stale = engine.deactivate_left_behind("Old", Some("0123")).await.unwrap();
    assert_eq!((&stale.hash, stale.record), (&told.hash, None), "nothing but that list");
    let active = || world.cloud.known.lock().unwrap().values().filter(|user| user.active).count();
    assert_eq!(active(), 8);
    let done = engine.deactivate_left_behind("Old", Some(&told.hash)).await.unwrap();
    assert_eq!(done.record.unwrap().acknowledged, 8);
    assert_eq!((active(), engine.status().left_behind.len()), (0, 0));
    end(engine).await;
}

#[tokio::test]
async fn a_batch_that_was_cut_off_is_older_than_what_another_mapping_sent_since() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add((0..4).map(|n| format!("p{n}")));
    let engine = start(&world, folder.path(), &[("Old", None)]);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    // The cloud is away, and somebody stops the import that waits for it.
    for n in 0..4 {
        world.directory.change(&format!("p{n}"), |p| p.upn = Some(format!("new{n}@x.example")));
    }
    world.cloud.failing.store(1, Ordering::Relaxed);
    let waits = engine.import(None, Consent::nothing(), None);
    assert!(tokio::time::timeout(Duration::from_millis(200), waits).await.is_err());

    // Another mapping has them now, but for one who left.
    world.directory.remove("p3");
    engine.reload(settings(&[("New", None)]), world.parts().1);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let told = engine.deactivate_left_behind("Old", None).await.unwrap();
    assert_eq!((told.people, &told.examples[..]), (1, &["p3@x.example".to_owned()][..]));
    end(engine).await;
}

#[tokio::test]
async fn another_mapping_takes_over_whom_it_reads() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add((0..6).map(|n| format!("p{n}")));
    let engine = start(&world, folder.path(), &[("Old", None)]);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    end(engine).await;
    world.directory.remove("p3");
    let engine = start(&world, folder.path(), &[("New", None)]);
    let record = engine.import(None, Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.create, record.counts.update), (0, 5));
    let left = engine.status().left_behind;
    assert_eq!((left.len(), left[0].people), (1, 1), "who was read is the new mapping's");
    end(engine).await;
}

/// Everybody of the first mapping but one, who moves to the second one; and the import that says so.
async fn one_moves(world: &World, engine: &Engine) {
    for n in 0..10 {
        let department = Some("sales".to_owned());
        world.directory.put(Person { department, ..crate::support::person(&format!("p{n}")) });
    }
    engine.import(None, Consent::nothing(), None).await.unwrap();
    world.directory.change("p3", |person| person.department = Some("rest".to_owned()));
}

const SALES_AND_REST: [(&str, Option<&str>); 2] =
    [("Sales", Some("sales")), ("Rest", Some("rest"))];

#[tokio::test]
async fn who_moved_without_a_sure_answer_is_not_left_behind() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = start(&world, folder.path(), &SALES_AND_REST);
    one_moves(&world, &engine).await;
    world.cloud.unsure.lock().unwrap().push("p3".into());
    engine.import(Some("Rest"), Consent::nothing(), None).await.unwrap();
    engine.reload(registered(&SALES_AND_REST[1..]), world.parts().1);
    assert_eq!(engine.status().left_behind[0].people, 9);
}

#[tokio::test]
async fn who_is_on_the_way_into_another_mapping_is_not_left_behind() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = start(&world, folder.path(), &SALES_AND_REST);
    one_moves(&world, &engine).await;
    world.cloud.losing.store(1000, Ordering::Relaxed);
    let import = engine.import(Some("Rest"), Consent::nothing(), None);
    let cut_off = async {
        while world.cloud.losing.load(Ordering::Relaxed) == 1000 {
            tokio::task::yield_now().await;
        }
        engine.cancel_import(Some("Rest")).unwrap();
    };
    let (record, ()) = tokio::join!(import, cut_off);
    assert!(record.unwrap()[0].error.is_some());
    world.cloud.losing.store(0, Ordering::Relaxed);
    engine.reload(registered(&SALES_AND_REST[1..]), world.parts().1);
    let told = engine.deactivate_left_behind("Sales", None).await.unwrap();
    assert_eq!(told.people, 9);
    engine.deactivate_left_behind("Sales", Some(&told.hash)).await.unwrap();
    assert_eq!(world.active(), ["p3"]);
}

#[tokio::test]
async fn changes_that_come_before_the_comparison_after_a_loss_create_nobody_anew() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = start(&world, folder.path(), &[("All", None)]);
    world.directory.add((0..10).map(|n| format!("p{n}")));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    end(engine).await;
    fs::write(folder.path().join("connector.db"), [1; 9000]).unwrap();
    world.cloud.sent.lock().unwrap().clear();
    world.directory.change("p3", |person| person.title = Some("Head".to_owned()));
    let engine = start(&world, folder.path(), &[("All", None)]);
    let error = engine.import_changes("All", &[Identity::from_text("p3")]).await.unwrap_err();
    assert_eq!(error.code, Code::ChangesUnknown, "nobody knows since when");
    assert!(world.cloud.sent.lock().unwrap().is_empty());
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let sent = world.cloud.sent.lock().unwrap().clone();
    assert_eq!(sent, [("p3".to_owned(), Change::Update, false)]);
}
