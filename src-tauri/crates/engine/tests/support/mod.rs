//! A directory, a cloud and a clock that do what the test says.
#![allow(dead_code, reason = "each test program uses a part of it")]

mod cloud;
pub mod unique_cloud;

pub use cloud::FakeCloud;

use async_trait::async_trait;
use connector_engine::ports::{Clock, Directories, Directory, Event};
use connector_engine::{Engine, EngineOptions, Ports};
use connector_model::{
    BindVerdict, BrowseQuery, ChangeMethod, Changes, Code, Criterion, Dn, Enabled, Error, Finding,
    FoundPerson, History, Identity, Judgement, LockoutPolicy, Mapping, Named, Namesake, Node,
    Occupant, PasswordNotice, PeopleSearch, Person, ReadSummary, Reference, Result, ScopeRef,
    Secret, Settings, SignInOutcome, UserName, Watermark,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::mpsc;

/// People by identity; whoever has `out_of_scope` in the title exists but is in no mapping.
#[derive(Default)]
pub struct FakeDirectory {
    pub people: Mutex<BTreeMap<String, Person>>,
    /// The read ends after so many people, incomplete.
    pub cut_after: Mutex<Option<usize>>,
    /// Which server answers, and how far its history is.
    pub mark: Mutex<(String, u64)>,
    /// Where another server stands that answers look-ups, though not reads.
    pub other_looks_up: Mutex<Option<Watermark>>,
    /// Who follows the changes.
    pub feed: Mutex<Option<mpsc::Sender<Changes>>>,
    /// Watermarks that followers came with.
    pub followed_from: Mutex<Vec<Watermark>>,
    /// Whom the directory neither says to belong nor not to.
    pub undecided: Mutex<BTreeMap<String, Criterion>>,
    /// Parts that are on another server.
    pub elsewhere: Mutex<Vec<Reference>>,
    /// What is at a DN where nobody of `people` is.
    pub places: Mutex<BTreeMap<String, Occupant>>,
    /// Look-ups by identity fail.
    pub deaf_to_proof: Mutex<bool>,
    /// Every call fails.
    pub down: Mutex<bool>,
    /// How often people were read.
    pub reads: AtomicUsize,
    pub binds: AtomicUsize,
    /// What is said of every right password.
    pub notice: Mutex<Option<PasswordNotice>>,
    /// When it locks accounts.
    pub policy: Mutex<Option<LockoutPolicy>>,
}

pub fn person(id: &str) -> Person {
    Person {
        identity: Identity::from_text(id),
        dn: Dn::from_server(format!("CN={id},DC=x")),
        common_name: Some(format!("cn {id}")),
        upn: Some(format!("{id}@x.example")),
        login: Some(id.to_owned()),
        email: Some(format!("{id}@mail.example")),
        other_emails: vec![],
        unusable_email: None,
        display_name: Some(id.to_owned()),
        given_name: None,
        surname: None,
        department: None,
        country: None,
        title: None,
        enabled: Enabled::Yes,
    }
}

/// The same in a department.
pub fn person_in(department: &str, id: &str) -> Person {
    Person { department: Some(department.to_owned()), ..person(id) }
}

fn named(people: &[ScopeRef], person: &Person) -> bool {
    people.iter().any(|one| one.identity.as_ref() == Some(&person.identity))
}

impl FakeDirectory {
    pub fn put(&self, person: Person) {
        self.people.lock().unwrap().insert(person.identity.to_string(), person);
    }

    pub fn add(&self, ids: impl IntoIterator<Item = String>) {
        ids.into_iter().for_each(|id| self.put(person(&id)));
    }

    pub fn change(&self, id: &str, change: impl FnOnce(&mut Person)) {
        change(self.people.lock().unwrap().get_mut(id).unwrap());
    }

    pub fn remove(&self, id: &str) {
        self.people.lock().unwrap().remove(id);
    }

    pub fn watermark(&self) -> Watermark {
        let (server, position) = self.mark.lock().unwrap().clone();
        Watermark { method: ChangeMethod::UsnChanged, server, position: position.to_string() }
    }

    /// Tells the follower; the history goes on by one.
    pub async fn tell(&self, affected: &[&str], unclear: bool) {
        self.mark.lock().unwrap().1 += 1;
        let affected = affected.iter().map(|id| Identity::from_text(id)).collect();
        let changes = Changes { affected, unclear, watermark: self.watermark() };
        let feed = self.feed.lock().unwrap().clone().expect("nobody follows");
        feed.send(changes).await.unwrap();
    }

    fn up(&self) -> Result<()> {
        if *self.down.lock().unwrap() { Err(Error::of(Code::ConnectRefused)) } else { Ok(()) }
    }

    /// A mapping with a department covers that department only; nobody is covered who is out of scope.
    fn covered(&self, mapping: &Mapping) -> Vec<Person> {
        let people = self.people.lock().unwrap();
        people.values().filter(|p| self.says(mapping, p) == Judgement::Meets).cloned().collect()
    }

    fn says(&self, mapping: &Mapping, person: &Person) -> Judgement {
        let among = |list: &[String], value: &Option<String>| {
            list.is_empty() || value.as_ref().is_some_and(|v| list.contains(v))
        };
        if person.title.as_deref() == Some("out_of_scope") {
            Judgement::Fails(Criterion::Base)
        } else if named(&mapping.exclude_people, person) {
            Judgement::Fails(Criterion::ExcludedPeople)
        } else if named(&mapping.include_people, person) {
            Judgement::Meets
        } else if !among(&mapping.department, &person.department) {
            Judgement::Fails(Criterion::Department)
        } else if !among(&mapping.country, &person.country) {
            Judgement::Fails(Criterion::Country)
        } else {
            let undecided = self.undecided.lock().unwrap();
            let undecided = undecided.get(person.identity.as_str()).copied();
            undecided.map_or(Judgement::Meets, Judgement::Undecided)
        }
    }
}

#[async_trait]
impl Directory for FakeDirectory {
    async fn bases(&self) -> Result<Vec<Node>> {
        self.up().map(|()| vec![])
    }
    async fn units(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        self.up().map(|()| vec![])
    }
    async fn groups(&self, _: &BrowseQuery) -> Result<Vec<Node>> {
        self.up().map(|()| vec![])
    }
    async fn search_people(&self, _: &PeopleSearch) -> Result<Vec<FoundPerson>> {
        self.up().map(|()| vec![])
    }
    async fn read_people(
        &self,
        mapping: &Mapping,
        pages: mpsc::Sender<Vec<Person>>,
    ) -> Result<ReadSummary> {
        self.up()?;
        self.reads.fetch_add(1, Ordering::Relaxed);
        let watermark = self.watermark();
        let mut people = self.covered(mapping);
        let cut = *self.cut_after.lock().unwrap();
        let incomplete =
            cut.filter(|cut| *cut < people.len()).map(|_| Error::of(Code::IncompleteRead));
        people.truncate(cut.unwrap_or(usize::MAX));
        let read = people.len() as u64;
        for page in people.chunks(7) {
            pages.send(page.to_vec()).await.map_err(|_| Error::of(Code::Cancelled))?;
        }
        let elsewhere = self.elsewhere.lock().unwrap().clone();
        Ok(ReadSummary { read, incomplete, elsewhere, watermark })
    }
    async fn mark(&self, _: &Mapping) -> Result<Watermark> {
        self.up()?;
        Ok(self.other_looks_up.lock().unwrap().clone().unwrap_or_else(|| self.watermark()))
    }
    async fn follow(
        &self,
        _: &Mapping,
        since: Watermark,
        changes: mpsc::Sender<Changes>,
    ) -> Result<()> {
        self.up()?;
        if self.watermark().after(&since) != History::GoesOn {
            return Err(Error::of(Code::ChangesUnknown));
        }
        self.followed_from.lock().unwrap().push(since);
        *self.feed.lock().unwrap() = Some(changes.clone());
        changes.closed().await;
        Ok(())
    }
    async fn find_in_mapping(&self, mapping: &Mapping, user: &UserName) -> Result<Vec<Namesake>> {
        self.up()?;
        let name = user.to_string().to_lowercase();
        let is = |n: &String| n.to_lowercase() == name;
        let named = |person: Person| {
            let named = if person.login.iter().chain(&person.upn).any(is) {
                Named::ByUserName
            } else if person.emails().any(is) {
                Named::ByEmail
            } else {
                return None;
            };
            Some(Namesake { person, named })
        };
        Ok(self.covered(mapping).into_iter().filter_map(named).take(50).collect())
    }
    async fn find_anywhere(&self, _: &Dn, user: &UserName) -> Result<Vec<Person>> {
        self.up()?;
        let name = user.to_string();
        Ok(self
            .people
            .lock()
            .unwrap()
            .values()
            .filter(|p| p.login.as_deref() == Some(&name))
            .cloned()
            .collect())
    }
    async fn judge(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<(Person, Judgement)>> {
        self.up()?;
        if *self.deaf_to_proof.lock().unwrap() {
            return Err(Error::of(Code::Timeout));
        }
        let people = self.people.lock().unwrap();
        let seen = people.values().filter(|person| identities.contains(&person.identity));
        Ok(seen.map(|person| (person.clone(), self.says(mapping, person))).collect())
    }
    async fn who_is_at(&self, dn: &Dn) -> Result<Occupant> {
        self.up()?;
        if dn.is_root() {
            // The rootDSE is an entry, and nobody's.
            return Ok(Occupant::Unknown);
        }
        let people = self.people.lock().unwrap();
        let there = people.values().find(|person| person.dn.key() == dn.key());
        let place = self.places.lock().unwrap().get(&dn.key()).cloned();
        Ok(there.map_or(place.unwrap_or(Occupant::Nobody), |p| Occupant::Known(p.identity.clone())))
    }
    async fn find_in_scope(
        &self,
        mapping: &Mapping,
        identities: &[Identity],
    ) -> Result<Vec<Person>> {
        self.up()?;
        let covered = self.covered(mapping).into_iter();
        Ok(covered.filter(|person| identities.contains(&person.identity)).collect())
    }
    async fn tombstones(&self, _: &[Identity]) -> Result<Vec<Identity>> {
        self.up().map(|()| vec![])
    }
    async fn has_people(&self, container: &Dn) -> Result<bool> {
        self.up()?;
        let people = self.people.lock().unwrap();
        let inside =
            |person: &Person| person.dn.parent().is_some_and(|p| p.key() == container.key());
        Ok(people.values().any(inside))
    }
    async fn odd_groups(&self, _: &Mapping) -> Result<Vec<Finding>> {
        Ok(vec![])
    }
    async fn lockout_policy(&self, _: &Dn) -> Result<Option<LockoutPolicy>> {
        Ok(*self.policy.lock().unwrap())
    }
    async fn verify_password(&self, dn: &Dn, password: &Secret) -> Result<BindVerdict> {
        self.up()?;
        self.binds.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        let own = format!("pw-{}", dn.leaf_value());
        let outcome = match password.expose() {
            b"right" => SignInOutcome::Ok,
            b"expired" => SignInOutcome::PasswordExpired,
            b"locked" => SignInOutcome::Locked,
            b"unanswered" => std::future::pending().await,
            b"cut off" => return Err(Error::of(Code::ConnectionLost)),
            b"wrong and slow" => {
                tokio::time::sleep(Duration::from_millis(2100)).await;
                SignInOutcome::WrongPassword
            }
            b"not sent" => return Err(Error::of(Code::ConnectTimeout)),
            other if other == own.as_bytes() => SignInOutcome::Ok,
            _ => SignInOutcome::WrongPassword,
        };
        let right = outcome == SignInOutcome::Ok;
        let notice = self.notice.lock().unwrap().filter(|_| right);
        Ok(BindVerdict { outcome, notice })
    }
}

pub struct FakeClock(pub AtomicI64);

impl Default for FakeClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_800_000_000_000))
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// One directory for every account but those that are named.
struct ByAccount(Arc<FakeDirectory>, BTreeMap<String, Option<Arc<FakeDirectory>>>);

impl Directories for ByAccount {
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>> {
        match self.1.get(account) {
            None => Ok(self.0.clone()),
            Some(Some(other)) => Ok(other.clone()),
            Some(None) => Err(Error::of(Code::KeychainLocked)),
        }
    }
}

/// Directory and cloud of one test; engines come and go.
#[derive(Default)]
pub struct World {
    pub directory: Arc<FakeDirectory>,
    /// Accounts with another directory; `None`: with one that cannot be opened.
    pub by_account: Mutex<BTreeMap<String, Option<Arc<FakeDirectory>>>>,
    pub cloud: Arc<FakeCloud>,
    pub clock: Arc<FakeClock>,
}

impl World {
    /// An engine over the database in `folder`; imports run when they are asked for.
    pub fn engine(&self, folder: &Path, settings: Settings) -> Engine {
        self.start(folder, settings, false)
    }

    /// An engine over the database in `folder`, with schedule and followers if wanted.
    pub fn start(&self, folder: &Path, settings: Settings, schedule: bool) -> Engine {
        let (events, ports) = self.parts();
        let database = folder.join("connector.db");
        Engine::start(EngineOptions { database, settings, ports, events, schedule }).unwrap()
    }

    /// What an engine of this world is given.
    pub fn parts(&self) -> (mpsc::Sender<Event>, Ports) {
        let ports = Ports {
            directories: Arc::new(ByAccount(
                self.directory.clone(),
                self.by_account.lock().unwrap().clone(),
            )),
            delivery: Some(self.cloud.clone()),
            clock: self.clock.clone(),
        };
        (mpsc::channel(1).0, ports)
    }

    /// Active people of the cloud.
    pub fn active(&self) -> Vec<String> {
        let users = self.cloud.users.lock().unwrap();
        users.iter().filter(|(_, (_, active))| *active).map(|(id, _)| id.clone()).collect()
    }
}

/// One account and these mappings (name, department or none).
pub fn settings(mappings: &[(&str, Option<&str>)]) -> Settings {
    let mut settings = Settings::default();
    let account = r#"{"name":"corp","servers":["x"],"bind_name":"b"}"#;
    settings.accounts = vec![serde_json::from_str(account).unwrap()];
    settings.import.batch_size = 10;
    settings.mappings = mappings
        .iter()
        .map(|(name, department)| {
            let mut mapping = serde_json::json!({ "name": name, "account": "corp", "base_dn": "DC=x", "mass_deployment": true });
            if let Some(department) = department {
                mapping["department"] = serde_json::json!(department);
            }
            serde_json::from_value(mapping).unwrap()
        })
        .collect();
    settings
}
