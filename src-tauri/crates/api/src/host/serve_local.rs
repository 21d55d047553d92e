//! What front doors of this machine ask of the engine in this process: every use case, by its name.

use super::Host;
use super::asker::Asker;
use async_trait::async_trait;
use connector_model::Result;
use connector_platform::local::{Caller, Greeting, LocalHandler};
use serde_json::Value;
use tokio::sync::mpsc;

pub(super) struct LocalRequests(pub Host);

#[async_trait]
impl LocalHandler for LocalRequests {
    fn greeting(&self) -> Greeting {
        Greeting { lasting: self.0.kind().lasts(), tells: true }
    }

    async fn call(
        &self,
        method: &str,
        params: Value,
        caller: Caller,
        progress: mpsc::Sender<Value>,
    ) -> Result<Value> {
        Box::pin(Asker::program(caller).asks(self.0.call(method, params, progress))).await
    }
}
