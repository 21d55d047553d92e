//! A directory that can be read through several servers, and fail in every way that directories fail.

mod faults;
mod port;

pub use faults::{Attribute, Faults};

use connector_model::{
    ChangeMethod, Code, Criterion, Dn, Enabled, Error, Judgement, Mapping, Person, Reference,
    Result, Watermark,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

pub type People = BTreeMap<String, Person>;

#[derive(Default)]
pub struct State {
    pub people: People,
    /// As they were a round ago.
    pub before: People,
    pub usn: u64,
    pub usn_before: u64,
    pub faults: Faults,
    pub tombstones: bool,
    /// Containers that are on another server until somebody takes them back.
    pub far: BTreeSet<String>,
    /// There is a reference that names no place.
    pub vague: bool,
    /// How often the directory was rebuilt.
    pub rebuilt: usize,
    calls: usize,
}

impl State {
    /// Whoever the server that answers has, as they are.
    pub fn held(&self) -> People {
        let mut people = if self.is_old() { self.before.clone() } else { self.people.clone() };
        people.retain(|_, person| {
            let place = container(&person.dn);
            !self.faults.hidden.contains(&place) && !self.far.contains(&place)
        });
        people
    }

    /// What the server that answers shows at the moment.
    pub fn shown(&self) -> People {
        let mut people = self.held();
        people.retain(|id, _| !self.faults.nameless.contains(id));
        for person in people.values_mut() {
            self.blank(person);
        }
        people
    }

    pub fn is_old(&self) -> bool {
        self.faults.other_server || self.faults.played_back
    }

    /// What the bind account sees of somebody.
    fn blank(&self, person: &mut Person) {
        for attribute in &self.faults.unreadable {
            match attribute {
                Attribute::UserName => (person.upn, person.login) = (None, None),
                Attribute::Mail => (person.email, person.other_emails) = (None, vec![]),
                Attribute::Department => person.department = None,
                Attribute::Enabled => person.enabled = Enabled::Undecided,
            }
        }
        if self.faults.turned {
            let mut emails: Vec<String> = person.emails().cloned().collect();
            emails.reverse();
            person.set_emails(emails);
        }
    }

    /// What the server says of somebody whom it shows.
    pub fn judgement(&self, mapping: &Mapping, person: &Person) -> Judgement {
        let unreadable = self.faults.unreadable.contains(&Attribute::Department);
        if !in_units(mapping, person) {
            Judgement::Fails(Criterion::Units)
        } else if unreadable && !mapping.department.is_empty() {
            Judgement::Undecided(Criterion::Department)
        } else if !in_departments(mapping, person) {
            Judgement::Fails(Criterion::Department)
        } else if self.faults.undecided.contains(person.identity.as_str()) {
            Judgement::Undecided(Criterion::Filter)
        } else {
            Judgement::Meets
        }
    }

    /// A round is over: what is now is what the second server will show, and what a backup would.
    pub fn next_round(&mut self, faults: Faults) {
        self.before.clone_from(&self.people);
        self.usn_before = self.usn;
        self.usn += 1;
        self.faults = faults;
        self.calls = 0;
    }

    fn watermark(&self) -> Watermark {
        let server = if self.faults.other_server { "second" } else { "first" };
        let usn = if self.faults.played_back { self.usn_before } else { self.usn };
        Watermark {
            method: ChangeMethod::UsnChanged,
            server: format!("{server} {}", self.rebuilt),
            position: usn.to_string(),
        }
    }

    fn references(&self) -> Vec<Reference> {
        let urls = self.far.iter().map(|place| far_url(place));
        let vague = self.vague.then(|| "ldap://far.example".to_owned());
        urls.chain(vague).map(|url| Reference::from_url(&url)).collect()
    }
}

fn far_url(place: &str) -> String {
    format!("ldap://far.example/{place}")
}

/// Where an entry is. Names here are plain: to parse them took more time than all the engine does.
pub fn container(dn: &Dn) -> String {
    dn.as_str().split_once(',').map(|(_, place)| place.to_lowercase()).unwrap_or_default()
}

/// Whether somebody belongs to a mapping, whatever else is wrong with them.
pub fn is_in(mapping: &Mapping, person: &Person) -> bool {
    in_units(mapping, person) && in_departments(mapping, person)
}

fn in_units(mapping: &Mapping, person: &Person) -> bool {
    let mut units = mapping.units.iter().filter_map(|unit| unit.dn.as_ref()).peekable();
    let place = container(&person.dn);
    units.peek().is_none() || units.any(|unit| unit.as_str().to_lowercase() == place)
}

fn in_departments(mapping: &Mapping, person: &Person) -> bool {
    let department = person.department.as_deref().unwrap_or_default();
    mapping.department.is_empty() || mapping.department.iter().any(|d| d == department)
}

#[derive(Default)]
pub struct FaultyDirectory {
    pub state: Mutex<State>,
    /// Told when a call hangs.
    pub hung: tokio::sync::Notify,
}

impl FaultyDirectory {
    async fn call(&self) -> Result<()> {
        let (down, hangs) = {
            let mut state = self.state.lock().unwrap();
            state.calls += 1;
            (state.faults.down, state.faults.hangs_after.is_some_and(|after| state.calls > after))
        };
        if hangs {
            self.hung.notify_one();
            std::future::pending::<()>().await;
        }
        if down { Err(Error::of(Code::ConnectRefused)) } else { Ok(()) }
    }

    fn look_up(&self, mut wanted: impl FnMut(&State, &Person) -> bool) -> Vec<Person> {
        let state = self.state.lock().unwrap();
        state.shown().into_values().filter(|person| wanted(&state, person)).collect()
    }
}
