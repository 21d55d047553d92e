//! Members of groups, kept for a short while: a sign-in asks the same as the one before it.

use crate::scope::members::Members;
use connector_model::{Dn, Result};
use std::collections::HashMap;
use std::sync::{Arc, Mutex as Lock, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Most lists kept at once: one for each mapping with groups, and those that are being edited.
const KEPT: usize = 64;

/// A list with its age; who needs it first reads it, the others wait for that.
type Slot = Arc<Mutex<Option<(Instant, Arc<Members>)>>>;

/// The members of groups as they were read last.
#[derive(Default)]
pub(crate) struct MemberCache {
    slots: Lock<HashMap<(Vec<String>, bool), Slot>>,
}

impl MemberCache {
    /// The members of these groups, read not longer ago than `age`, else by `read`.
    pub async fn get_or_read(
        &self,
        (groups, nested): (&[Dn], bool),
        age: Duration,
        read: impl Future<Output = Result<Members>>,
    ) -> Result<Arc<Members>> {
        let slot = self.slot(groups, nested);
        let mut known = slot.lock().await;
        if let Some((since, members)) = &*known
            && since.elapsed() < age
        {
            return Ok(members.clone());
        }
        let began = Instant::now();
        let members = Arc::new(read.await?);
        *known = Some((began, members.clone()));
        Ok(members)
    }

    fn slot(&self, groups: &[Dn], nested: bool) -> Slot {
        let mut keys: Vec<String> = groups.iter().map(Dn::key).collect();
        keys.sort_unstable();
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= KEPT {
            slots.clear();
        }
        slots.entry((keys, nested)).or_default().clone()
    }
}
