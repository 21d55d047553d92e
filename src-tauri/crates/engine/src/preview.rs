//! The dry run: the whole plan, nothing sent.

use crate::import::Prepared;
use crate::planner::{self, Decision};
use crate::reasons;
use crate::store::Store;
use crate::store::staging::blocking;
use connector_model::{Change, Counts, Error, Mapping, PlannedPerson, Result};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

/// What a sync would do now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// Mapping that was read.
    pub mapping: String,
    /// Whether the directory returned everything.
    pub complete: bool,
    /// People of each kind.
    pub counts: Counts,
    /// Hash of exactly those who would be made inactive; `sync --approve` takes it.
    pub plan_hash: String,
    /// Whether they wait for that approval.
    pub needs_approval: bool,
    /// Why the read is incomplete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Error>,
}

/// People handed on at once.
const PAGE: usize = 500;

pub(crate) async fn run(
    store: &Store,
    mapping: &Mapping,
    prepared: Prepared,
    people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
) -> Result<Preview> {
    let (store, mapping) = (store.clone(), mapping.clone());
    blocking(move || {
        let Prepared { staging, frame } = prepared;
        let mut counts = Counts::default();
        let mut page = Vec::new();
        planner::decide(&staging, &mapping, &frame, &mut |mut decision| {
            counts.add(decision.change, 1);
            if let Some(people) = &people {
                explain(&store, &mut decision)?;
                page.push(decision.to_planned());
                if page.len() >= PAGE {
                    // Nobody listens any more: the counts are still wanted.
                    let _ = people.blocking_send(std::mem::take(&mut page));
                }
            }
            Ok(())
        })?;
        if let Some(people) = people.filter(|_| !page.is_empty()) {
            let _ = people.blocking_send(page);
        }
        Ok(Preview {
            mapping: mapping.name,
            complete: frame.incomplete.is_none(),
            counts,
            plan_hash: frame.removals_hash,
            needs_approval: frame.held,
            error: frame.incomplete,
        })
    })
    .await
}

/// Says which fields of an update differ.
pub(crate) fn explain(store: &Store, decision: &mut Decision) -> Result<()> {
    if decision.change == Change::Update && decision.reason.is_empty() {
        let known = store.acknowledged(&decision.identity)?;
        let fields = known.map(|k| decision.content.differences(&k.content)).unwrap_or_default();
        decision.reason = reasons::changed(&fields);
    }
    Ok(())
}
