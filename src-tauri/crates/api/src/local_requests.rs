//! What front doors of this machine ask of the running engine.

use crate::run::Reload;
use async_trait::async_trait;
use connector_engine::Engine;
use connector_model::{Code, Error, Result};
use connector_platform::local::LocalHandler;
use serde_json::{Value, json};
use tokio::sync::mpsc;

pub(crate) struct LocalRequests {
    pub engine: Engine,
    pub reload: mpsc::Sender<Reload>,
}

#[async_trait]
impl LocalHandler for LocalRequests {
    async fn call(
        &self,
        method: &str,
        params: Value,
        progress: mpsc::Sender<Value>,
    ) -> Result<Value> {
        let text = |key: &str| params[key].as_str().map(str::to_owned);
        match method {
            "status" => Ok(json!(self.engine.status())),
            "sync" => {
                let (reports, mut from_engine) = mpsc::channel(16);
                let forward = tokio::spawn(async move {
                    while let Some(report) = from_engine.recv().await {
                        let _ = progress.try_send(json!(report));
                    }
                });
                let (name, approve) = (text("name"), text("approve"));
                // On a task of its own: an import goes on when the front door that asked for it is closed.
                let engine = self.engine.clone();
                let work = async move {
                    engine.sync(name.as_deref(), approve.as_deref(), Some(reports)).await
                };
                let records = tokio::spawn(work).await.map_err(|_| Error::of(Code::Internal))?;
                forward.abort();
                Ok(json!(records?))
            }
            "pause" => {
                self.engine.pause();
                Ok(json!({}))
            }
            "resume" => {
                self.engine.resume();
                Ok(json!({}))
            }
            "refresh" => {
                let mapping = serde_json::from_value(params["mapping"].clone());
                let mapping = mapping.map_err(|_| Error::of(Code::InvalidMapping))?;
                self.engine.refresh(&mapping).await?;
                Ok(json!({}))
            }
            "cancel_sync" => {
                self.engine.cancel_import(text("name").as_deref());
                Ok(json!({}))
            }
            "reload" => {
                let (done, finished) = tokio::sync::oneshot::channel();
                let what = text("what").unwrap_or_else(|| "settings changed".to_owned());
                let gone = || Error::of(Code::EngineUnreachable);
                self.reload.send(Reload { what, done }).await.map_err(|_| gone())?;
                finished.await.map_err(|_| gone())?;
                Ok(json!({}))
            }
            _ => Err(Error::of(Code::UnknownMethod)),
        }
    }
}
