//! Files that the person at the front door keeps: written by that person's process, whoever runs the engine.

use super::csv::Csv;
use super::{Saved, whole};
use crate::{Door, JournalQuery};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_model::{Code, Error, Result, io_reason};
use std::path::Path;

/// Entries read at once for a file.
const EXPORT_PAGE: u32 = 1000;

impl Door {
    /// All mappings as a file in the folder for downloads.
    pub async fn export_mappings(&self) -> Result<Saved> {
        whole("mappings", "toml", self.mappings_text().await?.as_bytes())
    }

    /// Writes the entries of the journal that match into a CSV file.
    pub async fn export_journal(&self, asked: JournalQuery) -> Result<Saved> {
        let mut file = Csv::create("activity", &["time_utc_ms", "kind", "subject", "detail"])?;
        let mut asked = JournalQuery { limit: EXPORT_PAGE, ..asked };
        loop {
            let page = self.journal(asked.clone()).await?;
            let Some(last) = page.last() else { return file.finish() };
            asked.before = Some(last.id);
            for entry in &page {
                let (at, detail) = (entry.at_ms.to_string(), entry.detail.to_string());
                file.row(&[&at, &entry.kind, &entry.subject, &detail])?;
            }
        }
    }

    /// The support bundle as a zip file in the folder for downloads.
    pub async fn save_support_bundle(&self) -> Result<Saved> {
        whole("insync-connector-support", "zip", &self.bundle().await?)
    }

    /// The support bundle as a zip file of that name.
    pub async fn diagnose_zip(&self, file: &Path) -> Result<()> {
        let bundle = self.bundle().await?;
        std::fs::write(file, bundle).map_err(|e| {
            Error::new(
                Code::StorageFailed,
                format!("{} cannot be written: {}.", file.display(), io_reason(&e)),
            )
        })
    }

    async fn bundle(&self) -> Result<Vec<u8>> {
        let text = self.support_bundle().await?;
        STANDARD.decode(text).map_err(|_| Error::of(Code::EngineUnreachable))
    }
}
