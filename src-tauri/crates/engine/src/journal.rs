//! Writes the journal behind the scenes, so that a sign-in never waits for the disk.

use crate::store::Store;
use crate::store::journal::NewEntry;
use std::sync::mpsc;
use std::time::Duration;

/// Entries waiting to be written; beyond that the oldest writers wait a moment.
const WAITING: usize = 10_000;

/// Front of the writing thread. Dropping the last one writes what is left.
pub(crate) struct Journal {
    entries: Option<mpsc::SyncSender<NewEntry>>,
    writer: Option<std::thread::JoinHandle<()>>,
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

    /// Notes something; lost only when the disk fails for longer.
    pub fn note(
        &self,
        at_ms: i64,
        kind: &'static str,
        subject: impl Into<String>,
        detail: serde_json::Value,
    ) {
        let entry = NewEntry { at_ms, kind, subject: subject.into(), detail };
        if self.entries.as_ref().is_none_or(|entries| entries.try_send(entry).is_err()) {
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

fn write(store: &Store, waiting: &mpsc::Receiver<NewEntry>) {
    while let Ok(first) = waiting.recv() {
        // A short pause gathers what belongs into one transaction.
        std::thread::sleep(Duration::from_millis(20));
        let mut batch = vec![first];
        batch.extend(waiting.try_iter().take(5_000));
        if let Err(error) = store.write_journal(&batch) {
            tracing::error!(code = %error.code, "the journal cannot be written");
        }
    }
}
