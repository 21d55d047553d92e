//! The engine in the foreground: session with the cloud, schedule, local socket, until told to stop.

use crate::Connector;
use crate::door::serve_local::LocalRequests;
use crate::host::connector::{SEALING_KEY, SIGNING_KEY};
use crate::host::serve_cloud::CloudRequests;
use crate::updates::Updates;
use connector_cloud::{
    AccountSummary, ConnectorKeys, Hello, Session, SessionConfig, SessionHandle, SessionState,
};
use connector_engine::ports::Event;
use connector_engine::{CloudState, Engine};
use connector_model::settings::{CloudKind, CloudSettings};
use connector_model::{Result, ServerKind, Settings};
use connector_platform::local::LocalServer;
use connector_platform::logging::LogHandle;
use connector_platform::{HomeLock, service, upgrade};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

/// Time for requests and batches under way when the engine is told to stop.
const DRAIN: Duration = Duration::from_secs(10);

/// The settings on disk have changed.
pub(crate) struct Reload {
    pub what: String,
    pub done: oneshot::Sender<()>,
}

impl Connector {
    /// Runs until `shutdown`; then finishes what is under way, for at most 10 seconds.
    pub async fn run(self, log: Option<LogHandle>, shutdown: CancellationToken) -> Result<()> {
        let _lock = HomeLock::acquire(&self.home, self.version)?;
        let (events, mut happened) = mpsc::channel(256);
        let engine = self.engine(events, true)?;
        let (reload, mut reloads) = mpsc::channel(8);
        let local = LocalServer::bind(&self.home)?;
        let updates = Updates::new(self.clone(), engine.clone());
        let handler = LocalRequests {
            connector: self.clone(),
            engine: engine.clone(),
            reload,
            updates: updates.clone(),
        };
        let handler = Arc::new(handler);
        let local = tokio::spawn(local.serve(handler, shutdown.child_token()));
        let mut link = self.link(&engine, &self.settings()?);
        tracing::info!(home = %self.home.root().display(), secrets = %self.keychain.describe(), "running");
        service::tell_ready();
        let trial = tokio::time::sleep(upgrade::TRIAL);
        tokio::pin!(trial);
        let mut on_trial = true;
        loop {
            tokio::select! {
                () = shutdown.cancelled() => break,
                () = &mut trial, if on_trial => {
                    on_trial = false;
                    if let Err(error) = upgrade::settle(&self.home) {
                        tracing::error!(code = %error.code, "{}", error.message);
                    }
                    // A version on trial decides nothing about versions.
                    tokio::spawn(updates.clone().keep(shutdown.child_token()));
                }
                Some(event) = happened.recv() => link.tell(&event),
                Some(Reload { what, done }) = reloads.recv() => {
                    match self.settings() {
                        Ok(settings) => {
                            self.reload(&engine, &mut link, settings, &what, log.as_ref()).await;
                            updates.settings_changed();
                        }
                        Err(error) => tracing::error!(code = %error.code, "settings not taken over: {}", error.message),
                    }
                    let _ = done.send(());
                }
            }
        }
        tracing::info!("stopping");
        service::tell_stopping();
        let _ = tokio::join!(link.end(DRAIN), engine.shutdown(DRAIN), local);
        Ok(())
    }

    async fn reload(
        &self,
        engine: &Engine,
        link: &mut Link,
        settings: Settings,
        what: &str,
        log: Option<&LogHandle>,
    ) {
        if let Some(log) = log {
            let _ = log.set_level(&settings.log_level);
        }
        engine.reload(settings.clone(), self.ports(&settings));
        engine.note_settings(what, json!({})).await;
        // Accounts are told when a session begins, so new ones need a new session.
        if link.cloud == settings.cloud && link.accounts == names(&settings) {
            link.notify("mappings.changed", &json!({ "mappings": settings.mappings }));
        } else {
            std::mem::replace(link, Link::none()).end(Duration::from_secs(2)).await;
            *link = self.link(engine, &settings);
        }
    }

    /// Starts the session with the registered cloud, if there is one.
    fn link(&self, engine: &Engine, settings: &Settings) -> Link {
        let Some(cloud) = settings.cloud.clone() else {
            engine.set_cloud_state(CloudState::NotRegistered);
            tracing::info!("not registered with a cloud yet");
            return Link::none();
        };
        if cloud.kind == CloudKind::Scim {
            engine.set_cloud_state(CloudState::DeliveryOnly);
            engine.assign(None);
            return Link { cloud: Some(cloud), ..Link::none() };
        }
        let accounts = names(settings);
        engine.await_assignments();
        match self.session(engine, settings, &cloud) {
            Ok(session) => {
                let watcher = tokio::spawn(watch(session.state(), engine.clone(), self.clone()));
                Link {
                    cloud: Some(cloud),
                    accounts,
                    session: Some(session),
                    watcher: Some(watcher),
                }
            }
            Err(error) => {
                tracing::error!(code = %error.code, "no session with the cloud: {}", error.message);
                engine.set_cloud_state(CloudState::Waiting { error });
                Link { cloud: Some(cloud), accounts, ..Link::none() }
            }
        }
    }

    fn session(
        &self,
        engine: &Engine,
        settings: &Settings,
        cloud: &CloudSettings,
    ) -> Result<SessionHandle> {
        let keys = ConnectorKeys::from_secrets(
            &self.keychain.get(SIGNING_KEY)?,
            &self.keychain.get(SEALING_KEY)?,
        )?;
        let (connector, told) = (self.clone(), engine.clone());
        let config = SessionConfig {
            endpoint: self.endpoint(settings)?,
            connector_id: cloud.connector_id.clone(),
            keys: Arc::new(keys),
            version: self.version.to_owned(),
            host: connector_platform::host_name(),
            hello: Arc::new(move || hello(&connector.settings().unwrap_or_default(), &told)),
        };
        let handler = Arc::new(CloudRequests { connector: self.clone(), engine: engine.clone() });
        Ok(Session::spawn(config, handler, CancellationToken::new()))
    }
}

fn hello(settings: &Settings, engine: &Engine) -> Hello {
    let accounts =
        settings.accounts.iter().map(|a| AccountSummary { name: a.name.clone(), kind: a.kind });
    // What was raised while nobody listened is told now.
    let alerts = engine.status().alerts.into_iter().map(|alert| json!(alert));
    Hello {
        accounts: accounts.collect(),
        mappings: settings.mappings.clone(),
        alerts: alerts.collect(),
    }
}

fn names(settings: &Settings) -> Vec<(String, ServerKind)> {
    settings.accounts.iter().map(|account| (account.name.clone(), account.kind)).collect()
}

/// The way to the cloud while the engine runs.
struct Link {
    cloud: Option<CloudSettings>,
    accounts: Vec<(String, ServerKind)>,
    session: Option<SessionHandle>,
    watcher: Option<tokio::task::JoinHandle<()>>,
}

impl Link {
    fn none() -> Self {
        Self { cloud: None, accounts: vec![], session: None, watcher: None }
    }

    fn tell(&self, event: &Event) {
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

    fn notify(&self, method: &str, params: &serde_json::Value) {
        if let Some(session) = &self.session {
            session.notify(method, params);
        }
    }

    async fn end(self, limit: Duration) {
        if let Some(watcher) = self.watcher {
            watcher.abort();
        }
        if let Some(session) = self.session {
            session.drain(limit).await;
        }
    }
}

/// Carries the session's state to the engine, and the cloud's interval to the settings.
async fn watch(
    mut state: tokio::sync::watch::Receiver<SessionState>,
    engine: Engine,
    connector: Connector,
) {
    loop {
        let now = state.borrow_and_update().clone();
        engine.set_cloud_state(match now {
            SessionState::Connecting => CloudState::Connecting,
            SessionState::Connected { since_ms, interval_hours, .. } => {
                tracing::info!("connected to the cloud");
                let hours = interval_hours
                    .filter(|h| connector.settings().is_ok_and(|s| s.import.interval_hours != *h));
                if let Some(hours) = hours
                    && let Err(error) = connector.set_interval(hours).await
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
        if state.changed().await.is_err() {
            return;
        }
    }
}
