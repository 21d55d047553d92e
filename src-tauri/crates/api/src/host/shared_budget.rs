//! The budget of wrong passwords that several connectors share: the cloud counts, where it said that it does.

use async_trait::async_trait;
use connector_cloud::SessionLine;
use connector_engine::ports::{End, Place, SharedBudget};
use connector_model::{Code, Error, GuessLimit, Identity, Result};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// The cloud's answer is waited for so long: it may wait for sign-ins of the same person at other connectors.
const ANSWER: Duration = Duration::from_secs(8);
/// A place that comes later than that is given back; one that comes later still ends with the session.
const LONGEST: Duration = Duration::from_mins(1);

/// The line of the session that there is now. Clones share it.
#[derive(Clone, Default)]
pub(super) struct CloudBudget(Arc<Mutex<Option<SessionLine>>>);

impl CloudBudget {
    /// The session's line, or that there is none.
    pub fn set(&self, line: Option<SessionLine>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = line;
    }

    /// The line to a cloud that counts.
    fn line(&self) -> Option<SessionLine> {
        let line = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        line.filter(SessionLine::counts_attempts)
    }
}

#[async_trait]
impl SharedBudget for CloudBudget {
    fn counts(&self) -> bool {
        self.line().is_some()
    }

    async fn reserve(
        &self,
        identity: &Identity,
        limit: GuessLimit,
    ) -> Result<Option<Box<dyn Place>>> {
        let lost = || Error::of(Code::CloudUnavailable);
        let line = self.line().ok_or_else(lost)?;
        let asked = json!({
            "identity": identity, "attempts": limit.attempts, "window_seconds": limit.window_seconds,
        });
        // On a task of its own: a place for which nobody waits any more is given back, and not taken for ever.
        let asking = tokio::spawn(async move {
            let mut answer = line.ask("attempts.reserve", &asked, LONGEST).await?;
            let place = answer["reservation"].take();
            let place = (!place.is_null()).then(|| AtTheCloud { line, place, end: End::Free });
            Ok::<_, Error>(place)
        });
        let answer = timeout(ANSWER, asking).await.map_err(|_| lost())?;
        let place = answer.map_err(|_| lost())??;
        Ok(place.map(|place| Box::new(place) as Box<dyn Place>))
    }
}

/// A place in the cloud's count. One that is dropped was not forwarded.
struct AtTheCloud {
    line: SessionLine,
    place: Value,
    end: End,
}

impl Place for AtTheCloud {
    fn settle(mut self: Box<Self>, end: End) {
        self.end = end;
    }
}

impl Drop for AtTheCloud {
    fn drop(&mut self) {
        let end = match self.end {
            End::Counts => "counts",
            End::Free => "free",
            End::Forget => "forget",
        };
        self.line.notify("attempts.settled", json!({ "reservation": self.place, "end": end }));
    }
}
