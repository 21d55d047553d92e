//! The support bundle: what helps support, and nothing that identifies a person or opens a door.

use crate::host::Host;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_engine::JournalQuery;
use connector_model::{Code, Error, Result};
use serde_json::{Value, json};
use std::fs::DirEntry;
use std::io::{Cursor, Write};

/// Bytes of each log that go into a bundle, from its end.
const LOG_TAIL: usize = 2 * 1024 * 1024;
/// Bytes of all logs together.
const LOGS: usize = 5 * 1024 * 1024;

impl Host {
    /// Version, settings (which never hold a secret), status, checks and counts of the journal.
    pub async fn diagnose(&self) -> Result<Value> {
        let settings = self.settings()?;
        let journal = self.journal(JournalQuery { limit: 10_000, ..Default::default() }).await?;
        let mut kinds = std::collections::BTreeMap::<String, u64>::new();
        for entry in journal {
            let outcome =
                entry.detail["code"].as_str().or(entry.detail["outcome"].as_str()).unwrap_or("-");
            *kinds.entry(format!("{} {outcome}", entry.kind)).or_default() += 1;
        }
        Ok(json!({
            "version": self.version,
            "system": format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
            "secrets": self.keychain.describe(),
            "settings": settings,
            "status": self.status().await?,
            "checks": self.check().await?,
            "journal": kinds,
        }))
    }

    /// The same with the logs: a zip file, as base64 text.
    pub(crate) async fn support_bundle(&self) -> Result<String> {
        let report = serde_json::to_vec_pretty(&self.diagnose().await?)
            .map_err(|_| Error::of(Code::Internal))?;
        let failed = |e: &dyn std::fmt::Display| {
            tracing::error!(error = %e, "no support bundle");
            Error::new(Code::StorageFailed, "The support bundle cannot be created.")
        };
        let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
        let options = zip::write::SimpleFileOptions::default();
        let mut add = |name: &str, content: &[u8]| -> Result<()> {
            zip.start_file(name, options).map_err(|e| failed(&e))?;
            zip.write_all(content).map_err(|e| failed(&e))
        };
        add("report.json", &report)?;
        let logs = std::fs::read_dir(self.home.logs_dir()).into_iter().flatten().flatten();
        let mut logs: Vec<_> = logs.collect();
        let written = |log: &DirEntry| log.metadata().and_then(|of| of.modified()).ok();
        logs.sort_by_key(|log| std::cmp::Reverse(written(log)));
        let mut room = LOGS;
        for log in logs {
            let content = std::fs::read(log.path()).unwrap_or_default();
            let tail = &content[content.len().saturating_sub(LOG_TAIL.min(room))..];
            room -= tail.len();
            add(&format!("logs/{}", log.file_name().to_string_lossy()), tail)?;
        }
        Ok(STANDARD.encode(zip.finish().map_err(|e| failed(&e))?.into_inner()))
    }
}
