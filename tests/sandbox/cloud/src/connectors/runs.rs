//! Imports that are running, and who may start one.

use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Running imports, as far as the connectors have told.
#[derive(Debug, Default)]
pub struct Runs {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// (connector, mapping in lower case) → last progress.
    progress: HashMap<(String, String), Value>,
    /// Mappings whose import was asked for and has not ended.
    leases: HashSet<String>,
}

impl Runs {
    /// Remembers a progress notification.
    pub fn progress(&self, connector: &str, mut params: Value) {
        let Some(mapping) = params["mapping"].as_str().map(str::to_lowercase) else { return };
        params["connector"] = json!(connector);
        self.inner().progress.insert((connector.to_owned(), mapping), params);
    }

    /// Forgets an import that has ended.
    pub fn finished(&self, connector: &str, mapping: &str) {
        self.inner().progress.remove(&(connector.to_owned(), mapping.to_lowercase()));
    }

    /// Forgets everything of a connector whose session ended.
    pub fn forget(&self, connector: &str) {
        self.inner().progress.retain(|(of, _), _| of != connector);
    }

    /// What is running, by mapping.
    pub fn list(&self) -> Vec<Value> {
        let inner = self.inner();
        let mut list: Vec<_> = inner.progress.iter().collect();
        list.sort_by_key(|(key, _)| *key);
        list.into_iter().map(|(_, progress)| progress.clone()).collect()
    }

    /// The right to import a mapping: one at a time, whichever connector does it.
    pub fn lease(self: &std::sync::Arc<Self>, mapping: &str) -> Option<Lease> {
        let mapping = mapping.to_lowercase();
        let fresh = self.inner().leases.insert(mapping.clone());
        fresh.then(|| Lease { runs: self.clone(), mapping })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Given back when dropped.
#[derive(Debug)]
pub struct Lease {
    runs: std::sync::Arc<Runs>,
    mapping: String,
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.runs.inner().leases.remove(&self.mapping);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_mapping_is_imported_once_at_a_time() {
        let runs = Arc::new(Runs::default());
        let lease = runs.lease("Sales").unwrap();
        assert!(runs.lease("sales").is_none() && runs.lease("Other").is_some());
        drop(lease);
        assert!(runs.lease("SALES").is_some());
    }
}
