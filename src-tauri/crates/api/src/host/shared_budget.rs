//! The budget of wrong passwords that several connectors share: the cloud counts, where it said that it does.

use async_trait::async_trait;
use connector_cloud::SessionLine;
use connector_engine::ports::{End, Place, SharedBudget};
use connector_model::{GuessLimit, Identity, Result};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The cloud's answer is waited for so long: it may wait for sign-ins of the same person at other connectors.
const ANSWER: Duration = Duration::from_secs(8);

/// The line of the session that there is now. Clones share it.
#[derive(Clone, Default)]
pub(super) struct CloudBudget(Arc<Mutex<Option<SessionLine>>>);

impl CloudBudget {
    /// The session's line, or that there is none.
    pub fn set(&self, line: Option<SessionLine>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = line;
    }
}

#[async_trait]
impl SharedBudget for CloudBudget {
    async fn reserve(
        &self,
        identity: &Identity,
        limit: GuessLimit,
    ) -> Result<Option<Box<dyn Place>>> {
        let line = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(line) = line.filter(SessionLine::counts_attempts) else {
            return Ok(Some(Box::new(OnlyHere)));
        };
        let asked = json!({
            "identity": identity, "attempts": limit.attempts, "window_seconds": limit.window_seconds,
        });
        let mut answer = line.ask("attempts.reserve", &asked, ANSWER).await?;
        let place = answer["reservation"].take();
        Ok((!place.is_null()).then(|| Box::new(AtTheCloud { line, place }) as Box<dyn Place>))
    }
}

/// Nobody else counts.
struct OnlyHere;

impl Place for OnlyHere {
    fn settle(self: Box<Self>, _: End) {}
}

/// A place in the cloud's count; one that is never settled stays taken.
struct AtTheCloud {
    line: SessionLine,
    place: Value,
}

impl Place for AtTheCloud {
    fn settle(self: Box<Self>, end: End) {
        let end = match end {
            End::Counts => "counts",
            End::Free => "free",
            End::Forget => "forget",
        };
        self.line.notify("attempts.settled", json!({ "reservation": self.place, "end": end }));
    }
}
