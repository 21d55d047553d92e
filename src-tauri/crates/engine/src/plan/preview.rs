//! The preview: the whole plan, nothing sent.

use crate::blocking::blocking;
use crate::import::read::Prepared;
use crate::plan::decision::{Decision, PlanContext};
use crate::plan::planner;
use crate::store::Store;
use crate::store::staging::area::Staging;
use connector_model::{
    ApprovalList, Change, Counts, Error, Finding, Mapping, PlannedPerson, Reason, Result,
};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

/// What an import would do now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Preview {
    /// Mapping that was read.
    pub mapping: String,
    /// Whether the directory returned everything.
    pub complete: bool,
    /// People of each kind.
    pub counts: Counts,
    /// Hash of exactly those who would be made inactive, as far as that needs an approval, else of all of them.
    pub plan_hash: String,
    /// The lists that wait for an approval, each by its hash; `sync --approve` takes them.
    #[serde(default)]
    pub awaiting_approval: Vec<ApprovalList>,
    /// What is odd about these people and groups.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "contract", ts(as = "Option<Vec<Finding>>", optional))]
    pub findings: Vec<Finding>,
    /// Why the read is incomplete.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "contract", ts(optional))]
    pub error: Option<Error>,
}

/// People handed on at once.
const PAGE: usize = 500;

pub(crate) async fn run(
    store: &Store,
    mapping: &Mapping,
    prepared: Prepared,
    mut findings: Vec<Finding>,
    people: Option<mpsc::Sender<Vec<PlannedPerson>>>,
) -> Result<Preview> {
    let (store, mapping) = (store.clone(), mapping.clone());
    blocking(move || {
        let Prepared { staging, context, .. } = prepared;
        let counts = planner::count(&staging, &context)?;
        let first = context.findings.iter().cloned().chain(staging.findings()?);
        findings.splice(..0, first);
        if let Some(people) = people {
            list(&store, &staging, &mapping, &context, &people)?;
        }
        staging.end(&store);
        Ok(Preview {
            mapping: mapping.name,
            complete: context.incomplete.is_none(),
            counts,
            awaiting_approval: context.awaiting(),
            plan_hash: context.plan_hash().to_owned(),
            findings,
            error: context.incomplete,
        })
    })
    .await
}

/// Hands on everybody in pages. Where nobody listens any more, the rest is left out.
fn list(
    store: &Store,
    staging: &Staging,
    mapping: &Mapping,
    context: &PlanContext,
    people: &mpsc::Sender<Vec<PlannedPerson>>,
) -> Result<()> {
    let mut page = Vec::with_capacity(PAGE);
    let refuses = store.refused(&mapping.name)?.is_some();
    planner::decide(staging, mapping, context, &mut |mut decision| {
        explain(store, &mut decision)?;
        let mut person = decision.to_planned();
        if refuses && person.change.is_sent() {
            person.refused = store.last_refusal(&person.identity)?.map(|last| last.error);
        }
        page.push(person);
        if page.len() == PAGE {
            let _ = people.blocking_send(std::mem::replace(&mut page, Vec::with_capacity(PAGE)));
        }
        Ok(())
    })?;
    if !page.is_empty() {
        let _ = people.blocking_send(page);
    }
    Ok(())
}

/// Says which fields of an update differ, and which address somebody keeps who has none any more.
pub(crate) fn explain(store: &Store, decision: &mut Decision) -> Result<()> {
    let known = match (decision.change, &decision.reason) {
        (Change::Update, Reason::MappingChanged) | (Change::Skip, Reason::LostEmail) => {
            store.acknowledged(&decision.identity)?
        }
        _ => None,
    };
    let Some(known) = known else { return Ok(()) };
    if decision.reason == Reason::LostEmail {
        decision.content.email = known.content.email;
        return Ok(());
    }
    let fields = decision.content.differences(&known.content);
    if !fields.is_empty() {
        decision.reason =
            Reason::Changed { fields: fields.into_iter().map(str::to_owned).collect() };
    }
    Ok(())
}
