//! Imports as runs: begun, ended with their record, listed.

use super::{by_person, kept};
use crate::state::import_rows::{ImportRun, ImportsQuery, RunGroup};
use crate::state::records::{ImportKind, ImportRecord};
use crate::store::told::hours;
use crate::store::{Again, Store, failed, read_json, to_json};
use connector_model::{Change, Code, Counts, Error, Result};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Imports in a list at most.
const MOST: u32 = 500;
const COLUMNS: &str = "id, record, kept";
/// What is stored of an import, named for people.
pub(in crate::store) const WHAT: &str = "what an import did";

impl Store {
    /// Notes that an import begins; gives its number.
    pub(super) fn begin_run(
        &self,
        mapping: &str,
        kind: ImportKind,
        started_ms: i64,
    ) -> Result<i64> {
        let connection = self.lock();
        connection
            .execute_again(
                "INSERT INTO imports (mapping, kind, started_ms, kept) VALUES (?1, ?2, ?3, 0)",
                params![mapping, kind.as_str(), started_ms],
            )
            .map_err(failed)?;
        Ok(connection.last_insert_rowid())
    }

    /// Notes that everybody of an import who changed is written down.
    pub(super) fn note_people_kept(&self, run: i64) -> Result<()> {
        self.lock()
            .execute_again("UPDATE imports SET kept = 1 WHERE id = ?1", [run])
            .map(drop)
            .map_err(failed)
    }

    /// Notes how an import ended, whether it came so far that anybody was planned or not, and lets go what is too old or too much.
    pub(crate) fn end_run(&self, record: &ImportRecord) -> Result<()> {
        let mut connection = self.lock();
        let text = to_json(record)?;
        let of = (&record.mapping, record.kind.as_str(), record.started_ms);
        let run = connection
            .query_row_again(
                "SELECT max(id) FROM imports WHERE mapping = ?1 AND kind = ?2 AND started_ms = ?3 AND record IS NULL",
                params![of.0, of.1, of.2],
                |row| row.get::<_, Option<i64>>(0),
            )
            .map_err(failed)?;
        // A record is kept all the same where its people cannot be found by name.
        let placed = run.map_or(Ok(()), |run| by_person::put(&mut connection, run));
        let change = connection.transaction().map_err(failed)?;
        let ended = change
            .execute_again(
                "UPDATE imports SET record = ?4 WHERE mapping = ?1 AND kind = ?2 AND started_ms = ?3 AND record IS NULL",
                params![of.0, of.1, of.2, text],
            )
            .map_err(failed)?;
        if ended == 0 {
            // Nobody was planned, so nobody is missing.
            change
                .execute_again(
                    "INSERT INTO imports (mapping, kind, started_ms, record, kept) VALUES (?1, ?2, ?3, ?4, 1)",
                    params![of.0, of.1, of.2, text],
                )
                .map_err(failed)?;
        }
        let groups: Option<String> = change
            .query_row_again(
                "SELECT groups FROM imports WHERE mapping = ?1 AND kind = ?2 AND started_ms = ?3 ORDER BY id DESC LIMIT 1",
                params![of.0, of.1, of.2],
                |row| row.get(0),
            )
            .optional()
            .map_err(failed)?;
        let groups = groups.map_or_else(|| Ok(vec![]), |groups| groups_of(&groups));
        // What cannot be read is added up nowhere, and the record is kept all the same.
        let added = groups.and_then(|groups| hours::add_import(&change, record, &groups));
        kept::forget_old(&change, record.finished_ms)?;
        kept::make_room(&change)?;
        change.commit().map_err(failed)?;
        placed.and(added)
    }

    /// Forgets an import that did nothing for anybody.
    pub(crate) fn forget_run(&self, record: &ImportRecord) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        let of = params![record.mapping, record.kind.as_str(), record.started_ms];
        let which = "mapping = ?1 AND kind = ?2 AND started_ms = ?3 AND record IS NULL";
        let run: Option<i64> = change
            .query_row_again(&format!("SELECT max(id) FROM imports WHERE {which}"), of, |row| {
                row.get(0)
            })
            .map_err(failed)?;
        if let Some(run) = run {
            kept::delete(&change, run)?;
        }
        change.commit().map_err(failed)
    }

    /// Ends the records of imports that were cut off with the program: they did what is written of them. Of one of which that
    /// cannot be read the record says so.
    pub(crate) fn end_cut_off_runs(&self) -> Result<()> {
        let mut connection = self.lock();
        let mut open = connection
            .prepare(
                "SELECT id, mapping, kind, started_ms, groups FROM imports WHERE record IS NULL",
            )
            .map_err(failed)?;
        let rows = open
            .query_map([], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            })
            .map_err(failed)?;
        let rows: Vec<(i64, String, String, i64, String)> =
            rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        drop(open);
        for (id, mapping, kind, started_ms, groups) in rows {
            by_person::put(&mut connection, id)?;
            let of = (mapping, ImportKind::from_text(&kind));
            let (record, kept) = match groups_of(&groups) {
                Ok(groups) => (cut_off(of, started_ms, &groups), true),
                Err(error) => {
                    (ImportRecord { error: Some(error), ..cut_off(of, started_ms, &[]) }, false)
                }
            };
            let done = params![id, to_json(&record)?, kept];
            connection
                .execute("UPDATE imports SET record = ?2, kept = ?3 WHERE id = ?1", done)
                .map_err(failed)?;
        }
        Ok(())
    }

    /// Imports, the newest first.
    pub(crate) fn runs(&self, asked: &ImportsQuery) -> Result<Vec<ImportRun>> {
        let connection = self.reader()?;
        let mut query = connection
            .prepare(&format!(
                "SELECT {COLUMNS} FROM imports WHERE record IS NOT NULL AND (?1 IS NULL OR mapping = ?1) AND (?2 IS NULL OR id < ?2)
                 ORDER BY id DESC LIMIT ?3"
            ))
            .map_err(failed)?;
        let values = params![asked.mapping, asked.before, asked.limit.min(MOST)];
        let rows = query.query_map(values, run).map_err(failed)?;
        rows.map(|row| run_of(row.map_err(failed)?)).collect()
    }

    /// One import; `not_found` where it is not known, or no longer.
    pub(crate) fn run(&self, id: i64) -> Result<ImportRun> {
        self.reader()?
            .query_row(
                &format!("SELECT {COLUMNS} FROM imports WHERE id = ?1 AND record IS NOT NULL"),
                [id],
                run,
            )
            .optional()
            .map_err(failed)?
            .map_or_else(|| Err(unknown(id)), run_of)
    }
}

/// The number of the newest import that planned everybody of a mapping; one that failed before that says nothing of anybody.
pub(in crate::store) fn newest_full(connection: &Connection, mapping: &str) -> Result<Option<i64>> {
    connection
        .query_row_again(
            "SELECT max(id) FROM imports WHERE mapping = ?1 AND kind = 'full' AND record IS NOT NULL
             AND (json_extract(record, '$.complete') OR groups <> '[]')",
            [mapping],
            |row| row.get(0),
        )
        .map_err(failed)
}

pub(super) fn unknown(id: i64) -> Error {
    Error::new(Code::NotFound, format!("There is no import {id}, or it is no longer kept."))
        .with_action("Look at the list of imports for those that are kept.")
        .at("run")
}

pub(super) fn groups_of(text: &str) -> Result<Vec<RunGroup>> {
    read_json(text, WHAT)
}

fn run(row: &Row<'_>) -> rusqlite::Result<(i64, String, bool)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn run_of((id, record, people_kept): (i64, String, bool)) -> Result<ImportRun> {
    Ok(ImportRun { id, record: read_json(&record, "the record of an import")?, people_kept })
}

/// What is known of an import whose program ended before it did.
fn cut_off(
    (mapping, kind): (String, ImportKind),
    started_ms: i64,
    groups: &[RunGroup],
) -> ImportRecord {
    let mut counts = Counts::default();
    for group in groups {
        counts.add(group.change, group.people);
    }
    let refused = groups.iter().map(|group| group.refused).sum();
    let sent: u64 = groups.iter().filter(|g| g.change.is_sent()).map(|g| g.people).sum();
    let text = "The program ended while it imported; the next import went on from there.";
    ImportRecord {
        mapping,
        kind,
        started_by: None,
        started_ms,
        finished_ms: started_ms,
        complete: false,
        read: Change::ALL.iter().map(|change| counts.get(*change)).sum(),
        counts,
        acknowledged: sent - refused,
        assumed: 0,
        refused,
        refusals: vec![],
        findings: vec![],
        awaiting_approval: vec![],
        approved: vec![],
        watermark_before: None,
        watermark_after: None,
        resumes_ms: None,
        error: Some(Error::new(Code::Cancelled, text)),
    }
}
