//! Imports on the administrator's word.

use crate::Connector;
use connector_engine::records::{ImportProgress, ImportRecord};
use connector_model::{Code, Error, Result};
use connector_platform::local::LocalClient;
use connector_platform::{HomeLock, upgrade};
use serde_json::{Value, json};
use tokio::sync::mpsc;

impl Connector {
    /// Imports wait until [`Connector::resume`]; sign-ins go on.
    pub async fn pause(&self) -> Result<()> {
        self.tell_engine("pause", json!({})).await
    }

    /// Imports run again.
    pub async fn resume(&self) -> Result<()> {
        self.tell_engine("resume", json!({})).await
    }

    /// Ends the import of a mapping, or all that run; what the cloud acknowledged stays.
    pub async fn cancel_sync(&self, name: Option<&str>) -> Result<()> {
        self.tell_engine("cancel_sync", json!({ "name": name })).await
    }

    async fn tell_engine(&self, method: &str, params: Value) -> Result<()> {
        match self.ask_engine(method, params, |_| {}).await? {
            Some(_) => Ok(()),
            None => Err(Error::of(Code::EngineUnreachable)),
        }
    }

    /// Imports one mapping or all. A running engine does it; without one, this process does.
    pub async fn sync(
        &self,
        name: Option<&str>,
        approve: Option<&str>,
        mut on_progress: impl FnMut(ImportProgress),
    ) -> Result<Vec<ImportRecord>> {
        if let Some(name) = name {
            self.mapping(name)?;
        }
        if let Some(engine) = self.running_engine().await? {
            return ask(engine, name, approve, on_progress).await;
        }
        let _lock = HomeLock::acquire(&self.home, self.version)?;
        let engine = self.own_engine()?;
        let (progress, mut reports) = mpsc::channel(16);
        let work = engine.sync(name, approve, Some(progress));
        tokio::pin!(work);
        let records = loop {
            tokio::select! {
                result = &mut work => break result?,
                Some(report) = reports.recv() => on_progress(report),
            }
        };
        // Where imports are all that ever runs, nothing else ends the trial of a new version.
        upgrade::settle(&self.home)?;
        Ok(records)
    }
}

/// Has a running engine import.
pub(crate) async fn ask(
    mut engine: LocalClient,
    name: Option<&str>,
    approve: Option<&str>,
    mut on_progress: impl FnMut(ImportProgress),
) -> Result<Vec<ImportRecord>> {
    let values = json!({ "name": name, "approve": approve });
    let report = |report| {
        if let Ok(report) = serde_json::from_value(report) {
            on_progress(report);
        }
    };
    let answer = engine.call("sync", values, report).await?;
    serde_json::from_value(answer).map_err(|_| Error::of(Code::EngineUnreachable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_import_without_a_service_ends_the_trial_of_a_new_version() {
        let folder = tempfile::tempdir().unwrap();
        let connector = Connector::open(Some(folder.path().to_owned())).unwrap();
        for version in ["1.0.0", "1.1.0"] {
            let connector = connector.clone().as_version(version);
            connector.sync(None, None, |_| {}).await.unwrap();
            assert!(!upgrade::is_on_trial(&connector.home));
        }
        let before = upgrade::earlier_version(&connector.home).unwrap();
        assert_eq!(before.as_deref(), Some("1.0.0"), "there was one");
    }
}
