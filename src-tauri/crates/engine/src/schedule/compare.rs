//! Compares a full import with the changes that were reported before it: what it found besides them was missed.

use crate::engine::Engine;
use crate::schedule::missed_changes::Notes;
use connector_model::{Change, ChangeMethod, Identity, Mapping};
use serde_json::json;
use std::time::Duration;

/// How long a change may be under way to a follower while a full import sees it already.
const LATE: Duration = Duration::from_secs(30);
/// People who are named.
const NAMED: usize = 10;

impl Engine {
    /// After an import of everybody: whoever had to be changed although changes are followed is looked at once more in a
    /// moment.
    pub(crate) fn compare(&self, mapping: &Mapping, notes: Notes) {
        let method = self.follows_well(&mapping.name);
        let suspicious = self.shared.changes.differences.with(&mapping.name, |found| {
            let refused = std::mem::replace(&mut found.refused, notes.refused);
            found.unsettled = notes.unsettled;
            let begun = std::mem::replace(&mut found.begun, method.is_some());
            let Some(method) = method.filter(|_| begun) else { return false };
            let unreported = notes.changed.into_iter().filter(|(identity, change)| {
                // Deletions are not told everywhere.
                let reported = *change != Change::Preserve || method != ChangeMethod::UsnChanged;
                reported && !refused.contains(identity)
            });
            found.unreported = unreported.map(|(identity, _)| identity).collect();
            !found.unreported.is_empty()
        });
        if suspicious {
            let (engine, mapping) = (self.clone(), mapping.name.clone());
            self.shared.life.tasks.spawn(async move {
                tokio::select! {
                    () = engine.shared.life.stop.cancelled() => {}
                    () = tokio::time::sleep(LATE) => engine.report_missed(&mapping),
                }
            });
        }
    }

    fn report_missed(&self, mapping: &str) {
        let Some(method) = self.follows_well(mapping) else { return };
        let unreported = self
            .shared
            .changes
            .differences
            .with(mapping, |found| std::mem::take(&mut found.unreported));
        if unreported.is_empty() {
            return;
        }
        let mut people: Vec<&Identity> = unreported.iter().collect();
        people.sort_unstable();
        people.truncate(NAMED);
        tracing::error!(mapping, people = unreported.len(), ?method, "changes were missed");
        let detail = json!({ "people": people, "count": unreported.len(), "method": method });
        self.shared.journal.note(self.entry("missed", mapping, detail));
    }

    /// How the changes of a mapping are followed, where every one of them should arrive.
    fn follows_well(&self, mapping: &str) -> Option<ChangeMethod> {
        let following = self.following().into_iter().find(|f| f.mapping == mapping)?;
        let complete = following.method != ChangeMethod::ModifyTimestamp;
        (complete && following.error.is_none()).then_some(following.method)
    }
}
