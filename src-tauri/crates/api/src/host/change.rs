//! Settings are changed in one way: written as a whole, with the secrets that belong to them, and taken over by the engine.

use super::asker::{AskedAt, Asker};
use super::link::{Link, summaries};
use super::{Host, HostKind, ports};
use crate::account::company_ca;
use connector_model::{Code, Error, Result, Settings, SettingsChange};
use connector_platform::settings_file;
use serde_json::{Value, json};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Settings that are written, before the secrets that belong to them.
pub(crate) struct Staged<T> {
    pub before: Settings,
    pub after: Settings,
    pub result: T,
}

impl Host {
    /// Changes the settings; `what` goes into the journal.
    pub(crate) async fn change<T>(
        &self,
        what: SettingsChange,
        change: impl FnOnce(&mut Settings) -> Result<T>,
    ) -> Result<T> {
        self.change_noting(what, json!({}), change).await
    }

    /// The same, with what the journal is to keep of it.
    pub(crate) async fn change_noting<T>(
        &self,
        what: SettingsChange,
        detail: Value,
        change: impl FnOnce(&mut Settings) -> Result<T>,
    ) -> Result<T> {
        let staged = self.stage(change)?;
        self.take_over(what, detail, None).await?;
        Ok(staged.result)
    }

    /// Notes what was done to the settings, and who asked for it.
    pub(crate) async fn note_settings(&self, what: SettingsChange, detail: Value) {
        let detail = self.by(detail);
        self.engine().note_settings(what, detail).await;
    }

    /// What the journal is to keep of something that is done now, with who asked for it.
    fn by(&self, mut detail: Value) -> Value {
        detail["by"] = json!(self.asker());
        detail
    }

    /// Who asks for what is done now.
    pub(crate) fn asker(&self) -> Asker {
        Asker::now(match self.kind() {
            HostKind::Window => AskedAt::Window,
            HostKind::Command => AskedAt::CommandLine,
            HostKind::Service => AskedAt::Connector,
        })
    }

    /// Writes a change that secrets belong to: [`Host::finish`] takes it over, or back.
    pub(crate) fn stage<T>(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<T>,
    ) -> Result<Staged<T>> {
        settings_file::update(&self.home, |settings| {
            company_ca::tidy(settings);
            let before = settings.clone();
            let result = change(settings)?;
            company_ca::tidy(settings);
            Ok(Staged { before, after: settings.clone(), result })
        })
    }

    /// Ends a staged change by what became of its secrets. Where those failed the settings are as before: neither is lost
    /// without the other.
    pub(crate) async fn finish<T>(
        &self,
        what: SettingsChange,
        staged: Staged<T>,
        secrets: Result<()>,
    ) -> Result<T> {
        if let Err(error) = secrets {
            settings_file::update(&self.home, |settings| {
                if *settings == staged.after {
                    *settings = staged.before;
                }
                Ok(())
            })?;
            return Err(error);
        }
        self.take_over(what, json!({}), None).await?;
        Ok(staged.result)
    }

    /// An account was changed, and its password is in the keychain: connections that were made with a former one are not used
    /// again.
    pub(crate) async fn account_changed(
        &self,
        what: SettingsChange,
        account: String,
    ) -> Result<()> {
        self.take_over(what, json!({}), Some(account)).await
    }

    /// Has the engine take over what is on the disk; also when whoever asked for it goes away.
    async fn take_over(
        &self,
        what: SettingsChange,
        detail: Value,
        password_of: Option<String>,
    ) -> Result<()> {
        let (host, detail) = (self.clone(), self.by(detail));
        let work = async move { host.take_over_now(what, detail, password_of.as_deref()).await };
        tokio::spawn(work).await.map_err(|_| Error::of(Code::Internal))
    }

    async fn take_over_now(&self, what: SettingsChange, detail: Value, password_of: Option<&str>) {
        let _alone = self.0.taking_over.lock().await;
        let settings = match self.settings() {
            Ok(settings) => settings,
            Err(error) => {
                tracing::error!(code = %error.code, "settings not taken over: {}", error.message);
                return;
            }
        };
        if let Some(log) = &self.0.log {
            let _ = log.set_level(&settings.log_level);
        }
        let renewed = Arc::new(self.directories().renewed(settings.accounts.clone(), password_of));
        *self.0.directories.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        self.engine().reload(settings.clone(), ports(self, &settings, &renewed));
        self.engine().note_settings(what, detail).await;
        if self.kind().lasts() {
            self.relink(&settings).await;
        }
        if let Some(updates) = self.0.updates.get() {
            updates.settings_changed();
        }
    }

    /// Accounts are told when a session begins, so new ones need a new session.
    async fn relink(&self, settings: &Settings) {
        let former = {
            let mut link = self.link();
            if link.fits(settings) {
                let mappings = json!({ "mappings": summaries(settings) });
                return link.notify("mappings.changed", &mappings);
            }
            std::mem::replace(&mut *link, Link::none())
        };
        former.end(Duration::from_secs(2)).await;
        self.join_cloud(settings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::door::opened;
    use std::fs;

    #[tokio::test]
    async fn settings_and_their_secrets_change_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let host = opened(&folder.path().join("home")).await;
        let later = |settings: &mut Settings| {
            settings.import.interval_hours = 7;
            Ok(())
        };
        let staged = host.stage(later).unwrap();
        let hours = |settings: &Settings| settings.import.interval_hours;
        assert_eq!((hours(&staged.before), hours(&staged.after)), (24, 7));
        let refused = Err(Error::of(Code::KeychainLocked));
        let failed =
            host.finish(SettingsChange::SettingsChanged, staged, refused).await.unwrap_err();
        assert_eq!(failed.code, Code::KeychainLocked);
        assert_eq!(host.settings().unwrap(), Settings::default());
        // Nothing can be written where the home is no longer.
        let change = |settings: &mut Settings| {
            fs::rename(folder.path().join("home"), folder.path().join("gone")).unwrap();
            later(settings)
        };
        assert_eq!(host.stage(change).err().unwrap().code, Code::StorageFailed);
    }
}
