//! The state of everything.

use crate::host::{Host, blocking};
use crate::updates::Known;
use connector_engine::{JournalEntry, JournalQuery, Status};
use connector_model::Result;
use std::time::Duration;

/// A status waits so long for a keychain.
const MOMENT: Duration = Duration::from_secs(2);

impl Host {
    /// What the engine says; of one that runs for a command alone, what the home remembers.
    pub async fn status(&self) -> Result<Status> {
        self.find_missing_passwords().await;
        self.look_at_storage().await;
        let registered = self.settings().is_ok_and(|settings| settings.cloud.is_some());
        if registered && !self.kind().lasts() && !self.keychain.is_shut() {
            let _ = tokio::time::timeout(MOMENT, self.look_at_registration()).await;
        }
        let host = self.clone();
        blocking(move || {
            let mut status = host.engine().status();
            if !host.kind().lasts() {
                status.running = false;
                status.next_import_ms = None;
                let known = Known::load(&host.home, host.version);
                status.update = known.update(&host.settings()?.updates);
            }
            // A list that cannot be read is told where it is asked for; all else is told all the same.
            let proposals = host.proposals().unwrap_or_default().into_iter();
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

#[cfg(test)]
mod tests {
    use crate::door::opened_as;
    use connector_model::Code;

    #[tokio::test]
    async fn a_damaged_list_of_the_clouds_mappings_takes_the_status_from_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let host = opened_as(folder.path(), "1.0.0").await;
        std::fs::write(host.proposals_path(), "half a li").unwrap();
        assert_eq!(host.proposals().unwrap_err().code, Code::StorageFailed);
        assert!(host.status().await.unwrap().proposed.is_empty());
        host.close().await;
    }
}
