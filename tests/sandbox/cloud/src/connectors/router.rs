//! Which connector answers: the port, and its implementation inside one process.

use super::session::link::{Link, Outgoing};
use super::session::rpc::{self, Refusal};
use super::twins::{Twins, instance_of};
use async_trait::async_trait;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// Why a call has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallError {
    /// The session ended or there was none.
    Lost,
    /// The deadline passed.
    Timeout,
    /// The request is longer than a message may be.
    TooLarge,
    /// The connector refused.
    Refused(Refusal),
}

/// A connector that can be asked.
#[derive(Debug, Clone)]
pub struct Route {
    /// Connector.
    pub connector_id: String,
    /// Its session; a new one has another number.
    pub session: u64,
    /// X25519 public key for passwords.
    pub sealing_key: [u8; 32],
    /// Accounts that it serves.
    pub accounts: Vec<String>,
    /// Requests in flight.
    pub load: usize,
}

/// Knows the sessions, wherever they are held.
#[async_trait]
pub trait Router: Send + Sync {
    /// Connectors that can be asked now, those with the least to do first.
    fn routes(&self) -> Vec<Route>;
    /// Asks one of them.
    async fn call(
        &self,
        route: &Route,
        method: &str,
        params: &Value,
        deadline: Instant,
    ) -> Result<Value, CallError>;
    /// Waits until connectors have come or gone, or the deadline; whether something changed.
    async fn changed(&self, deadline: Instant) -> bool;
    /// Ends the session of a connector that was revoked (close code 4001).
    fn revoke(&self, connector_id: &str);
}

/// All sessions are in this process.
#[derive(Debug)]
pub struct Sessions {
    links: Mutex<HashMap<String, Arc<Link>>>,
    twins: Mutex<Twins>,
    version: watch::Sender<u64>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { links: Mutex::default(), twins: Mutex::default(), version: watch::Sender::new(0) }
    }
}

impl Sessions {
    /// Adds a session; it takes the place of an older one of the same connector (close code 4000).
    pub fn attach(&self, link: Arc<Link>) {
        let instance = instance_of(&link);
        let former = self.links().insert(link.connector_id.clone(), link);
        if let Some(former) = former {
            self.twins().note(&former, &instance, Instant::now());
            former.close(4000, "replaced by a newer session");
        }
        self.version.send_modify(|version| *version += 1);
    }

    /// Forgets a session, unless a newer one has taken its place.
    pub fn detach(&self, link: &Link) {
        let mut links = self.links();
        if links.get(&link.connector_id).is_some_and(|known| known.number == link.number) {
            links.remove(&link.connector_id);
        }
        drop(links);
        self.version.send_modify(|version| *version += 1);
    }

    /// All sessions.
    pub fn all(&self) -> Vec<Arc<Link>> {
        self.links().values().cloned().collect()
    }

    /// The session of one connector.
    pub fn of(&self, connector_id: &str) -> Option<Arc<Link>> {
        self.links().get(connector_id).cloned()
    }

    /// Tells all connectors to finish, waits for answers in flight, and closes (1001).
    pub async fn drain(&self, limit: Duration) {
        let end = Instant::now() + limit;
        let links = self.all();
        for link in &links {
            link.drain();
            link.send(Outgoing::Text(rpc::notification("session.drain", &json!({})))).await;
        }
        while links.iter().any(|link| link.in_flight() > 0) && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        for link in &links {
            link.close(1001, "the cloud is going away");
        }
        while links.iter().any(|link| !link.gone.is_cancelled()) && Instant::now() < end {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether two computers use the registration of a connector: each takes the other's place, by turns.
    pub fn is_used_twice(&self, connector_id: &str) -> bool {
        self.twins().are_known(connector_id, Instant::now())
    }

    fn twins(&self) -> MutexGuard<'_, Twins> {
        self.twins.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn links(&self) -> MutexGuard<'_, HashMap<String, Arc<Link>>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Router for Sessions {
    fn routes(&self) -> Vec<Route> {
        let links = self.links();
        let mut routes: Vec<Route> = links
            .values()
            .filter(|link| link.is_open())
            .map(|link| Route {
                connector_id: link.connector_id.clone(),
                session: link.number,
                sealing_key: link.sealing_key,
                accounts: link.accounts(),
                load: link.in_flight(),
            })
            .collect();
        routes.sort_by_key(|route| (route.load, route.session));
        routes
    }

    async fn call(
        &self,
        route: &Route,
        method: &str,
        params: &Value,
        deadline: Instant,
    ) -> Result<Value, CallError> {
        match self.of(&route.connector_id) {
            Some(link) if link.number == route.session => link.call(method, params, deadline).await,
            _ => Err(CallError::Lost),
        }
    }

    async fn changed(&self, deadline: Instant) -> bool {
        let mut version = self.version.subscribe();
        matches!(tokio::time::timeout_at(deadline, version.changed()).await, Ok(Ok(())))
    }

    fn revoke(&self, connector_id: &str) {
        if let Some(link) = self.of(connector_id) {
            link.close(4001, "revoked");
        }
    }
}
