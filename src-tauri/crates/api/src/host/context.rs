//! What a home has without an engine: its folder, its settings, its secrets, and how the outside is reached with them.

use crate::host::fences::Fences;
use crate::secrets::{PROXY_PASSWORD, password_of};
use connector_cloud::Endpoint;
use connector_directory::DirectoryClient;
use connector_model::{Account, Code, Error, Result, Secret, Settings};
use connector_platform::logging::{self, LogHandle};
use connector_platform::{Home, Keychain, settings_file};

/// One home. Cheap to clone.
#[derive(Clone)]
pub struct HomeContext {
    pub(crate) home: Home,
    pub(crate) keychain: Keychain,
    pub(crate) version: &'static str,
    pub(crate) fences: Fences,
}

impl HomeContext {
    /// Opens a home of this account; a new one is made.
    pub(crate) fn open(home: &Home, version: &'static str) -> Result<Self> {
        let home = home.clone();
        home.make()?;
        let keychain = Keychain::open(&home)?;
        Ok(Self { home, keychain, version, fences: Fences::default() })
    }

    /// Starts logging into the home, and to stderr if asked. Settings that cannot be read are for the engine to complain about.
    pub(crate) fn start_logging(&self, to_stderr: bool) -> Result<LogHandle> {
        let settings = self.settings().unwrap_or_default();
        logging::start(&self.home, &settings.log_level, to_stderr)
    }

    /// The settings as they are on disk.
    pub(crate) fn settings(&self) -> Result<Settings> {
        settings_file::load(&self.home)
    }

    /// How to reach the registered cloud.
    pub(crate) async fn endpoint(&self, settings: &Settings) -> Result<Endpoint> {
        let cloud = settings.cloud.as_ref().ok_or_else(|| Error::of(Code::NotRegistered))?;
        let mut password = None;
        if cloud.proxy.as_ref().is_some_and(|proxy| proxy.user.is_some()) {
            password = match self.keychain.get(PROXY_PASSWORD).await {
                // A user without a password: the proxy says what it thinks of that.
                Err(error) if error.code == Code::SecretMissing => None,
                found => Some(found?),
            };
        }
        Endpoint::from_settings(cloud, password)
    }

    /// The directory of an account with the password from the keychain, over connections of its own.
    pub(crate) async fn directory(&self, account: &Account) -> Result<DirectoryClient> {
        Self::directory_with(account, password_of(&self.keychain, account).await?)
    }

    pub(crate) fn directory_with(account: &Account, password: Secret) -> Result<DirectoryClient> {
        DirectoryClient::new(account.clone(), password, connector_directory::Limits::default())
    }
}
