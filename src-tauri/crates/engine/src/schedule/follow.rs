//! Follows the changes of each imported mapping between two full imports: one task for each, from its watermark on.

use crate::engine::Engine;
use crate::import::run::Consented;
use crate::state::records::{Following, StartedBy};
use connector_model::{Changes, Code, Error, Identity, Mapping, Result};
use rand::RngExt;
use std::collections::HashMap;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::Instant;

/// Waits after a connection that failed: from so long, doubled, to so long.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_mins(5);
/// The same where nothing but a full read helps.
const LONGEST_BETWEEN_READS: Duration = Duration::from_hours(1);
/// A change above many people starts a full read after so long, so that several are one.
const GATHER: Duration = Duration::from_millis(500);
/// People who wait for others are looked at again after so long, twice as long after that, to so long.
const FIRST_LOOK: Duration = Duration::from_secs(2);
const LONGEST_BETWEEN_LOOKS: Duration = Duration::from_hours(1);
/// Between two such reads at least so long, and four times as long as the last one took.
const BETWEEN_READS: Duration = Duration::from_secs(2);

impl Engine {
    /// Starts and ends followers as the settings and the imports demand.
    pub(crate) async fn keep_following(&self) {
        let mut running: HashMap<String, (Mapping, JoinHandle<()>)> = HashMap::new();
        loop {
            let changed = self.shared.life.changed.notified();
            let wanted = self.to_follow();
            running.retain(|name, (mapping, task)| {
                let keep = wanted.get(name) == Some(mapping) && !task.is_finished();
                if !keep {
                    task.abort();
                    self.note_following(name, None);
                }
                keep
            });
            for (name, mapping) in wanted {
                running.entry(name).or_insert_with(|| {
                    let (engine, mapping) = (self.clone(), mapping.clone());
                    (mapping.clone(), tokio::spawn(async move { engine.follow(&mapping).await }))
                });
            }
            tokio::select! {
                () = self.shared.life.stop.cancelled() => break,
                () = changed => {}
                () = tokio::time::sleep(Duration::from_secs(30)) => {}
            }
        }
        for (_, task) in running.values() {
            task.abort();
        }
    }

    /// The mappings that are imported by themselves and were imported completely before.
    fn to_follow(&self) -> HashMap<String, Mapping> {
        let (settings, ports) = self.config();
        if !settings.import.follow_changes || self.is_paused() || ports.delivery.is_none() {
            return HashMap::new();
        }
        let store = &self.shared.store;
        let imported = |m: &&Mapping| {
            self.is_up_to_date(m)
                && store.watermark(&m.name).is_ok_and(|w| w.is_some())
                && !store.is_changed(m)
        };
        let mappings = settings.mappings.iter().filter(|m| m.auto_import).filter(imported);
        mappings.map(|m| (m.name.clone(), m.clone())).collect()
    }

    /// How changes are learned now.
    pub(crate) fn following(&self) -> Vec<Following> {
        let following = self.shared.changes.following.lock();
        following.map(|following| following.values().cloned().collect()).unwrap_or_default()
    }

    fn note_following(&self, mapping: &str, now: Option<Following>) {
        if let Ok(mut following) = self.shared.changes.following.lock() {
            match now {
                Some(now) => following.insert(mapping.to_owned(), now),
                None => following.remove(mapping),
            };
        }
    }

    async fn follow(&self, mapping: &Mapping) {
        let mut wait = FIRST_WAIT;
        let mut read_again = Instant::now();
        loop {
            let Ok(Some(since)) = self.shared.store.watermark(&mapping.name) else { return };
            let tell = |error: Option<Error>| {
                let (mapping, method) = (mapping.name.clone(), since.method);
                self.note_following(&mapping.clone(), Some(Following { mapping, method, error }));
            };
            tell(None);
            let began = Instant::now();
            let error = match self.follow_once(mapping, &mut read_again).await {
                Ok(()) => Error::of(Code::ConnectionLost),
                Err(error) => error,
            };
            tracing::info!(mapping = %mapping.name, code = %error.code, "changes are no longer followed");
            let mut longest = LONGEST_WAIT;
            if error.code == Code::ChangesUnknown {
                longest = LONGEST_BETWEEN_READS;
                tokio::time::sleep_until(read_again).await;
                if let Err(error) = self.read_all(mapping, &mut read_again).await {
                    tracing::warn!(mapping = %mapping.name, code = %error.code, "the full read failed");
                }
            }
            if began.elapsed() > LONGEST_WAIT {
                wait = FIRST_WAIT;
            }
            tell(Some(error));
            let share = rand::rng().random_range(0.5..1.0);
            tokio::time::sleep(wait.mul_f64(share)).await;
            wait = (wait * 2).min(longest);
        }
    }

    /// Until the connection ends or a round fails; what was not acknowledged comes again with the next connection.
    async fn follow_once(&self, mapping: &Mapping, read_again: &mut Instant) -> Result<()> {
        let (account, directory) = self.directory(Some(&mapping.account))?;
        // Tells whether the directory can be reached, for the alerts.
        self.watched(&account, directory.bases().await)?;
        let since = self.shared.store.watermark(&mapping.name)?;
        let since = since.ok_or_else(|| Error::of(Code::ChangesUnknown))?;
        let (tell, mut reported) = mpsc::channel::<Changes>(4);
        let (target, mapping) = (mapping.clone(), mapping);
        let task = tokio::spawn(async move { directory.follow(&target, since, tell).await });
        let _ended = AbortOnDrop(task.abort_handle());
        // A full read is due at that time, for a change that cannot be told person by person or a list to approve.
        let mut due: Option<Instant> = None;
        let mut looks = Looks::from(self.unsettled(mapping));
        loop {
            tokio::select! {
                changes = reported.recv() => {
                    let Some(changes) = changes else { break };
                    // What a full read is due for is known only after it.
                    let reached = (due.is_none() && !changes.unclear).then_some(changes.watermark);
                    let record = self.import_affected(mapping, &changes.affected, (reached, false)).await?;
                    let waits = record.is_some_and(|record| !record.awaiting_approval.is_empty());
                    if changes.unclear || waits {
                        due.get_or_insert((Instant::now() + GATHER).max(*read_again));
                    }
                    looks = looks.of(self.unsettled(mapping));
                }
                () = sleep_until(looks.next) => {
                    let record = self.import_affected(mapping, &looks.people, (None, true)).await?;
                    if record.is_some_and(|record| !record.awaiting_approval.is_empty()) {
                        due.get_or_insert((Instant::now() + GATHER).max(*read_again));
                    }
                    looks = looks.then(self.unsettled(mapping));
                }
                () = sleep_until(due) => {
                    due = None;
                    self.read_all(mapping, read_again).await?;
                }
            }
        }
        task.await.map_err(|_| Error::of(Code::Internal))?
    }

    fn unsettled(&self, mapping: &Mapping) -> Vec<Identity> {
        let mut people = self.shared.changes.differences.unsettled(&mapping.name);
        people.sort_unstable();
        people
    }

    /// A full import because of a change that cannot be told person by person.
    async fn read_all(&self, mapping: &Mapping, read_again: &mut Instant) -> Result<()> {
        let began = Instant::now();
        let record = loop {
            match self.import_mapping(mapping, Consented::nothing(StartedBy::Changes), None).await {
                // The one that runs may have read too early.
                Err(error) if error.code == Code::ImportRunning => {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
                done => break done?,
            }
        };
        self.shared.changes.differences.expected(&mapping.name);
        *read_again = Instant::now() + BETWEEN_READS.max(began.elapsed() * 4);
        record.error.map_or(Ok(()), Err)
    }
}

/// Looks at people who wait for others.
struct Looks {
    people: Vec<Identity>,
    wait: Duration,
    next: Option<Instant>,
}

impl Looks {
    /// The first look is soon: whoever they wait for is mostly changed in the same moment.
    fn from(people: Vec<Identity>) -> Self {
        Self::after(FIRST_LOOK, people)
    }

    /// The same looks, unless it is other people now.
    fn of(self, people: Vec<Identity>) -> Self {
        if people == self.people { self } else { Self::from(people) }
    }

    /// After a look that left these people.
    fn then(self, left: Vec<Identity>) -> Self {
        if left != self.people {
            return Self::from(left);
        }
        Self::after((self.wait * 2).min(LONGEST_BETWEEN_LOOKS), left)
    }

    fn after(wait: Duration, people: Vec<Identity>) -> Self {
        let share = rand::rng().random_range(0.75..1.25);
        let next = (!people.is_empty()).then(|| Instant::now() + wait.mul_f64(share));
        Self { people, wait, next }
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
