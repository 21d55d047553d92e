//! The state of everything, from the running engine or from the home.

use crate::Connector;
use crate::export::{Csv, Saved};
use connector_engine::{JournalEntry, JournalQuery, Status};
use connector_model::{Code, Error, Result};
use serde_json::json;

/// Entries read at once for a file.
const EXPORT_PAGE: u32 = 1000;

impl Connector {
    /// Asks the running engine; without one, says what the home remembers.
    pub async fn status(&self) -> Result<Status> {
        if let Some(answer) = self.ask_engine("status", json!({}), |_| {}).await? {
            return serde_json::from_value(answer).map_err(|_| Error::of(Code::EngineUnreachable));
        }
        let mut status = self.own_engine()?.status();
        status.running = false;
        status.next_import_ms = None;
        status.sentence = status.sentence();
        Ok(status)
    }

    /// The entries of the journal that match, the newest first.
    pub fn journal(&self, asked: &JournalQuery) -> Result<Vec<JournalEntry>> {
        self.own_engine()?.journal(asked)
    }

    /// Writes the entries that match into a CSV file.
    pub fn export_journal(&self, asked: &JournalQuery) -> Result<Saved> {
        let mut file = Csv::create("activity", &["time_utc_ms", "kind", "subject", "detail"])?;
        let engine = self.own_engine()?;
        let mut asked = JournalQuery { limit: EXPORT_PAGE, ..asked.clone() };
        loop {
            let page = engine.journal(&asked)?;
            let Some(last) = page.last() else { return file.finish() };
            asked.before = Some(last.id);
            for entry in &page {
                let (at, detail) = (entry.at_ms.to_string(), entry.detail.to_string());
                file.row(&[&at, &entry.kind, &entry.subject, &detail])?;
            }
        }
    }
}
