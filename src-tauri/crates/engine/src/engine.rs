//! The handle that every front door holds: cheap to clone, safe to call from anywhere.

use crate::people::activation::{self, Found};
use crate::people::lockout::Lockout;
use crate::people::sign_in;
use crate::people::tally::Tally;
use crate::plan::preview::{self, Preview};
use crate::ports::{Clock, Delivery, Directories, Directory, Event};
use crate::schedule::assignments::Assignments;
use crate::schedule::follow::Following;
use crate::schedule::missed_changes::Differences;
use crate::state::alerts::Alerts;
use crate::state::journal::Journal;
use crate::state::records::{ImportProgress, ImportRecord, SignInAnswer};
use crate::state::status::{CloudState, Status};
use crate::store::Store;
use crate::store::journal::{JournalEntry, JournalQuery, NewEntry};
use connector_model::settings::{Settings, same_name};
use connector_model::{
    BrowseQuery, Code, Error, Headline, Identity, Mapping, Node, Person, PlannedPerson, Result,
    Secret, SignInOutcome, Update, UserName,
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;
use tokio::sync::{Notify, mpsc};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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

/// An import under way.
pub(crate) struct Running {
    pub progress: ImportProgress,
    pub cancel: CancellationToken,
}

pub(crate) struct Shared {
    pub store: Store,
    pub journal: Journal,
    pub outside: RwLock<(Arc<Settings>, Ports)>,
    pub cloud: RwLock<CloudState>,
    pub events: mpsc::Sender<Event>,
    pub lockout: Lockout,
    pub alerts: Alerts,
    pub tally: Tally,
    pub importing: Mutex<HashMap<String, Running>>,
    pub rounds: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
    pub following: Mutex<BTreeMap<String, Following>>,
    pub assignments: RwLock<Assignments>,
    pub differences: Differences,
    pub catching_up: tokio::sync::Mutex<()>,
    pub paused: Mutex<bool>,
    pub update: Mutex<Option<Update>>,
    pub changed: Notify,
    pub started_ms: i64,
    pub stop: CancellationToken,
    pub tasks: TaskTracker,
}

impl Engine {
    /// Opens the database and, when asked, starts the schedule. Imports that were cut off run again.
    pub fn start(options: EngineOptions) -> Result<Self> {
        let store = Store::open(&options.database)?;
        if options.schedule {
            store.doubt(None)?;
        }
        let started_ms = options.ports.clock.now_ms();
        let shared = Shared {
            journal: Journal::start(store.clone()),
            store,
            outside: RwLock::new((Arc::new(options.settings), options.ports)),
            cloud: RwLock::default(),
            events: options.events,
            lockout: Lockout::default(),
            alerts: Alerts::default(),
            tally: Tally::default(),
            importing: Mutex::default(),
            rounds: Mutex::default(),
            following: Mutex::default(),
            assignments: RwLock::default(),
            differences: Differences::default(),
            catching_up: tokio::sync::Mutex::default(),
            paused: Mutex::default(),
            update: Mutex::default(),
            changed: Notify::new(),
            started_ms,
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        let engine = Self { shared: Arc::new(shared) };
        if options.schedule {
            // Read now: later an import that somebody has just started would be among them.
            let cut_off = engine.shared.store.unfinished()?;
            let scheduled = engine.clone();
            engine.shared.tasks.spawn(async move { scheduled.keep_schedule(cut_off).await });
            let following = engine.clone();
            engine.shared.tasks.spawn(async move { following.keep_following().await });
        }
        Ok(engine)
    }

    /// Base DNs of an account; the only one when none is named.
    pub async fn bases(&self, account: Option<&str>) -> Result<Vec<Node>> {
        let (name, directory) = self.directory(account)?;
        let result = directory.bases().await;
        self.watched(&name, result)
    }

    /// Organizational units of an account.
    pub async fn units(&self, account: Option<&str>, query: &BrowseQuery) -> Result<Vec<Node>> {
        let (name, directory) = self.directory(account)?;
        let result = directory.units(query).await;
        self.watched(&name, result)
    }

    /// Groups of an account.
    pub async fn groups(&self, account: Option<&str>, query: &BrowseQuery) -> Result<Vec<Node>> {
        let (name, directory) = self.directory(account)?;
        let result = directory.groups(query).await;
        self.watched(&name, result)
    }

    /// The whole plan of a mapping, stored or not; nothing is sent. `read` rises with the people read, who go to
    /// `people` in pages once the plan is made.
    pub async fn preview(
        &self,
        mapping: &Mapping,
        read: Arc<AtomicU64>,
        people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
    ) -> Result<Preview> {
        let (settings, ports) = self.outside();
        let (name, directory) = self.directory(Some(&mapping.account))?;
        let now = ports.clock.now_ms();
        self.meet_strangers().await?;
        let reading = self.reading(&settings, mapping, directory.clone(), None, now);
        let prepared = self.watched(&name, reading.everybody(read).await)?;
        // Good to know, and no reason to show no preview.
        let groups = directory.odd_groups(mapping).await.unwrap_or_default();
        preview::run(&self.shared.store, mapping, prepared, groups, people).await
    }

    /// Imports one mapping, or all in their order. One record for each; a failure ends only its own mapping.
    pub async fn sync(
        &self,
        name: Option<&str>,
        approve: Option<&str>,
        progress: Option<mpsc::Sender<ImportProgress>>,
    ) -> Result<Vec<ImportRecord>> {
        let (settings, _) = self.outside();
        let mappings = match name {
            Some(name) => vec![settings.mapping(name)?.clone()],
            None => settings.mappings.clone(),
        };
        let mut records = Vec::new();
        for mapping in mappings {
            records.push(self.import(&mapping, approve, progress.clone()).await?);
        }
        Ok(records)
    }

    /// Imports only these people of a mapping, as when the directory tells of a change. `None`: nothing was to be done.
    pub async fn sync_touched(
        &self,
        name: &str,
        touched: &[Identity],
    ) -> Result<Option<ImportRecord>> {
        let mapping = self.outside().0.mapping(name)?.clone();
        self.import_touched(&mapping, touched, None).await
    }

    /// Ends the import of one mapping, or all that run. What the cloud acknowledged stays; the next import goes on from there.
    pub fn cancel_import(&self, name: Option<&str>) {
        if let Ok(importing) = self.shared.importing.lock() {
            let meant = |mapping: &str| name.is_none_or(|name| same_name(name, mapping));
            importing
                .iter()
                .filter(|(name, _)| meant(name))
                .for_each(|(_, running)| running.cancel.cancel());
        }
    }

    /// How many people a mapping reads, stored or not, within `limit`. `false`: there may be more.
    pub async fn count(&self, mapping: &Mapping, limit: Duration) -> Result<(u64, bool)> {
        let (name, directory) = self.directory(Some(&mapping.account))?;
        let (pages, mut people) = mpsc::channel::<Vec<Person>>(2);
        let mut count = 0;
        let counting = async {
            while let Some(page) = people.recv().await {
                count += page.len() as u64;
            }
        };
        let reading = async { tokio::join!(directory.read_people(mapping, pages), counting).0 };
        let outcome = tokio::time::timeout(limit, reading).await;
        match outcome {
            Ok(read) => {
                self.watched(&name, read).map(|summary| (count, summary.incomplete.is_none()))
            }
            Err(_) => Ok((count, false)),
        }
    }

    /// Verifies a password. Never an error: what cannot be judged is `directory_unavailable`.
    pub async fn sign_in(
        &self,
        user: &UserName,
        password: &Secret,
        deadline: Instant,
    ) -> SignInAnswer {
        let began = Instant::now();
        let (settings, ports) = self.outside();
        let shared = &self.shared;
        let verdict =
            sign_in::run(&settings, &*ports.directories, &shared.lockout, user, password, deadline)
                .await;
        let took = began.elapsed();
        shared.tally.add(took);
        match &verdict.error {
            Some((account, error)) if !account.is_empty() => self.note_failure(account, error),
            Some(_) => {}
            None => {
                let account = verdict
                    .mapping
                    .as_deref()
                    .and_then(|m| settings.mapping(m).ok())
                    .map(|m| &m.account);
                if let Some(account) = account {
                    self.note_success(account);
                }
            }
        }
        // The typed name is kept only of people who exist: others may have typed a password there.
        let subject = verdict.answer.identity.as_ref().map(ToString::to_string).unwrap_or_default();
        let detail = json!({
            "outcome": verdict.answer.outcome, "code": verdict.code, "mapping": verdict.mapping,
            "milliseconds": took.as_secs_f64() * 1000.0,
        });
        shared.journal.note(NewEntry {
            at_ms: ports.clock.now_ms(),
            kind: "sign_in",
            subject,
            detail,
        });
        if verdict.answer.outcome != SignInOutcome::Ok {
            tracing::info!(code = verdict.code, "sign-in refused");
        }
        verdict.answer
    }

    /// Looks somebody up for mass deployment.
    pub async fn find(&self, user: &UserName) -> Result<Found> {
        let (settings, ports) = self.outside();
        let found = activation::find(&settings, &*ports.directories, user).await?;
        let subject = found.person.as_ref().map(|p| p.identity.to_string()).unwrap_or_default();
        let detail = json!({ "outcome": found.outcome, "mapping": found.mapping });
        let at_ms = ports.clock.now_ms();
        self.shared.journal.note(NewEntry { at_ms, kind: "activation", subject, detail });
        Ok(found)
    }

    /// The state of everything.
    pub fn status(&self) -> Status {
        let (settings, ports) = self.outside();
        let shared = &self.shared;
        let (sign_ins_last_minute, sign_in_p95_ms) = shared.tally.last_minute();
        let last_imports = self.last_imports(&settings);
        let elsewhere = self.elsewhere(&settings);
        let imported = |name: &str| {
            last_imports.iter().any(|import| import.mapping == name)
                || elsewhere.iter().any(|import| import.mapping == name)
        };
        let names = settings.mappings.iter().map(|mapping| mapping.name.clone());
        let mut status = Status {
            never_imported: names.filter(|name| !imported(name)).collect(),
            changed: self.changed_mappings(&settings),
            elsewhere: elsewhere.clone(),
            headline: Headline::default(),
            running: true,
            paused: self.is_paused(),
            cloud: shared.cloud.read().map(|c| c.clone()).unwrap_or_default(),
            alerts: shared.alerts.open(),
            importing: shared
                .importing
                .lock()
                .map(|i| i.values().map(|running| running.progress.clone()).collect())
                .unwrap_or_default(),
            last_imports,
            following: self.following(),
            next_import_ms: self
                .next_import(&settings)
                .map(|wait| ports.clock.now_ms() + millis(wait)),
            missing_passwords: ports.directories.without_password(),
            accounts: settings.accounts.len(),
            mappings: settings.mappings.len(),
            people: shared.store.all_active().unwrap_or_default(),
            sign_ins_last_minute,
            sign_in_p95_ms,
            update: shared.update.lock().map(|update| update.clone()).unwrap_or_default(),
        };
        status.headline = status.worst();
        status
    }

    /// The journal entries that match, the newest first.
    pub fn journal(&self, asked: &JournalQuery) -> Result<Vec<JournalEntry>> {
        self.shared.store.journal(asked)
    }

    /// Notes a change of settings in the journal; back once that is on the disk.
    pub async fn note_settings(&self, what: &str, detail: serde_json::Value) {
        self.shared.journal.keep(self.entry("settings", what, detail)).await;
    }

    /// Tells of a later version of the program.
    pub fn set_update(&self, update: Option<Update>) {
        if let Ok(mut known) = self.shared.update.lock() {
            *known = update;
        }
    }

    /// Notes in the journal what became of an update; back once that is on the disk.
    pub async fn note_update(&self, version: &str, detail: serde_json::Value) {
        self.shared.journal.keep(self.entry("update", version, detail)).await;
    }

    /// An entry of the journal about this moment.
    pub(crate) fn entry(
        &self,
        kind: &'static str,
        subject: &str,
        detail: serde_json::Value,
    ) -> NewEntry {
        let at_ms = self.outside().1.clock.now_ms();
        NewEntry { at_ms, kind, subject: subject.to_owned(), detail }
    }

    /// Takes new settings and ports; imports under way end with the old ones.
    pub fn reload(&self, settings: Settings, ports: Ports) {
        if let Ok(mut outside) = self.shared.outside.write() {
            *outside = (Arc::new(settings), ports);
        }
        self.shared.changed.notify_waiters();
    }

    /// Mappings that came from elsewhere: as if they had been changed, they wait until somebody has seen their preview and
    /// imports them.
    pub fn await_preview(&self, mappings: &[String]) -> Result<()> {
        self.shared.store.await_preview(mappings)
    }

    /// Told by the session with the cloud.
    pub fn set_cloud_state(&self, state: CloudState) {
        if let Ok(mut cloud) = self.shared.cloud.write() {
            *cloud = state;
        }
    }

    /// Imports wait until [`Engine::resume`]; sign-ins go on.
    pub fn pause(&self) {
        self.set_paused(true);
    }

    /// Imports run again.
    pub fn resume(&self) {
        self.set_paused(false);
    }

    /// Forgets what the former cloud acknowledged.
    pub fn forget_people(&self) -> Result<()> {
        self.shared.store.forget_people()
    }

    /// Back once everything noted before is in the journal for whoever reads it.
    pub async fn flush_journal(&self) {
        self.shared.journal.flush().await;
    }

    /// Ends the schedule and waits for imports under way, at most `limit`. What is cut off resumes at the next
    /// start. The journal is on the disk then.
    pub async fn shutdown(&self, limit: Duration) {
        self.shared.stop.cancel();
        self.shared.tasks.close();
        let _ = tokio::time::timeout(limit, self.shared.tasks.wait()).await;
        self.flush_journal().await;
    }

    pub(crate) fn outside(&self) -> (Arc<Settings>, Ports) {
        let outside = self.shared.outside.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        (outside.0.clone(), outside.1.clone())
    }

    pub(crate) fn directory(&self, account: Option<&str>) -> Result<(String, Arc<dyn Directory>)> {
        let (settings, ports) = self.outside();
        let name = match (account, settings.accounts.as_slice()) {
            (Some(name), _) => settings.account(name)?.name.clone(),
            (None, [only]) => only.name.clone(),
            (None, []) => {
                return Err(Error::new(Code::NotFound, "There is no account yet.").at("account"));
            }
            (None, _) => {
                return Err(Error::new(
                    Code::InvalidInput,
                    "More than one account exists; name one.",
                )
                .at("account"));
            }
        };
        match ports.directories.open(&name) {
            Ok(directory) => Ok((name, directory)),
            // A handle says nothing of the server; that there is none says enough.
            Err(error) => {
                self.note_failure(&name, &error);
                Err(error)
            }
        }
    }

    /// Raises or clears the alerts of an account by how an operation on it ended.
    pub(crate) fn watched<T>(&self, account: &str, result: Result<T>) -> Result<T> {
        match &result {
            Ok(_) => self.note_success(account),
            Err(error) => self.note_failure(account, error),
        }
        result
    }

    fn note_failure(&self, account: &str, error: &Error) {
        let now = self.outside().1.clock.now_ms();
        if let Some(alert) = self.shared.alerts.failed(account, error, now) {
            tracing::warn!(account, code = %error.code, "alert raised");
            self.shared.journal.note(self.entry("alert", account, json!(alert)));
            let _ = self.shared.events.try_send(Event::AlertRaised(alert));
        }
    }

    fn note_success(&self, account: &str) {
        for alert in self.shared.alerts.works(account) {
            let _ = self
                .shared
                .events
                .try_send(Event::AlertCleared { kind: alert.kind, account: alert.account });
        }
    }

    pub(crate) fn set_progress(&self, now: &ImportProgress) {
        if let Ok(mut importing) = self.shared.importing.lock()
            && let Some(slot) = importing.get_mut(&now.mapping)
        {
            slot.progress.clone_from(now);
        }
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.shared.paused.lock().is_ok_and(|paused| *paused)
    }

    fn set_paused(&self, value: bool) {
        if let Ok(mut paused) = self.shared.paused.lock() {
            *paused = value;
        }
        self.shared.changed.notify_waiters();
    }
}

fn millis(wait: Duration) -> i64 {
    i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)
}
