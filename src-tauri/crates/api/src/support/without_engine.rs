//! What is known of a home without its engine: what that said of itself last, and the names in the settings.

use crate::host::{Host, blocking};
use connector_engine::Status;
use connector_model::Result;
use connector_platform::{Home, settings_file, write_atomically};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// A status, and when it was true.
#[derive(Debug, Serialize, Deserialize)]
pub struct LastStatus {
    /// When, milliseconds since 1970-01-01 UTC.
    pub time_ms: i64,
    /// What was said.
    pub status: Status,
}

/// What the engine of a home said last, if that is known. No engine is asked, and nothing is made.
pub fn last_status(home: Option<PathBuf>) -> Option<LastStatus> {
    let home = Home::locate(home).ok()?;
    let text = std::fs::read(path(home.root())).ok()?;
    serde_json::from_slice(&text).ok()
}

/// Names of the accounts and of the mappings of a home, as its settings have them; none where they cannot be read.
pub fn known_names(home: Option<PathBuf>) -> (Vec<String>, Vec<String>) {
    let settings = Home::locate(home).and_then(|home| settings_file::load(&home));
    let settings = settings.unwrap_or_default();
    let accounts = settings.accounts.into_iter().map(|account| account.name);
    (accounts.collect(), settings.mappings.into_iter().map(|mapping| mapping.name).collect())
}

fn path(home: &Path) -> PathBuf {
    home.join("last-status.json")
}

impl Host {
    /// Keeps the status as it is now. Where that cannot be written, what ails the disk is told elsewhere.
    pub(crate) async fn keep_status(&self) {
        let host = self.clone();
        let kept: Result<()> = blocking(move || {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let time_ms = i64::try_from(now.as_millis()).unwrap_or(i64::MAX);
            let last = LastStatus { time_ms, status: host.engine().status() };
            let text = serde_json::to_vec(&last).unwrap_or_default();
            write_atomically(&path(host.home.root()), &text)
        })
        .await;
        if let Err(error) = kept {
            tracing::debug!(code = %error.code, "the status was not kept");
        }
    }
}
