//! The dry run.

use crate::Connector;
use connector_engine::Preview;
use connector_model::{Mapping, PlannedPerson, Result};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::mpsc;

impl Connector {
    /// The whole plan of a mapping; nothing is sent. `read` rises with the people read; people go to `people` in pages,
    /// in the directory's order.
    pub async fn preview(
        &self,
        mapping: &Mapping,
        read: Arc<AtomicU64>,
        people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
    ) -> Result<Preview> {
        // Where several connectors serve one account, only the one in session knows what another has sent.
        self.ask_engine("refresh", json!({ "mapping": mapping }), |_| {}).await?;
        self.own_engine()?.preview(mapping, read, people).await
    }
}
