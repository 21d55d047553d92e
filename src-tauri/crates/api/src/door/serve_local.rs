//! What front doors of this machine ask of the running engine.

use crate::Connector;
use crate::door::taken;
use crate::host::run::Reload;
use crate::updates::Updates;
use async_trait::async_trait;
use connector_engine::Engine;
use connector_model::{Code, Error, Mapping, Result};
use connector_platform::local::LocalHandler;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Between two reports of how many people were read.
const TICK: Duration = Duration::from_millis(200);

pub(crate) struct LocalRequests {
    pub connector: Connector,
    pub engine: Engine,
    pub reload: mpsc::Sender<Reload>,
    pub updates: Arc<Updates>,
}

impl LocalRequests {
    /// Runs until its end, or until the front door is gone.
    async fn preview(&self, mut params: Value, progress: mpsc::Sender<Value>) -> Result<Value> {
        let mapping: Mapping = taken(&mut params, "mapping")?;
        let seen = Arc::new(AtomicU64::new(0));
        let (pages, mut planned) = mpsc::channel(4);
        let pages = params["people"].as_bool().unwrap_or(false).then_some(pages);
        let mut tick = tokio::time::interval(TICK);
        let dry_run = self.connector.preview(&mapping, seen.clone(), pages);
        tokio::pin!(dry_run);
        let mut told = 0;
        let preview = loop {
            tokio::select! {
                preview = &mut dry_run => break preview?,
                Some(page) = planned.recv() => {
                    let _ = progress.send(json!({ "people": page })).await;
                }
                _ = tick.tick() => {
                    let now = seen.load(Ordering::Relaxed);
                    if now != told {
                        told = now;
                        let _ = progress.try_send(json!({ "seen": now }));
                    }
                }
            }
        };
        while let Some(page) = planned.recv().await {
            let _ = progress.send(json!({ "people": page })).await;
        }
        let _ = progress.send(json!({ "seen": seen.load(Ordering::Relaxed) })).await;
        Ok(json!(preview))
    }
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
            "update" => Ok(json!(self.updates.view())),
            "check_update" => Ok(json!(self.updates.check().await?)),
            "install_update" => Ok(json!(self.updates.install("administrator").await?)),
            "preview" => self.preview(params, progress).await,
            _ => self.connector.use_case(method, params).await,
        }
    }
}
