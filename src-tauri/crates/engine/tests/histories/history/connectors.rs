//! The connectors of the account: one, or two of which one imports, as the cloud says.

use super::History;
use crate::cloud::Reached;
use crate::directory::FaultyDirectory;
use connector_engine::ports::{Directories, Directory};
use connector_engine::{Engine, EngineOptions, Ports};
use connector_model::{Assignment, Mapping, Result, Settings};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

pub(super) struct Connectors {
    engines: [Option<Engine>; 2],
    /// How many homes each has had before.
    former_homes: [usize; 2],
    pub current: usize,
    /// Since which term of the cloud; 0 where the cloud leaves imports to them.
    pub term: u64,
}

impl Connectors {
    pub fn since(term: u64) -> Self {
        Self { engines: [None, None], former_homes: [0; 2], current: 0, term }
    }

    /// The connector that imports dies.
    pub fn stop_current(&mut self) {
        self.engines[self.current] = None;
    }

    pub fn database(&self, folder: &Path) -> PathBuf {
        let home = format!("{}-{}", self.current, self.former_homes[self.current]);
        folder.join(home).join("connector.db")
    }

    /// The current one gets a new home, which is not there yet.
    pub fn moves(&mut self) {
        self.former_homes[self.current] += 1;
    }
}

struct Only(Arc<FaultyDirectory>);

impl Directories for Only {
    fn open(&self, _: &str) -> Result<Arc<dyn Directory>> {
        Ok(self.0.clone())
    }
}

impl History<'_> {
    /// The other connector of the account takes over, with what it remembers from its last time. The first may have died,
    /// or go on for a moment in the belief that it still may.
    pub(super) async fn perhaps_passes_on(&mut self) {
        if self.connectors.term == 0 || !self.chance(0.2) {
            return;
        }
        self.lose_places();
        let late = self.chance(0.4) && self.connectors.engines[self.connectors.current].is_some();
        let believes = self.connectors.term;
        self.connectors.term += 1;
        self.tell_terms();
        if late {
            for mapping in self.settings.mappings.clone() {
                self.import_one(&mapping, vec![], false).await;
            }
            assert!(believes < self.connectors.term);
        }
        if !late || self.chance(0.5) {
            self.connectors.stop_current();
        }
        self.connectors.current = 1 - self.connectors.current;
        if let Some(engine) = &self.connectors.engines[self.connectors.current] {
            self.tell(engine);
        }
    }

    /// An engine learns of the settings, and of the term.
    fn tell(&self, engine: &Engine) {
        let term = self.connectors.term;
        engine.reload(self.settings.clone(), self.ports());
        if term > 0 {
            engine.assign(Some(self.settings.mappings.iter().map(|m| mine(m, term)).collect()));
        }
    }

    /// The connector that imports learns of new settings.
    pub(super) fn tell_settings(&self) {
        self.tell_terms();
        if let Some(engine) = &self.connectors.engines[self.connectors.current] {
            self.tell(engine);
        }
    }

    fn tell_terms(&self) {
        if self.connectors.term == 0 {
            return;
        }
        let mut cloud = self.cloud.state.lock().unwrap();
        cloud.removed = self.removed.iter().map(|mapping| mapping.name.clone()).collect();
        for mapping in self.settings.mappings.iter().chain(&self.removed) {
            cloud.terms.insert(mapping.name.clone(), self.connectors.term);
        }
    }

    fn ports(&self) -> Ports {
        let reached =
            Reached { cloud: self.cloud.clone(), term: self.connectors.term, mapping: None };
        Ports {
            directories: Arc::new(Only(self.directory.clone())),
            delivery: Some(Arc::new(reached)),
            clock: self.time.clone(),
        }
    }

    pub(super) fn engine(&mut self) -> Engine {
        let current = self.connectors.current;
        if let Some(engine) = &self.connectors.engines[current] {
            return engine.clone();
        }
        let database = self.connectors.database(self.folder);
        std::fs::create_dir_all(database.parent().unwrap()).unwrap();
        let (events, _) = mpsc::channel(1);
        let (settings, ports): (Settings, Ports) = (self.settings.clone(), self.ports());
        let options = EngineOptions { database, settings, ports, events, schedule: false };
        let engine = Engine::start(options).unwrap();
        self.tell(&engine);
        self.connectors.engines[current] = Some(engine.clone());
        engine
    }

    /// Runs something on the engine; `None` when the connector dies in it. Then the next engine starts from the disk.
    pub(super) async fn unless_it_dies<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        let (directory, cloud) = (self.directory.clone(), self.cloud.clone());
        let ticks = self.ticks;
        let time_goes_on = async {
            loop {
                ticks.notified().await;
                tokio::time::advance(Duration::from_secs(1)).await;
            }
        };
        let done = tokio::select! {
            biased;
            done = work => Some(done),
            () = directory.hung.notified() => None,
            () = cloud.hung.notified() => None,
            never = time_goes_on => never,
        };
        if done.is_some() {
            let mut cloud = self.cloud.state.lock().unwrap();
            let told = cloud.told.clone();
            cloud.remembered = told;
        } else {
            self.connectors.stop_current();
            self.directory.state.lock().unwrap().faults.hangs_after = None;
            self.cloud.state.lock().unwrap().quirks.hangs_after = None;
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
