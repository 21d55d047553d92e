//! Writes the journal behind the scenes, so that a sign-in never waits for the disk.
//! What somebody decided is another matter: it is answered once its entry is kept.

use crate::store::Store;
use crate::store::journal::NewEntry;
use std::sync::mpsc;
use std::time::Duration;

/// Entries waiting to be written; beyond that new ones are left out.
const WAITING: usize = 10_000;
/// How long an answer waits for its entry; longer than SQLite waits for another program that writes.
const UNTIL_KEPT: Duration = Duration::from_secs(15);

/// Front of the writing thread. Dropping the last one writes what is left.
pub(crate) struct Journal {
    entries: Option<mpsc::SyncSender<Waiting>>,
    writer: Option<std::thread::JoinHandle<()>>,
}

/// An entry, if there is one, and who waits until everything up to it is kept.
struct Waiting {
    entry: Option<NewEntry>,
    kept: Option<mpsc::SyncSender<()>>,
}

impl Journal {
    pub fn start(store: Store) -> Self {
        let (entries, waiting) = mpsc::sync_channel(WAITING);
        let writer = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || write(&store, &waiting))
            .ok();
        Self { entries: Some(entries), writer }
    }

    /// Notes something that happens often, as sign-ins do: written soon; lost when the program is killed before.
    pub fn note(&self, entry: NewEntry) {
        self.send(entry.kind, Waiting { entry: Some(entry), kept: None });
    }

    /// Notes what somebody decided: on the disk when this comes back. That it cannot be written is told in the log.
    pub async fn keep(&self, entry: NewEntry) {
        self.until_kept(entry.kind, Some(entry)).await;
    }

    /// Back once everything noted before is on the disk.
    pub async fn flush(&self) {
        self.until_kept("all", None).await;
    }

    async fn until_kept(&self, kind: &'static str, entry: Option<NewEntry>) {
        let (kept, told) = mpsc::sync_channel(1);
        self.send(kind, Waiting { entry, kept: Some(kept) });
        let told = tokio::task::spawn_blocking(move || told.recv_timeout(UNTIL_KEPT)).await;
        if !matches!(told, Ok(Ok(()))) {
            tracing::error!(kind, "an entry of the journal was not kept in time");
        }
    }

    fn send(&self, kind: &str, waiting: Waiting) {
        if self.entries.as_ref().is_none_or(|entries| entries.try_send(waiting).is_err()) {
            tracing::warn!(kind, "the journal is full; an entry was left out");
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.entries = None;
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

fn write(store: &Store, waiting: &mpsc::Receiver<Waiting>) {
    while let Ok(first) = waiting.recv() {
        // A short pause gathers what belongs into one transaction; whoever waits is not kept waiting by it.
        if first.kept.is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
        let (mut batch, mut told) = (vec![], vec![]);
        for Waiting { entry, kept } in std::iter::once(first).chain(waiting.try_iter().take(5_000))
        {
            batch.extend(entry);
            told.extend(kept);
        }
        let written =
            if told.is_empty() { store.write_journal(&batch) } else { store.keep_journal(&batch) };
        match written {
            Ok(()) => {
                for kept in told {
                    let _ = kept.send(());
                }
            }
            Err(error) => tracing::error!(code = %error.code, "the journal cannot be written"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::journal::{JournalEntry, JournalQuery};
    use std::path::Path;

    fn entry(kind: &'static str, subject: &str) -> NewEntry {
        NewEntry { at_ms: 1, kind, subject: subject.to_owned(), detail: serde_json::json!({}) }
    }

    /// What another program finds there, as one would after this one was killed.
    fn found(database: &Path) -> Vec<JournalEntry> {
        let asked = JournalQuery { limit: 100, ..JournalQuery::default() };
        Store::open(database).unwrap().journal(&asked).unwrap()
    }

    #[tokio::test]
    async fn what_somebody_decided_is_in_the_file_when_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("connector.db");
        let journal = Journal::start(Store::open(&database).unwrap());
        for n in 0..20 {
            journal.note(entry("sign_in", "somebody"));
            journal.keep(entry("settings", &n.to_string())).await;
            let newest = &found(&database)[0];
            assert_eq!((newest.kind.as_str(), newest.subject.clone()), ("settings", n.to_string()));
        }
        assert_eq!(found(&database).len(), 40, "with what came before, in its order");
        journal.note(entry("sign_in", "somebody"));
        journal.flush().await;
        assert_eq!(found(&database).len(), 41);
    }
}
