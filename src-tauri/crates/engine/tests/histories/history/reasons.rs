//! Whether what a plan says of somebody who is not as the directory has them is so.

use crate::cloud::User;
use connector_model::{Change, Enabled, Mapping, Person, PlannedPerson, Reason};
use std::collections::{BTreeMap, BTreeSet};

/// Directory, cloud and plan once everything is quiet.
pub(super) struct Quiet<'a> {
    pub shown: &'a BTreeMap<String, Person>,
    pub users: &'a [User],
    pub plan: &'a BTreeMap<String, PlannedPerson>,
    pub lost: &'a BTreeMap<String, User>,
    pub renumbered: bool,
    /// Mappings that an administrator removed.
    pub removed: &'a [Mapping],
}

impl Quiet<'_> {
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.iter().find(|user| user.identity.as_deref() == Some(id))
    }

    /// Everybody whom the connector takes for a user. A service that loses somebody says so only when it is asked for them,
    /// and nobody asks for who is unchanged, left out, or of a mapping that is gone.
    fn known(&self) -> impl Iterator<Item = &User> {
        let believed = |(identity, user): &(&String, &User)| {
            let planned = self.plan.get(identity.as_str());
            let asked = planned.map_or(!self.is_left_behind(user), |p| p.change.is_sent());
            self.user(identity).is_none() && !asked
        };
        self.users.iter().chain(self.lost.iter().filter(believed).map(|(_, user)| user))
    }

    fn is_left_behind(&self, user: &User) -> bool {
        self.removed.iter().any(|mapping| mapping.name == user.mapping)
    }

    /// Whether what the plan says of somebody is so.
    pub fn is_a_reason(&self, planned: &PlannedPerson, person: &Person) -> bool {
        let id = person.identity.as_str();
        match (&planned.reason, planned.change) {
            (_, Change::Unchanged) => self.user(id).is_none() && self.lost.contains_key(id),
            (Reason::NoEmail | Reason::LostEmail, _) => person.email.is_none(),
            (Reason::SameEmail { .. }, _) => {
                let chosen = planned.email.as_deref();
                chosen.is_some_and(|email| self.email_is_taken(person, email, &mut BTreeSet::new()))
            }
            (Reason::SameUserName { .. }, _) => {
                self.has_twin(person) || self.name_is_taken(person, &mut BTreeSet::new())
            }
            // One or several users may be the person, and only people can tell.
            (Reason::NameOfFormer { .. } | Reason::Ambiguous { .. }, _) => {
                self.has_namesake(person)
            }
            // Under the id of somebody whom the service lost it may have a user who is nobody's, once it counts anew.
            (reason, change) if change.is_sent() => {
                let taken = || self.name_is_taken_for_sure(person);
                let former = match reason {
                    Reason::Relinked { identity, .. } => identity,
                    _ => id,
                };
                let lost = self.lost.contains_key(id) || self.lost.contains_key(former);
                planned.refused.is_some() && ((self.renumbered && lost) || taken())
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

    /// Whether the cloud has another user of the name, who keeps it.
    fn name_is_taken_for_sure(&self, person: &Person) -> bool {
        let id = person.identity.as_str();
        let others = self.users.iter().filter(|user| user.identity.as_deref() != Some(id));
        let mut holders = others.filter(|user| is_named(person, &user.name));
        holders.any(|holder| self.keeps_name(holder, &mut BTreeSet::from([id.to_owned()])))
    }

    /// Whether another user has the name, and keeps it.
    fn name_is_taken(&self, person: &Person, seen: &mut BTreeSet<String>) -> bool {
        let id = person.identity.as_str();
        // Who waits for one another in a circle waits for ever.
        if !seen.insert(id.to_owned()) {
            return false;
        }
        let own = |user: &&User| user.identity.as_deref() == Some(id);
        let mut holders =
            self.known().filter(|user| !own(user)).filter(|u| is_named(person, &u.name));
        holders.any(|holder| self.keeps_name(holder, seen))
    }

    /// Whether that user keeps the name.
    fn keeps_name(&self, holder: &User, seen: &mut BTreeSet<String>) -> bool {
        let entry = holder.identity.as_ref().and_then(|identity| self.shown.get(identity));
        let Some(entry) = entry.filter(|entry| holder.active && entry.enabled == Enabled::Yes)
        else {
            return true;
        };
        let skipped = self.plan.get(entry.identity.as_str()).is_none_or(|planned| {
            planned.change == Change::Skip && !matches!(planned.reason, Reason::SameUserName { .. })
        });
        // Who takes imports over is not told of the people of a removed mapping, and has no temporary name for them.
        let unknown = self.is_left_behind(holder)
            && self.plan.get(entry.identity.as_str()).is_some_and(|planned| {
                planned.change == Change::Create && planned.refused.is_some()
            });
        // Left out for the address too, of which nothing is told where the user name is told of.
        let mut addresses = entry.emails();
        let no_address =
            addresses.all(|email| self.email_is_taken(entry, email, &mut BTreeSet::new()));
        is_named(entry, &holder.name)
            || skipped
            || no_address
            || unknown
            || self.has_twin(entry)
            || self.name_is_taken(entry, seen)
    }

    /// Whether the address that was chosen is another one's too: of an entry that comes first, or of a user who keeps it.
    /// It is chosen before anybody knows who else wants it, so another one of the person's may be free.
    fn email_is_taken(&self, person: &Person, email: &str, seen: &mut BTreeSet<String>) -> bool {
        // Who waits for one another in a circle waits for ever.
        seen.insert(person.identity.to_string())
            && has(person, email)
            && (self.is_wanted(person, email) || self.is_kept(person, email, seen))
    }

    /// Whether another entry has the address that is not left out for it itself.
    fn is_wanted(&self, person: &Person, email: &str) -> bool {
        let others = self.shown.values().filter(|other| other.identity != person.identity);
        others.filter(|other| has(other, email)).any(|other| {
            let planned = self.plan.get(other.identity.as_str());
            planned.is_some_and(|planned| !matches!(planned.reason, Reason::SameEmail { .. }))
        })
    }

    fn is_kept(&self, person: &Person, email: &str, seen: &mut BTreeSet<String>) -> bool {
        let own = |user: &&User| user.identity.as_deref() == Some(person.identity.as_str());
        let holders = self.known().filter(|user| user.active && !own(user));
        let mut holders = holders.filter(|user| user.email.eq_ignore_ascii_case(email));
        holders.any(|user| {
            let entry = user.identity.as_ref().and_then(|identity| self.shown.get(identity));
            entry.is_none_or(|entry| has(entry, &user.email) || self.keeps_email(entry, seen))
        })
    }

    /// Whether the user of that entry is not given the address that it has now.
    fn keeps_email(&self, entry: &Person, seen: &mut BTreeSet<String>) -> bool {
        let Some(planned) = self.plan.get(entry.identity.as_str()) else { return true };
        if let (Reason::SameEmail { .. }, Some(email)) = (&planned.reason, &planned.email) {
            return planned.refused.is_some() || self.email_is_taken(entry, email, seen);
        }
        planned.refused.is_some() || planned.change == Change::Skip
    }
}

fn has(person: &Person, email: &str) -> bool {
    person.emails().any(|one| one.eq_ignore_ascii_case(email))
}

fn is_named(person: &Person, name: &str) -> bool {
    person.upn.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name))
}
