//! The support bundle: what helps support, and nothing that identifies a person or opens a door.

use crate::Connector;
use crate::export::{self, Saved};
use connector_engine::JournalQuery;
use connector_model::{Code, Error, Result};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Bytes of each log that go into a bundle, from its end.
const LOG_TAIL: usize = 2 * 1024 * 1024;

impl Connector {
    /// Version, settings (which never hold a secret), status, checks and counts of the journal.
    pub async fn diagnose(&self) -> Result<Value> {
        let settings = self.settings()?;
        let journal = self.journal(&JournalQuery { limit: 10_000, ..Default::default() })?;
        let mut kinds = std::collections::BTreeMap::<String, u64>::new();
        for entry in journal {
            let outcome =
                entry.detail["code"].as_str().or(entry.detail["outcome"].as_str()).unwrap_or("-");
            *kinds.entry(format!("{} {outcome}", entry.kind)).or_default() += 1;
        }
        Ok(json!({
            "version": env!("CARGO_PKG_VERSION"),
            "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            "secrets": self.keychain.describe(),
            "settings": settings,
            "status": self.status().await?,
            "checks": self.check().await?,
            "journal": kinds,
        }))
    }

    /// The same with the logs, as a zip file in the folder for downloads.
    pub async fn diagnose_saved(&self) -> Result<Saved> {
        let path = export::reserve("insync-connector-support", "zip")?;
        self.diagnose_zip(&path).await?;
        Ok(Saved { path })
    }

    /// The same with the logs, as a zip file.
    pub async fn diagnose_zip(&self, file: &Path) -> Result<()> {
        let report = serde_json::to_vec_pretty(&self.diagnose().await?)
            .map_err(|_| Error::of(Code::Internal))?;
        let failed = |e: &dyn std::fmt::Display| {
            Error::new(Code::StorageFailed, format!("{} cannot be written: {e}.", file.display()))
        };
        let output = std::fs::File::create(file).map_err(|e| failed(&e))?;
        let mut zip = zip::ZipWriter::new(output);
        let options = zip::write::SimpleFileOptions::default();
        let mut add = |name: &str, content: &[u8]| -> Result<()> {
            zip.start_file(name, options).map_err(|e| failed(&e))?;
            zip.write_all(content).map_err(|e| failed(&e))
        };
        add("report.json", &report)?;
        let logs = std::fs::read_dir(self.home.logs_dir()).into_iter().flatten().flatten();
        for log in logs {
            let content = std::fs::read(log.path()).unwrap_or_default();
            add(
                &format!("logs/{}", log.file_name().to_string_lossy()),
                &content[content.len().saturating_sub(LOG_TAIL)..],
            )?;
        }
        zip.finish().map(drop).map_err(|e| failed(&e))
    }
}
