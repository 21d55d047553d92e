//! The dry run.

use crate::Connector;
use connector_engine::Preview;
use connector_model::{Mapping, PlannedPerson, Result};
use tokio::sync::mpsc;

impl Connector {
    /// The whole plan of a mapping; nothing is sent. People go to `people` in pages, in the directory's order.
    pub async fn preview(
        &self,
        mapping: &Mapping,
        people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
    ) -> Result<Preview> {
        self.own_engine()?.preview(mapping, people).await
    }
}
