//! The way from a front door to the one engine of a home, decided once: in this process, or in the one that has it already.

pub(crate) mod input;
mod reports;
mod there;
pub(crate) mod use_cases;

pub use reports::unheard;
pub use there::There;

use crate::host::{HomeContext, Host, HostKind, blocking};
use connector_model::{Code, Error, Result};
use connector_platform::local::LocalClient;
use connector_platform::logging::LogHandle;
use connector_platform::{Home, HomeLock};
use serde_json::Value;
use std::path::PathBuf;
use std::time::Duration;
use tokio::time::Instant;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Between two looks whether a home is free.
const LOOK: Duration = Duration::from_millis(50);
/// An engine that begins or ends is waited for so long.
const BEGINS: Duration = Duration::from_secs(10);
/// So long an engine that is to stay waits for the end of a command.
const COMMANDS: Duration = Duration::from_secs(90);

/// What a front door calls. Cheap to clone.
#[derive(Clone)]
pub enum Door {
    /// The home's engine is in this process.
    Here(Host),
    /// It is in another, such as a service.
    There(There),
}

impl Door {
    /// Opens the door of a home; without a choice that of this machine's service, else of this user. Where no process has the
    /// home's engine, this one does from now on, until [`Door::close`].
    pub async fn open(home: Option<PathBuf>, kind: HostKind) -> Result<Self> {
        Self::open_logging(home, kind, &mut None).await
    }

    /// The same with a log, which the engine takes with it where it is here.
    pub async fn open_logging(
        home: Option<PathBuf>,
        kind: HostKind,
        log: &mut Option<LogHandle>,
    ) -> Result<Self> {
        open(Home::locate(home)?, kind, VERSION, log).await
    }

    /// The engine of a home in this process, for a service of another version than this library's.
    pub async fn open_as(home: Option<PathBuf>, version: &'static str) -> Result<Host> {
        match open(Home::locate(home)?, HostKind::Service, version, &mut None).await? {
            Self::Here(host) => Ok(host),
            Self::There(_) => Err(Error::of(Code::HomeLocked)),
        }
    }

    /// The one true path of a home, however it is written.
    pub fn home_path(home: PathBuf) -> Result<PathBuf> {
        Ok(Home::locate(Some(home))?.root().to_owned())
    }

    /// A short text that differs between homes.
    pub fn home_mark(home: Option<PathBuf>) -> Result<String> {
        Ok(Home::locate(home)?.mark())
    }

    /// Ends the engine, where it is here.
    pub async fn close(&self) {
        if let Self::Here(host) = self {
            host.close().await;
        }
    }

    /// A use case by its name, with its values as an object: what the page of the window sends.
    pub async fn call(&self, name: &str, values: Value) -> Result<Value> {
        match self {
            Self::Here(host) => host.call(name, values, unheard()).await,
            Self::There(there) => there.ask(name, values, unheard::<Value>()).await,
        }
    }
}

async fn open(
    home: Home,
    kind: HostKind,
    version: &'static str,
    log: &mut Option<LogHandle>,
) -> Result<Door> {
    // A service is who has its home.
    if kind != HostKind::Service && home.is_anothers()? {
        return Ok(Door::There(There::of(home, true, kind)));
    }
    let context = HomeContext::open(&home, version)?;
    if kind.lasts() && log.is_none() {
        *log = Some(context.start_logging(kind == HostKind::Service)?);
    }
    let give_up = Instant::now() + if kind.lasts() { COMMANDS } else { BEGINS };
    loop {
        let free = context.home.clone();
        match blocking(move || HomeLock::acquire(&free, version)).await {
            Ok(lock) => return Host::start(context, lock, kind, log).await.map(Door::Here),
            Err(error) if error.code == Code::HomeLocked => {}
            Err(error) => return Err(error),
        }
        // An engine that stays does not attach itself to one that ends with a command.
        match LocalClient::connect(&home).await? {
            Some(engine) if !kind.lasts() || engine.greeting().lasting => {
                return Ok(Door::There(There::of(home, false, kind)));
            }
            _ if Instant::now() > give_up => return Err(Error::of(Code::HomeLocked)),
            _ => tokio::time::sleep(LOOK).await,
        }
    }
}

/// The engine of a home of its own, as a command has it.
#[cfg(test)]
pub(crate) async fn opened(home: &std::path::Path) -> Host {
    opened_as(home, VERSION).await
}

#[cfg(test)]
pub(crate) async fn opened_as(home: &std::path::Path, version: &'static str) -> Host {
    let home = Home::locate(Some(home.to_owned())).unwrap();
    match open(home, HostKind::Command, version, &mut None).await.unwrap() {
        Door::Here(host) => host,
        Door::There(_) => panic!("another process has it"),
    }
}
