//! A directory that can be read through several servers, and fail in every way that directories fail.

use async_trait::async_trait;
use connector_engine::ports::Directory;
use connector_model::{
    BindVerdict, BrowseQuery, ChangeMethod, Changes, Code, Criterion, Dn, Error, Finding, Identity,
    Judgement, Mapping, Named, Namesake, Node, Occupant, Person, ReadSummary, Result, Secret,
    UserName, Watermark,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use tokio::sync::mpsc;

pub type People = BTreeMap<String, Person>;

/// What goes wrong during one round.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each fault comes by itself")]
pub struct Faults {
    /// The read ends after so many people: a limit, a referral or a lost connection.
    pub cut_after: Option<usize>,
    /// The read fails after its first page.
    pub read_fails: bool,
    /// Look-ups by identity fail.
    pub proof_fails: bool,
    /// No server answers.
    pub down: bool,
    /// Containers that the bind account may no longer read.
    pub hidden: BTreeSet<String>,
    /// People of whom the directory does not say whether they belong to a mapping.
    pub undecided: BTreeSet<String>,
    /// The second server answers, as the directory was one round ago.
    pub other_server: bool,
    /// The first server answers, with the state of one round ago: a backup.
    pub played_back: bool,
    /// Whatever is asked after so many calls never ends: the connector dies in it.
    pub hangs_after: Option<usize>,
}

#[derive(Default)]
pub struct State {
    pub people: People,
    /// As they were a round ago.
    pub before: People,
    pub usn: u64,
    pub usn_before: u64,
    pub faults: Faults,
    pub tombstones: bool,
    calls: usize,
}

impl State {
    /// What the server that answers shows at the moment.
    pub fn shown(&self) -> People {
        let old = self.faults.other_server || self.faults.played_back;
        let mut people = if old { self.before.clone() } else { self.people.clone() };
        people.retain(|_, person| !self.faults.hidden.contains(&container(&person.dn)));
        people
    }

    fn says(&self, mapping: &Mapping, person: &Person) -> bool {
        is_in(mapping, person) && !self.faults.undecided.contains(person.identity.as_str())
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
            server: server.into(),
            position: usn.to_string(),
        }
    }
}

pub fn container(dn: &Dn) -> String {
    dn.parent().map(|parent| parent.key()).unwrap_or_default()
}

/// Whether somebody belongs to a mapping, whatever else is wrong with them.
pub fn is_in(mapping: &Mapping, person: &Person) -> bool {
    let units: Vec<String> =
        mapping.units.iter().filter_map(|u| u.dn.as_ref()).map(Dn::key).collect();
    let department = person.department.as_deref().unwrap_or_default();
    (units.is_empty() || units.contains(&container(&person.dn)))
        && (mapping.department.is_empty() || mapping.department.iter().any(|d| d == department))
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

    fn look_up(&self, mut wanted: impl FnMut(&Person) -> bool) -> Vec<Person> {
        self.state.lock().unwrap().shown().into_values().filter(|person| wanted(person)).collect()
    }
}

#[async_trait]
impl Directory for FaultyDirectory {
    async fn bases(&self) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn units(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn groups(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        Ok(vec![])
    }
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary> {
        self.call().await?;
        let (mut people, faults, watermark) = {
            let state = self.state.lock().unwrap();
            let people: Vec<Person> =
                state.shown().into_values().filter(|p| state.says(mapping, p)).collect();
            (people, state.faults.clone(), state.watermark())
        };
        let cut = faults.cut_after.filter(|cut| *cut < people.len());
        people.truncate(cut.unwrap_or(usize::MAX));
        let read = people.len() as u64;
        for page in people.chunks(5) {
            self.call().await?;
            pages.send(page.to_vec()).await.map_err(|_| Error::of(Code::Cancelled))?;
            if faults.read_fails {
                return Err(Error::of(Code::ConnectionLost));
            }
        }
        let incomplete = cut.map(|_| Error::of(Code::IncompleteRead));
        Ok(ReadSummary { read, incomplete, elsewhere: vec![], watermark })
    }
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Namesake>> {
        self.call().await?;
        let name = user.to_string().to_lowercase();
        let is = |known: &String| known.to_lowercase() == name;
        let found =
            self.look_up(|p| is_in(mapping, p) && [&p.upn, &p.email].into_iter().flatten().any(is));
        let named = |person: Person| {
            let by_user_name = person.upn.as_ref().is_some_and(is);
            let named = if by_user_name { Named::ByUserName } else { Named::ByEmail };
            Namesake { person, named }
        };
        Ok(found.into_iter().map(named).collect())
    }
    async fn find_anywhere(&self, _: &Dn, _: &UserName) -> Result<Vec<Person>> {
        Ok(vec![])
    }
    async fn mark(&self, _: &Mapping) -> Result<Watermark> {
        Ok(self.state.lock().unwrap().watermark())
    }
    async fn follow(&self, _: &Mapping, _: Watermark, _: mpsc::Sender<Changes>) -> Result<()> {
        std::future::pending().await
    }
    async fn judge(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<(Person, Judgement)>> {
        self.call().await?;
        if self.state.lock().unwrap().faults.proof_fails {
            return Err(Error::of(Code::Timeout));
        }
        let seen = self.look_up(|person| identities.contains(&person.identity));
        let undecided = self.state.lock().unwrap().faults.undecided.clone();
        let judged = |person: Person| {
            let judgement = if undecided.contains(person.identity.as_str()) {
                Judgement::Undecided(Criterion::Filter)
            } else if is_in(mapping, &person) {
                Judgement::Meets
            } else {
                Judgement::Fails(Criterion::Department)
            };
            (person, judgement)
        };
        Ok(seen.into_iter().map(judged).collect())
    }
    async fn who_is_at(&self, dn: &Dn) -> Result<Occupant> {
        self.call().await?;
        let there = self.look_up(|person| person.dn.key() == dn.key()).pop();
        Ok(there.map_or(Occupant::Nobody, |person| Occupant::Known(person.identity)))
    }
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>> {
        self.call().await?;
        let undecided = self.state.lock().unwrap().faults.undecided.clone();
        Ok(self.look_up(|person| {
            is_in(mapping, person)
                && !undecided.contains(person.identity.as_str())
                && identities.contains(&person.identity)
        }))
    }
    async fn tombstones(&self, identities: &[Identity]) -> Result<Vec<Identity>> {
        self.call().await?;
        let state = self.state.lock().unwrap();
        if !state.tombstones {
            return Ok(vec![]);
        }
        // The second server has not heard of what is not there yet.
        let known = |i: &&Identity| !state.people.contains_key(i.as_str());
        let behind = |i: &&Identity| {
            !(state.faults.other_server || state.faults.played_back)
                || !state.before.contains_key(i.as_str())
        };
        Ok(identities.iter().filter(known).filter(behind).cloned().collect())
    }
    async fn has_people(&self, place: &Dn) -> Result<bool> {
        self.call().await?;
        Ok(!self.look_up(|person| container(&person.dn) == place.key()).is_empty())
    }
    async fn odd_groups(&self, _: &Mapping) -> Result<Vec<Finding>> {
        Ok(vec![])
    }
    async fn verify_password(&self, _: &Dn, _: &Secret) -> Result<BindVerdict> {
        Err(Error::of(Code::DirectoryUnavailable))
    }
}
