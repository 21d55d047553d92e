//! What a use case reports while it goes on, on its way through the local socket.

use serde::Serialize;
use serde_json::{Value, json};
use std::marker::PhantomData;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Reports on their way at once; whoever reports waits for room.
const ON_THE_WAY: usize = 4;

/// For use cases that report nothing.
pub(crate) fn discarded() -> mpsc::Sender<()> {
    mpsc::channel(1).0
}

/// Carries typed reports to where they are sent as JSON.
pub(crate) struct Forwarding<T> {
    task: JoinHandle<()>,
    reports: PhantomData<T>,
}

impl<T: Serialize + Send + 'static> Forwarding<T> {
    /// The end for the use case, and what carries on from there.
    pub fn to(told: mpsc::Sender<Value>) -> (mpsc::Sender<T>, Self) {
        let (reports, mut reported) = mpsc::channel::<T>(ON_THE_WAY);
        let task = tokio::spawn(async move {
            while let Some(report) = reported.recv().await {
                if told.send(json!(report)).await.is_err() {
                    return;
                }
            }
        });
        (reports, Self { task, reports: PhantomData })
    }

    /// Everything that was reported has been sent, or nobody listens.
    pub async fn end(self) {
        let _ = self.task.await;
    }
}
