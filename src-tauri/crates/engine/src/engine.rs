//! The handle that every front door holds: cheap to clone, safe to call from anywhere.

use crate::import::running::Imports;
use crate::people::lockout::Lockout;
use crate::people::look_ups::LookUps;
use crate::people::pace::Pace;
use crate::people::tally::Tally;
use crate::ports::{Clock, Delivery, Directories, Event, SharedBudget};
use crate::schedule::missed_changes::Differences;
use crate::state::alerts::Alerts;
use crate::state::journal::Journal;
use crate::state::records::Following;
use crate::state::status::CloudState;
use crate::store::Store;
use crate::store::loss::{self, Found};
use crate::store::staging::files;
use connector_model::settings::Settings;
use connector_model::{Result, Update};
use futures_util::future::BoxFuture;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Looks into a directory at once, by the cloud and everybody else: connections are left for sign-ins, which a directory has
/// 16 for.
const BROWSED_AT_ONCE: usize = 4;

/// What the engine reaches the outside with.
#[derive(Clone)]
pub struct Ports {
    /// Directories by account.
    pub directories: Arc<dyn Directories>,
    /// The cloud's door for people; `None` before registration.
    pub delivery: Option<Arc<dyn Delivery>>,
    /// Wall time.
    pub clock: Arc<dyn Clock>,
}

/// How to start an engine.
pub struct EngineOptions {
    /// Path of `connector.db`.
    pub database: PathBuf,
    /// What the administrator decided.
    pub settings: Settings,
    /// The outside.
    pub ports: Ports,
    /// Where events go; they are dropped when nobody takes them.
    pub events: mpsc::Sender<Event>,
    /// Whether imports run by themselves.
    pub schedule: bool,
}

/// One engine. Clones share everything.
#[derive(Clone)]
pub struct Engine {
    pub(crate) shared: Arc<Shared>,
}

/// All that the clones of one engine share.
pub(crate) struct Shared {
    pub store: Store,
    pub journal: Journal,
    pub events: mpsc::Sender<Event>,
    /// What the administrator decided, and what the outside is reached with: replaced together.
    pub config: RwLock<(Arc<Settings>, Ports)>,
    pub sign_ins: SignIns,
    /// Places of those who look around in a directory.
    pub browsing: Semaphore,
    pub imports: Imports,
    pub changes: ChangesFollowed,
    pub health: Health,
    pub life: Lifecycle,
}

/// Sign-ins of all doors: one budget, one count.
pub(crate) struct SignIns {
    pub lockout: Lockout,
    /// The budget of all connectors; none where nobody keeps one.
    pub shared: RwLock<Option<Arc<dyn SharedBudget>>>,
    pub pace: Pace,
    /// Mass deployment's own budget.
    pub look_ups: LookUps,
    pub tally: Tally,
}

impl SignIns {
    fn new(store: &Store) -> Self {
        Self {
            lockout: Lockout::start(store.clone()),
            shared: RwLock::default(),
            pace: Pace::default(),
            look_ups: LookUps::default(),
            tally: Tally::default(),
        }
    }

    pub fn shared(&self) -> Option<Arc<dyn SharedBudget>> {
        self.shared.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }
}

/// Changes between two full imports.
#[derive(Default)]
pub(crate) struct ChangesFollowed {
    /// How they are learned now, by mapping.
    pub following: Mutex<BTreeMap<String, Following>>,
    pub differences: Differences,
}

/// What the status tells besides imports.
#[derive(Default)]
pub(crate) struct Health {
    pub alerts: Alerts,
    pub cloud: RwLock<CloudState>,
    pub update: Mutex<Option<Update>>,
}

/// From the start to the end, and what wakes up whoever waits in between.
pub(crate) struct Lifecycle {
    /// Settings, assignments or imports are not as they were.
    pub changed: Notify,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
}

impl Engine {
    /// Opens the database and, when asked, starts the schedule. Imports that were cut off run again.
    pub fn start(options: EngineOptions) -> Result<Self> {
        let found = loss::look(&options.database)?;
        let store = Store::open(&options.database)?;
        note_loss(&store, &found, &options)?;
        files::sweep(&options.database);
        if let Err(error) = store.end_cut_off_runs() {
            tracing::error!(code = %error.code, "what an import did that was cut off cannot be told");
        }
        // What cannot be read stops the imports of its mapping, each with its record; sign-ins go on.
        if options.schedule
            && let Err(error) = store.requeue_unacknowledged(None)
        {
            tracing::error!(code = %error.code, "a batch that was cut off is kept");
        }
        let shared = Shared {
            journal: Journal::start(store.clone()),
            sign_ins: SignIns::new(&store),
            imports: Imports::new(store.is_paused()),
            browsing: Semaphore::new(BROWSED_AT_ONCE),
            store,
            events: options.events,
            config: RwLock::new((Arc::new(options.settings), options.ports)),
            changes: ChangesFollowed::default(),
            health: Health::default(),
            life: Lifecycle {
                changed: Notify::new(),
                stop: CancellationToken::new(),
                tasks: TaskTracker::new(),
            },
        };
        let engine = Self { shared: Arc::new(shared) };
        if options.schedule {
            // Read now: later an import that somebody has just started would be among them.
            let cut_off = engine.shared.store.unfinished()?;
            let scheduled = engine.clone();
            engine.shared.life.tasks.spawn(async move { scheduled.keep_schedule(cut_off).await });
            let following = engine.clone();
            engine.shared.life.tasks.spawn(async move { following.keep_following().await });
        }
        Ok(engine)
    }

    /// Takes new settings and ports; imports under way end with the old ones.
    pub fn reload(&self, settings: Settings, ports: Ports) {
        if let Ok(mut config) = self.shared.config.write() {
            *config = (Arc::new(settings), ports);
        }
        self.shared.life.changed.notify_waiters();
    }

    /// From now on wrong passwords are counted there as well, for all connectors together.
    pub fn share_budget(&self, budget: Arc<dyn SharedBudget>) {
        let shared = &self.shared.sign_ins.shared;
        *shared.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(budget);
    }

    /// Back once everything noted before is in the journal for whoever reads it.
    pub async fn flush_journal(&self) {
        self.shared.journal.flush().await;
    }

    /// Ends the schedule and waits for imports under way, at most `limit`. What is cut off resumes at the next
    /// start. The journal is on the disk then.
    pub fn shutdown(&self, limit: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.shared.life.stop.cancel();
            self.shared.life.tasks.close();
            let _ = tokio::time::timeout(limit, self.shared.life.tasks.wait()).await;
            self.flush_journal().await;
        })
    }

    /// Settings and ports as they are now.
    pub(crate) fn config(&self) -> (Arc<Settings>, Ports) {
        let config = self.shared.config.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        (config.0.clone(), config.1.clone())
    }
}

/// A database that begins anew where people were imported before is a loss; a new home has none.
fn note_loss(store: &Store, found: &Found, options: &EngineOptions) -> Result<()> {
    let now_ms = options.ports.clock.now_ms();
    let was_used = options.settings.cloud.is_some() && !options.settings.mappings.is_empty();
    match found {
        Found::Damaged(kept) => store.note_loss(Some(kept), now_ms),
        Found::Nothing if was_used => store.note_loss(None, now_ms),
        Found::Nothing | Found::Usable => Ok(()),
    }
}
