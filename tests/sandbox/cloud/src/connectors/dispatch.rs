//! Delivers a question about a person to the connectors until one knows, within a deadline.

use super::router::{Route, Router};
use serde_json::Value;
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::Instant;

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// That is it.
    Final,
    /// The person is not in the accounts of this connector.
    NotHere,
    /// This connector cannot say now; another one of the account may.
    Unavailable,
}

/// How long to go on.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The end of it all.
    pub deadline: Instant,
    /// How long to wait for a connector when there is none.
    pub patience: Duration,
}

/// Asks one connector after the other: those whose accounts have not been asked yet, and another of
/// the same account when one dies or cannot say. `None`: nobody could answer.
pub async fn ask(
    router: &dyn Router,
    method: &str,
    limits: Limits,
    params: impl Fn(&Route) -> Option<Value>,
    kind_of: impl Fn(&Value) -> AnswerKind,
) -> Option<Value> {
    let mut tried: HashSet<u64> = HashSet::new();
    let mut asked: HashSet<String> = HashSet::new();
    let (mut not_here, mut unavailable, mut failed) = (None, None, false);
    let patience_ends = limits.deadline.min(Instant::now() + limits.patience);
    loop {
        let candidates: Vec<Route> = router
            .routes()
            .into_iter()
            .filter(|route| !tried.contains(&route.session))
            .filter(|route| {
                let mut accounts = route.accounts.iter();
                if asked.is_empty() { true } else { accounts.any(|a| !asked.contains(a)) }
            })
            .collect();
        let Some(route) = candidates.first() else {
            // After a death, or with nobody there yet, a connector may come back in time.
            let hope = not_here.is_none() && unavailable.is_none();
            if hope && router.changed(patience_ends).await {
                continue;
            }
            break;
        };
        tried.insert(route.session);
        let Some(params) = params(route) else { continue };
        // With others to ask, one that hangs gets only half of the time.
        let left = limits.deadline.saturating_duration_since(Instant::now());
        let share = if candidates.len() > 1 { left / 2 } else { left };
        match router.call(route, method, &params, Instant::now() + share).await {
            Ok(answer) => match kind_of(&answer) {
                AnswerKind::Final => return Some(answer),
                AnswerKind::NotHere => {
                    asked.extend(route.accounts.iter().cloned());
                    not_here = Some(answer);
                }
                AnswerKind::Unavailable => unavailable = Some(answer),
            },
            Err(error) => {
                tracing::info!(connector = %route.connector_id, ?error, "a question had no answer");
                failed = true;
            }
        }
        if Instant::now() >= limits.deadline {
            break;
        }
    }
    if unavailable.is_some() || failed { unavailable } else { not_here }
}
