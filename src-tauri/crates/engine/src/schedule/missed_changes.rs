//! Where changes are followed, a full import has nothing left to do. Whom it had to change all the same, and whom the
//! directory does not tell of in the moments after, was missed: that is an error of ours or of the server, and journaled.

use crate::engine::Engine;
use connector_model::{Change, ChangeMethod, Code, Error, Identity, Mapping};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long a change may be under way to a follower while a full import sees it already.
const LATE: Duration = Duration::from_secs(30);
/// People who are remembered of one import.
const KEPT: usize = 1000;
/// People who are named.
const NAMED: usize = 10;

/// What an import did besides counting, as far as it is worth remembering.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    changed: Vec<(Identity, Change)>,
    refused: HashSet<Identity>,
    /// The cloud's reasons for refusals, with their number.
    pub reasons: BTreeMap<String, (Code, u64)>,
}

impl Notes {
    pub fn changed(&mut self, identity: &Identity, change: Change) {
        if self.changed.len() < KEPT {
            self.changed.push((identity.clone(), change));
        }
    }

    pub fn refused(&mut self, identity: &Identity, error: &Error) {
        if self.refused.len() < KEPT {
            self.refused.insert(identity.clone());
        }
        // A reason that names the person would be one for each.
        if self.reasons.contains_key(&error.message) || self.reasons.len() < KEPT {
            let refused = self.reasons.entry(error.message.clone()).or_insert((error.code, 0));
            refused.1 += 1;
        }
    }
}

/// By mapping.
#[derive(Debug, Default)]
pub(crate) struct Differences(Mutex<HashMap<String, Found>>);

#[derive(Debug, Default)]
struct Found {
    /// Whom a full import had to change and nobody has told of yet.
    untold: HashSet<Identity>,
    /// Whom the cloud refused last: they are tried at every import.
    refused: HashSet<Identity>,
    /// Whether a full import was seen while changes were followed: the first one starts from an unknown state.
    begun: bool,
}

impl Differences {
    /// A follower told of these people.
    pub fn told(&self, mapping: &str, identities: &[Identity]) {
        self.with(mapping, |found| {
            for told in identities {
                found.untold.remove(told);
            }
        });
    }

    /// Whom the cloud refused of those of whom a follower told.
    pub fn refused(&self, mapping: &str, notes: &Mutex<Notes>) {
        let notes = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
        self.with(mapping, |found| found.refused.extend(notes.refused));
    }

    /// A full import runs because a follower knows of a change that it cannot tell person by person.
    pub fn expected(&self, mapping: &str) {
        self.with(mapping, |found| found.untold.clear());
    }

    fn with<T>(&self, mapping: &str, work: impl FnOnce(&mut Found) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(all.entry(mapping.to_owned()).or_default())
    }
}

impl Engine {
    /// After an import of everybody: whoever had to be changed although changes are followed is looked at once more in a
    /// moment.
    pub(crate) fn compare(&self, mapping: &Mapping, notes: Notes) {
        let method = self.follows_well(&mapping.name);
        let suspicious = self.shared.differences.with(&mapping.name, |found| {
            let refused = std::mem::replace(&mut found.refused, notes.refused);
            let begun = std::mem::replace(&mut found.begun, method.is_some());
            let Some(method) = method.filter(|_| begun) else { return false };
            let untold = notes.changed.into_iter().filter(|(identity, change)| {
                // Deletions are not told everywhere.
                let told = *change != Change::Preserve || method != ChangeMethod::UsnChanged;
                told && !refused.contains(identity)
            });
            found.untold = untold.map(|(identity, _)| identity).collect();
            !found.untold.is_empty()
        });
        if suspicious {
            let (engine, mapping) = (self.clone(), mapping.name.clone());
            self.shared.tasks.spawn(async move {
                tokio::select! {
                    () = engine.shared.stop.cancelled() => {}
                    () = tokio::time::sleep(LATE) => engine.report_missed(&mapping),
                }
            });
        }
    }

    fn report_missed(&self, mapping: &str) {
        let Some(method) = self.follows_well(mapping) else { return };
        let untold =
            self.shared.differences.with(mapping, |found| std::mem::take(&mut found.untold));
        if untold.is_empty() {
            return;
        }
        let mut people: Vec<&Identity> = untold.iter().collect();
        people.sort_unstable();
        people.truncate(NAMED);
        tracing::error!(mapping, people = untold.len(), ?method, "changes were missed");
        let detail = json!({ "people": people, "count": untold.len(), "method": method });
        self.shared.journal.note(self.entry("missed", mapping, detail));
    }

    /// How the changes of a mapping are followed, where every one of them should arrive.
    fn follows_well(&self, mapping: &str) -> Option<ChangeMethod> {
        let following = self.following().into_iter().find(|f| f.mapping == mapping)?;
        let complete = following.method != ChangeMethod::ModifyTimestamp;
        (complete && following.error.is_none()).then_some(following.method)
    }
}
