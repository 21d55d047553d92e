//! What fails in a round.

use super::{CONTAINERS, History};
use crate::cloud::{Fate, Quirks};
use crate::directory::{Attribute, Faults};
use connector_model::Code;
use rand::RngExt;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

impl History<'_> {
    pub(super) fn faults(&mut self) -> Faults {
        let mut hidden = BTreeSet::new();
        if self.chance(0.12) {
            hidden.insert(CONTAINERS[self.random.random_range(0..3)].to_lowercase());
        }
        let mut unreadable = BTreeSet::new();
        if self.chance(0.12) {
            unreadable.insert(Attribute::ALL[self.random.random_range(0..4)]);
        }
        Faults {
            cut_after: self.chance(0.12).then(|| self.random.random_range(0..15)),
            read_fails: self.chance(0.05),
            proof_fails: self.chance(0.1),
            down: self.chance(0.04),
            hidden,
            undecided: self.some_people(0.2),
            nameless: self.some_people(0.1),
            unreadable,
            turned: self.chance(0.3),
            other_server: self.chance(0.12),
            played_back: self.chance(0.05),
            hangs_after: self.chance(0.08).then(|| self.random.random_range(0..12)),
        }
    }

    pub(super) fn quirks(&mut self) -> Quirks {
        let mut fates = BTreeMap::new();
        for id in self.some_people(0.3) {
            let fate = self.fate();
            fates.insert(id, fate);
        }
        Quirks {
            fails: if self.chance(0.12) { self.random.random_range(1..9) } else { 0 },
            loses: if self.chance(0.12) { self.random.random_range(1..3) } else { 0 },
            null_answers: if self.chance(0.08) { self.random.random_range(1..3) } else { 0 },
            fates,
            hangs_after: self.chance(0.08).then(|| self.random.random_range(0..4)),
            lists_end_after: self.chance(0.1).then(|| self.random.random_range(0..12)),
            hides_unlinked: self.chance(0.1),
        }
    }

    fn fate(&mut self) -> Fate {
        let done = self.chance(0.5);
        match self.random.random_range(0..6) {
            0 => Fate::Refused,
            1 => Fate::Unsure { done },
            2 => Fate::Postponed { code: Code::CloudUnavailable, sent: true, done },
            3 => Fate::Postponed { code: Code::CloudRefused, sent: self.chance(0.5), done },
            4 => Fate::Unconfirmed,
            _ => Fate::Mistold,
        }
    }

    fn some_people(&mut self, share: f64) -> BTreeSet<String> {
        let some = if self.chance(share) { self.random.random_range(1..4) } else { 0 };
        (0..some).filter_map(|_| self.anybody()).collect()
    }

    /// What does not pass with the round: the service's own mishaps, a lost database.
    pub(super) fn trouble(&mut self) {
        if self.chance(0.08) {
            let by = self.random.random_range(1..5);
            self.renumbered = true;
            self.cloud.state.lock().unwrap().number_anew(by);
        }
        if self.chance(0.05) {
            let mut cloud = self.cloud.state.lock().unwrap();
            if !cloud.users.is_empty() {
                let at = self.random.random_range(0..cloud.users.len());
                let user = cloud.forget(at);
                self.lost.extend(user.identity.clone().map(|identity| (identity, user)));
            }
        }
        if self.chance(0.06) {
            self.lose_database();
        }
    }

    /// The connector starts on nothing, or on what is no database: in a home of its own, for a thread of the one that died may
    /// still have the old file, and removes what is beside it when it ends.
    fn lose_database(&mut self) {
        self.lose_places();
        self.connectors.stop_current();
        let was_there = self.connectors.database(self.folder).exists();
        let damage = self.random.random_range(0..3);
        if !was_there || self.settings.mappings.is_empty() {
            return;
        }
        self.connectors.moves();
        let path = self.connectors.database(self.folder);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match damage {
            0 => {}
            1 => fs::write(&path, "").unwrap(),
            _ => {
                fs::write(&path, "no database, and long enough to be one ".repeat(300)).unwrap();
            }
        }
        self.cloud.state.lock().unwrap().connector_forgets();
        // Without any mapping a start would take it for a new home.
        self.engine();
    }
}
