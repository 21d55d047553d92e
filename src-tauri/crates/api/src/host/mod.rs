//! The one engine of a home, with everything around it: settings, keychain, the directories' connections, the session with the
//! cloud, the local socket. It runs in one process; every front door reaches it.

mod asker;
mod change;
pub(crate) mod context;
mod delivery;
mod directories;
mod fences;
mod link;
mod machine;
mod serve_cloud;
mod serve_local;
mod shared_budget;

pub(crate) use context::HomeContext;

use crate::mapping::arrivals::Arrivals;
use crate::updates::Updates;
use connector_engine::ports::Event;
use connector_engine::{Engine, EngineOptions, Ports, SystemClock};
use connector_model::{Code, Error, Result, Settings};
use connector_platform::local::LocalServer;
use connector_platform::logging::LogHandle;
use connector_platform::{HomeLock, service, settings_file, upgrade};
use delivery::Scim;
use directories::AccountDirectories;
use link::Link;
use serve_local::LocalRequests;
use shared_budget::CloudBudget;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Time for requests and batches under way when the engine is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Whose process the engine runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// The desktop program's.
    Window,
    /// A program's that does nothing else.
    Service,
    /// A command's: it ends with the command, and nothing happens by itself.
    Command,
}

impl HostKind {
    /// Whether the engine stays: then it imports by itself and is in session with the cloud.
    pub fn lasts(self) -> bool {
        self != Self::Command
    }
}

/// The engine of a home in this process. Cheap to clone; ends with [`Host::close`].
#[derive(Clone)]
pub struct Host(Arc<Inner>);

struct Inner {
    context: HomeContext,
    kind: HostKind,
    engine: Engine,
    directories: RwLock<Arc<AccountDirectories>>,
    updates: OnceLock<Arc<Updates>>,
    link: Mutex<Link>,
    budget: CloudBudget,
    /// While settings are taken over.
    taking_over: tokio::sync::Mutex<()>,
    /// Held while the list of mappings of the cloud is changed.
    proposals: Mutex<Arrivals>,
    log: Option<LogHandle>,
    tasks: TaskTracker,
    end: CancellationToken,
    lock: Mutex<Option<HomeLock>>,
}

impl Deref for Host {
    type Target = HomeContext;

    fn deref(&self) -> &HomeContext {
        &self.0.context
    }
}

impl Host {
    /// Starts the engine of a home whose lock is held.
    pub(crate) async fn start(
        context: HomeContext,
        lock: HomeLock,
        kind: HostKind,
        log: &mut Option<LogHandle>,
    ) -> Result<Self> {
        let settings = context.settings()?;
        settings_file::keep_copy(&context.home, &settings)?;
        let directories =
            AccountDirectories::new(settings.accounts.clone(), context.keychain.clone());
        let directories = Arc::new(directories);
        let (events, happened) = mpsc::channel(256);
        let options = EngineOptions {
            database: context.home.database_path(),
            ports: ports(&context, &settings, &directories),
            settings: settings.clone(),
            events,
            schedule: kind.lasts(),
        };
        let engine = blocking(move || Engine::start(options)).await?;
        let budget = CloudBudget::default();
        engine.share_budget(Arc::new(budget.clone()));
        let local = LocalServer::bind(&context.home)?;
        let host = Self(Arc::new(Inner {
            context,
            kind,
            engine,
            directories: RwLock::new(directories),
            updates: OnceLock::new(),
            link: Mutex::new(Link::none()),
            budget,
            taking_over: tokio::sync::Mutex::default(),
            proposals: Mutex::default(),
            log: log.take(),
            tasks: TaskTracker::new(),
            end: CancellationToken::new(),
            lock: Mutex::new(Some(lock)),
        }));
        let handler = Arc::new(LocalRequests(host.clone()));
        host.0.tasks.spawn(local.serve(handler, host.0.end.clone()));
        if kind.lasts() {
            host.0.tasks.spawn(host.clone().tell(happened));
            // What is known of updates is in the status from the beginning.
            host.updates();
            host.0.tasks.spawn(host.clone().keep_updates());
            host.0.tasks.spawn(host.clone().watch_machine());
            host.join_cloud(&settings);
            tracing::info!(home = %host.home.root().display(), secrets = %host.keychain.describe(), "running");
        }
        Ok(host)
    }

    pub(crate) fn arrivals(&self) -> MutexGuard<'_, Arrivals> {
        self.0.proposals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs until `shutdown`; then finishes what is under way, for at most 10 seconds.
    pub async fn run(&self, shutdown: CancellationToken) {
        service::tell_ready();
        shutdown.cancelled().await;
        tracing::info!("stopping");
        service::tell_stopping();
        self.close().await;
    }

    /// Ends the engine and gives the home back. A command's engine finishes what others ask of it first.
    pub async fn close(&self) {
        let inner = &*self.0;
        inner.end.cancel();
        inner.tasks.close();
        let link = std::mem::replace(&mut *self.link(), Link::none());
        if inner.kind.lasts() {
            let tasks = tokio::time::timeout(DRAIN, inner.tasks.wait());
            let _ = tokio::join!(link.end(DRAIN), inner.engine.shutdown(DRAIN), tasks);
        } else {
            inner.tasks.wait().await;
            inner.engine.shutdown(DRAIN).await;
        }
        inner.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    /// Whose process this is.
    pub fn kind(&self) -> HostKind {
        self.0.kind
    }

    /// The home's engine.
    pub(crate) fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// What is known and done about updates of the program.
    pub(crate) fn updates(&self) -> &Arc<Updates> {
        self.0.updates.get_or_init(|| Updates::new(self.context().clone(), self.engine().clone()))
    }

    pub(crate) fn context(&self) -> &HomeContext {
        &self.0.context
    }

    /// Has the keychain asked for what a status tells of it.
    pub(crate) async fn find_missing_passwords(&self) {
        let directories = self.directories();
        directories.find_missing().await;
    }

    fn directories(&self) -> Arc<AccountDirectories> {
        self.0.directories.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn tell(self, mut happened: mpsc::Receiver<Event>) {
        loop {
            tokio::select! {
                () = self.0.end.cancelled() => return,
                Some(event) = happened.recv() => self.link().tell(&event),
            }
        }
    }

    /// Ends the trial of a new version that has run for a while. A version on trial decides nothing about versions.
    async fn keep_updates(self) {
        tokio::select! {
            () = self.0.end.cancelled() => return,
            () = tokio::time::sleep(upgrade::TRIAL) => {}
        }
        if let Err(error) = upgrade::settle(&self.home) {
            tracing::error!(code = %error.code, "{}", error.message);
        }
        self.updates().clone().keep(self.0.end.clone()).await;
    }
}

/// The engine's ports for these settings.
fn ports(
    context: &HomeContext,
    settings: &Settings,
    directories: &Arc<AccountDirectories>,
) -> Ports {
    let delivery = Scim::of(context, settings);
    Ports {
        directories: directories.clone(),
        delivery: delivery.map(|scim| Arc::new(scim) as _),
        clock: Arc::new(SystemClock),
    }
}

/// Work on the disk, off the workers.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::of(Code::Internal))?
}
