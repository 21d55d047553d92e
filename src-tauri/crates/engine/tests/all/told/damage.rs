//! A row that cannot be read is told as that: nowhere as an empty one, and never in an import's way.

use crate::support::{World, person, settings};
use connector_engine::told::{PeopleQuery, SignInsQuery};
use connector_engine::{Consent, Engine, ImportsQuery, JournalQuery, RunPeopleQuery};
use connector_model::{Code, Error, Secret};
use rusqlite::Connection;
use std::time::Duration;
use tokio::time::Instant;

/// Somebody whom the cloud has, somebody who is left out, somebody whom it refuses, and a sign-in.
async fn world(folder: &std::path::Path) -> (World, Engine, Connection) {
    let world = World::default();
    let engine = world.engine(folder, settings(&[("All", None)]));
    world.directory.add(["ada".to_owned(), "bob".to_owned()]);
    let mut twin = person("twin");
    twin.email = Some("ada@mail.example".into());
    world.directory.put(twin);
    *world.cloud.refused.lock().unwrap() = vec!["bob".into()];
    sync(&engine).await;
    world.directory.change("ada", |ada| ada.title = Some("Countess".into()));
    sync(&engine).await;
    let deadline = Instant::now() + Duration::from_secs(5);
    engine.sign_in(&"ada".parse().unwrap(), &Secret::new("right"), deadline).await;
    engine.flush_journal().await;
    let database = Connection::open(folder.join("connector.db")).unwrap();
    (world, engine, database)
}

async fn sync(engine: &Engine) {
    engine.import(None, Consent::nothing(), None).await.unwrap();
}

/// Everything that reads rows, by the name of what it tells.
fn ask(engine: &Engine, what: &str) -> Result<(), Error> {
    match what {
        "people" => engine.people(&PeopleQuery { limit: 10, ..Default::default() }).map(drop),
        "sign-ins" => engine.sign_ins(&SignInsQuery { limit: 10, ..Default::default() }).map(drop),
        "journal" => {
            // The damaged entry says so in place of what happened; the others are told.
            let query = JournalQuery { limit: 10, ..Default::default() };
            let entries = engine.journal(&query).unwrap();
            assert!(entries.iter().any(|entry| entry.kind == "import"));
            let error = entries
                .iter()
                .find(|entry| entry.kind == "sign_in")
                .map(|entry| serde_json::from_value(entry.detail["error"].clone()).ok());
            error.flatten().map_or(Ok(()), Err)
        }
        "imports" => engine.imports(&ImportsQuery { limit: 10, ..Default::default() }).map(drop),
        "first import" | "second import" => {
            let run = if what == "first import" { 1 } else { 2 };
            engine.import_people(run, &RunPeopleQuery { limit: 10, ..Default::default() }).map(drop)
        }
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_damaged_row_is_an_error_with_a_way_out_and_no_empty_one() {
    let folder = tempfile::tempdir().unwrap();
    let (_world, engine, database) = world(folder.path()).await;
    let cases = [
        ("people SET person = '{\"user_name\":' WHERE identity = 'ada'", "people"),
        ("people SET person = '{}' WHERE identity = 'ada'", "people"),
        ("people SET person = x'ff' WHERE identity = 'ada'", "people"),
        ("people SET person = '[' WHERE identity = 'ada'", "sign-ins"),
        ("imported SET reason_values = '{' WHERE identity = 'twin'", "people"),
        ("imported SET reason = 'no such reason' WHERE identity = 'twin'", "people"),
        ("imported SET dn = x'ff' WHERE identity = 'twin'", "people"),
        ("refused SET error = '{' WHERE identity = 'bob'", "people"),
        ("journal SET detail = '{' WHERE kind = 'sign_in'", "sign-ins"),
        ("journal SET detail = '{' WHERE kind = 'sign_in'", "journal"),
        ("imports SET record = '{' WHERE id = 1", "imports"),
        ("imports SET groups = '{' WHERE id = 1", "first import"),
        ("imported SET change = 'no such change'", "first import"),
        ("imported SET refused = '{' WHERE identity = 'bob'", "first import"),
        ("imported SET after = '\"a text\"' WHERE identity = 'ada'", "second import"),
        ("imported SET before = '[]' WHERE identity = 'ada'", "second import"),
    ];
    for (damage, asked) in cases {
        ask(&engine, asked).unwrap();
        let (table, _) = damage.split_once(' ').unwrap();
        database.execute_batch(&format!("CREATE TABLE whole AS SELECT * FROM {table}")).unwrap();
        assert!(database.execute(&format!("UPDATE {damage}"), []).unwrap() > 0, "{damage}");
        let error = ask(&engine, asked).expect_err(damage);
        assert_eq!(error.code, Code::StorageFailed, "{damage}");
        assert!(error.message.contains("damaged"), "{damage}: {}", error.message);
        assert!(error.action.contains("connector.db"), "{damage}: {}", error.action);
        let undo = format!(
            "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM whole; DROP TABLE whole"
        );
        database.execute_batch(&undo).unwrap();
    }
}

#[tokio::test]
async fn an_import_goes_on_past_a_damaged_row_and_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (world, engine, database) = world(folder.path()).await;
    let newest = |engine: &Engine| {
        let asked = ImportsQuery { limit: 1, ..Default::default() };
        engine.imports(&asked).unwrap().remove(0)
    };
    assert!(newest(&engine).people_kept);
    // What the cloud had of somebody before a change cannot be read.
    database.execute("UPDATE people SET person = '{' WHERE identity = 'ada'", []).unwrap();
    world.directory.change("ada", |ada| ada.title = Some("Lady".into()));
    sync(&engine).await;
    let run = newest(&engine);
    assert_eq!((run.record.counts.update, run.record.error.as_ref()), (1, None));
    assert!(!run.people_kept, "nobody is told to have had nothing before");
    // What an import did that was cut off cannot be read.
    drop(engine);
    let damage =
        "UPDATE imports SET record = NULL, groups = '{' WHERE id = (SELECT max(id) FROM imports)";
    database.execute(damage, []).unwrap();
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let run = newest(&engine);
    let error = run.record.error.as_ref().unwrap();
    assert_eq!(error.code, Code::StorageFailed, "not that it did nothing until it was cut off");
    assert!(!run.people_kept && !error.action.is_empty());
}
