//! Writes down what one import does, while it does it.

use super::kept;
use super::row::{Row, Sent};
use crate::plan::decision::Decision;
use crate::state::import_rows::RunGroup;
use crate::state::records::ImportKind;
use crate::store::{Store, failed, to_json};
use connector_model::{Change, Result};
use rusqlite::{Transaction, params};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// People who are left alone and written at once.
const CHUNK: usize = 500;
/// After so many people of one import it is looked whether there is room.
const LOOK: u64 = 10_000;

/// The rows of one import.
pub(crate) struct RunLog {
    store: Store,
    /// `None` where even that could not be written.
    id: Option<i64>,
    /// Never held while the store's lock is waited for.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    people: u64,
    bytes: u64,
    groups: BTreeMap<(&'static str, &'static str), (u64, u64)>,
    /// Left alone, and not written yet.
    left: Vec<Row>,
    failed: bool,
}

impl RunLog {
    /// Of an import that begins.
    pub fn begin(store: &Store, mapping: &str, kind: ImportKind, started_ms: i64) -> Self {
        let id = told(store.begin_run(mapping, kind, started_ms));
        Self { store: store.clone(), id, state: Mutex::default() }
    }

    /// Notes somebody to whom nothing is sent, and why.
    pub fn leave(&self, decision: &Decision) {
        if decision.change == Change::Unchanged || self.id.is_none() {
            return;
        }
        let mut state = self.state();
        state.left.push(Row::of(decision, decision.change));
        let full = state.left.len() >= CHUNK;
        drop(state);
        if full {
            self.flush();
        }
    }

    /// Notes a batch that was answered, before what is known of its people is replaced.
    pub fn answered(&self, change: &Transaction<'_>, mapping: &str, people: &[Sent<'_>]) {
        let rows = people.iter().map(|sent| Row::sent(change, mapping, sent));
        let written = rows.collect::<Result<_>>().and_then(|rows| self.write(change, rows));
        self.unless_failed(written);
    }

    /// Everything is written that will be.
    pub fn end(&self) {
        self.flush();
        if let Some(run) = self.id.filter(|_| !self.state().failed) {
            told(self.store.note_people_kept(run));
        }
    }

    fn flush(&self) {
        let rows = std::mem::take(&mut self.state().left);
        let write = || {
            let mut connection = self.store.lock();
            let change = connection.transaction().map_err(failed)?;
            self.write(&change, rows)?;
            change.commit().map_err(failed)
        };
        self.unless_failed(write());
    }

    fn write(&self, change: &Transaction<'_>, rows: Vec<Row>) -> Result<()> {
        let mut state = self.state();
        let Some(run) = self.id.filter(|_| !state.failed && !rows.is_empty()) else {
            return Ok(());
        };
        let before = state.people;
        for row in rows {
            if state.people == kept::PEOPLE {
                state.failed = true;
                break;
            }
            row.insert(change, kept::place(run, state.people))?;
            state.people += 1;
            state.bytes += row.bytes();
            let group = state.groups.entry((row.change.as_str(), row.reason)).or_default();
            group.0 += 1;
            group.1 += u64::from(row.refused.is_some());
        }
        let groups = to_json(&groups(&state))?;
        change
            .prepare_cached("UPDATE imports SET people = ?2, bytes = ?3, groups = ?4 WHERE id = ?1")
            .and_then(|mut update| {
                update.execute(params![
                    run,
                    state.people.cast_signed(),
                    state.bytes.cast_signed(),
                    groups
                ])
            })
            .map_err(failed)?;
        let look = before / LOOK != state.people / LOOK;
        if look { kept::make_room(change) } else { Ok(()) }
    }

    fn unless_failed(&self, written: Result<()>) {
        if told(written).is_none() {
            self.state().failed = true;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn groups(state: &State) -> Vec<RunGroup> {
    let all = state.groups.iter().filter_map(|((change, reason), (people, refused))| {
        Some(RunGroup {
            change: Change::from_text(change)?,
            reason_kind: (*reason).to_owned(),
            people: *people,
            refused: *refused,
        })
    });
    all.collect()
}

/// What could be done; an import goes on without what could not.
fn told<T>(done: Result<T>) -> Option<T> {
    done.inspect_err(|error| {
        tracing::error!(code = %error.code, "what an import does is not written down: {}", error.message);
    })
    .ok()
}
