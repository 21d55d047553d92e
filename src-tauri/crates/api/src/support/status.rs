//! The state of everything, from the running engine or from the home.

use crate::Connector;
use crate::updates::Known;
use connector_engine::{JournalEntry, JournalQuery, Status};
use connector_model::{Code, Error, Result};
use serde_json::json;

impl Connector {
    /// Asks the running engine; without one, says what the home remembers.
    pub async fn status(&self) -> Result<Status> {
        if let Some(answer) = self.ask_engine("status", json!({}), |_| {}).await? {
            return serde_json::from_value(answer).map_err(|_| Error::of(Code::EngineUnreachable));
        }
        let mut status = self.own_engine()?.status();
        status.running = false;
        status.next_import_ms = None;
        status.update = Known::load(&self.home, self.version).update(&self.settings()?.updates);
        status.headline = status.worst();
        Ok(status)
    }

    /// The entries of the journal that match, the newest first.
    pub fn journal(&self, asked: &JournalQuery) -> Result<Vec<JournalEntry>> {
        self.own_engine()?.journal(asked)
    }
}
