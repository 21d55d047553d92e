//! Which imports run: one at a time for a mapping, whoever started it.

use crate::schedule::again::Failures;
use crate::state::assignment::Assignments;
use crate::state::records::ImportProgress;
use connector_model::{Code, Error, Result};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio::sync::OwnedMutexGuard;
use tokio_util::sync::CancellationToken;

/// What the imports of all mappings share.
#[derive(Default)]
pub(crate) struct Imports {
    /// Imports of everybody, by mapping.
    pub running: Mutex<HashMap<String, Running>>,
    mapping_locks: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    /// Held while what the cloud has of a mapping takes the place of what was known.
    pub catching_up: tokio::sync::Mutex<()>,
    pub assignments: RwLock<Assignments>,
    /// Nothing starts by itself; the same is on the disk.
    pub paused: AtomicBool,
    /// Imports that ended with the session: they go on when they are still this connector's.
    pub interrupted: Mutex<HashSet<String>>,
    pub failures: Failures,
}

/// How long the cloud's answers to what is under way are waited for, once an import is called off.
const HEARD_OUT: Duration = Duration::from_secs(30);

/// An import under way.
pub(crate) struct Running {
    pub progress: ImportProgress,
    pub call_off: CallOff,
}

/// Calls an import off. One that has begun to send sends nothing more, and hears what the cloud says of what it has sent.
#[derive(Clone, Default)]
pub(crate) struct CallOff {
    pub token: CancellationToken,
    sends: Arc<AtomicBool>,
    at_once: Arc<AtomicBool>,
}

impl CallOff {
    /// From now on there are answers to be heard.
    pub fn sends_from_now_on(&self) {
        self.sends.store(true, Ordering::Relaxed);
    }

    /// Calls it off without waiting for any answer: another connector may import by now.
    pub fn at_once(&self) {
        self.at_once.store(true, Ordering::Relaxed);
        self.token.cancel();
    }

    /// Until it is called off, and nothing is left to be heard in time.
    pub async fn over(&self) {
        self.token.cancelled().await;
        let hears = self.sends.load(Ordering::Relaxed) && !self.at_once.load(Ordering::Relaxed);
        if hears {
            tokio::time::sleep(HEARD_OUT).await;
        }
    }
}

impl Imports {
    /// None runs yet, and where they are paused none starts by itself.
    pub fn new(paused: bool) -> Self {
        Self { paused: AtomicBool::new(paused), ..Self::default() }
    }

    /// One import of a mapping at a time, full or of changes. Waits for the one under way, which is short.
    pub async fn mapping_lock(&self, mapping: &str) -> OwnedMutexGuard<()> {
        self.lock_of(mapping).lock_owned().await
    }

    /// The same without waiting; `None` while an import of the mapping is under way.
    pub fn idle_mapping(&self, mapping: &str) -> Option<OwnedMutexGuard<()>> {
        self.lock_of(mapping).try_lock_owned().ok()
    }

    fn lock_of(&self, mapping: &str) -> Arc<tokio::sync::Mutex<()>> {
        match self.mapping_locks.lock() {
            Ok(mut locks) => locks.entry(mapping.to_owned()).or_default().clone(),
            Err(_) => Arc::default(),
        }
    }

    /// What calls off the import of a mapping that runs.
    pub fn call_off(&self, mapping: &str) -> CallOff {
        let running = self.running.lock().ok();
        running
            .and_then(|running| running.get(mapping).map(|import| import.call_off.clone()))
            .unwrap_or_default()
    }

    /// Notes how far an import is.
    pub fn set_progress(&self, now: &ImportProgress) {
        if let Ok(mut running) = self.running.lock()
            && let Some(import) = running.get_mut(&now.mapping)
        {
            import.progress.clone_from(now);
        }
    }
}

/// The right to import everybody of one mapping; a second such import is refused meanwhile.
pub(crate) struct ImportGuard<'a> {
    imports: &'a Imports,
    mapping: String,
    pub call_off: CallOff,
}

impl<'a> ImportGuard<'a> {
    pub fn take(imports: &'a Imports, mapping: &str) -> Result<Self> {
        let mut running = imports.running.lock().map_err(|_| Error::of(Code::Internal))?;
        if running.contains_key(mapping) {
            return Err(Error::of(Code::ImportRunning));
        }
        let mapping = mapping.to_owned();
        let progress = ImportProgress { mapping: mapping.clone(), ..Default::default() };
        let call_off = CallOff::default();
        running.insert(mapping.clone(), Running { progress, call_off: call_off.clone() });
        Ok(Self { imports, mapping, call_off })
    }

    /// How far the import came.
    pub fn progress(&self) -> ImportProgress {
        let running = self.imports.running.lock().ok();
        running
            .and_then(|running| running.get(&self.mapping).map(|import| import.progress.clone()))
            .unwrap_or_default()
    }
}

impl Drop for ImportGuard<'_> {
    fn drop(&mut self) {
        if let Ok(mut running) = self.imports.running.lock() {
            running.remove(&self.mapping);
        }
    }
}
