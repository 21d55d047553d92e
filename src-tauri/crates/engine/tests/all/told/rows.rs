//! What an import did is told afterwards: whom, why, what was before; and it never stands in an import's way.

use crate::support::{World, person, settings};
use connector_engine::records::ImportRecord;
use connector_engine::{
    Consent, Engine, ImportRun, ImportedPerson, ImportsQuery, RunPeople, RunPeopleQuery,
};
use connector_model::{ApprovalKind, Change, Code, Enabled, Reason};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

async fn sync(world: &World, engine: &Engine) -> ImportRecord {
    world.clock.0.fetch_add(60_000, Ordering::Relaxed);
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
}

fn ids(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|n| format!("p{n:03}"))
}

fn runs(engine: &Engine) -> Vec<ImportRun> {
    engine.imports(&ImportsQuery { limit: 100, ..Default::default() }).unwrap()
}

fn people_of(engine: &Engine, run: &ImportRun) -> RunPeople {
    engine.import_people(run.id, &RunPeopleQuery { limit: 500, ..Default::default() }).unwrap()
}

fn by_id<'a>(people: &'a RunPeople, id: &str) -> &'a ImportedPerson {
    let found = people.people.iter().find(|p| p.planned.identity.as_str() == id);
    found.unwrap_or_else(|| panic!("{id} is not told of"))
}

#[allow(clippy::unnecessary_wraps, reason = "as the rows have it")]
fn map(values: &[(&str, &str)]) -> Option<BTreeMap<String, String>> {
    Some(values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
}

/// The rows of an import and its record are one count.
fn agree(people: &RunPeople, record: &ImportRecord) {
    let changes = Change::ALL.into_iter().filter(|change| *change != Change::Unchanged);
    for change in changes {
        let of = people.people.iter().filter(|p| p.planned.change == change).count() as u64;
        let grouped = people.groups.iter().filter(|g| g.change == change).map(|g| g.people);
        assert_eq!((of, grouped.sum()), (record.counts.get(change), of), "{change:?}");
    }
    let refused = people.people.iter().filter(|p| p.planned.refused.is_some()).count() as u64;
    assert_eq!(refused, record.refused);
}

#[tokio::test]
async fn everybody_to_whom_something_happened_is_told_with_reason_before_and_after() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 50));
    let mut nobody = person("n1");
    nobody.email = None;
    world.directory.put(nobody);
    *world.cloud.refused.lock().unwrap() = vec!["p049".into()];
    let first = sync(&world, &engine).await;
    world.directory.change("p001", |p| p.email = Some("new@mail.example".into()));
    world.directory.change("p001", |p| p.title = Some("Chief".into()));
    world.directory.change("p002", |p| p.enabled = Enabled::No);
    world.directory.change("p003", |p| p.email = None);
    world.directory.remove("p004");
    world.cloud.users.lock().unwrap().insert("p050".into(), (String::new(), true));
    world.directory.add(["p050".to_owned()]);
    let second = sync(&world, &engine).await;
    let all = runs(&engine);
    assert_eq!(all.iter().map(|run| &run.record).collect::<Vec<_>>(), [&second, &first]);
    assert!(all.iter().all(|run| run.people_kept));
    let (new, old) = (people_of(&engine, &all[0]), people_of(&engine, &all[1]));
    assert_eq!((old.total, first.counts.create, first.counts.skip), (51, 50, 1));
    agree(&old, &first);
    agree(&new, &second);
    let p010 = by_id(&old, "p010");
    assert_eq!((p010.planned.change, &p010.planned.reason), (Change::Create, &Reason::New));
    let sent = [
        ("display_name", "p010"),
        ("email", "p010@mail.example"),
        ("mapping", "All"),
        ("user_name", "p010@x.example"),
    ];
    assert_eq!((&p010.before, &p010.after), (&None, &map(&sent)));
    assert_eq!(by_id(&old, "p049").planned.refused.as_ref().unwrap().code, Code::CloudRefused);
    assert_eq!(by_id(&old, "n1").planned.reason, Reason::NoEmail);
    let p001 = by_id(&new, "p001");
    let fields = vec!["email".to_owned(), "title".to_owned()];
    assert_eq!(p001.planned.reason, Reason::Changed { fields });
    assert_eq!(p001.before, map(&[("email", "p001@mail.example")]));
    assert_eq!(p001.after, map(&[("email", "new@mail.example"), ("title", "Chief")]));
    assert_eq!(by_id(&old, "p001").after, None, "the cloud has something else since");
    assert_eq!(by_id(&new, "p002").planned.reason, Reason::Disabled);
    let p003 = by_id(&new, "p003");
    assert_eq!((p003.planned.change, &p003.planned.reason), (Change::Skip, &Reason::LostEmail));
    assert_eq!(by_id(&new, "p004").planned.reason, Reason::Deleted);
    assert_eq!(by_id(&new, "p050").planned.change, Change::Adopt, "as the record counts it");
    assert!(new.people.iter().all(|p| p.planned.identity.as_str() != "p010"), "nothing happened");
}

#[tokio::test]
async fn people_are_narrowed_by_change_reason_refusal_and_text_and_come_in_pages() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 30));
    let mut zoe = person("zoe");
    zoe.upn = Some("ZOË@x.example".into());
    world.directory.put(zoe);
    *world.cloud.refused.lock().unwrap() = vec!["p007".into()];
    let mut twin = person("twin");
    twin.email = Some("p005@mail.example".into());
    world.directory.put(twin);
    sync(&world, &engine).await;
    let run = runs(&engine).remove(0).id;
    let ask = |query: RunPeopleQuery| {
        let found = engine.import_people(run, &RunPeopleQuery { limit: 10, ..query }).unwrap();
        let names = found.people.iter().map(|p| p.planned.identity.to_string());
        (found.total, names.collect::<Vec<_>>())
    };
    let search =
        |text: &str| ask(RunPeopleQuery { search: Some(text.into()), ..Default::default() });
    assert_eq!(search("zoë"), (1, vec!["zoe".to_owned()]));
    assert_eq!(search("CN=P005"), (2, vec!["p005".to_owned(), "twin".to_owned()]), "twin's reason");
    assert_eq!(search("100%_'").0, 0);
    let skipped = RunPeopleQuery { change: Some(Change::Skip), ..Default::default() };
    assert_eq!(ask(skipped).1, ["twin"]);
    let twins = RunPeopleQuery { reason_kind: Some("same_email".into()), ..Default::default() };
    assert_eq!(ask(twins).0, 1);
    assert_eq!(ask(RunPeopleQuery { refused: true, ..Default::default() }).1, ["p007"]);
    let mut seen = vec![];
    for offset in [0, 10, 20, 30, 40] {
        let (total, page) = ask(RunPeopleQuery { offset, ..Default::default() });
        assert_eq!(total, 32);
        seen.extend(page);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 32, "everybody once");
    assert_eq!(
        engine.import_people(99, &RunPeopleQuery::default()).unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn the_people_of_a_list_are_exactly_those_who_wait_and_stay_until_it_is_made_anew() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    world.directory.add(ids(0, 100));
    world.directory.change("p007", |person| person.display_name = Some("Olga Örn".to_owned()));
    sync(&world, &engine).await;
    let awaiting = |engine: &Engine, search: Option<&str>| {
        let query =
            RunPeopleQuery { limit: 500, search: search.map(Into::into), ..Default::default() };
        engine.awaiting_people("All", ApprovalKind::Deactivate, &query)
    };
    assert_eq!(awaiting(&engine, None).unwrap_err().code, Code::NotFound);
    ids(0, 30).for_each(|id| world.directory.remove(&id));
    world.directory.add(["new".to_owned()]);
    let record = sync(&world, &engine).await;
    // The list is not read anew: what happens meanwhile changes neither it nor its people.
    world.directory.remove("p031");
    engine.import_changes("All", &[connector_model::Identity::from_text("new")]).await.unwrap();
    engine.shutdown(std::time::Duration::from_secs(1)).await;
    drop(engine);
    let engine = world.engine(folder.path(), rules);
    let told = awaiting(&engine, None).unwrap();
    assert_eq!(std::slice::from_ref(&told.list), &record.awaiting_approval[..]);
    let olga = awaiting(&engine, Some("olga ö")).unwrap().people;
    assert_eq!(
        olga.iter().map(|p| p.planned.name.as_deref()).collect::<Vec<_>>(),
        [Some("Olga Örn")]
    );
    let mut names: Vec<_> = told.people.iter().map(|p| p.planned.identity.to_string()).collect();
    names.sort();
    assert_eq!((told.total, names), (30, ids(0, 30).collect()));
    assert!(told.people.iter().all(|p| p.planned.needs.as_ref().unwrap().list == told.list.hash));
    assert_eq!(awaiting(&engine, Some("p01")).unwrap().total, 10);
    let consent = Consent::to_lists([told.list.hash.as_str()]);
    let stale = engine.import(Some("All"), &consent, None).await.unwrap_err();
    assert_eq!(stale.code, Code::ApprovalStale, "p031 is gone too");
    let record = sync(&world, &engine).await;
    let told = awaiting(&engine, None).unwrap();
    assert_eq!((told.total, &told.list), (31, &record.awaiting_approval[0]));
}

#[tokio::test]
async fn imports_that_failed_or_were_cut_off_are_told_with_what_they_did() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    world.directory.add(ids(0, 40));
    *world.directory.down.lock().unwrap() = true;
    assert!(sync(&world, &engine).await.error.is_some());
    *world.directory.down.lock().unwrap() = false;
    *world.cloud.postponed.lock().unwrap() = Some((vec!["p003".into()], Code::CloudRefused, false));
    sync(&world, &engine).await;
    let [cut, failed] = &runs(&engine)[..] else { panic!("two imports") };
    assert_eq!(failed.record.error.as_ref().unwrap().code, Code::ConnectRefused);
    assert_eq!(people_of(&engine, failed).total, 0);
    let p003 = people_of(&engine, cut);
    let p003 = by_id(&p003, "p003").postponed.as_ref().unwrap();
    assert_eq!(p003.code, Code::CloudRefused);
    *world.cloud.postponed.lock().unwrap() = None;
    drop(engine);
    // As a program that is killed leaves it.
    let database = Connection::open(folder.path().join("connector.db")).unwrap();
    database.execute("UPDATE imports SET record = NULL WHERE id = 2", []).unwrap();
    database.execute("DELETE FROM imported_who", []).unwrap();
    let engine = world.engine(folder.path(), rules);
    let count = |table: &str| {
        let sql = format!("SELECT count(DISTINCT place) FROM {table}");
        database.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((count("imported_who"), count("imported") > 10), (count("imported"), true));
    let cut = runs(&engine).remove(0);
    assert_eq!(cut.record.error.as_ref().unwrap().code, Code::Cancelled);
    assert!(cut.record.counts.create >= 10 && cut.people_kept);
    sync(&world, &engine).await;
    assert_eq!(
        engine
            .import_changes("All", &[connector_model::Identity::from_text("p001")])
            .await
            .unwrap(),
        None
    );
    assert_eq!(runs(&engine).len(), 3, "an import that did nothing for a change is none");
}

#[tokio::test]
async fn an_import_goes_on_where_its_rows_cannot_be_written() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let database = Connection::open(folder.path().join("connector.db")).unwrap();
    database.execute_batch("DROP TABLE imported").unwrap();
    world.directory.add(ids(0, 40));
    let mut nobody = person("n1");
    nobody.email = None;
    world.directory.put(nobody);
    let record = sync(&world, &engine).await;
    assert_eq!((record.acknowledged, record.error), (40, None));
    assert!(!runs(&engine)[0].people_kept, "and says that they are missing");
    database.execute_batch("DROP TABLE imports").unwrap();
    world.directory.add(ids(40, 50));
    let record = sync(&world, &engine).await;
    assert_eq!((record.acknowledged, record.error), (10, None));
    assert_eq!(world.active().len(), 50);
}

/// With rows and without, in turns, so that a busy machine is busy for both. The cloud is in memory and the build is one
/// for tests, so this is the worst case: it shows when rows become dear, not what they cost.
#[tokio::test]
async fn rows_cost_an_import_no_more_than_one_and_a_half_times_its_time() {
    let mut best = [f64::MAX; 2];
    for _ in 0..2 {
        for (without, best) in best.iter_mut().enumerate() {
            let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
            let mut rules = settings(&[("All", None)]);
            rules.import.batch_size = 200;
            let engine = world.engine(folder.path(), rules);
            world.directory.add((0..3_000).map(|n| format!("p{n:05}")));
            if without == 1 {
                let database = Connection::open(folder.path().join("connector.db")).unwrap();
                database.execute_batch("DROP TABLE imported").unwrap();
            }
            let began = std::time::Instant::now();
            sync(&world, &engine).await;
            *best = best.min(began.elapsed().as_secs_f64());
        }
    }
    println!("with rows {:.3} s, without {:.3} s", best[0], best[1]);
    assert!(best[0] < best[1] * 2.5, "with rows {:.3} s, without {:.3} s", best[0], best[1]);
}
