//! What all parts of the cloud share.

use crate::clock::Clock;
use crate::connectors::assignments::Assignments;
use crate::connectors::router::{Router, Sessions};
use crate::connectors::runs::Runs;
use crate::http::metrics::Metrics;
use crate::people::attempts::Attempts;
use crate::people::throttle::Throttle;
use crate::store::Store;
use crate::token::{self, TokenHash};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// Default interval of imports in hours.
const INTERVAL: u64 = 24;

/// One cloud.
pub struct Cloud {
    /// What it remembers.
    pub store: Arc<dyn Store>,
    /// Sessions held in this process.
    pub sessions: Arc<Sessions>,
    /// Its idea of time.
    pub clock: Clock,
    /// Counters.
    pub metrics: Metrics,
    /// Running imports.
    pub runs: Arc<Runs>,
    /// Which connector imports what.
    pub assignments: Assignments,
    /// Slows down guessing.
    pub throttle: Throttle,
    /// Wrong passwords of all connectors.
    pub attempts: Attempts,
    /// Name of the company.
    pub tenant: String,
    /// `https://host:port`, without a slash at the end.
    pub base_url: String,
    /// Life of a registration key in minutes, unless the administrator says otherwise.
    pub key_minutes: i64,
    /// Interval of pings.
    pub heartbeat: Duration,
    /// Deadline of a sign-in or a look-up.
    pub answer_within: Duration,
    /// How long to wait for a connector when none is there.
    pub patience: Duration,
    /// Set when the cloud takes no new work.
    pub stopping: AtomicBool,
    pub(super) admin: TokenHash,
    pub(super) session_count: AtomicU64,
}

impl Cloud {
    /// Which connector answers.
    pub fn router(&self) -> &dyn Router {
        &*self.sessions
    }

    /// Whether a bearer token is the administrator's. Hashes are compared: their timing says nothing.
    pub fn is_admin(&self, hash: &TokenHash) -> bool {
        *hash == self.admin
    }

    /// Whether a request comes from the administrator.
    pub fn is_from_admin(&self, headers: &HeaderMap) -> bool {
        token::bearer(headers).is_some_and(|hash| self.is_admin(&hash))
    }

    /// Address of the SCIM service.
    pub fn scim_base(&self) -> String {
        format!("{}/scim/v2", self.base_url)
    }

    /// Address below which people are.
    pub fn users_address(&self) -> String {
        format!("{}/scim/v2/Users", self.base_url)
    }

    /// The settings that connectors get.
    pub async fn settings(&self) -> Value {
        let kept = self.store.setting("connector_settings").await;
        kept.ok().flatten().unwrap_or_else(|| json!({ "interval_hours": INTERVAL }))
    }

    /// A number for the next session.
    pub fn next_session(&self) -> u64 {
        self.session_count.fetch_add(1, Ordering::Relaxed)
    }

    /// Whether the cloud takes new work.
    pub fn is_ready(&self) -> bool {
        !self.stopping.load(Ordering::Relaxed)
    }
}
