//! Writes the journal behind the scenes, so that a sign-in never waits for the disk.
//! What somebody decided is another matter: it is answered once its entry is kept.

use crate::store::Store;
use crate::store::journal::NewEntry;
use crate::store::journal::repeated::Repeated;
use connector_model::Error;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Entries waiting to be written; beyond that new ones are left out.
const WAITING: usize = 10_000;
/// Between two tries to write what could not be written.
const AGAIN: Duration = Duration::from_secs(5);
/// How long an answer waits for its entry; longer than SQLite waits for another program that writes.
const UNTIL_KEPT: Duration = Duration::from_secs(15);
/// Entries after which it is looked what is too old or too many.
const TRIMMED_AFTER: usize = 500;

/// Front of the writing thread. Dropping the last one writes what is left.
pub(crate) struct Journal {
    entries: Option<mpsc::SyncSender<Waiting>>,
    trouble: Arc<Mutex<Option<Error>>>,
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
        let trouble = Arc::default();
        let writer_of = Writer {
            store,
            life: None,
            untrimmed: TRIMMED_AFTER,
            unwritten: vec![],
            repeated: Repeated::default(),
            trouble: Arc::clone(&trouble),
        };
        let writer = std::thread::Builder::new().name("journal".into());
        let writer = writer.spawn(move || writer_of.write(&waiting)).ok();
        Self { entries: Some(entries), trouble, writer }
    }

    /// Notes something that happens often, as sign-ins do: written soon; lost when the program is killed before.
    pub fn note(&self, entry: NewEntry) {
        self.send(entry.kind, Waiting { entry: Some(entry), kept: None });
    }

    /// Notes what somebody decided: on the disk when this comes back. That it cannot be written is told in the log.
    pub async fn keep(&self, entry: NewEntry) {
        self.until_kept(entry.kind, Some(entry)).await;
    }

    /// Why entries cannot be written now. They are kept, and tried again.
    pub fn trouble(&self) -> Option<Error> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Back once everything noted before is on the disk.
    pub async fn flush(&self) {
        self.until_kept("all", None).await;
    }

    async fn until_kept(&self, kind: &'static str, entry: Option<NewEntry>) {
        let (kept, told) = mpsc::sync_channel(1);
        let entries = self.entries.clone();
        let waiting = Waiting { entry, kept: Some(kept) };
        // However many sign-ins fill the queue: this one waits for its place there.
        let told = tokio::task::spawn_blocking(move || {
            entries.is_some_and(|entries| entries.send(waiting).is_ok())
                && told.recv_timeout(UNTIL_KEPT).is_ok()
        });
        if !matches!(told.await, Ok(true)) {
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

/// How long the journal has been kept, by a clock that nobody sets: a wrong one, for a day or for a year, makes no entry old.
struct Life {
    before_ms: i64,
    since: Instant,
}

impl Life {
    /// Goes on where the newest entry was.
    fn of(store: &Store, now_ms: i64) -> Self {
        let before_ms = store.journal_lived(now_ms).unwrap_or_default();
        Self { before_ms, since: Instant::now() }
    }

    fn lived_ms(&self) -> i64 {
        let here = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        self.before_ms.saturating_add(here)
    }
}

/// The end that writes.
struct Writer {
    store: Store,
    life: Option<Life>,
    untrimmed: usize,
    /// What could not be written, the oldest first.
    unwritten: Vec<NewEntry>,
    repeated: Repeated,
    trouble: Arc<Mutex<Option<Error>>>,
}

impl Writer {
    fn write(mut self, waiting: &mpsc::Receiver<Waiting>) {
        loop {
            let first = match waiting.recv_timeout(AGAIN) {
                Ok(first) => Some(first),
                Err(RecvTimeoutError::Timeout) if self.unwritten.is_empty() => continue,
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => {
                    self.keep(vec![], &[]);
                    return;
                }
            };
            // A short pause gathers what belongs into one transaction; whoever waits is not kept waiting by it.
            if first.as_ref().is_some_and(|first| first.kept.is_none()) {
                std::thread::sleep(Duration::from_millis(20));
            }
            let (mut batch, mut told) = (vec![], vec![]);
            for Waiting { entry, kept } in first.into_iter().chain(waiting.try_iter().take(5_000)) {
                batch.extend(entry);
                told.extend(kept);
            }
            self.keep(batch, &told);
        }
    }

    /// Writes entries after those that could not be written before, and tells who waits for that.
    fn keep(&mut self, batch: Vec<NewEntry>, told: &[mpsc::SyncSender<()>]) {
        self.unwritten.extend(batch);
        // Where nothing can be written for long, what happened last says most.
        let too_many = self.unwritten.len().saturating_sub(WAITING);
        self.unwritten.drain(..too_many);
        let now_ms = self.unwritten.first().map(|entry| entry.at_ms);
        if let (None, Some(now_ms)) = (&self.life, now_ms) {
            self.life = Some(Life::of(&self.store, now_ms));
        }
        let lived_ms = self.life.as_ref().map_or(0, Life::lived_ms);
        let written = if told.is_empty() {
            self.store.write_journal(&self.unwritten, lived_ms, &mut self.repeated)
        } else {
            self.store.keep_journal(&self.unwritten, lived_ms, &mut self.repeated)
        };
        if let Err(error) = &written {
            tracing::error!(code = %error.code, "the journal cannot be written: {}", error.message);
        }
        let is_written = written.is_ok();
        // Before anybody is told that theirs is written: who asks then hears of no trouble that is over.
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = written.err();
        if is_written {
            for kept in told {
                let _ = kept.send(());
            }
            self.untrimmed += self.unwritten.len();
            self.unwritten.clear();
            self.trim(lived_ms);
        }
    }

    fn trim(&mut self, lived_ms: i64) {
        if self.untrimmed < TRIMMED_AFTER || self.life.is_none() {
            return;
        }
        self.untrimmed = 0;
        if let Err(error) = self.store.trim_journal(lived_ms) {
            tracing::error!(code = %error.code, "the journal cannot be trimmed");
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

    #[tokio::test]
    async fn what_cannot_be_written_is_told_and_written_later() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("connector.db");
        let store = Store::open(&database).unwrap();
        let journal = Journal::start(store.clone());
        journal.keep(entry("settings", "before")).await;
        assert!(journal.trouble().is_none());
        // As many pages as there are, and no more: what a full disk says.
        let pages: i64 = store.lock().query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        store.lock().pragma_update(None, "max_page_count", pages).unwrap();
        let long = "x".repeat(40_000);
        journal.note(entry("sign_in", &long));
        while journal.trouble().is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(journal.trouble().unwrap().message.contains("full"));
        store.lock().pragma_update(None, "max_page_count", pages + 1_000).unwrap();
        journal.keep(entry("settings", "after")).await;
        assert!(journal.trouble().is_none());
        let subjects: Vec<_> = found(&database).into_iter().map(|entry| entry.subject).collect();
        assert_eq!(subjects, ["after", &long, "before"]);
    }

    const DAY_MS: i64 = 24 * 3600 * 1000;

    fn at(at_ms: i64, kind: &'static str) -> NewEntry {
        NewEntry { at_ms, ..entry(kind, "x") }
    }

    #[tokio::test]
    async fn a_clock_that_is_a_year_wrong_makes_no_entry_old() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("connector.db");
        let now = 1_800_000_000_000;
        // Each by a program of its own: some of them start while the clock is wrong.
        for at_ms in [now, now + 365 * DAY_MS, now + 366 * DAY_MS, now, now - 400 * DAY_MS, now] {
            let journal = Journal::start(Store::open(&database).unwrap());
            journal.keep(at(at_ms, "approval")).await;
            journal.keep(at(at_ms, "settings")).await;
        }
        assert_eq!(found(&database).len(), 12, "nothing is gone");
        // Days of running make them old.
        let store = Store::open(&database).unwrap();
        store.trim_journal(30 * DAY_MS - 1).unwrap();
        assert_eq!(found(&database).len(), 12);
        store.trim_journal(40 * DAY_MS).unwrap();
        assert!(found(&database).is_empty());
    }

    #[tokio::test]
    async fn no_flood_of_sign_ins_takes_what_was_decided() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("connector.db");
        let journal = Journal::start(Store::open(&database).unwrap());
        journal.keep(entry("approval", "first")).await;
        for n in 0..90_000 {
            // Faster than it is written: the queue is full, and what somebody decides has its place all the same.
            journal.note(entry("sign_in", "x"));
            if n % 30_000 == 15_000 {
                journal.keep(entry("settings", "x")).await;
            }
        }
        for _ in 0..8 {
            let filled = (0..10_000).map(|_| entry("sign_in", "x")).collect::<Vec<_>>();
            let store = Store::open(&database).unwrap();
            store.write_journal(&filled, 0, &mut Repeated::default()).unwrap();
        }
        drop(journal);
        Store::open(&database).unwrap().trim_journal(0).unwrap();
        let count = |kind: &str| {
            let asked =
                JournalQuery { kind: Some(kind.into()), limit: 200_000, ..Default::default() };
            Store::open(&database).unwrap().journal(&asked).unwrap().len()
        };
        assert_eq!((count("approval"), count("settings"), count("sign_in")), (1, 3, 80_000));
    }
}
