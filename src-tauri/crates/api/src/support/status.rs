//! The state of everything.

use crate::host::{Host, blocking};
use crate::updates::Known;
use connector_engine::{JournalEntry, JournalQuery, Status};
use connector_model::Result;

impl Host {
    /// What the engine says; of one that runs for a command alone, what the home remembers.
    pub async fn status(&self) -> Result<Status> {
        self.find_missing_passwords().await;
        let host = self.clone();
        blocking(move || {
            let mut status = host.engine().status();
            if !host.kind().lasts() {
                status.running = false;
                status.next_import_ms = None;
                let known = Known::load(&host.home, host.version);
                status.update = known.update(&host.settings()?.updates);
            }
            let proposals = host.proposals()?.into_iter();
            status.proposed = proposals.map(|proposal| proposal.mapping.name).collect();
            status.headline = status.worst();
            Ok(status)
        })
        .await
    }

    /// The entries of the journal that match, the newest first.
    pub async fn journal(&self, query: JournalQuery) -> Result<Vec<JournalEntry>> {
        let engine = self.engine().clone();
        engine.flush_journal().await;
        blocking(move || engine.journal(&query)).await
    }
}
