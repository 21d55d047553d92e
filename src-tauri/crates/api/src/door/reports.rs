//! What a use case reports while it goes on, on its way through the local socket.

use serde::Serialize;
use serde_json::{Value, json};
use std::marker::PhantomData;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// Reports on their way at once; whoever reports waits for room.
const ON_THE_WAY: usize = 4;

/// For reports that nobody listens to: what is sent there is refused at once. (The other end of `mpsc::channel(1).0` lives until
/// the statement ends, and whoever reports would wait for it.)
pub fn unheard<T>() -> mpsc::Sender<T> {
    let (sender, _) = mpsc::channel(1);
    sender
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn reports_that_nobody_hears_hold_nobody_up() {
        let (reports, forwarding) = Forwarding::<u32>::to(unheard());
        for report in 0..100 {
            let _ = reports.send(report).await;
        }
        drop(reports);
        forwarding.end().await;
    }
}
