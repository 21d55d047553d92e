//! One history: rounds of edits, faults and imports, drawn from a seed.

mod administrator;
mod connectors;
mod edits;
mod imports;
mod outcome;
mod people;
mod reasons;
mod trace;
mod trouble;
mod truth;

use crate::cloud::{FaultyCloud, Quirks, User};
use crate::directory::{Faults, FaultyDirectory};
use crate::support::FakeClock;
use connector_model::{Mapping, Settings};
use connectors::Connectors;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Notify;

const CONTAINERS: [&str; 3] = ["OU=a,DC=x", "OU=b,DC=x", "OU=c,DC=x"];
const DEPARTMENTS: [&str; 3] = ["Sales", "Legal", "Works"];
const HOUR_MS: i64 = 3_600_000;
/// Rounds without failures at most: chains of names over two mappings need one for each link.
const QUIET_ROUNDS: usize = 6;

/// Everything in one history, drawn from its seed.
pub struct History<'a> {
    random: StdRng,
    directory: Arc<FaultyDirectory>,
    cloud: Arc<FaultyCloud>,
    time: Arc<FakeClock>,
    folder: &'a Path,
    ticks: &'a Notify,
    connectors: Connectors,
    settings: Settings,
    /// Mappings that were removed, for the day when somebody takes them up again.
    removed: Vec<Mapping>,
    born: usize,
    /// People who were ever moved: out of sight afterwards, they are not where they were for sure.
    moved: BTreeSet<String>,
    /// People of whom some connector may not know where they are, because it learned of them from the cloud.
    placeless: BTreeSet<String>,
    /// People whose removal an administrator approved, because they were on that list.
    approved: BTreeSet<String>,
    /// An administrator said that the directory is right as it is.
    accepted: bool,
    /// Users whom the cloud lost without a word, as they were, by their identity.
    lost: BTreeMap<String, User>,
    /// The service gave its users other ids once.
    renumbered: bool,
}

impl<'a> History<'a> {
    pub fn new(seed: u64, folder: &'a Path, ticks: &'a Notify) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let directory = Arc::new(FaultyDirectory::default());
        directory.state.lock().unwrap().tombstones = random.random_bool(0.3);
        let cloud = Arc::new(FaultyCloud::default());
        cloud.state.lock().unwrap().tells_mappings = random.random_bool(0.5);
        let term = u64::from(random.random_bool(0.5));
        let mut history = Self {
            random,
            directory,
            cloud,
            time: Arc::default(),
            folder,
            ticks,
            connectors: Connectors::since(term),
            settings: administrator::settings(),
            removed: vec![],
            born: 0,
            moved: BTreeSet::new(),
            placeless: BTreeSet::new(),
            approved: BTreeSet::new(),
            accepted: false,
            lost: BTreeMap::new(),
            renumbered: false,
        };
        for _ in 0..history.random.random_range(3..25) {
            history.hire();
        }
        history.make_users_by_hand();
        history
    }

    /// Lives through some rounds, then without faults until nothing changes any more.
    pub async fn live(&mut self) {
        for _ in 0..self.random.random_range(2..7) {
            let (faults, quirks) = (self.faults(), self.quirks());
            self.directory.state.lock().unwrap().next_round(faults);
            self.cloud.state.lock().unwrap().next_round(quirks);
            self.trouble();
            let affected = self.edits();
            self.administrator_edits();
            self.perhaps_passes_on().await;
            self.pass_time(1..30);
            self.tell_round();
            self.import(&affected).await;
        }
        self.quieten();
        let mut unchanged = 0;
        for _ in 0..QUIET_ROUNDS {
            let before = self.cloud.state.lock().unwrap().users.clone();
            self.directory.state.lock().unwrap().next_round(Faults::default());
            self.cloud.state.lock().unwrap().next_round(Quirks::default());
            self.pass_time(25..26);
            self.tell_round();
            self.import_all(1.0).await;
            // What a connector only learned in one round it may act on in the next.
            let same = self.cloud.state.lock().unwrap().users == before;
            unchanged = if same { unchanged + 1 } else { 0 };
            if unchanged > 0 && (unchanged == 2 || self.is_as_in_the_directory()) {
                break;
            }
        }
        self.assert_as_in_the_directory().await;
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn pass_time(&mut self, hours: std::ops::Range<i64>) {
        let hours = self.random.random_range(hours);
        self.time.0.fetch_add(hours * HOUR_MS, Ordering::Relaxed);
    }
}
