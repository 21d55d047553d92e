//! The preview of a mapping, with its people.

use crate::host::Host;
use connector_engine::Preview;
use connector_model::{Mapping, PlannedPerson, Result};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;

/// Between two reports of how many people were read.
const TICK: Duration = Duration::from_millis(200);

/// What a preview reports while it goes on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PreviewReport {
    /// So many people were read.
    Read(u64),
    /// A page of the plan, in the directory's order, once everybody was read.
    People(Vec<PlannedPerson>),
}

impl Host {
    /// The whole plan of a mapping; nothing is sent. People are reported where they are wanted.
    pub async fn preview(
        &self,
        mapping: &Mapping,
        people: bool,
        reports: mpsc::Sender<PreviewReport>,
    ) -> Result<Preview> {
        if self.kind().lasts() {
            // Where several connectors serve one account, only the one in session knows what another has sent.
            self.engine().refresh(mapping).await?;
        }
        let read = Arc::new(AtomicU64::new(0));
        let (pages, mut planned) = mpsc::channel(4);
        let running = self.engine().preview(mapping, read.clone(), people.then_some(pages));
        tokio::pin!(running);
        let mut tick = tokio::time::interval(TICK);
        let mut told = 0;
        let preview = loop {
            tokio::select! {
                preview = &mut running => break preview?,
                Some(page) = planned.recv() => {
                    let _ = reports.send(PreviewReport::People(page)).await;
                }
                _ = tick.tick() => {
                    let now = read.load(Ordering::Relaxed);
                    if now != told {
                        told = now;
                        let _ = reports.send(PreviewReport::Read(now)).await;
                    }
                }
            }
        };
        self.previewed(mapping)?;
        while let Some(page) = planned.recv().await {
            let _ = reports.send(PreviewReport::People(page)).await;
        }
        let _ = reports.send(PreviewReport::Read(read.load(Ordering::Relaxed))).await;
        Ok(preview)
    }
}
