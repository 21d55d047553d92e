//! What must be true at every moment.

use super::History;
use crate::cloud::Deed;
use crate::directory::State;
use connector_model::{Enabled, Judgement};
use std::collections::BTreeSet;

impl History<'_> {
    /// Nobody is made inactive without proof, nobody is doubled, nobody else's user is touched.
    pub(super) fn check_what_was_done(&mut self) {
        let (deeds, wrongs) = {
            let mut cloud = self.cloud.state.lock().unwrap();
            (std::mem::take(&mut cloud.deeds), std::mem::take(&mut cloud.wrongs))
        };
        assert!(wrongs.is_empty(), "{wrongs:?}");
        self.assert_within_the_limit(&deeds);
        let directory = self.directory.state.lock().unwrap();
        for deed in deeds {
            match &deed {
                Deed::Inactive { identity, user } => {
                    for id in [Some(identity), user.as_ref()].into_iter().flatten() {
                        if let Err(why) = self.may_be_inactive(id, &directory) {
                            panic!("{deed:?}: {id} {why}; {:?}", directory.faults);
                        }
                    }
                }
                Deed::Given { to, before, same } => {
                    let right = match &before.identity {
                        None => same.0 || same.1,
                        Some(former) => *same == (true, true) && !self.is_there(former, &directory),
                    };
                    assert!(right, "{to} was given {before:?}; {:?}", directory.faults);
                }
            }
        }
    }

    /// Nobody has approved of many at once who is not on a list that was looked at: more than the number, and more than the
    /// share of everybody whom a connector may take for active.
    fn assert_within_the_limit(&self, deeds: &[Deed]) {
        let limits = &self.settings.import;
        let inactive = |deed: &Deed| match deed {
            Deed::Inactive { identity, .. } => Some(identity.clone()),
            Deed::Given { .. } => None,
        };
        let inactive: BTreeSet<String> = deeds.iter().filter_map(inactive).collect();
        let surprising = inactive.difference(&self.approved).count();
        let directory = self.directory.state.lock().unwrap();
        let cloud = self.cloud.state.lock().unwrap();
        let there = cloud.users.iter().filter_map(|user| user.identity.as_ref());
        let everybody: BTreeSet<&String> = there
            .chain(directory.people.keys())
            .chain(directory.before.keys())
            .chain(self.lost.keys())
            .collect();
        let share = everybody.len() * limits.removal_limit_percent as usize / 100;
        let within = surprising <= share || surprising <= limits.removal_limit_people as usize;
        assert!(within, "{surprising} are made inactive at once, of {}", everybody.len());
    }

    /// Whether the entry of that identity is there for sure, as far as the server shows. An entry whose identity cannot be
    /// read is still found at its place; by a connector that does not know the place, it is not. Then somebody of the same
    /// user name and e-mail address, both unique, is the same person as far as anybody can see: else a rebuilt directory
    /// would lose everybody.
    fn is_there(&self, id: &str, directory: &State) -> bool {
        let unnamed = directory.faults.nameless.contains(id);
        let unplaced = self.moved.contains(id) || self.placeless.contains(id);
        directory.held().contains_key(id) && !(unnamed && unplaced)
    }

    /// Whether somebody is truly gone, or shown as disabled or outside every mapping; else what is wrong with it.
    fn may_be_inactive(&self, id: &str, directory: &State) -> Result<(), &'static str> {
        if self.approved.contains(id) {
            return Ok(());
        }
        let mappings = &self.settings.mappings;
        if let Some(person) = directory.shown().get(id) {
            let fails = |judgement| matches!(judgement, Judgement::Fails(_));
            let outside = mappings.iter().all(|m| fails(directory.judgement(m, person)));
            return if outside || person.enabled == Enabled::No {
                Ok(())
            } else {
                Err("is seen, and no criterion fails")
            };
        }
        let gone = !directory.people.contains_key(id);
        let old = directory.is_old() && !directory.before.contains_key(id);
        // Whoever was moved and is out of sight is not where they were: nothing else can be seen.
        if gone || self.moved.contains(id) || (old && self.accepted) {
            Ok(())
        } else {
            Err("is there, although out of sight")
        }
    }
}
