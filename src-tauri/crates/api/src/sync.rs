//! Imports on the administrator's word.

use crate::Connector;
use connector_engine::records::{ImportProgress, ImportRecord};
use connector_model::{Code, Error, Result};
use connector_platform::HomeLock;
use connector_platform::local::LocalClient;
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
        loop {
            tokio::select! {
                result = &mut work => return result,
                Some(report) = reports.recv() => on_progress(report),
            }
        }
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
