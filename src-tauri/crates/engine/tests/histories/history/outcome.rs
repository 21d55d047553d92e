//! What must be true once the failures have stopped: the cloud is what the directory says, or a reason is told that is true.

use super::History;
use super::reasons::Quiet;
use crate::cloud::User;
use crate::directory::is_in;
use connector_model::{Change, Enabled, Person, PlannedPerson, Reason};
use std::collections::BTreeMap;

impl History<'_> {
    /// Whether the cloud is what the directory says, and nobody needs a reason.
    pub(super) fn is_as_in_the_directory(&self) -> bool {
        let directory = self.directory.state.lock().unwrap();
        let (shown, cloud) = (directory.shown(), self.cloud.state.lock().unwrap());
        let settled =
            |(id, person): (&String, &Person)| match (cloud.of(id), self.is_wanted(person)) {
                (Some(user), true) => is_as(user, person),
                (None, true) => false,
                (user, false) => user.is_none_or(|user| !user.active || self.is_left_behind(user)),
            };
        let there = |user: &User| {
            let identity =
                user.identity.as_ref().filter(|_| user.active && !self.is_left_behind(user));
            identity.is_none_or(|identity| shown.contains_key(identity))
        };
        shown.iter().all(settled) && cloud.users.iter().all(there)
    }

    pub(super) async fn assert_as_in_the_directory(&mut self) {
        self.assert_untouched();
        if self.is_as_in_the_directory() {
            return;
        }
        let plan = self.whole_plan().await;
        let left_behind = self.engine().status().left_behind;
        let directory = self.directory.clone();
        let directory = directory.state.lock().unwrap();
        let (shown, users) = (directory.shown(), self.cloud.state.lock().unwrap().users.clone());
        let (lost, renumbered, removed) = (&self.lost, self.renumbered, &self.removed);
        let quiet = Quiet { shown: &shown, users: &users, plan: &plan, lost, renumbered, removed };
        for (id, person) in &shown {
            let user = quiet.user(id);
            if !self.is_wanted(person) {
                let active = user.is_some_and(|user| user.active && !self.is_left_behind(user));
                assert!(!active, "{id} is active, and should not be: {:?}", plan.get(id));
                continue;
            }
            if user.is_some_and(|user| is_as(user, person)) {
                continue;
            }
            let planned = plan.get(id).unwrap_or_else(|| panic!("{id} is in no plan"));
            let stated = quiet.is_a_reason(planned, person);
            let (change, reason, refused) = (planned.change, &planned.reason, &planned.refused);
            assert!(stated, "{id} was forgotten: {change:?} {reason:?} {refused:?}");
        }
        // Of a mapping that was removed, as far as the connector knows: that number is told. The cloud may have them in another one,
        // where the connector had no answer, or has lost its database.
        let mut told_of: u64 = left_behind.iter().map(|mapping| mapping.people).sum();
        for user in users.iter().filter(|user| user.active && !self.is_left_behind(user)) {
            let Some(identity) = &user.identity else { continue };
            let held = plan.get(identity).is_some_and(|p| {
                p.change == Change::Hold && matches!(p.reason, Reason::OnOtherServer { .. })
            });
            if shown.contains_key(identity) || held {
                continue;
            }
            let planned = plan.get(identity);
            assert!(
                planned.is_none() && told_of > 0,
                "{user:?} is gone and still active: {planned:?}"
            );
            told_of -= 1;
        }
    }

    /// Nobody else's user was touched.
    fn assert_untouched(&self) {
        let cloud = self.cloud.state.lock().unwrap();
        let root = cloud.users.iter().find(|user| user.name == "root");
        let untouched = root.is_none_or(|root| root.identity.is_none() && root.active);
        assert!(untouched, "{root:?}");
    }

    /// Everybody in the plans of all mappings, as their own mapping has them.
    async fn whole_plan(&mut self) -> BTreeMap<String, PlannedPerson> {
        let mut plan = BTreeMap::new();
        for mapping in self.settings.mappings.clone() {
            let (_, people) = self.preview(&mapping).await.unwrap().unwrap();
            for person in people {
                // Who moves is told of there.
                if matches!(person.reason, Reason::MovesTo { .. }) {
                    plan.entry(person.identity.to_string()).or_insert(person);
                } else if !matches!(person.reason, Reason::Claimed { .. }) {
                    plan.insert(person.identity.to_string(), person);
                }
            }
        }
        plan
    }

    fn is_wanted(&self, person: &Person) -> bool {
        let inside = self.settings.mappings.iter().any(|mapping| is_in(mapping, person));
        inside && person.enabled == Enabled::Yes
    }

    fn is_left_behind(&self, user: &User) -> bool {
        self.removed.iter().any(|mapping| mapping.name == user.mapping)
    }
}

/// Whether a user is as the directory has the person.
fn is_as(user: &User, person: &Person) -> bool {
    let named = person.upn.as_ref() == Some(&user.name);
    user.active && named && person.emails().any(|email| *email == user.email)
}
