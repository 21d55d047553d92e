//! A service that refuses, forgets to answer and dies, and keeps account of what it was asked. User names are unique there,
//! as RFC 7643, section 4.1.1, has it; whoever is asked for by an id that is somebody else's is looked for by identity.

mod port;
mod quirks;

pub use port::Reached;
pub use quirks::{Fate, Quirks};

use connector_model::{Change, CloudUser, Code, DeliveryItem, DeliveryResult, Error, Identity};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// A user; the place in the list is the account with its data, whatever its id.
#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: String,
    /// `None`: made there by hand.
    pub identity: Option<String>,
    pub name: String,
    pub email: String,
    pub active: bool,
    /// The mapping that the user came with last.
    pub mapping: String,
}

/// What was done to a user that may have been wrong.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Made inactive for an identity; and whose the user was.
    Inactive { identity: String, user: Option<String> },
    /// Given to an identity; whose the user was, and whether user name and e-mail address are the same.
    Given { to: String, before: User, same: (bool, bool) },
}

#[derive(Default)]
pub struct State {
    pub users: Vec<User>,
    pub quirks: Quirks,
    /// Whether users come with the mapping that they belong to.
    pub tells_mappings: bool,
    /// The term of each import, where the cloud gives it to one connector.
    pub terms: BTreeMap<String, u64>,
    /// Mappings that an administrator removed.
    pub removed: BTreeSet<String>,
    /// Whose acknowledgement reached the connector, and those of them whom it had time to remember.
    pub told: BTreeSet<String>,
    pub remembered: BTreeSet<String>,
    /// What was done since somebody looked, and what is wrong whatever else is true.
    pub deeds: Vec<Deed>,
    pub wrongs: Vec<String>,
    ids: usize,
    batches: usize,
}

impl State {
    pub fn next_round(&mut self, quirks: Quirks) {
        self.quirks = quirks;
        self.batches = 0;
    }

    pub fn of(&self, identity: &str) -> Option<&User> {
        self.users.iter().find(|user| user.identity.as_deref() == Some(identity))
    }

    /// Somebody makes a user by hand.
    pub fn make(&mut self, name: &str, email: &str) {
        let id = self.new_id();
        let (name, email) = (name.to_owned(), email.to_owned());
        let mapping = String::new();
        self.users.push(User { id, identity: None, name, email, active: true, mapping });
    }

    /// The service comes back from a backup and counts anew: ids are other users' now.
    pub fn number_anew(&mut self, by: usize) {
        let ids: Vec<String> = self.users.iter().map(|user| user.id.clone()).collect();
        for (at, user) in self.users.iter_mut().enumerate() {
            user.id.clone_from(&ids[(at + by) % ids.len()]);
        }
    }

    /// A user is gone, with all data.
    pub fn forget(&mut self, at: usize) -> User {
        let user = self.users.remove(at);
        if let Some(identity) = &user.identity {
            self.told.remove(identity);
            self.remembered.remove(identity);
        }
        user
    }

    /// The connector has lost all it knew.
    pub fn connector_forgets(&mut self) {
        self.told.clear();
        self.remembered.clear();
    }

    fn new_id(&mut self) -> String {
        self.ids += 1;
        format!("u{:03}", self.ids)
    }

    fn place_of(&self, identity: &str) -> Option<usize> {
        self.users.iter().position(|user| user.identity.as_deref() == Some(identity))
    }

    /// The user of that id, unless it is another person's by now; `Err` where that cannot be told.
    fn by_id(&self, item: &DeliveryItem) -> Result<Option<usize>, ()> {
        let at = self.users.iter().position(|user| Some(&user.id) == item.cloud_id.as_ref());
        let Some(at) = at else { return Ok(None) };
        let (user, person) = (&self.users[at], &item.person);
        let named = user.name.eq_ignore_ascii_case(&person.user_name);
        let Some(identity) = &user.identity else {
            let same = named || user.email.eq_ignore_ascii_case(&person.email);
            // Another user has the identity: then that one is the person.
            return match self.own(item) {
                Some(own) => Ok(Some(own)),
                None => {
                    if same {
                        Ok(Some(at))
                    } else {
                        Err(())
                    }
                }
            };
        };
        let former = item.former.as_ref().map(Identity::as_str);
        let own = [Some(person.identity.as_str()), former].contains(&Some(identity));
        Ok(own.then_some(at))
    }

    /// The user of the person's identity, else of the one before.
    fn own(&self, item: &DeliveryItem) -> Option<usize> {
        let former = item.former.as_ref().map(Identity::as_str);
        self.place_of(item.person.identity.as_str()).or_else(|| self.place_of(former?))
    }

    fn carry_out(&mut self, item: &DeliveryItem) -> DeliveryResult {
        let identity = item.person.identity.as_str();
        // Who takes over is told of nobody of a mapping that was removed meanwhile, and its cloud has every identity once.
        let of_removed = self.of(identity).is_some_and(|user| self.removed.contains(&user.mapping));
        let may_not_know = of_removed && !self.terms.is_empty();
        let is_known = self.remembered.contains(identity) && !may_not_know;
        // In doubt, the service is asked for the identity before anybody is created.
        if item.change == Change::Create && is_known && !item.in_doubt {
            self.wrongs.push(format!(
                "{identity} is created in {} although the cloud has told of them: {:?}",
                item.person.mapping.name,
                self.of(identity)
            ));
        }
        if item.change == Change::Preserve {
            let at = self.place_of(identity).or_else(|| self.by_id(item).ok().flatten());
            let Some(at) = at else { return done("", false, false) };
            let user = self.users[at].identity.clone();
            self.deeds.push(Deed::Inactive { identity: identity.to_owned(), user });
            self.users[at].active = false;
            return done(&self.users[at].id, false, true);
        }
        let at = match item.cloud_id {
            Some(_) => match (self.by_id(item), self.own(item)) {
                (Ok(at), own) => at.or(own),
                (Err(()), None) => return absent(taken(&item.person.user_name)),
                (Err(()), own) => own,
            },
            None if item.in_doubt => self.own(item),
            None => None,
        };
        match at {
            Some(at) => self.replace(at, item),
            None if item.cloud_id.is_some() || item.in_doubt => absent(self.create(item)),
            None => self.create(item),
        }
    }

    /// Creates the person, unless the user name is there: then that user is the person, or the name is taken.
    fn create(&mut self, item: &DeliveryItem) -> DeliveryResult {
        let person = &item.person;
        let (identity, name) = (person.identity.as_str(), &person.user_name);
        if let Some(named) = self.users.iter().position(|u| u.name.eq_ignore_ascii_case(name)) {
            let free = self.users[named].identity.is_none().then_some(named);
            let Some(at) = self.place_of(identity).or(free) else { return taken(name) };
            return self.replace(at, item);
        }
        match self.place_of(identity) {
            // The cloud that gives imports to connectors has every identity once.
            Some(at) if !self.terms.is_empty() => return self.replace(at, item),
            Some(_) => self.wrongs.push(format!("{identity} is there twice")),
            None => {}
        }
        let id = self.new_id();
        self.users.push(User {
            id: id.clone(),
            identity: Some(identity.to_owned()),
            name: name.clone(),
            email: person.email.clone(),
            active: true,
            mapping: person.mapping.name.clone(),
        });
        done(&id, false, true)
    }

    fn replace(&mut self, at: usize, item: &DeliveryItem) -> DeliveryResult {
        let person = &item.person;
        let others = self.users.iter().enumerate().filter(|(other, _)| *other != at);
        let mut names = others.map(|(_, user)| &user.name);
        if names.any(|name| name.eq_ignore_ascii_case(&person.user_name)) {
            return taken(&person.user_name);
        }
        let user = &mut self.users[at];
        let identity = person.identity.to_string();
        if user.identity.as_ref() != Some(&identity) {
            let same = (
                is_or_waits_for(&user.name, &person.user_name),
                user.email.eq_ignore_ascii_case(&person.email),
            );
            self.deeds.push(Deed::Given { to: identity.clone(), before: user.clone(), same });
            if let Some(former) = &user.identity {
                self.told.remove(former);
                self.remembered.remove(former);
            }
        }
        let adopted = item.cloud_id.is_none() || item.change == Change::Adopt;
        *user = User {
            id: user.id.clone(),
            identity: Some(identity),
            name: person.user_name.clone(),
            email: person.email.clone(),
            active: true,
            mapping: person.mapping.name.clone(),
        };
        done(&user.id, adopted, true)
    }

    /// Users as the service tells of them.
    fn told_users(&self, of: impl Fn(&User) -> bool) -> Vec<CloudUser> {
        let known = |user: &User| CloudUser {
            cloud_id: user.id.clone(),
            identity: user.identity.as_deref().map(Identity::from_text),
            active: user.active,
            account: self.tells_mappings.then(|| "corp".to_owned()),
            mapping: self.tells_mappings.then(|| user.mapping.clone()),
            user_name: user.name.clone(),
            email: user.email.clone(),
            ..CloudUser::default()
        };
        self.users.iter().filter(|user| of(user)).map(known).collect()
    }
}

fn done(cloud_id: &str, adopted: bool, confirmed: bool) -> DeliveryResult {
    DeliveryResult::Acknowledged { cloud_id: cloud_id.to_owned(), adopted, confirmed }
}

/// Who was asked for and not found is gone, whatever becomes of a new one.
fn absent(answer: DeliveryResult) -> DeliveryResult {
    match answer {
        DeliveryResult::Refused(error) => DeliveryResult::Absent(error),
        answer => answer,
    }
}

fn taken(name: &str) -> DeliveryResult {
    DeliveryResult::Refused(Error::new(Code::CloudRefused, format!("{name} is taken.")))
}

#[derive(Default)]
pub struct FaultyCloud {
    pub state: Mutex<State>,
    /// Told when a batch hangs.
    pub hung: tokio::sync::Notify,
}

/// Whether a user name is that one, or the temporary one of somebody who waits for it: with eight hexadecimal digits before the `@`.
fn is_or_waits_for(name: &str, wanted: &str) -> bool {
    let (local, domain) = name.split_once('@').unwrap_or((name, ""));
    let waits = local.rsplit_once('-').filter(|(_, digits)| {
        digits.len() == 8 && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    });
    let waits = waits.map(|(own, _)| format!("{own}@{domain}"));
    [Some(name.to_owned()), waits].iter().flatten().any(|name| name.eq_ignore_ascii_case(wanted))
}
