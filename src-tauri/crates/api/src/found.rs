//! What the program is, and what it finds when it starts.

use crate::Connector;
use connector_model::Result;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The former connector's configuration file.
const LEGACY: &str = "inSyncADConnector.cfg";

/// The program behind a front door.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct About {
    /// Version of the program.
    pub version: String,
    /// Where settings, people and logs are kept.
    pub home: PathBuf,
    /// How secrets are kept, in words.
    pub secrets: String,
    /// Who runs the engine.
    pub engine: EngineHost,
}

/// Who runs the engine of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum EngineHost {
    /// The window's own process.
    Window,
    /// Another process, such as a service, that the window is attached to.
    Service,
    /// Nobody.
    None,
}

/// What the wizard starts from.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Found {
    /// What there is.
    pub kind: FoundKind,
    /// The former connector's file, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub file: Option<PathBuf>,
    /// What is kept or taken over: `registration`, `accounts`, `mappings`, `proxy`.
    pub kept: Vec<String>,
}

/// Kinds of start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum FoundKind {
    /// Nothing was set up here.
    Fresh,
    /// An earlier version, or this one.
    Earlier,
    /// Only the former connector's file.
    Legacy,
}

impl Connector {
    /// The program; `own_engine` says whether the caller's process runs the engine.
    pub async fn about(&self, own_engine: bool) -> Result<About> {
        let engine = match self.running_engine().await? {
            Some(_) if own_engine => EngineHost::Window,
            Some(_) => EngineHost::Service,
            None => EngineHost::None,
        };
        Ok(About {
            version: self.version.to_owned(),
            home: self.home.root().to_owned(),
            secrets: self.keychain.describe(),
            engine,
        })
    }

    /// What was set up here before.
    pub fn found(&self) -> Result<Found> {
        let settings = self.settings()?;
        let parts = [
            (settings.cloud.is_some(), "registration"),
            (!settings.accounts.is_empty(), "accounts"),
            (!settings.mappings.is_empty(), "mappings"),
        ];
        let kept: Vec<_> =
            parts.into_iter().filter(|(is, _)| *is).map(|(_, name)| name.to_owned()).collect();
        let file = Some(self.home.root().join(LEGACY)).filter(|file| file.is_file());
        Ok(match (kept.is_empty(), file) {
            (false, _) => Found { kind: FoundKind::Earlier, file: None, kept },
            (true, Some(file)) => {
                Found { kind: FoundKind::Legacy, file: Some(file), kept: vec!["proxy".to_owned()] }
            }
            (true, None) => Found { kind: FoundKind::Fresh, file: None, kept },
        })
    }
}
