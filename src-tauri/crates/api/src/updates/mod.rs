//! Updates of the program: looked for daily, shown, and installed on an administrator's word or in the maintenance window.

mod known;
mod schedule;
mod source;
mod window;

pub(crate) use known::Known;

use crate::host::context::HomeContext;
use connector_engine::Engine;
use connector_engine::SystemClock;
use connector_engine::ports::Clock;
use connector_model::{Code, Error, Result, Update, UpdateSettings, UpdateState};
use connector_platform::update::{APPROVED, OUTCOME, Outcome, Privilege, apply_as_administrator};
use connector_platform::write_atomically;
use known::Offered;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use source::{Source, discard};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, Semaphore};

/// What is known of updates.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UpdateView {
    /// Version of the program that runs.
    pub installed: String,
    /// When it was looked for, milliseconds since 1970-01-01 UTC.
    pub checked_ms: Option<i64>,
    /// Why nothing is known since then.
    pub error: Option<Error>,
    /// The later version that is offered.
    pub update: Option<Update>,
}

/// Settings that can be used.
pub(crate) fn checked(mut settings: UpdateSettings) -> Result<UpdateSettings> {
    window::Window::of(&settings)?;
    settings.url = settings.url.map(|url| url.trim().to_owned()).filter(|url| !url.is_empty());
    if let Some(url) = &settings.url {
        connector_cloud::resolve(url, "")?;
    }
    Ok(settings)
}

/// What an engine knows and does about updates.
pub(crate) struct Updates {
    context: HomeContext,
    engine: Engine,
    privilege: Privilege,
    known: Mutex<Known>,
    /// While it is looked for, or downloaded.
    busy: tokio::sync::Mutex<()>,
    /// While it is downloaded, and while an administrator is asked who may never answer.
    installing: Semaphore,
    changed: Notify,
}

impl Updates {
    pub fn new(context: HomeContext, engine: Engine) -> Arc<Self> {
        Self::with(context, engine, Privilege::of_this_process())
    }

    fn with(context: HomeContext, engine: Engine, privilege: Privilege) -> Arc<Self> {
        let mut known = Known::load(&context.home, context.version);
        if privilege != Privilege::Waiting
            && known.pending().is_some_and(|attempt| attempt.state == UpdateState::Approved)
        {
            // Whoever asked an administrator is gone.
            known.declined(Error::of(Code::ServiceForbidden));
        }
        let updates = Self {
            privilege,
            known: Mutex::new(known),
            busy: tokio::sync::Mutex::default(),
            installing: Semaphore::new(1),
            changed: Notify::new(),
            context,
            engine,
        };
        updates.tell();
        Arc::new(updates)
    }

    pub fn view(&self) -> UpdateView {
        let known = self.known();
        UpdateView {
            installed: self.context.version.to_owned(),
            update: known.update(&self.settings()),
            checked_ms: known.checked_ms,
            error: known.error,
        }
    }

    pub fn settings_changed(&self) {
        self.tell();
        self.changed.notify_one();
    }

    /// Looks for an update. While one is being installed, that is all there is to know.
    pub async fn check(&self) -> Result<UpdateView> {
        let _busy = self.busy.lock().await;
        self.look().await?;
        if self.is_under_way() {
            return Ok(self.view());
        }
        let asked = self.ask().await;
        let before = self.known().offered.map(|offered| offered.version);
        self.change(|known| {
            known.checked_ms = Some(SystemClock.now_ms());
            match &asked {
                Ok(offered) => (known.offered, known.error) = (offered.clone(), None),
                Err(error) => known.error = Some(error.clone()),
            }
        })?;
        if let Some(offered) = asked?
            && before.as_ref() != Some(&offered.version)
        {
            tracing::info!("version {} is offered", offered.version);
            self.note(&offered.version, json!({ "state": "found" })).await;
        }
        self.changed.notify_one();
        Ok(self.view())
    }

    async fn ask(&self) -> Result<Option<Offered>> {
        let source = Source::of(&self.context, &self.context.settings()?).await?;
        self.context.home.make_update_dir()?;
        let offer = source.ask(&self.context.home).await?;
        let later = offer.filter(|offer| offer.is_later_than(self.context.version));
        Ok(later.map(|offer| Offered {
            version: offer.version.to_string(),
            notes: offer.notes,
            url: source.url,
        }))
    }

    fn is_under_way(&self) -> bool {
        self.installing.available_permits() == 0 || self.is_installed_elsewhere()
    }

    fn is_installed_elsewhere(&self) -> bool {
        self.known().pending().is_some_and(|attempt| {
            self.privilege == Privilege::Waiting || attempt.state == UpdateState::Installing
        })
    }

    /// Downloads what is offered and has it installed, also when whoever asked for it is gone; `by` goes into the journal.
    pub async fn install(self: &Arc<Self>, by: &'static str) -> Result<UpdateView> {
        let updates = self.clone();
        let work = tokio::spawn(async move { updates.install_now(by).await });
        work.await.map_err(|_| Error::of(Code::Internal))?
    }

    async fn install_now(&self, by: &str) -> Result<UpdateView> {
        let busy = self.busy.lock().await;
        self.look().await?;
        let Ok(_installing) = self.installing.try_acquire() else { return Ok(self.view()) };
        if self.is_installed_elsewhere() {
            return Ok(self.view());
        }
        let known = self.known();
        let version = known.pending().map(|attempt| attempt.version.clone());
        let offered = known.offered.ok_or_else(|| Error::of(Code::UpdateNone))?.version;
        if version.as_ref() == Some(&offered) {
            // It is here, and no administrator has agreed yet.
            self.change(|known| known.asked_again(SystemClock.now_ms()))?;
        } else {
            self.bring(&offered, by).await?;
        }
        drop(busy);
        if self.privilege != Privilege::Waiting {
            self.apply(&offered).await?;
        }
        self.changed.notify_one();
        Ok(self.view())
    }

    async fn bring(&self, version: &str, by: &str) -> Result<()> {
        let _ = std::fs::remove_file(self.context.home.update_dir().join(APPROVED));
        self.change(|known| known.begin(version, SystemClock.now_ms()))?;
        let ready = async {
            let source = Source::of(&self.context, &self.context.settings()?).await?;
            source.bring(&self.context.home, version).await?;
            self.approve(version)
        };
        if let Err(error) = ready.await {
            self.failed(version, error.clone()).await?;
            return Err(error);
        }
        self.note(version, json!({ "state": "approved", "by": by })).await;
        Ok(())
    }

    /// From now on whoever may install it does so.
    fn approve(&self, version: &str) -> Result<()> {
        let folder = self.context.home.update_dir();
        let _ = std::fs::remove_file(folder.join(OUTCOME));
        self.change(|known| known.is_at(UpdateState::Approved))?;
        write_atomically(&folder.join(APPROVED), version.as_bytes())
    }

    async fn apply(&self, version: &str) -> Result<()> {
        let home = self.context.home.clone();
        let applied = tokio::task::spawn_blocking(move || apply_as_administrator(&home)).await;
        match applied.map_err(|_| Error::of(Code::Internal))? {
            Ok(outcome) => {
                self.ended(&outcome).await?;
                outcome.failure.map_or(Ok(()), Err)
            }
            // Somebody may still do it by hand.
            Err(error) if error.code == Code::ServiceForbidden => {
                self.change(|known| known.declined(error.clone()))?;
                Err(error)
            }
            Err(error) => {
                self.failed(version, error.clone()).await?;
                Err(error)
            }
        }
    }

    /// Looks how far somebody else is who installs.
    async fn look(&self) -> Result<()> {
        if self.installing.available_permits() == 0 {
            // Whoever asks hears the end.
            return Ok(());
        }
        let (known, own) = (self.known(), self.context.version);
        let Some(attempt) = known.pending() else { return Ok(()) };
        let folder = self.context.home.update_dir();
        if known.has_arrived(own) {
            self.change(Known::arrived)?;
            let _ = std::fs::remove_file(folder.join(OUTCOME));
            discard(&self.context.home);
            tracing::info!("updated to version {own}");
            self.note(own, json!({ "state": "installed" })).await;
            return Ok(());
        }
        let told = std::fs::read(folder.join(OUTCOME)).ok();
        let told = told.and_then(|text| serde_json::from_slice::<Outcome>(&text).ok());
        if let Some(outcome) = told.filter(|outcome| known.belongs(outcome)) {
            return self.ended(&outcome).await;
        }
        let waits = folder.join(APPROVED).exists();
        if !waits && attempt.state == UpdateState::Approved {
            return self.change(|known| known.is_at(UpdateState::Installing));
        }
        if known.is_overdue(SystemClock.now_ms()) && !(waits && self.privilege == Privilege::Asked)
        {
            let _ = std::fs::remove_file(folder.join(APPROVED));
            let text = "It is not known how the installation ended.";
            self.failed(&attempt.version, Error::new(Code::UpdateFailed, text)).await?;
        }
        Ok(())
    }

    async fn ended(&self, outcome: &Outcome) -> Result<()> {
        let version = self.known().attempt.map(|attempt| attempt.version).unwrap_or_default();
        let _ = std::fs::remove_file(self.context.home.update_dir().join(OUTCOME));
        if let Some(error) = &outcome.failure {
            return self.failed(&version, error.clone()).await;
        }
        discard(&self.context.home);
        self.note(&version, json!({ "state": "installed" })).await;
        self.change(|known| known.is_at(UpdateState::Installed))
    }

    async fn failed(&self, version: &str, error: Error) -> Result<()> {
        tracing::error!(code = %error.code, "version {version} was not installed: {}", error.message);
        let code = error.code;
        discard(&self.context.home);
        self.note(version, json!({ "state": "failed", "code": code, "message": error.message, "action": error.action })).await;
        self.change(|known| known.failed(error))
    }

    async fn note(&self, version: &str, detail: Value) {
        self.engine.note_update(version, detail).await;
    }

    fn known(&self) -> Known {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut Known)) -> Result<()> {
        let known = {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut known);
            known.clone()
        };
        let kept =
            self.context.home.make_update_dir().and_then(|()| known.save(&self.context.home));
        // What is told is on the disk, where it can be: a restart does not take it back.
        self.tell();
        kept
    }

    fn tell(&self) {
        self.engine.set_update(self.known().update(&self.settings()));
    }

    fn settings(&self) -> UpdateSettings {
        self.context.settings().map(|settings| settings.updates).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened;

    /// There is no program beside this test that an administrator could be asked for.
    #[tokio::test]
    async fn whoever_declined_is_asked_again() {
        let folder = tempfile::tempdir().unwrap();
        let host = opened(folder.path()).await;
        let home = host.home.clone();
        home.make_update_dir().unwrap();
        let offered = Offered { version: "77.0.0".into(), notes: None, url: String::new() };
        let mut known = Known { offered: Some(offered), ..Known::default() };
        known.begin("77.0.0", SystemClock.now_ms());
        known.is_at(UpdateState::Approved);
        known.save(&home).unwrap();
        std::fs::write(home.update_dir().join(APPROVED), "77.0.0").unwrap();
        let (context, engine) = (host.context().clone(), host.engine().clone());
        let updates = Updates::with(context, engine, Privilege::Asked);
        for _ in 0..2 {
            let shown = updates.view().update.unwrap();
            assert_eq!(shown.state, UpdateState::Available, "the button is there");
            let error = updates.install("test").await.unwrap_err();
            assert_eq!(error.code, Code::ServiceForbidden);
            assert!(home.update_dir().join(APPROVED).exists(), "for one who does it by hand");
            assert!(!updates.is_under_way(), "and it can be looked for another");
        }
        // Somebody does it by hand.
        std::fs::remove_file(home.update_dir().join(APPROVED)).unwrap();
        updates.look().await.unwrap();
        assert_eq!(updates.view().update.unwrap().state, UpdateState::Installing);
    }
}
