//! Where changes are followed, a full import has nothing left to do. Whom it had to change all the same, and whom the
//! directory does not tell of in the moments after, was missed: that is an error of ours or of the server, and journaled.

use crate::state::records::{Refusal, RefusedPerson};
use connector_model::{Change, Error, Identity};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

/// People who are remembered of one import.
const KEPT: usize = 1000;

/// What an import did besides counting, as far as it is worth remembering.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub changed: Vec<(Identity, Change)>,
    pub refused: HashSet<Identity>,
    /// Who is looked at again before the next full import: others have to move first.
    pub unsettled: HashSet<Identity>,
    /// The cloud's reasons for refusals, by code and words.
    reasons: BTreeMap<(&'static str, String), Refusal>,
}

impl Notes {
    pub fn changed(&mut self, identity: &Identity, change: Change) {
        if self.changed.len() < KEPT {
            self.changed.push((identity.clone(), change));
        }
    }

    pub fn unsettled(&mut self, identity: &Identity) {
        if self.unsettled.len() < KEPT {
            self.unsettled.insert(identity.clone());
        }
    }

    pub fn refused(&mut self, person: RefusedPerson, error: &Error) {
        if self.refused.len() < KEPT {
            self.refused.insert(person.identity.clone());
        }
        // A reason that names the person would be one for each.
        let key = (error.code.as_str(), error.message.clone());
        if !self.reasons.contains_key(&key) && self.reasons.len() >= KEPT {
            return;
        }
        let refusal = self.reasons.entry(key).or_insert_with(|| Refusal {
            code: Some(error.code),
            reason: error.message.clone(),
            people: 0,
            examples: vec![],
        });
        refusal.people += 1;
        if refusal.examples.len() < Refusal::EXAMPLES {
            refusal.examples.push(person);
        }
    }

    /// Why the cloud refused people, the most frequent reasons first, at most `most` of them.
    pub fn refusals(&self, most: usize) -> Vec<Refusal> {
        let mut refusals: Vec<Refusal> = self.reasons.values().cloned().collect();
        refusals.sort_by_key(|refusal| std::cmp::Reverse(refusal.people));
        refusals.truncate(most);
        refusals
    }
}

/// By mapping.
#[derive(Debug, Default)]
pub(crate) struct Differences(Mutex<HashMap<String, Followed>>);

#[derive(Debug, Default)]
pub(crate) struct Followed {
    /// Whom a full import had to change and nobody has told of yet.
    pub unreported: HashSet<Identity>,
    /// Whom the cloud refused last: they are tried at every import.
    pub refused: HashSet<Identity>,
    /// Who waits for others, of whom nobody may tell: for a name that they give up, for another mapping to take them, for the
    /// directory of another account.
    pub unsettled: HashSet<Identity>,
    /// Whether a full import was seen while changes were followed: the first one starts from an unknown state.
    pub begun: bool,
}

impl Differences {
    /// A follower told of these people.
    pub fn reported(&self, mapping: &str, identities: &[Identity]) {
        self.with(mapping, |found| {
            for reported in identities {
                found.unreported.remove(reported);
            }
        });
    }

    /// What became of those of whom a follower told.
    pub fn looked_at(&self, mapping: &str, affected: &[Identity], notes: &Mutex<Notes>) {
        let notes = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
        self.with(mapping, |found| {
            found.refused.extend(notes.refused);
            for settled in affected {
                found.unsettled.remove(settled);
            }
            let room = KEPT.saturating_sub(found.unsettled.len());
            found.unsettled.extend(notes.unsettled.into_iter().take(room));
        });
    }

    /// Who is to be looked at again.
    pub fn unsettled(&self, mapping: &str) -> Vec<Identity> {
        self.with(mapping, |found| found.unsettled.iter().cloned().collect())
    }

    /// A full import runs because a follower knows of a change that it cannot tell person by person.
    pub fn expected(&self, mapping: &str) {
        self.with(mapping, |found| found.unreported.clear());
    }

    pub fn with<T>(&self, mapping: &str, work: impl FnOnce(&mut Followed) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        work(all.entry(mapping.to_owned()).or_default())
    }
}
