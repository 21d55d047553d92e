//! What is told about a session, and what it is told.

use crate::identity::keys::ConnectorKeys;
use crate::transport::endpoint::Endpoint;
use connector_model::{Account, Error, Mapping};
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// Who connects to where.
#[derive(Clone)]
pub struct SessionConfig {
    /// The cloud.
    pub endpoint: Endpoint,
    /// Identity from the registration.
    pub connector_id: String,
    /// Keys of the registration.
    pub keys: Arc<ConnectorKeys>,
    /// Version of this program.
    pub version: String,
    /// Name of this machine, for people.
    pub host: String,
    /// Differs between any two processes, also of one machine and its copy.
    pub instance: String,
    /// Accounts and mappings, asked for at every connect.
    pub hello: Arc<dyn Fn() -> Hello + Send + Sync>,
}

/// Where a session is.
#[derive(Debug, Clone, PartialEq)]
pub enum SessionState {
    /// Dialling or signing on.
    Connecting,
    /// The cloud accepted the connector.
    Connected {
        /// Since when, milliseconds since 1970-01-01 UTC.
        since_ms: i64,
        /// The customer's name in the cloud.
        tenant: String,
        /// Hours between two imports, where the cloud decides them.
        interval_hours: Option<u32>,
    },
    /// Not connected; tried again by itself.
    Waiting {
        /// Milliseconds until the next attempt, counted from this change of state.
        retry_in_ms: u64,
        /// Why it is not connected.
        error: Error,
    },
    /// The cloud ended this identity: only a new registration helps.
    Revoked,
    /// Ended from this side.
    Stopped,
}

/// What the connector tells about itself when a session starts.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Hello {
    /// Registered directories.
    pub accounts: Vec<AccountSummary>,
    /// Mappings in order of priority: what they are, not what is in them.
    pub mappings: Vec<MappingSummary>,
    /// Alerts that are open, as `alert.raised` tells them.
    pub alerts: Vec<serde_json::Value>,
}

/// A mapping as far as it fits into a message with all others.
#[derive(Debug, Clone, Serialize)]
pub struct MappingSummary {
    /// Its name.
    pub name: String,
    /// The account whose directory is read.
    pub account: String,
    /// Differs whenever the mapping does: SHA-256 of its JSON.
    pub hash: String,
}

impl From<&Mapping> for MappingSummary {
    fn from(mapping: &Mapping) -> Self {
        // Maps have text keys only, so this does not fail.
        let text = serde_json::to_vec(mapping).unwrap_or_default();
        let digest = ring::digest::digest(&ring::digest::SHA256, &text);
        let hash = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { name: mapping.name.clone(), account: mapping.account.clone(), hash }
    }
}

/// Mappings from a place on, as many as one message holds, and where the next page begins.
pub fn mappings_page(mappings: &[Mapping], from: usize) -> serde_json::Value {
    let (mut room, mut page) = (PAGE, vec![]);
    for mapping in mappings.iter().skip(from) {
        let mapping = serde_json::json!(mapping);
        let size = mapping.to_string().len();
        if size > room && !page.is_empty() {
            break;
        }
        room = room.saturating_sub(size);
        page.push(mapping);
    }
    let next = from + page.len();
    let next = (next < mappings.len()).then_some(next);
    serde_json::json!({ "mappings": page, "next": next })
}

/// Bytes of mappings in one message, beside what is around them.
const PAGE: usize = 900 * 1024;

/// An account as the cloud sees it.
#[derive(Debug, Clone, Serialize)]
pub struct AccountSummary {
    /// Name of the account.
    pub name: String,
    /// Kind of its server, `snake_case`.
    pub kind: connector_model::ServerKind,
}

impl From<&Account> for AccountSummary {
    fn from(account: &Account) -> Self {
        Self { name: account.name.clone(), kind: account.kind }
    }
}

/// Times and numbers of a session.
#[derive(Debug, Clone)]
pub struct SessionLimits {
    /// Longest time for each step of signing on.
    pub handshake: Duration,
    /// Limit of the first wait after a failure.
    pub first_wait: Duration,
    /// Limit of every wait; also the wait after being replaced.
    pub longest_wait: Duration,
    /// Requests of the cloud that are worked on at once.
    pub in_flight: usize,
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self {
            handshake: Duration::from_secs(10),
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_mins(1),
            in_flight: 256,
        }
    }
}
