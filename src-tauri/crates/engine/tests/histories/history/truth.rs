//! What must be true at every moment, and once the failures have stopped.

use super::History;
use crate::cloud::User;
use crate::directory::{People, is_in};
use connector_model::{Enabled, Mapping, Person};

impl History<'_> {
    /// Nobody is made inactive without proof, nobody made anew whom the connector knows to be there.
    pub(super) fn check_what_was_asked(&mut self) {
        let mut cloud = self.cloud.state.lock().unwrap();
        let directory = self.directory.state.lock().unwrap();
        let shown = directory.shown();
        for id in std::mem::take(&mut cloud.preserved) {
            let out_of_sight = !shown.contains_key(&id) && self.moved.contains(&id);
            let proof = self.approved.contains(&id)
                || out_of_sight
                || proven(&id, &directory.people, &shown, &self.settings.mappings);
            let judged = !shown.contains_key(&id) || !directory.faults.undecided.contains(&id);
            assert!(
                judged,
                "{id} was made inactive, of whom nothing is said; {:?}",
                directory.faults
            );
            assert!(proof, "{id} was made inactive without proof; {:?}", directory.faults);
        }
        assert!(cloud.created_again.is_empty(), "created twice: {:?}", cloud.created_again);
    }

    pub(super) fn assert_as_in_the_directory(&self) {
        let (cloud, directory) =
            (self.cloud.state.lock().unwrap(), self.directory.state.lock().unwrap());
        let holder = |name: &dyn Fn(&User) -> bool, id: &str| {
            cloud.users.iter().any(|(other, user)| other != id && user.active && name(user))
        };
        for (id, person) in &directory.people {
            let inside = self.settings.mappings.iter().any(|mapping| is_in(mapping, person));
            let user = cloud.users.get(id);
            let active = user.is_some_and(|user| user.active);
            if !inside || person.enabled == Enabled::No {
                assert!(!active, "{id} is active, and should not be: {person:?}");
                continue;
            }
            let email = person.email.clone().unwrap_or_default();
            let taken = holder(&|user| user.email.eq_ignore_ascii_case(&email), id);
            assert!(active || taken, "{id} was forgotten: {person:?}");
            if !taken {
                let wanted =
                    User { name: person.upn.clone().unwrap_or_default(), email, active: true };
                assert_eq!(user, Some(&wanted), "{id} is not as in the directory");
            }
        }
        for (id, user) in &cloud.users {
            let gone = !directory.people.contains_key(id);
            assert!(!(gone && user.active), "{id} is gone and still active");
        }
    }
}

/// Whether somebody is truly gone, or is shown as disabled or outside every mapping by the server that answers.
fn proven(id: &str, truth: &People, shown: &People, mappings: &[Mapping]) -> bool {
    let outside = |person: &Person| !mappings.iter().any(|mapping| is_in(mapping, person));
    let says_so =
        |people: &People| people.get(id).is_some_and(|p| p.enabled == Enabled::No || outside(p));
    !truth.contains_key(id) || says_so(shown) || says_so(truth)
}
