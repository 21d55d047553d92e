//! What past imports did.

use crate::host::{Host, blocking};
use connector_engine::{AwaitingPeople, ImportRun, ImportsQuery, RunPeople, RunPeopleQuery};
use connector_model::{ApprovalKind, Result};

impl Host {
    /// Imports of the past, the newest first, failed ones too.
    pub async fn imports(&self, query: ImportsQuery) -> Result<Vec<ImportRun>> {
        let engine = self.engine().clone();
        blocking(move || engine.imports(&query)).await
    }

    /// One import of the past; `not_found` where it is not kept.
    pub async fn import_run(&self, run: i64) -> Result<ImportRun> {
        let engine = self.engine().clone();
        blocking(move || engine.import_run(run)).await
    }

    /// The people of an import, with what it did to them and why.
    pub async fn import_people(&self, run: i64, query: RunPeopleQuery) -> Result<RunPeople> {
        let engine = self.engine().clone();
        blocking(move || engine.import_people(run, &query)).await
    }

    /// The people of a list that waits for its approval: exactly those of its hash.
    pub async fn awaiting_people(
        &self,
        mapping: String,
        kind: ApprovalKind,
        query: RunPeopleQuery,
    ) -> Result<AwaitingPeople> {
        let engine = self.engine().clone();
        blocking(move || engine.awaiting_people(&mapping, kind, &query)).await
    }
}
