//! Whether what a plan says of somebody who is not as the directory has them is so.

use crate::cloud::User;
use connector_model::{Change, Enabled, Person, PlannedPerson, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Directory, cloud and plan once everything is quiet.
pub(super) struct Quiet<'a> {
    pub shown: &'a BTreeMap<String, Person>,
    pub users: &'a [User],
    pub plan: &'a BTreeMap<String, PlannedPerson>,
    pub forgotten: &'a BTreeSet<String>,
    pub renumbered: bool,
}

impl Quiet<'_> {
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.identity.as_deref() == Some(id))
    }

    /// Whether what the plan says of somebody is so.
    pub fn is_a_reason(&self, planned: &PlannedPerson, person: &Person) -> bool {
        let id = person.identity.as_str();
        match (&planned.reason, planned.change) {
            // A service that loses somebody says so only when it is asked for them, and nobody asks for who is unchanged.
            (_, Change::Unchanged) => self.user(id).is_none() && self.forgotten.contains(id),
            (Reason::NoEmail | Reason::LostEmail, _) => person.email.is_none(),
            (Reason::SameEmail { .. }, _) => {
                let chosen = planned.email.as_deref();
                chosen.is_some_and(|email| self.email_is_taken(person, email))
            }
            (Reason::SameUserName { .. }, _) => {
                self.has_twin(person) || self.name_is_taken(person, &mut BTreeSet::new())
            }
            // One or several users may be the person, and only people can tell.
            (Reason::NameOfFormer { .. } | Reason::Ambiguous { .. }, _) => {
                self.has_namesake(person)
            }
            // Under the id of somebody whom the service lost it may have a user who is nobody's, once it counts anew.
            (_, change) if change.is_sent() => {
                let taken = || self.name_is_taken(person, &mut BTreeSet::new());
                planned.refused.is_some()
                    && ((self.renumbered && self.forgotten.contains(id)) || taken())
            }
            _ => false,
        }
    }

    /// Whether another user has the name or one of the addresses.
    fn has_namesake(&self, person: &Person) -> bool {
        let own = |user: &&User| user.identity.as_deref() == Some(person.identity.as_str());
        self.users
            .iter()
            .filter(|user| !own(user))
            .any(|user| is_named(person, &user.name) || has(person, &user.email))
    }

    fn has_twin(&self, person: &Person) -> bool {
        let mut others = self.shown.values().filter(|other| other.identity != person.identity);
        others.any(|other| other.upn.as_deref().is_some_and(|name| is_named(person, name)))
    }

    /// Whether another user has the name, and keeps it.
    fn name_is_taken(&self, person: &Person, seen: &mut BTreeSet<String>) -> bool {
        let id = person.identity.as_str();
        // Who waits for one another in a circle waits for ever.
        if !seen.insert(id.to_owned()) {
            return false;
        }
        let own = |user: &&User| user.identity.as_deref() == Some(id);
        let holder =
            self.users.iter().filter(|user| !own(user)).find(|u| is_named(person, &u.name));
        let Some(holder) = holder else { return false };
        let entry = holder.identity.as_ref().and_then(|identity| self.shown.get(identity));
        let Some(entry) = entry.filter(|entry| holder.active && entry.enabled == Enabled::Yes)
        else {
            return true;
        };
        let skipped = self.plan.get(entry.identity.as_str()).is_none_or(|planned| {
            planned.change == Change::Skip && !matches!(planned.reason, Reason::SameUserName { .. })
        });
        is_named(entry, &holder.name)
            || skipped
            || self.has_twin(entry)
            || self.name_is_taken(entry, seen)
    }

    /// Whether the address that was chosen is another one's too: of an entry that comes first, or of a user who keeps it.
    /// It is chosen before anybody knows who else wants it, so another one of the person's may be free.
    fn email_is_taken(&self, person: &Person, email: &str) -> bool {
        has(person, email) && (self.is_wanted(person, email) || self.is_kept(person, email))
    }

    /// Whether another entry has the address that is not left out for it itself.
    fn is_wanted(&self, person: &Person, email: &str) -> bool {
        let others = self.shown.values().filter(|other| other.identity != person.identity);
        others.filter(|other| has(other, email)).any(|other| {
            let planned = self.plan.get(other.identity.as_str());
            planned.is_some_and(|planned| !matches!(planned.reason, Reason::SameEmail { .. }))
        })
    }

    fn is_kept(&self, person: &Person, email: &str) -> bool {
        let own = |user: &&User| user.identity.as_deref() == Some(person.identity.as_str());
        let holders = self.users.iter().filter(|user| user.active && !own(user));
        holders.filter(|user| user.email.eq_ignore_ascii_case(email)).any(|user| {
            let entry = user.identity.as_ref().and_then(|identity| self.shown.get(identity));
            entry.is_none_or(|entry| {
                let planned = self.plan.get(entry.identity.as_str());
                let waits = planned.is_none_or(|planned| {
                    let for_email = matches!(planned.reason, Reason::SameEmail { .. });
                    planned.refused.is_some() || (planned.change == Change::Skip && !for_email)
                });
                has(entry, &user.email) || waits
            })
        })
    }
}

fn has(person: &Person, email: &str) -> bool {
    person.emails().any(|one| one.eq_ignore_ascii_case(email))
}

fn is_named(person: &Person, name: &str) -> bool {
    person.upn.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name))
}
