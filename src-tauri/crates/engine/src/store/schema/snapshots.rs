//! Databases as released versions left them, as SQL text (`tests/databases/VERSION.sql`), the oldest first. What stands there
//! once is never changed: new tables get a snapshot of their own.

use super::migrations::{MIGRATIONS, VERSION};
use crate::plan::content::{Content, digest};
use crate::state::import_rows::{ImportsQuery, RunPeopleQuery};
use crate::store::Store;
use crate::store::journal::JournalQuery;
use connector_model::{ApprovalKind, ApprovalList, Identity, Mapping, Watermark};
use rusqlite::Connection;
use std::path::PathBuf;

const SNAPSHOTS: &[(&str, &str)] = &[
    ("0.1.0", include_str!("../../../tests/databases/0.1.0.sql")),
    // Of the version to come: new tables are added here until it is released.
    ("0.2.0", include_str!("../../../tests/databases/0.2.0.sql")),
];

const WATERMARK: &str = r#"{"method":"usn_changed","server":"5d0a6f1e-8f0e-4a55-9b5e-0a4a3c1c2f11","position":"81275"}"#;

fn database(sql: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("connector.db");
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    (folder, path)
}

fn tables(connection: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name";
    let mut query = connection.prepare(sql).unwrap();
    let rows = query.query_map([], |row| {
        // What ALTER TABLE adds stands on the line that was the last.
        Ok((row.get(0)?, row.get::<_, String>(1)?.split_whitespace().collect::<Vec<_>>().join(" ")))
    });
    rows.unwrap().map(Result::unwrap).collect()
}

fn mapping() -> Mapping {
    let text = r#"{"name":"Sales","account":"corp","base_dn":"DC=corp,DC=example,DC=com","department":["Sales"]}"#;
    serde_json::from_str(text).unwrap()
}

fn ada() -> (Identity, Content) {
    let content = Content {
        user_name: "ada@corp.example.com".into(),
        email: "ada@example.com".into(),
        display_name: Some("Ada Adler".into()),
        title: Some("Engineer".into()),
        ..Content::default()
    };
    (Identity::from_text("00112233-4455-6677-8899-aabbccddeeff"), content)
}

#[test]
fn the_newest_snapshot_has_the_tables_of_this_version() {
    let (version, sql) = SNAPSHOTS.last().unwrap();
    let (_folder, path) = database(sql);
    let found = Connection::open(&path).unwrap();
    let number: u32 = found.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
    let (_other, new) = database("");
    let new = Store::open(&new).unwrap();
    let why = "the tables have changed: add a snapshot as this version leaves it";
    assert_eq!((number, tables(&found)), (VERSION, tables(&new.lock())), "{version}: {why}");
}

#[test]
fn what_a_released_version_remembered_is_there_after_the_update() {
    for (version, sql) in SNAPSHOTS {
        let (_folder, path) = database(sql);
        let store = Store::open(&path).unwrap();
        let entries =
            store.journal(&JournalQuery { limit: 10, ..JournalQuery::default() }).unwrap();
        let kinds: Vec<_> = entries.iter().map(|e| (e.kind.as_str(), e.subject.as_str())).collect();
        let wanted = [("import", "Sales"), ("sign_in", ""), ("settings", "registered")];
        assert_eq!(kinds, wanted, "{version}");
        assert_eq!(entries[1].detail["outcome"], "wrong_password");
        let watermark: Watermark = serde_json::from_str(WATERMARK).unwrap();
        assert_eq!(store.watermark("Sales").unwrap(), Some(watermark), "{version}");
        let record = store.last_import("Sales").unwrap().unwrap();
        assert_eq!((record.read, record.acknowledged, record.counts.create), (2, 1, 1));
        assert_eq!(store.term("Sales").unwrap(), 3);
        assert!(!store.is_changed(&mapping()), "{version}: the mapping would wait for a preview");
        let (identity, content) = ada();
        let known = store.acknowledged(&identity).unwrap().unwrap();
        assert_eq!((known.cloud_id.as_str(), &known.content), ("cloud-1", &content));
        let kept: Vec<u8> = store
            .lock()
            .query_row("SELECT digest FROM people WHERE cloud_id = 'cloud-1'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, digest(&content, "Sales"), "{version}: everybody would be sent again");
        assert_eq!(store.unfinished().unwrap(), ["Sales"]);
        assert_eq!(store.all_active().unwrap(), 1);
        store.requeue_unacknowledged(None).unwrap();
        assert_eq!(store.all_active().unwrap(), 1, "{version}: nobody else was acknowledged");
        let all = store.active_count("Sales").unwrap();
        assert_eq!(all, 2, "{version}: a batch was on its way");
        let strangers: i64 =
            store.lock().query_row("SELECT count(*) FROM strangers", [], |row| row.get(0)).unwrap();
        assert_eq!(strangers, 1);
        let runs = store.runs(&ImportsQuery { limit: 9, ..Default::default() }).unwrap();
        assert_eq!(runs.iter().map(|run| run.record.read).collect::<Vec<_>>(), [2], "{version}");
        let first = RunPeopleQuery { limit: 9, ..Default::default() };
        let people = store.run_people(runs[0].id, &first).unwrap();
        // What an earlier version imported is known as a whole only.
        assert_eq!(people.total, if runs[0].people_kept { 2 } else { 0 }, "{version}");
        assert_eq!(runs[0].people_kept, *version != "0.1.0");
    }
}

/// Versions that were never released, as far as they had the tables.
#[test]
fn a_database_of_any_step_keeps_journal_people_and_watermark() {
    for step in 1..=MIGRATIONS.len() {
        let mut sql = MIGRATIONS[..step].concat();
        sql += &format!("PRAGMA user_version = {step};");
        sql += r#"INSERT INTO journal (id, at_ms, kind, subject, detail) VALUES (7, 1000, 'import', 'Sales', '{"mapping":"Sales","started_ms":1,"finished_ms":2,"complete":true,"read":2,"counts":{"create":1,"update":0,"preserve":0,"reactivate":0,"adopt":0,"skip":1,"hold":0,"unchanged":0},"acknowledged":1,"refused":0}');"#;
        sql += r#"INSERT INTO people VALUES ('id-1', 'corp', 'Sales', 'cloud-1', 1, x'00', 'CN=Ada', '{"user_name":"ada","email":"ada@example.com"}', 1, 2, 3);"#;
        if step > 1 {
            sql += &format!(
                "INSERT INTO progress (mapping, watermark) VALUES ('Sales', '{WATERMARK}');"
            );
        }
        let (_folder, path) = database(&sql);
        let store = Store::open(&path).unwrap();
        let entries = store.journal(&JournalQuery { limit: 9, ..Default::default() }).unwrap();
        assert_eq!(entries.iter().map(|e| e.id).collect::<Vec<_>>(), [7], "step {step}");
        assert!(store.acknowledged(&Identity::from_text("id-1")).unwrap().is_some(), "step {step}");
        if step > 1 {
            let watermark = store.watermark("Sales").unwrap();
            assert_eq!(watermark, serde_json::from_str(WATERMARK).unwrap(), "step {step}");
        } else {
            assert_eq!(store.last_import("Sales").unwrap().unwrap().read, 2, "from the journal");
        }
    }
}

#[test]
fn a_list_that_waited_before_lists_had_a_number_has_one() {
    let record = r#"{"mapping":"Sales","started_ms":1,"finished_ms":2,"complete":true,"read":2,"counts":{"create":1,"update":0,"preserve":0,"reactivate":0,"adopt":0,"skip":1,"hold":31,"unchanged":0},"acknowledged":1,"refused":0,"awaiting_approval":"0a1b"}"#;
    let sql = format!(
        "{} PRAGMA user_version = 4;
         INSERT INTO progress (mapping, last_import) VALUES ('Sales', '{record}'), ('Broken', '{{');
         INSERT INTO journal VALUES (1, 1, 'import', 'Sales', '{record}'), (2, 2, 'changes', 'Sales', '{{');",
        MIGRATIONS[..4].concat()
    );
    let (_folder, path) = database(&sql);
    let store = Store::open(&path).unwrap();
    let list = ApprovalList {
        mapping: "Sales".into(),
        kind: ApprovalKind::Deactivate,
        people: 31,
        hash: "0a1b".into(),
    };
    let lists = store.last_import("Sales").unwrap().unwrap().awaiting_approval;
    assert_eq!(lists, std::slice::from_ref(&list));
    let entries = store.journal(&JournalQuery { limit: 9, ..Default::default() }).unwrap();
    assert_eq!(entries[1].detail["awaiting_approval"], serde_json::json!([list]));
}
