//! What people do in a day.

use super::{CONTAINERS, DEPARTMENTS, History};
use crate::directory::container;
use connector_model::{Dn, Enabled, Identity, Person};
use rand::RngExt;
use std::mem::swap;

impl History<'_> {
    /// Returns who was affected.
    pub(super) fn edits(&mut self) -> Vec<Identity> {
        let mut affected = vec![];
        if self.chance(0.06) {
            self.lose_a_unit(&mut affected);
        }
        if self.chance(0.03) {
            self.rebuild(&mut affected);
        }
        for _ in 0..self.random.random_range(0..6) {
            match self.anybody() {
                Some(id) if !self.chance(0.25) => self.edit(&id, &mut affected),
                _ => affected.push(self.hire()),
            }
        }
        if self.chance(0.15) {
            self.exchange_names(&mut affected);
        }
        affected.iter().map(|id| Identity::from_text(id)).collect()
    }

    /// A whole unit goes, or everybody.
    fn lose_a_unit(&mut self, affected: &mut Vec<String>) {
        let place = CONTAINERS[self.random.random_range(0..3)].to_lowercase();
        let everybody = self.chance(0.2);
        self.directory.state.lock().unwrap().people.retain(|id, person| {
            let stays = !everybody && container(&person.dn) != place;
            if !stays {
                affected.push(id.clone());
            }
            stays
        });
    }

    /// Everybody is there again, under another identity, on another server.
    fn rebuild(&mut self, affected: &mut Vec<String>) {
        let mut state = self.directory.state.lock().unwrap();
        state.rebuilt += 1;
        state.tombstones = false;
        for (id, person) in std::mem::take(&mut state.people) {
            let anew = made_anew(&id, person);
            affected.extend([id, anew.identity.to_string()]);
            state.people.insert(anew.identity.to_string(), anew);
        }
    }

    fn edit(&mut self, id: &str, affected: &mut Vec<String>) {
        let other = self.anybody().unwrap_or_default();
        let (kind, pick) = (self.random.random_range(0..16), self.random.random_range(0..3));
        let twin = self.newcomer();
        let mut state = self.directory.state.lock().unwrap();
        let others = state.people[&other].clone();
        let person = state.people.get_mut(id).unwrap();
        affected.push(id.to_owned());
        match kind {
            0 => drop(state.people.remove(id)),
            1 if person.enabled == Enabled::Yes => person.enabled = Enabled::No,
            1 => person.enabled = Enabled::Yes,
            2 => {
                let name = person.dn.leaf_value();
                person.dn = Dn::from_server(format!("CN={name},{}", CONTAINERS[pick]));
                self.moved.insert(id.to_owned());
            }
            3 => person.department = Some(DEPARTMENTS[pick].to_owned()),
            4 => person.email = others.email,
            5 => person.email = Some(format!("{id}@mail.example")),
            6 => person.email = Some(format!("{id}{pick}@other.example")),
            7 => person.set_emails(vec![]),
            8 => {
                let mut emails: Vec<String> = person.emails().cloned().collect();
                emails.insert(0, format!("{id}.{pick}@new.example"));
                let by = pick % emails.len();
                emails.rotate_left(by);
                person.set_emails(emails);
            }
            9 => person.upn = Some(format!("{id}-{pick}@x.example")),
            // The entry is deleted and made anew, where it was or elsewhere.
            10 | 11 => {
                let person = state.people.remove(id).unwrap();
                let mut anew = made_anew(id, person);
                if kind == 11 {
                    let name = anew.dn.leaf_value();
                    anew.dn = Dn::from_server(format!("CN={name},{}", CONTAINERS[pick]));
                }
                affected.push(anew.identity.to_string());
                state.people.insert(anew.identity.to_string(), anew);
            }
            // Somebody new has the same names, or takes them from somebody who goes.
            12 | 13 => {
                let mut twin = Person { upn: person.upn.clone(), ..twin };
                if kind == 13 || pick == 0 {
                    twin.set_emails(person.emails().cloned().collect::<Vec<_>>());
                }
                if kind == 13 {
                    state.people.remove(id);
                }
                affected.push(twin.identity.to_string());
                state.people.insert(twin.identity.to_string(), twin);
            }
            14 => {
                let mut emails = others.emails().cloned().collect::<Vec<_>>();
                let mine = person.emails().cloned().collect::<Vec<_>>();
                person.set_emails(std::mem::take(&mut emails));
                state.people.get_mut(&other).unwrap().set_emails(mine);
                affected.push(other);
            }
            _ => person.upn = person.upn.as_ref().map(|name| name.to_uppercase()),
        }
    }

    /// Names go around in a circle, or from one to the next.
    fn exchange_names(&mut self, affected: &mut Vec<String>) {
        let around = self.random.random_range(2..6);
        let last = self.chance(0.5).then(|| format!("{}@x.example", self.new_id()));
        let mut people: Vec<String> = (0..around).filter_map(|_| self.anybody()).collect();
        people.sort();
        people.dedup();
        let start = self.random.random_range(0..5);
        if !people.is_empty() {
            let by = start % people.len();
            people.rotate_left(by);
        }
        let state = &mut *self.directory.state.lock().unwrap();
        let mut name = last;
        let Some(first) = people.first().cloned() else { return };
        let is_circle = name.is_none();
        for id in &people {
            let person = state.people.get_mut(id).unwrap();
            swap(&mut name, &mut person.upn);
        }
        if is_circle {
            state.people.get_mut(&first).unwrap().upn = name;
        }
        affected.extend(people);
    }
}

/// The same entry with another identity.
fn made_anew(id: &str, person: Person) -> Person {
    let (name, count) = id.split_once('.').unwrap_or((id, "0"));
    let count = count.parse::<usize>().unwrap() + 1;
    Person { identity: Identity::from_text(&format!("{name}.{count}")), ..person }
}
