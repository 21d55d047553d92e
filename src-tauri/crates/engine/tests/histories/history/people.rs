//! People who come, and the users that somebody made by hand.

use super::{CONTAINERS, DEPARTMENTS, History};
use crate::support::person;
use connector_model::{Dn, Person};
use rand::RngExt;

impl History<'_> {
    pub(super) fn new_id(&mut self) -> String {
        self.born += 1;
        format!("p{:03}", self.born - 1)
    }

    /// Somebody new, not in the directory yet.
    pub(super) fn newcomer(&mut self) -> Person {
        let id = self.new_id();
        let place = CONTAINERS[self.random.random_range(0..3)];
        let department = DEPARTMENTS[self.random.random_range(0..3)].to_owned();
        let mut other_emails = vec![];
        if self.chance(0.3) {
            other_emails.push(format!("{id}.second@mail.example"));
        }
        Person {
            dn: Dn::from_server(format!("CN={id},{place}")),
            display_name: None,
            department: Some(department),
            other_emails,
            ..person(&id)
        }
    }

    pub(super) fn hire(&mut self) -> String {
        let person = self.newcomer();
        self.put(person)
    }

    pub(super) fn put(&mut self, person: Person) -> String {
        let id = person.identity.to_string();
        self.directory.state.lock().unwrap().people.insert(id.clone(), person);
        id
    }

    /// From now on a connector may not know where anybody is who is here now.
    pub(super) fn lose_places(&mut self) {
        let state = self.directory.state.lock().unwrap();
        self.placeless.extend(state.people.keys().chain(state.before.keys()).cloned());
    }

    pub(super) fn anybody(&mut self) -> Option<String> {
        let state = self.directory.state.lock().unwrap();
        let count = state.people.len();
        if count == 0 {
            return None;
        }
        state.people.keys().nth(self.random.random_range(0..count)).cloned()
    }

    /// One who is nobody in the directory, and some who are.
    pub(super) fn make_users_by_hand(&mut self) {
        let mut users = vec![("root".to_owned(), "root@cloud.example".to_owned())];
        for _ in 0..self.random.random_range(0..3) {
            let Some(id) = self.anybody() else { continue };
            let email = if self.chance(0.7) { format!("{id}@mail.example") } else { String::new() };
            let name =
                if self.chance(0.5) { format!("{id}@x.example") } else { format!("hand {id}") };
            users.push((name, email));
        }
        users.sort();
        users.dedup_by(|one, other| one.0 == other.0);
        let mut cloud = self.cloud.state.lock().unwrap();
        for (name, email) in &users {
            cloud.make(name, email);
        }
    }
}
