//! The session with the registered cloud while the engine runs.

use super::Host;
use super::serve_cloud::CloudRequests;
use crate::secrets::{SEALING_KEY, SIGNING_KEY, of_registration};
use connector_cloud::{
    AccountSummary, ConnectorKeys, Hello, MappingSummary, Session, SessionConfig, SessionHandle,
    SessionState,
};
use connector_engine::ports::Event;
use connector_engine::records::AlertKind;
use connector_engine::{CloudState, Engine};
use connector_model::settings::{CloudKind, CloudSettings};
use connector_model::{Code, Result, ServerKind, Settings};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The first wait before a session whose keys could not be had is tried again, and the longest.
const AGAIN: Duration = Duration::from_secs(2);
const AT_MOST: Duration = Duration::from_mins(1);
/// A keychain that is unlocked is noticed so soon.
const UNLOCKED: Duration = Duration::from_secs(5);
/// So long the cloud leaves the imports of a connector whose session is lost (PROTOCOL.md, section 3).
const LEFT: Duration = Duration::from_secs(5);
/// Who was replaced comes back after a minute: a session that lasts longer is the only one of its registration.
const UNDISTURBED: Duration = Duration::from_mins(3);
/// Longer than a session is lost.
const NEVER: Duration = Duration::from_hours(24 * 365);

/// The way to the cloud, made for certain settings.
pub(super) struct Link {
    cloud: Option<CloudSettings>,
    accounts: Vec<(String, ServerKind)>,
    session: Arc<Mutex<Option<SessionHandle>>>,
    keeper: Option<JoinHandle<()>>,
}

impl Link {
    pub fn none() -> Self {
        Self { cloud: None, accounts: vec![], session: Arc::default(), keeper: None }
    }

    pub fn fits(&self, settings: &Settings) -> bool {
        self.cloud == settings.cloud && self.accounts == names(settings)
    }

    pub fn tell(&self, event: &Event) {
        match event {
            Event::ImportProgress(progress) => self.notify("import.progress", &json!(progress)),
            Event::ImportFinished(record) => {
                self.notify("import.finished", &json!({ "import": record }));
            }
            Event::AlertRaised(alert) => self.notify("alert.raised", &json!(alert)),
            Event::AlertCleared { kind, account } => {
                self.notify("alert.cleared", &json!({ "kind": kind, "account": account }));
            }
        }
    }

    pub fn notify(&self, method: &str, params: &Value) {
        if let Some(session) = &*self.session() {
            session.notify(method, params);
        }
    }

    pub async fn end(mut self, limit: Duration) {
        if let Some(keeper) = self.keeper.take() {
            keeper.abort();
            // It may be about to put a session there.
            let _ = keeper.await;
        }
        let session = self.session().take();
        if let Some(session) = session {
            session.drain(limit).await;
        }
    }

    fn session(&self) -> MutexGuard<'_, Option<SessionHandle>> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Host {
    pub(super) fn link(&self) -> MutexGuard<'_, Link> {
        self.0.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Starts the session with the registered cloud, if there is one.
    pub(super) fn join_cloud(&self, settings: &Settings) {
        self.0.budget.set(None);
        let mut link = Link { accounts: names(settings), ..Link::none() };
        link.cloud.clone_from(&settings.cloud);
        match &settings.cloud {
            None => {
                self.engine().set_cloud_state(CloudState::NotRegistered);
                tracing::info!("not registered with a cloud yet");
            }
            Some(cloud) if cloud.kind == CloudKind::Scim => {
                self.engine().set_cloud_state(CloudState::DeliveryOnly);
                self.engine().assign(None);
            }
            Some(cloud) => {
                self.engine().await_assignments();
                let (host, settings) = (self.clone(), settings.clone());
                let (cloud, session) = (cloud.clone(), link.session.clone());
                let keeper = async move { host.keep_session(&settings, &cloud, &session).await };
                link.keeper = Some(tokio::spawn(keeper));
            }
        }
        *self.link() = link;
    }

    /// Begins the session, again and again where its keys cannot be had yet, and carries its state to the engine.
    async fn keep_session(
        &self,
        settings: &Settings,
        cloud: &CloudSettings,
        place: &Mutex<Option<SessionHandle>>,
    ) {
        let mut wait = AGAIN;
        let session = loop {
            match self.session(settings, cloud).await {
                Ok(session) => break session,
                Err(error) => {
                    tracing::error!(code = %error.code, "no session with the cloud: {}", error.message);
                    self.note_keychain(&error);
                    if error.code == Code::KeychainLocked {
                        wait = wait.min(UNLOCKED);
                    }
                    self.engine().set_cloud_state(CloudState::Waiting { error });
                }
            }
            tokio::time::sleep(wait.mul_f64(rand::random_range(0.75..1.25))).await;
            wait = (wait * 2).min(AT_MOST);
        };
        let state = session.state();
        self.0.budget.set(Some(session.line()));
        *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(session);
        watch(state, self).await;
    }

    async fn session(&self, settings: &Settings, cloud: &CloudSettings) -> Result<SessionHandle> {
        let keys = ConnectorKeys::from_secrets(
            &self.keychain.get(SIGNING_KEY).await.map_err(of_registration)?,
            &self.keychain.get(SEALING_KEY).await.map_err(of_registration)?,
        )?;
        let host = self.clone();
        let config = SessionConfig {
            endpoint: self.endpoint(settings).await?,
            connector_id: cloud.connector_id.clone(),
            keys: Arc::new(keys),
            version: self.version.to_owned(),
            host: connector_platform::host_name(),
            instance: format!("{:016x}", rand::random::<u64>()),
            hello: Arc::new(move || hello(&host.settings().unwrap_or_default(), host.engine())),
        };
        let handler = Arc::new(CloudRequests(self.clone()));
        Ok(Session::spawn(config, handler, CancellationToken::new()))
    }
}

fn hello(settings: &Settings, engine: &Engine) -> Hello {
    let accounts =
        settings.accounts.iter().map(|a| AccountSummary { name: a.name.clone(), kind: a.kind });
    // What was raised while nobody listened is told now.
    let alerts = engine.status().alerts.into_iter().map(|alert| json!(alert));
    Hello { accounts: accounts.collect(), mappings: summaries(settings), alerts: alerts.collect() }
}

/// Mappings as they are told; the cloud fetches what it does not know.
pub(super) fn summaries(settings: &Settings) -> Vec<MappingSummary> {
    settings.mappings.iter().map(MappingSummary::from).collect()
}

fn names(settings: &Settings) -> Vec<(String, ServerKind)> {
    settings.accounts.iter().map(|account| (account.name.clone(), account.kind)).collect()
}

/// Carries the session's state to the engine, and the cloud's interval to the settings. A session that was lost for so long
/// that the cloud may have given its imports away is told once.
async fn watch(mut state: tokio::sync::watch::Receiver<SessionState>, host: &Host) {
    let mut given_up = None;
    loop {
        let now = state.borrow_and_update().clone();
        given_up = match now {
            SessionState::Connected { .. } => None,
            _ => given_up.or_else(|| Some(Instant::now() + LEFT)),
        };
        let mut alone = match &now {
            SessionState::Connected { .. } => Some(Instant::now() + UNDISTURBED),
            SessionState::Waiting { error, .. } if error.code == Code::IdentityTwice => {
                host.engine().note_trouble(AlertKind::Identity, Some(error));
                None
            }
            _ => None,
        };
        told(now, host).await;
        loop {
            tokio::select! {
                changed = state.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    break;
                }
                () = until(given_up) => {
                    host.engine().session_lost();
                    given_up = Some(Instant::now() + NEVER);
                }
                () = until(alone) => {
                    host.engine().note_trouble(AlertKind::Identity, None);
                    alone = None;
                }
            }
        }
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

async fn told(now: SessionState, host: &Host) {
    host.engine().set_cloud_state(match now {
        SessionState::Connecting => CloudState::Connecting,
        SessionState::Connected { since_ms, interval_hours, .. } => {
            tracing::info!("connected to the cloud");
            let hours = interval_hours
                .filter(|h| host.settings().is_ok_and(|s| s.import.interval_hours != *h));
            if let Some(hours) = hours
                && let Err(error) = host.set_interval(hours).await
            {
                tracing::warn!(code = %error.code, "the cloud's interval was not taken over");
            }
            CloudState::Connected { since_ms }
        }
        SessionState::Waiting { error, .. } => {
            tracing::warn!(code = %error.code, "not connected to the cloud: {}", error.message);
            CloudState::Waiting { error }
        }
        SessionState::Revoked => CloudState::Revoked,
        SessionState::Stopped => CloudState::NotRegistered,
    });
}
