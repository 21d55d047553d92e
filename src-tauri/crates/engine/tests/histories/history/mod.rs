//! One history: rounds of edits, faults and imports, drawn from a seed.

mod edits;
mod truth;

use crate::cloud::{FaultyCloud, Refusals};
use crate::directory::{Faults, FaultyDirectory};
use connector_engine::ports::{Clock, Directories, Directory};
use connector_engine::records::ImportRecord;
use connector_engine::{Consent, Engine, EngineOptions, Ports};
use connector_model::{Assignment, Change, Identity, Mapping, Result, Settings};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::sync::mpsc;

const CONTAINERS: [&str; 3] = ["OU=a,DC=x", "OU=b,DC=x", "OU=c,DC=x"];
const DEPARTMENTS: [&str; 3] = ["Sales", "Legal", "Works"];
const HOUR_MS: i64 = 3_600_000;

struct Time(AtomicI64);

impl Clock for Time {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

struct Only(Arc<FaultyDirectory>);

impl Directories for Only {
    fn open(&self, _: &str) -> Result<Arc<dyn Directory>> {
        Ok(self.0.clone())
    }
}

/// Everything in one history, drawn from its seed.
pub struct History<'a> {
    random: StdRng,
    directory: Arc<FaultyDirectory>,
    cloud: Arc<FaultyCloud>,
    time: Arc<Time>,
    folder: &'a Path,
    engine: Option<Engine>,
    /// Which of two connectors imports, since which term of the cloud; 0 where the cloud leaves it to them.
    connector: u64,
    term: u64,
    settings: Settings,
    born: usize,
    /// People who were ever moved: out of sight afterwards, they are not where they were for sure.
    moved: BTreeSet<String>,
    /// People whose removal an administrator approved, because they were on that list.
    approved: BTreeSet<String>,
}

impl<'a> History<'a> {
    pub fn new(seed: u64, folder: &'a Path) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let directory = Arc::new(FaultyDirectory::default());
        directory.state.lock().unwrap().tombstones = random.random_bool(0.3);
        let term = u64::from(random.random_bool(0.5));
        let mut history = Self {
            random,
            directory,
            cloud: Arc::default(),
            time: Arc::new(Time(AtomicI64::new(1_800_000_000_000))),
            folder,
            engine: None,
            connector: 0,
            term,
            settings: settings(),
            born: 0,
            moved: BTreeSet::new(),
            approved: BTreeSet::new(),
        };
        for _ in 0..history.random.random_range(3..25) {
            history.hire();
        }
        history
    }

    /// Lives through some rounds, then without faults until nothing changes any more.
    pub async fn live(&mut self) {
        for _ in 0..self.random.random_range(2..7) {
            let (faults, refusals) = (self.faults(), self.refusals());
            self.directory.state.lock().unwrap().next_round(faults);
            self.cloud.state.lock().unwrap().next_round(refusals);
            let affected = self.edits();
            self.perhaps_passes_on();
            self.time.0.fetch_add(self.random.random_range(1..30) * HOUR_MS, Ordering::Relaxed);
            self.import(&affected).await;
        }
        for _ in 0..4 {
            self.directory.state.lock().unwrap().next_round(Faults::default());
            self.cloud.state.lock().unwrap().next_round(Refusals::default());
            self.time.0.fetch_add(25 * HOUR_MS, Ordering::Relaxed);
            self.import_all(true).await;
        }
        self.assert_as_in_the_directory();
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    /// The other connector of the account takes over, with what it remembers from its last time, if there was one.
    fn perhaps_passes_on(&mut self) {
        if self.term > 0 && self.chance(0.2) {
            self.engine = None;
            self.connector = 1 - self.connector;
            self.term += 1;
        }
    }

    fn ports(&self) -> Ports {
        Ports {
            directories: Arc::new(Only(self.directory.clone())),
            delivery: Some(self.cloud.clone()),
            clock: self.time.clone(),
        }
    }

    fn engine(&mut self) -> Engine {
        let (events, _) = mpsc::channel(1);
        let start = EngineOptions {
            database: self.folder.join(format!("connector-{}.db", self.connector)),
            settings: self.settings.clone(),
            ports: self.ports(),
            events,
            schedule: false,
        };
        let term = self.term;
        let start = || {
            let mappings = start.settings.mappings.clone();
            let engine = Engine::start(start).unwrap();
            if term > 0 {
                engine.assign(Some(mappings.iter().map(|m| mine(m, term)).collect()));
            }
            engine
        };
        self.engine.get_or_insert_with(start).clone()
    }

    async fn import(&mut self, affected: &[Identity]) {
        if self.chance(0.4) {
            let mappings = self.settings.mappings.clone();
            for mapping in mappings {
                let engine = self.engine();
                let work = async move { engine.import_changes(&mapping.name, affected).await };
                self.unless_it_dies(work).await;
                self.check_what_was_asked();
            }
        } else {
            let approves = self.chance(0.3);
            self.import_all(approves).await;
        }
    }

    async fn import_all(&mut self, approves: bool) {
        for mapping in self.settings.mappings.clone() {
            let record = self.import_one(&mapping, None).await;
            let waits = record.is_some_and(|record| !record.awaiting_approval.is_empty());
            if approves
                && waits
                && let Some(list) = self.look_at_the_list(&mapping).await
            {
                self.import_one(&mapping, Some(list)).await;
            }
            self.approved.clear();
        }
    }

    async fn import_one(
        &mut self,
        mapping: &Mapping,
        approve: Option<String>,
    ) -> Option<ImportRecord> {
        let (engine, name) = (self.engine(), mapping.name.clone());
        let consent = Consent::to_lists(approve);
        let work = async move { engine.import(Some(&name), &consent, None).await };
        let records = self.unless_it_dies(work).await;
        self.check_what_was_asked();
        let record = records?.ok()?.pop();
        if std::env::var_os("SEED").is_some() {
            println!("{}: {:?}\n", mapping.name, record);
        }
        record
    }

    /// The administrator sees who is on the list, and says yes to those.
    async fn look_at_the_list(&mut self, mapping: &Mapping) -> Option<String> {
        let (engine, mapping) = (self.engine(), mapping.clone());
        let (pages, mut listed) = mpsc::channel(1000);
        let look = async move { engine.preview(&mapping, Arc::default(), Some(pages)).await };
        let Some(Ok(preview)) = self.unless_it_dies(look).await else { return None };
        while let Ok(page) = listed.try_recv() {
            let held = page
                .into_iter()
                .filter(|p| p.change == Change::Hold || p.change == Change::Preserve);
            self.approved.extend(held.map(|person| person.identity.to_string()));
        }
        Some(preview.plan_hash)
    }

    /// Runs something on the engine; `None` when the connector dies in it. Then the next engine starts from the disk.
    async fn unless_it_dies<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let (directory, cloud) = (self.directory.clone(), self.cloud.clone());
        let done = tokio::select! {
            biased;
            done = work => Some(done),
            () = directory.hung.notified() => None,
            () = cloud.hung.notified() => None,
        };
        if done.is_some() {
            let mut cloud = self.cloud.state.lock().unwrap();
            let told = cloud.told.clone();
            cloud.remembered = told;
        } else {
            self.engine = None;
            self.directory.state.lock().unwrap().faults.hangs_after = None;
            self.cloud.state.lock().unwrap().refusals.hangs_after = None;
        }
        done
    }
}

fn mine(mapping: &Mapping, term: u64) -> Assignment {
    let (account, mapping) = (mapping.account.clone(), mapping.name.clone());
    Assignment {
        account,
        mapping,
        term,
        mine: true,
        host: String::new(),
        imported: true,
        scim_url: None,
    }
}

/// One account with two mappings, the first of which goes first.
fn settings() -> Settings {
    let mut settings = Settings::default();
    let account = r#"{"name":"corp","servers":["x"],"bind_name":"b"}"#;
    settings.accounts = vec![serde_json::from_str(account).unwrap()];
    settings.import.batch_size = 4;
    (settings.import.removal_limit_percent, settings.import.removal_limit_people) = (20, 3);
    let mapping = |name: &str, more: serde_json::Value| {
        let mut mapping = serde_json::json!({ "name": name, "account": "corp", "base_dn": "DC=x" });
        mapping.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(mapping).unwrap()
    };
    settings.mappings = vec![
        mapping("First", serde_json::json!({ "units": [CONTAINERS[0]] })),
        mapping("Rest", serde_json::json!({})),
    ];
    settings
}
