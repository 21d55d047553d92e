//! What a round brings: what people do, what an administrator changes, what fails.

use super::{CONTAINERS, DEPARTMENTS, History};
use crate::cloud::Refusals;
use crate::directory::{Faults, container};
use connector_model::{Dn, Enabled, Identity, Person};
use rand::RngExt;
use std::collections::BTreeSet;

impl History<'_> {
    pub(super) fn faults(&mut self) -> Faults {
        let mut hidden = BTreeSet::new();
        if self.chance(0.15) {
            hidden.insert(CONTAINERS[self.random.random_range(0..3)].to_lowercase());
        }
        Faults {
            cut_after: self.chance(0.15).then(|| self.random.random_range(0..15)),
            read_fails: self.chance(0.05),
            proof_fails: self.chance(0.1),
            down: self.chance(0.05),
            hidden,
            undecided: if self.chance(0.2) {
                (0..3).map(|_| format!("p{:03}", self.random.random_range(0..20))).collect()
            } else {
                BTreeSet::new()
            },
            other_server: self.chance(0.15),
            played_back: self.chance(0.05),
            hangs_after: self.chance(0.1).then(|| self.random.random_range(0..12)),
        }
    }

    pub(super) fn refusals(&mut self) -> Refusals {
        let mut people = BTreeSet::new();
        if self.chance(0.1) {
            people.insert(format!("p{:03}", self.random.random_range(0..20)));
        }
        Refusals {
            fails: if self.chance(0.15) { self.random.random_range(1..9) } else { 0 },
            loses: if self.chance(0.15) { self.random.random_range(1..3) } else { 0 },
            people,
            hangs_after: self.chance(0.1).then(|| self.random.random_range(0..4)),
        }
    }

    pub(super) fn hire(&mut self) -> String {
        let id = format!("p{:03}", self.born);
        self.born += 1;
        let place = CONTAINERS[self.random.random_range(0..3)];
        let person = Person {
            identity: Identity::from_text(&id),
            dn: Dn::from_server(format!("CN={id},{place}")),
            common_name: Some(id.clone()),
            upn: Some(format!("{id}@x.example")),
            login: Some(id.clone()),
            email: Some(format!("{id}@mail.example")),
            other_emails: vec![],
            unusable_email: None,
            display_name: None,
            given_name: None,
            surname: None,
            department: Some(DEPARTMENTS[self.random.random_range(0..3)].to_owned()),
            country: None,
            title: None,
            enabled: Enabled::Yes,
        };
        self.directory.state.lock().unwrap().people.insert(id.clone(), person);
        id
    }

    /// What people do in a day; returns who was affected by it.
    pub(super) fn edits(&mut self) -> Vec<Identity> {
        let mut affected = vec![];
        if self.chance(0.08) {
            // A whole unit goes, or everybody.
            let place = CONTAINERS[self.random.random_range(0..3)].to_lowercase();
            let everybody = self.chance(0.2);
            let people = &mut self.directory.state.lock().unwrap().people;
            people.retain(|id, person| {
                let stays = !everybody && container(&person.dn) != place;
                if !stays {
                    affected.push(id.clone());
                }
                stays
            });
        }
        for _ in 0..self.random.random_range(0..6) {
            let ids: Vec<String> =
                self.directory.state.lock().unwrap().people.keys().cloned().collect();
            if ids.is_empty() || self.chance(0.25) {
                affected.push(self.hire());
                continue;
            }
            let id = ids[self.random.random_range(0..ids.len())].clone();
            let other = ids[self.random.random_range(0..ids.len())].clone();
            let (kind, pick) = (self.random.random_range(0..7), self.random.random_range(0..3));
            let people = &mut self.directory.state.lock().unwrap().people;
            let others = people[&other].email.clone();
            let person = people.get_mut(&id).unwrap();
            match kind {
                0 => drop(people.remove(&id)),
                1 if person.enabled == Enabled::Yes => person.enabled = Enabled::No,
                1 => person.enabled = Enabled::Yes,
                2 => {
                    person.dn = Dn::from_server(format!("CN={id},{}", CONTAINERS[pick]));
                    self.moved.insert(id.clone());
                }
                3 => person.department = Some(DEPARTMENTS[pick].to_owned()),
                4 => person.email = others,
                5 => person.email = Some(format!("{id}@mail.example")),
                _ => person.email = Some(format!("{id}{pick}@other.example")),
            }
            affected.push(id);
        }
        if self.chance(0.15) {
            // The administrator edits a mapping.
            let at = self.random.random_range(0..2);
            let kept = self.random.random_range(0..=3);
            self.settings.mappings[at].department =
                DEPARTMENTS[..kept].iter().map(ToString::to_string).collect();
            if let Some(engine) = &self.engine {
                engine.reload(self.settings.clone(), self.ports());
            }
        }
        affected.iter().map(|id| Identity::from_text(id)).collect()
    }
}
