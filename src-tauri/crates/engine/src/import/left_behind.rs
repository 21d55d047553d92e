//! Deactivates the people of a mapping that was removed: exactly the list that an administrator approved.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::import::read::Prepared;
use crate::import::running::ImportGuard;
use crate::plan::consent::Consent;
use crate::plan::planner;
use crate::state::records::{Deactivation, ImportKind, LeftBehind};
use crate::store::Store;
use crate::store::staging::area::Staging;
use crate::store::staging::verdicts::Verdict;
use connector_model::settings::{Settings, same_name};
use connector_model::{Code, Dn, Error, Identity, Mapping, Reason, Result};
use futures_util::future::BoxFuture;
use serde_json::json;
use std::sync::Arc;

/// People looked at at once.
const CHUNK: usize = 500;
/// People who are named.
const NAMED: usize = 20;

impl Engine {
    /// Mappings that do not exist any more, with the people whom the cloud still has of them.
    pub(crate) fn left_behind(&self, settings: &Settings) -> Vec<LeftBehind> {
        let names: Vec<&str> = settings.mappings.iter().map(|m| m.name.as_str()).collect();
        let found = self.shared.store.left_behind(&names).unwrap_or_default();
        found.into_iter().map(|(mapping, people)| LeftBehind { mapping, people }).collect()
    }

    /// Deactivates the people of a removed mapping. Without an approval, or with that of another list, nothing is sent and the
    /// list is told, also of a mapping that still exists; with one, that is `in_use`. `not_found` where nobody is left.
    pub fn deactivate_left_behind<'a>(
        &'a self,
        name: &'a str,
        approve: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Deactivation>> {
        Box::pin(async move {
            let (settings, ports) = self.config();
            let exists = settings.mapping(name).is_ok();
            if exists && approve.is_some() {
                let text = format!("The mapping \"{name}\" still exists.");
                return Err(Error::new(Code::InUse, text)
                    .with_action("Remove the mapping first.")
                    .at("name"));
            }
            let mut without = Settings::clone(&settings);
            without.mappings.retain(|mapping| !same_name(&mapping.name, name));
            let left = self.left_behind(&without).into_iter().find(|l| same_name(&l.mapping, name));
            let left = left.ok_or_else(|| {
                let text = format!("Nobody is left of a removed mapping named \"{name}\".");
                Error::new(Code::NotFound, text).at("name")
            })?;
            let guard = ImportGuard::take(&self.shared.imports, &left.mapping)?;
            let _alone = self.shared.imports.mapping_lock(&left.mapping).await;
            // Of every mapping: who is on the way into another one is not left behind.
            self.shared.store.requeue_unacknowledged(None)?;
            let (store, consent) = (self.shared.store.clone(), Consent::to_lists(approve));
            let (name, limits) = (left.mapping.clone(), settings.import.clone());
            let former = former(&store, &name)?;
            if !exists {
                self.catch_up_removed(&former).await?;
            }
            let (mapping, mut named) = (former.clone(), vec![]);
            let (prepared, named) = blocking(move || {
                let staging = everybody_absent(&store, &former, &mut named)?;
                let people = || Ok((store.active_count(&name)?, 0));
                let context = planner::context(&staging, people, (None, &[]), &consent, &limits)?;
                // Nobody looks at the directory: whoever goes, goes on an administrator's word alone.
                let context = context.with_approval_of_everybody(&consent);
                Ok((Prepared { staging, context, watermark: None }, named))
            })
            .await?;
            let context = &prepared.context;
            let mut told = Deactivation {
                mapping: left.mapping.clone(),
                people: context.all_removals.people,
                hash: context.all_removals.hash.clone(),
                examples: named,
                record: None,
            };
            if context.removals.waits() {
                return Ok(told);
            }
            let detail = json!({ "list": told.hash, "people": told.people });
            self.shared.journal.keep(self.entry("approval", &told.mapping, detail)).await;
            let importer =
                Arc::new(self.importer(&settings, &ports, &mapping, ImportKind::Full)?);
            let began = ports.clock.now_ms();
            let record = tokio::select! {
                () = self.shared.life.stop.cancelled() => return Err(Error::of(Code::Cancelled)),
                () = guard.call_off.over() => return Err(Error::of(Code::Cancelled)),
                record = importer.run(prepared, began) => record?,
            };
            self.record("import", &record)?;
            told.record = Some(record);
            Ok(told)
        })
    }
}

/// A mapping of that name and account that reads nobody.
fn former(store: &Store, name: &str) -> Result<Mapping> {
    let account = store.account_of(name)?.unwrap_or_default();
    let base = Dn::from_server("");
    let text = json!({ "name": name, "account": account, "base_dn": "DC=removed" });
    let mapping: Mapping = serde_json::from_value(text).map_err(|_| Error::of(Code::Internal))?;
    Ok(Mapping { base_dn: base, ..mapping })
}

/// A read that showed nobody, and a verdict for everybody whom the cloud has.
fn everybody_absent(store: &Store, mapping: &Mapping, named: &mut Vec<String>) -> Result<Staging> {
    let mut staging = Staging::create(store, mapping)?;
    staging.finish()?;
    let mut after = String::new();
    loop {
        let absent = staging.absent_after(&after, CHUNK)?;
        let Some((last, _)) = absent.last() else { return Ok(staging) };
        last.as_str().clone_into(&mut after);
        let removed = Verdict::Left(Reason::MappingRemoved { mapping: mapping.name.clone() });
        let verdict = |(identity, _): &(Identity, Dn)| (identity.clone(), removed.clone());
        staging.note_verdicts(&absent.iter().map(verdict).collect::<Vec<_>>())?;
        for (identity, _) in absent.iter().take(NAMED.saturating_sub(named.len())) {
            let known = store.acknowledged(identity)?;
            named.extend(known.map(|known| known.content.user_name));
        }
    }
}
