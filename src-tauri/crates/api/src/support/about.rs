//! What the program is.

use crate::host::{Host, HostKind};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

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

impl Host {
    /// The program, as the process says that runs the engine.
    pub fn about(&self) -> About {
        About {
            version: self.version.to_owned(),
            home: self.home.root().to_owned(),
            secrets: self.keychain.describe(),
            engine: match self.kind() {
                HostKind::Window => EngineHost::Window,
                HostKind::Service => EngineHost::Service,
                HostKind::Command => EngineHost::None,
            },
        }
    }
}
