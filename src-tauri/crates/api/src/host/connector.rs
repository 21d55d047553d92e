//! The handle of a front door: a home, its secrets, and an engine when one is needed.

use crate::account::company_ca;
use crate::host::adapters::{self, AccountDirectories};
use connector_cloud::{Endpoint, ScimClient};
use connector_directory::DirectoryClient;
use connector_engine::ports::{Delivery, Event};
use connector_engine::{Engine, EngineOptions, Ports, SystemClock};
use connector_model::{Account, Code, Error, Result, Secret, Settings};
use connector_platform::local::LocalClient;
use connector_platform::logging::{self, LogHandle};
use connector_platform::{Home, Keychain, settings_file};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

pub(crate) const SCIM_TOKEN: &str = "cloud/scim-token";
pub(crate) const SIGNING_KEY: &str = "cloud/signing-key";
pub(crate) const SEALING_KEY: &str = "cloud/sealing-key";
pub(crate) const PROXY_PASSWORD: &str = "cloud/proxy-password";

/// One home, opened. Cheap to clone.
#[derive(Clone)]
pub struct Connector {
    pub(crate) home: Home,
    pub(crate) keychain: Keychain,
    pub(crate) version: &'static str,
}

impl Connector {
    /// Opens a home; without a choice the usual one of this user.
    pub fn open(home: Option<PathBuf>) -> Result<Self> {
        let home = Home::open(home)?;
        let keychain = Keychain::open(&home)?;
        Ok(Self { home, keychain, version: env!("CARGO_PKG_VERSION") })
    }

    /// The same for a program of another version than this library's.
    #[must_use]
    pub fn as_version(self, version: &'static str) -> Self {
        Self { version, ..self }
    }

    /// A short text that differs between homes.
    pub fn home_mark(&self) -> String {
        self.home.mark()
    }

    /// Starts logging into the home, and to stderr if asked. Settings that cannot be read are for the engine to complain about.
    pub fn start_logging(&self, to_stderr: bool) -> Result<LogHandle> {
        let settings = self.settings().unwrap_or_default();
        logging::start(&self.home, &settings.log_level, to_stderr)
    }

    /// The settings as they are on disk.
    pub fn settings(&self) -> Result<Settings> {
        settings_file::load(&self.home)
    }

    /// Changes the settings and tells a running engine.
    pub(crate) async fn change<T>(
        &self,
        what: &str,
        change: impl FnOnce(&mut Settings) -> Result<T>,
    ) -> Result<T> {
        let result = settings_file::update(&self.home, |settings| {
            let result = change(settings)?;
            company_ca::tidy(settings);
            Ok(result)
        })?;
        if let Some(mut engine) = self.running_engine().await? {
            engine.call("reload", json!({ "what": what }), |_| {}).await?;
        }
        Ok(result)
    }

    /// Changes the settings and after them the secrets that belong to them, which `secrets` is told what they were and are for.
    /// Where that fails the settings are as before: neither is lost without the other.
    pub(crate) async fn change_with_secrets<T>(
        &self,
        what: &str,
        change: impl FnOnce(&mut Settings) -> Result<T>,
        secrets: impl FnOnce(&Settings, &Settings) -> Result<()>,
    ) -> Result<T> {
        let (before, after, result) = settings_file::update(&self.home, |settings| {
            company_ca::tidy(settings);
            let before = settings.clone();
            let result = change(settings)?;
            company_ca::tidy(settings);
            Ok((before, settings.clone(), result))
        })?;
        if let Err(error) = secrets(&before, &after) {
            settings_file::update(&self.home, |settings| {
                if *settings == after {
                    *settings = before;
                }
                Ok(())
            })?;
            return Err(error);
        }
        self.change(what, |_| Ok(())).await?;
        Ok(result)
    }

    /// A connection to the engine that runs for this home, if one does.
    pub(crate) async fn running_engine(&self) -> Result<Option<LocalClient>> {
        LocalClient::connect(&self.home).await
    }

    /// Calls the running engine, if one does.
    pub(crate) async fn ask_engine(
        &self,
        method: &str,
        params: Value,
        on_progress: impl FnMut(Value),
    ) -> Result<Option<Value>> {
        match self.running_engine().await? {
            Some(mut engine) => engine.call(method, params, on_progress).await.map(Some),
            None => Ok(None),
        }
    }

    /// An engine of this process without schedule, for one use case.
    pub(crate) fn own_engine(&self) -> Result<Engine> {
        let (events, _) = mpsc::channel(1);
        self.engine(events, false)
    }

    pub(crate) fn engine(&self, events: mpsc::Sender<Event>, schedule: bool) -> Result<Engine> {
        let settings = self.settings()?;
        let ports = self.ports(&settings);
        Engine::start(EngineOptions {
            database: self.home.database_path(),
            settings,
            ports,
            events,
            schedule,
        })
    }

    /// The engine's ports for these settings. A delivery that cannot be set up is left out with a warning.
    pub(crate) fn ports(&self, settings: &Settings) -> Ports {
        let delivery = self.delivery(settings).unwrap_or_else(|error| {
            tracing::warn!(code = %error.code, "the cloud cannot be used: {}", error.message);
            None
        });
        Ports {
            directories: Arc::new(AccountDirectories::new(
                settings.accounts.clone(),
                self.keychain.clone(),
            )),
            delivery,
            clock: Arc::new(SystemClock),
        }
    }

    fn delivery(&self, settings: &Settings) -> Result<Option<Arc<dyn Delivery>>> {
        let Some(cloud) = &settings.cloud else { return Ok(None) };
        let token = self.keychain.get(SCIM_TOKEN)?;
        let client = ScimClient::new(self.endpoint(settings)?, &cloud.scim_url, token)?;
        Ok(Some(Arc::new(adapters::Scim(client))))
    }

    /// How to reach the registered cloud.
    pub(crate) fn endpoint(&self, settings: &Settings) -> Result<Endpoint> {
        let cloud = settings.cloud.as_ref().ok_or_else(|| Error::of(Code::NotRegistered))?;
        let asks = cloud.proxy.as_ref().is_some_and(|proxy| proxy.user.is_some());
        let password = match asks.then(|| self.keychain.get(PROXY_PASSWORD)).transpose() {
            // A user without a password: the proxy says what it thinks of that.
            Err(error) if error.code == Code::SecretMissing => None,
            found => found?,
        };
        Endpoint::from_settings(cloud, password)
    }

    /// The directory of an account with the password from the keychain.
    pub(crate) fn directory(&self, account: &Account) -> Result<DirectoryClient> {
        Self::directory_with(account, password_of(&self.keychain, &account.name)?)
    }

    /// Those of these accounts whose password is not in the keychain. Where that cannot be asked, nothing is missing for sure.
    pub(crate) fn without_password(&self, accounts: &[Account]) -> Vec<String> {
        without_password(&self.keychain, accounts)
    }

    pub(crate) fn directory_with(account: &Account, password: Secret) -> Result<DirectoryClient> {
        DirectoryClient::new(account.clone(), password, connector_directory::Limits::default())
    }
}

/// An account's bind password.
pub(crate) fn password_of(keychain: &Keychain, account: &str) -> Result<Secret> {
    keychain.get(&password_name(account)).map_err(|error| match error.code {
        Code::SecretMissing => {
            let text = format!("The password of account \"{account}\" is not in the keychain here.");
            Error::new(Code::SecretMissing, text)
                .with_action(format!(
                    "Enter it: insync-connector account set-password \"{account}\", or in the window under Accounts."
                ))
                .at("password")
        }
        _ => error,
    })
}

/// See [`Connector::without_password`].
pub(crate) fn without_password(keychain: &Keychain, accounts: &[Account]) -> Vec<String> {
    let mut missing = vec![];
    for account in accounts {
        match keychain.get(&password_name(&account.name)) {
            Ok(_) => {}
            Err(error) if error.code == Code::SecretMissing => missing.push(account.name.clone()),
            // A keychain that is locked is not asked for every account.
            Err(_) => break,
        }
    }
    missing
}

/// Name of an account's bind password in the keychain.
pub(crate) fn password_name(account: &str) -> String {
    format!("account/{}/password", account.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[tokio::test]
    async fn settings_and_their_secrets_change_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let connector = Connector::open(Some(folder.path().join("home"))).unwrap();
        let refused = |before: &Settings, after: &Settings| {
            assert_eq!((before.import.interval_hours, after.import.interval_hours), (24, 7));
            Err(Error::of(Code::KeychainLocked))
        };
        let later = |settings: &mut Settings| {
            settings.import.interval_hours = 7;
            Ok(())
        };
        let failed = connector.change_with_secrets("test", later, refused).await.unwrap_err();
        assert_eq!(failed.code, Code::KeychainLocked);
        assert_eq!(connector.settings().unwrap(), Settings::default());
        // Nothing can be written where the home is no longer.
        let change = |settings: &mut Settings| {
            fs::rename(folder.path().join("home"), folder.path().join("gone")).unwrap();
            later(settings)
        };
        let mut asked = false;
        let secrets = |_: &Settings, _: &Settings| {
            asked = true;
            Ok(())
        };
        let failed = connector.change_with_secrets("test", change, secrets).await.unwrap_err();
        assert_eq!((failed.code, asked), (Code::StorageFailed, false));
    }
}
