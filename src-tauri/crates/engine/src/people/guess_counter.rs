//! Counts forwarded passwords by person, on a thread of its own: one after the other, so that no two sign-ins take the same
//! place, and written before anybody is told that they may go on: on the disk where nobody else counts.

use crate::ports::End;
use crate::store::Store;
use crate::store::attempts::Attempt;
use connector_model::GuessLimit;
use std::collections::{HashMap, HashSet};
use std::sync::mpsc;
use tokio::sync::oneshot;

/// Decided in one transaction at most.
const TOGETHER: usize = 1_000;
/// People whose attempts are kept in memory where they cannot be written.
const UNWRITTEN: usize = 100_000;
/// Older than every window: 70 days, as `lockOutObservationWindow` has at most 99,999 minutes.
const SWEPT_MS: i64 = 70 * 24 * 3600 * 1000;

/// What the counter is told.
pub(super) enum Told {
    /// Somebody is to be tried.
    Asked(Asked),
    /// A reservation's end.
    Settled { identity: String, row: i64, end: End, at_ms: i64, counted_by: CountedBy },
    /// The engine ends.
    Stop,
}

/// Who counts a person's wrong passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CountedBy {
    /// This connector alone.
    Us,
    /// The cloud as well, before a password is forwarded: it still knows when the power failed here.
    TheCloudToo,
}

impl Told {
    /// Whether less than what was forwarded would be counted anywhere if this got lost in a power failure.
    fn must_be_on_disk(&self) -> bool {
        match self {
            Self::Asked(asked) => asked.counted_by == CountedBy::Us,
            Self::Settled { end: End::Counts, counted_by, .. } => *counted_by == CountedBy::Us,
            Self::Settled { end: End::Free | End::Forget, .. } | Self::Stop => false,
        }
    }
}

/// A sign-in that wants to forward a password.
pub(super) struct Asked {
    pub identity: String,
    pub limit: GuessLimit,
    pub now_ms: i64,
    pub counted_by: CountedBy,
    /// Told the row once it is written, or nothing: no attempt is left.
    pub answer: oneshot::Sender<Option<i64>>,
}

/// Who is told what.
type Answers = Vec<(Asked, Option<i64>)>;

/// Sign-ins of one person that are not decided yet.
#[derive(Default)]
struct Open {
    rows: HashSet<i64>,
    /// Those for whom there is room if one of the others was right.
    waiting: Vec<Asked>,
}

struct Counter {
    store: Store,
    open: HashMap<String, Open>,
    /// Attempts that could not be written: the budget holds as long as the program runs.
    unwritten: HashMap<String, Vec<Attempt>>,
    next_unwritten: i64,
    /// Whether the database can be written now.
    writable: bool,
}

/// Starts the thread; it ends with [`Told::Stop`] or with the last sender.
pub(super) fn start(store: Store) -> (mpsc::Sender<Told>, Option<std::thread::JoinHandle<()>>) {
    let (sender, told) = mpsc::channel();
    let counter = Counter::new(store);
    let thread = std::thread::Builder::new().name("guesses".into());
    (sender, thread.spawn(move || counter.run(&told)).ok())
}

impl Counter {
    fn new(store: Store) -> Self {
        let (open, unwritten) = (HashMap::new(), HashMap::new());
        Self { store, open, unwritten, next_unwritten: -1, writable: true }
    }

    fn run(mut self, told: &mpsc::Receiver<Told>) {
        if let Ok(own) = self.store.another() {
            self.store = own;
        }
        let mut ended = false;
        while !ended && let Ok(first) = told.recv() {
            let together: Vec<Told> =
                std::iter::once(first).chain(told.try_iter().take(TOGETHER)).collect();
            ended = together.iter().any(|told| matches!(told, Told::Stop));
            self.take(together);
        }
    }

    /// Decides all of these in one transaction; whether the disk was waited for. It is once for all of them, and not at all
    /// where places are only given back (one that is taken again when the power has failed is a guess less) or the cloud
    /// counts too.
    fn take(&mut self, together: Vec<Told>) -> bool {
        let durably = together.iter().any(Told::must_be_on_disk);
        let begun = self.store.begin_durably(durably);
        self.writable = begun.is_ok();
        let mut answers: Answers = vec![];
        for told in together {
            match told {
                Told::Asked(asked) => answers.extend(self.decide(asked)),
                Told::Settled { identity, row, end, at_ms, .. } => {
                    answers.extend(self.settle(&identity, row, end, at_ms));
                }
                Told::Stop => {}
            }
        }
        if let Err(error) = begun.and_then(|()| self.store.commit()) {
            self.store.roll_back();
            tracing::error!(code = %error.code, "wrong passwords are counted in memory only");
            for (asked, row) in &mut answers {
                self.keep_instead(asked, row);
            }
        }
        for (Asked { identity, now_ms, answer, .. }, row) in answers {
            if let (Err(_), Some(row)) = (answer.send(row), row) {
                // Nobody waits any more: nothing was forwarded.
                self.settle(&identity, row, End::Free, now_ms);
            }
        }
        durably
    }

    /// The answer, unless that depends on sign-ins which are not decided yet.
    fn decide(&mut self, asked: Asked) -> Option<(Asked, Option<i64>)> {
        let Asked { identity, limit, now_ms, .. } = &asked;
        let attempts = self.attempts(identity);
        let none = HashSet::new();
        let open = self.open.get(identity).map_or(&none, |open| &open.rows);
        let (running, over): (Vec<Attempt>, Vec<Attempt>) =
            attempts.into_iter().partition(|(row, _)| open.contains(row));
        let mut times: Vec<i64> = over.iter().map(|(_, at)| *at).collect();
        if !limit.allows(&times, *now_ms) {
            return Some((asked, None));
        }
        self.forget_old(identity, &over, limit, *now_ms);
        times.resize(times.len() + running.len(), *now_ms);
        if !limit.allows(&times, *now_ms) {
            self.open.entry(identity.clone()).or_default().waiting.push(asked);
            return None;
        }
        let written = self.writable.then(|| self.store.add_attempt(identity, *now_ms).ok());
        let (identity, now_ms) = (identity.clone(), *now_ms);
        let row = written.flatten().unwrap_or_else(|| self.keep(&identity, now_ms));
        self.open.entry(identity).or_default().rows.insert(row);
        Some((asked, Some(row)))
    }

    /// Ends a reservation; the answers of those who waited for it.
    fn settle(&mut self, identity: &str, row: i64, end: End, at_ms: i64) -> Answers {
        let kept = self.unwritten.get_mut(identity);
        if let Some(kept) = kept.and_then(|list| list.iter_mut().find(|(known, _)| *known == row)) {
            kept.1 = at_ms;
        }
        if end == End::Counts {
            let _ = self.store.time_attempt(row, at_ms);
        } else {
            self.remove(identity, row);
        }
        if end == End::Forget {
            let open = self.open.get(identity).map(|open| open.rows.clone()).unwrap_or_default();
            let over = self.attempts(identity).into_iter().filter(|(row, _)| !open.contains(row));
            over.for_each(|(row, _)| self.remove(identity, row));
        }
        let Some(open) = self.open.get_mut(identity) else { return vec![] };
        open.rows.remove(&row);
        let waiting = std::mem::take(&mut open.waiting);
        if open.rows.is_empty() && waiting.is_empty() {
            self.open.remove(identity);
        }
        let still = waiting.into_iter().filter(|asked| !asked.answer.is_closed());
        still
            .filter_map(|asked| self.decide(Asked { now_ms: asked.now_ms.max(at_ms), ..asked }))
            .collect()
    }

    fn attempts(&self, identity: &str) -> Vec<Attempt> {
        let mut attempts = self.store.attempts(identity).unwrap_or_default();
        attempts.extend(self.unwritten.get(identity).into_iter().flatten());
        attempts.sort_unstable();
        attempts.dedup_by_key(|(row, _)| *row);
        attempts
    }

    /// Remembers an attempt that is not in the database, under a number that no row has.
    fn keep(&mut self, identity: &str, at_ms: i64) -> i64 {
        self.next_unwritten -= 1;
        let row = self.next_unwritten;
        if self.unwritten.len() < UNWRITTEN || self.unwritten.contains_key(identity) {
            self.unwritten.entry(identity.to_owned()).or_default().push((row, at_ms));
        }
        row
    }

    /// The same for what was not committed.
    fn keep_instead(&mut self, asked: &Asked, row: &mut Option<i64>) {
        let Some(lost) = row.filter(|row| *row > 0) else { return };
        let kept = self.keep(&asked.identity, asked.now_ms);
        if let Some(open) = self.open.get_mut(&asked.identity) {
            open.rows.remove(&lost);
            open.rows.insert(kept);
        }
        *row = Some(kept);
    }

    fn remove(&mut self, identity: &str, row: i64) {
        let _ = self.store.remove_attempt(row);
        if let Some(list) = self.unwritten.get_mut(identity) {
            list.retain(|(known, _)| *known != row);
        }
    }

    /// Rows that no longer count: this person's, and everybody's that are older than any window.
    fn forget_old(&mut self, identity: &str, over: &[Attempt], limit: &GuessLimit, now_ms: i64) {
        let times: Vec<i64> = over.iter().map(|(_, at)| *at).collect();
        if over.is_empty() || limit.counted(&times, now_ms) > 0 {
            return;
        }
        for (row, _) in over {
            self.remove(identity, *row);
        }
        let _ = self.store.sweep_attempts(now_ms - SWEPT_MS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: GuessLimit = GuessLimit { attempts: 4, window_seconds: 900, until_right: false };

    fn ask(person: usize, counted_by: CountedBy) -> (Told, oneshot::Receiver<Option<i64>>) {
        let (answer, told) = oneshot::channel();
        let (identity, now_ms) = (format!("p{person}"), 1_000);
        (Told::Asked(Asked { identity, limit: LIMIT, now_ms, counted_by, answer }), told)
    }

    fn settled(person: usize, row: i64, end: End, counted_by: CountedBy) -> Told {
        Told::Settled { identity: format!("p{person}"), row, end, at_ms: 2_000, counted_by }
    }

    /// Five hundred people sign in at once: one wait for the disk, and none when they were right.
    #[test]
    fn many_sign_ins_wait_for_the_disk_once_and_places_come_back_without() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("connector.db");
        let mut counter = Counter::new(Store::open(&path).unwrap().another().unwrap());
        // What is there for whoever opens the file after the program was killed.
        let kept =
            |person: usize| Store::open(&path).unwrap().attempts(&format!("p{person}")).unwrap();
        let (asked, answers): (Vec<_>, Vec<_>) =
            (0..500).map(|person| ask(person, CountedBy::Us)).unzip();
        assert!(counter.take(asked), "before anybody may go on");
        let rows: Vec<i64> =
            answers.into_iter().map(|mut told| told.try_recv().unwrap().unwrap()).collect();
        assert_eq!(kept(0), [(rows[0], 1_000)]);
        let free = |person: usize| settled(person, rows[person], End::Free, CountedBy::Us);
        let right = (1..500).map(free).collect();
        assert!(!counter.take(right), "a place that comes back needs no wait");
        assert!(kept(1).is_empty() && kept(499).is_empty());
        let wrong = settled(0, rows[0], End::Counts, CountedBy::Us);
        assert!(counter.take(vec![wrong]), "a wrong one does");
        assert_eq!(kept(0), [(rows[0], 2_000)]);
    }

    /// The cloud knows when the power failed here; whoever kills the program changes nothing here either.
    #[test]
    fn what_the_cloud_counts_too_waits_for_no_disk_and_is_kept_when_the_program_is_killed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("connector.db");
        let mut counter = Counter::new(Store::open(&path).unwrap().another().unwrap());
        let kept = || Store::open(&path).unwrap().attempts("p0").unwrap();
        let (asked, mut told) = ask(0, CountedBy::TheCloudToo);
        assert!(!counter.take(vec![asked]));
        let row = told.try_recv().unwrap().unwrap();
        assert_eq!(kept(), [(row, 1_000)]);
        assert!(!counter.take(vec![settled(0, row, End::Counts, CountedBy::TheCloudToo)]));
        assert_eq!(kept(), [(row, 2_000)]);
        // One by another door, of which the cloud does not know: the disk is waited for, once for both.
        let (alone, shared) = (ask(0, CountedBy::Us), ask(1, CountedBy::TheCloudToo));
        assert!(counter.take(vec![shared.0, alone.0]));
    }
}
