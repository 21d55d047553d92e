//! Runs imports when they are due, and those again that were cut off.

use crate::engine::Engine;
use crate::import::run::Consented;
use crate::schedule::due::{self, Due};
use crate::state::assignment::ImportOwner;
use crate::state::records::{ImportRecord, StartedBy};
use connector_model::{Mapping, Settings};
use std::collections::HashSet;
use std::time::Duration;

impl Engine {
    pub(crate) async fn keep_schedule(&self, cut_off: Vec<String>) {
        let mut due: HashSet<String> = cut_off.into_iter().collect();
        tokio::time::sleep(Duration::from_millis(200)).await;
        loop {
            // From here on: a change during an import is seen after it.
            let changed = self.shared.life.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let (settings, ports) = self.config();
            if !self.is_paused() && ports.delivery.is_some() {
                due.extend(self.inherited(&settings));
                let go_on = settings.mappings.iter().filter(|m| self.may_go_on(m));
                due.extend(go_on.map(|m| m.name.clone()));
                for mapping in settings.mappings.iter().filter(|m| due.contains(&m.name)) {
                    // Errors are in the record and the journal.
                    let _ = self
                        .import_mapping(mapping, Consented::nothing(StartedBy::Schedule), None)
                        .await;
                }
                due.clear();
            }
            let wait = self
                .next_import(&settings)
                .map_or(Duration::from_hours(1), |due| due.wait + due.spread());
            tokio::select! {
                () = self.shared.life.stop.cancelled() => return,
                () = changed => {}
                () = tokio::time::sleep(wait.min(Duration::from_hours(1))) => {
                    let (settings, _) = self.config();
                    due.extend(settings.mappings.iter().filter(|m| self.is_due(&settings, m)).map(|m| m.name.clone()));
                }
            }
        }
    }

    /// Mappings that another connector imported until it was gone.
    fn inherited(&self, settings: &Settings) -> Vec<String> {
        let ready = |m: &&Mapping| {
            m.auto_import && self.is_inherited(m) && !self.shared.store.is_changed(m)
        };
        settings.mappings.iter().filter(ready).map(|m| m.name.clone()).collect()
    }

    fn is_due(&self, settings: &Settings, mapping: &Mapping) -> bool {
        self.due_in(settings, mapping).is_some_and(|due| due.wait <= Duration::from_secs(10))
    }

    fn due_in(&self, settings: &Settings, mapping: &Mapping) -> Option<Due> {
        // A changed rule waits for the administrator, who sees its preview first.
        if self.shared.store.is_changed(mapping)
            || matches!(self.import_owner(mapping), ImportOwner::Elsewhere(_))
        {
            return None;
        }
        let (last, now) = (self.last_import(&mapping.name), self.config().1.clock.now_ms());
        if let Some(resumes) = last.as_ref().and_then(|record| record.resumes_ms) {
            return Some(Due::at(resumes, now));
        }
        let failed = last.as_ref().and_then(|record| self.shared.imports.failures.again_ms(record));
        if let Some(again) = failed
            && mapping.auto_import
        {
            return Some(Due::again_at(again, now));
        }
        // The first import is the administrator's word; after a loss of the database it was given before.
        let after_a_loss = || self.shared.store.loss().ok().flatten().map(|_| i64::MIN);
        let last = last.map(|record| record.finished_ms).or_else(after_a_loss);
        due::due_in(settings, mapping, last, now)
    }

    /// Mappings whose rule was changed since their last import.
    pub(crate) fn changed_mappings(&self, settings: &Settings) -> Vec<String> {
        let changed = settings.mappings.iter().filter(|m| self.shared.store.is_changed(m));
        changed.map(|m| m.name.clone()).collect()
    }

    pub(crate) fn next_import(&self, settings: &Settings) -> Option<Due> {
        let all = settings.mappings.iter().filter_map(|m| self.due_in(settings, m));
        all.min_by_key(|due| due.wait)
    }

    pub(crate) fn last_import(&self, mapping: &str) -> Option<ImportRecord> {
        self.shared.store.last_import(mapping).ok().flatten()
    }

    pub(crate) fn last_imports(&self, settings: &Settings) -> Vec<ImportRecord> {
        settings.mappings.iter().filter_map(|m| self.last_import(&m.name)).collect()
    }
}
