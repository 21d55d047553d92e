//! What a connector tells by itself: imports, alerts, mappings. Handled in order, beside the
//! session, so that a slow disk does not hold up answers.

use super::link::Link;
use crate::connectors::mappings;
use crate::state::Cloud;
use crate::store::{Connector, StoreResult};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Where notifications of one session go.
#[derive(Debug)]
pub struct Notices(mpsc::Sender<(String, Value)>);

impl Notices {
    /// Starts to handle notifications, until the session drops its end. `alerts` hold now, if told.
    pub fn start(
        cloud: Arc<Cloud>,
        link: Arc<Link>,
        connector: Connector,
        alerts: Option<Vec<Value>>,
    ) -> Self {
        let (sender, mut queue) = mpsc::channel::<(String, Value)>(256);
        tokio::spawn(async move {
            let mut connector = connector;
            if let Some(alerts) = alerts {
                let _ = cloud.store.clear_alert(connector.id.clone(), None).await;
                for alert in alerts {
                    let _ = cloud.store.raise_alert(connector.id.clone(), alert).await;
                }
            }
            learn(&cloud, &link, &mut connector).await;
            while let Some((method, params)) = queue.recv().await {
                if let Err(error) = handle(&cloud, &link, &mut connector, &method, params).await {
                    tracing::error!(%error, method, "a notification was lost");
                }
            }
            cloud.runs.forget(&connector.id);
            cloud.attempts.lost(link.number);
            connector.seen_ms = Some(cloud.clock.now_ms());
            let _ = cloud.store.seen(connector).await;
        });
        Self(sender)
    }

    /// Takes a notification.
    pub async fn tell(&self, method: String, params: Value) {
        let _ = self.0.send((method, params)).await;
    }
}

/// Completes the summaries of a connector's mappings, so that they can be shown while it is away.
async fn learn(cloud: &Cloud, link: &Link, connector: &mut Connector) {
    if !mappings::are_summaries(&connector.mappings) {
        return;
    }
    match mappings::fetch(link).await {
        Ok(all) => {
            connector.mappings = all;
            let _ = cloud.store.seen(connector.clone()).await;
        }
        Err(error) => tracing::warn!(?error, "the mappings of a connector were not fetched"),
    }
}

async fn handle(
    cloud: &Arc<Cloud>,
    link: &Link,
    connector: &mut Connector,
    method: &str,
    mut params: Value,
) -> StoreResult<()> {
    let id = connector.id.clone();
    match method {
        "import.progress" => {
            let mapping = params["mapping"].as_str().unwrap_or_default().to_owned();
            cloud.runs.progress(&id, params);
            cloud.assignments.begun(cloud, &id, &mapping).await
        }
        "import.finished" => {
            let import = params["import"].take();
            let mapping = import["mapping"].as_str().unwrap_or_default();
            cloud.runs.finished(&id, mapping);
            cloud.assignments.begun(cloud, &id, mapping).await?;
            cloud.store.add_import(id, import).await
        }
        "alert.raised" => cloud.store.raise_alert(id, params).await,
        "alert.cleared" => {
            let text = |key: &str| params[key].as_str().unwrap_or_default().to_owned();
            cloud.store.clear_alert(id, Some([text("kind"), text("account")])).await
        }
        "mappings.changed" => {
            connector.mappings = params["mappings"].take();
            link.set_mappings(connector.mappings.clone());
            cloud.assignments.decide(cloud).await;
            learn(cloud, link, connector).await;
            connector.seen_ms = Some(cloud.clock.now_ms());
            cloud.store.seen(connector.clone()).await
        }
        "attempts.settled" => {
            cloud.attempts.settled(cloud, link.number, params).await;
            Ok(())
        }
        _ => Ok(()), // keys and notices may be added to the protocol
    }
}
