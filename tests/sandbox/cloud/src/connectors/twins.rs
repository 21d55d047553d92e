//! Two computers with one registration, such as a machine and its copy: who was replaced comes back, and replaces.

use super::session::link::Link;
use std::collections::HashMap;
use std::sync::PoisonError;
use std::time::Duration;
use tokio::time::Instant;

/// What happened once is told for so long.
const TOLD: Duration = Duration::from_mins(10);

/// Who was replaced last, and which connectors are used twice, by connector.
#[derive(Debug, Default)]
pub struct Twins {
    replaced: HashMap<String, String>,
    known: HashMap<String, Instant>,
}

impl Twins {
    /// A session takes the place of another that had not ended. One process that dials anew is no copy of itself, nor is one that
    /// was started anew: those who were replaced do not come back.
    pub fn note(&mut self, former: &Link, instance: &str, now: Instant) {
        let before = instance_of(former);
        if before.is_empty() || instance.is_empty() || before == instance {
            return;
        }
        let id = &former.connector_id;
        if self.replaced.get(id).is_some_and(|replaced| replaced == instance) {
            self.known.insert(id.clone(), now);
        }
        self.replaced.insert(id.clone(), before);
    }

    /// Whether two computers use the registration of a connector.
    pub fn are_known(&self, connector_id: &str, now: Instant) -> bool {
        self.known.get(connector_id).is_some_and(|at| now.duration_since(*at) < TOLD)
    }
}

/// The process that a session is of; empty where it does not say.
pub fn instance_of(link: &Link) -> String {
    link.hello.read().unwrap_or_else(PoisonError::into_inner).instance.clone()
}
