//! People who come back under another identity, and people who take one another's names.

use crate::support::unique_cloud::UniqueCloud;
use crate::support::{FakeClock, FakeDirectory, person, settings};
use connector_engine::ports::{Directories, Directory};
use connector_engine::records::ImportRecord;
use connector_engine::{Consent, Engine, EngineOptions, Ports};
use connector_model::{
    ApprovalKind, Change, Criterion, Dn, Enabled, Identity, Occupant, Person, PlannedPerson,
    Reason, Reference, Result, Settings,
};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

/// Two accounts, of which most tests use the first, and one cloud.
#[derive(Default)]
struct Place {
    corp: Arc<FakeDirectory>,
    other: Arc<FakeDirectory>,
    cloud: Arc<UniqueCloud>,
    clock: Arc<FakeClock>,
}

struct Both(Arc<FakeDirectory>, Arc<FakeDirectory>);

impl Directories for Both {
    fn open(&self, account: &str) -> Result<Arc<dyn Directory>> {
        Ok(if account == "corp" { self.0.clone() } else { self.1.clone() })
    }
}

fn rules() -> Settings {
    let mut rules = settings(&[("All", None), ("Other", None)]);
    let mut account = rules.accounts[0].clone();
    account.name = "other".into();
    rules.accounts.push(account);
    rules.mappings[1].account = "other".into();
    rules.import.batch_size = 2;
    rules
}

impl Place {
    fn engine(&self, folder: &Path) -> Engine {
        let ports = Ports {
            directories: Arc::new(Both(self.corp.clone(), self.other.clone())),
            delivery: Some(self.cloud.clone()),
            clock: self.clock.clone(),
        };
        let (settings, events) = (rules(), mpsc::channel(1).0);
        let database = folder.join("connector.db");
        Engine::start(EngineOptions { database, settings, ports, events, schedule: false }).unwrap()
    }

    fn active(&self) -> usize {
        self.cloud.users.lock().unwrap().values().filter(|user| user.active).count()
    }

    /// Identity → user name of everybody active.
    fn names(&self) -> BTreeMap<String, String> {
        let users = self.cloud.users.lock().unwrap();
        let active = users.values().filter(|user| user.active);
        active.map(|user| (user.identity.clone(), user.name.clone())).collect()
    }

    fn rename(&self, id: &str, name: &str) {
        self.corp.change(id, |p| p.upn = Some(format!("{name}@x.example")));
    }
}

fn name(id: &str) -> String {
    format!("{id}@x.example")
}

/// The same person in a new entry.
fn anew(old: &str, id: &str) -> Person {
    Person { identity: Identity::from_text(id), ..person(old) }
}

fn staff(directory: &FakeDirectory, count: usize) {
    directory.add((0..count).map(|n| format!("p{n:02}")));
}

async fn import(engine: &Engine, mapping: &str) -> ImportRecord {
    engine.import(Some(mapping), Consent::nothing(), None).await.unwrap().remove(0)
}

async fn planned(engine: &Engine) -> Vec<PlannedPerson> {
    let (pages, mut people) = mpsc::channel(100);
    let mapping = rules().mappings.remove(0);
    engine.preview(&mapping, Arc::default(), Some(pages)).await.unwrap();
    let mut all = vec![];
    while let Ok(page) = people.try_recv() {
        all.extend(page);
    }
    all
}

#[tokio::test]
async fn an_entry_that_is_made_anew_keeps_the_user() {
    for imported_between in [true, false] {
        let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
        let engine = place.engine(folder.path());
        staff(&place.corp, 30);
        import(&engine, "All").await;
        let (id, ..) = place.cloud.of(&name("p07")).unwrap();
        place.corp.remove("p07");
        if imported_between {
            assert_eq!(import(&engine, "All").await.counts.preserve, 1);
            assert!(!place.cloud.of(&name("p07")).unwrap().2);
        }
        place.corp.put(anew("p07", "new"));
        let plan = planned(&engine).await;
        assert_eq!(plan.len(), 30, "the person is there once");
        let her = plan.iter().find(|p| p.identity.as_str() == "new").unwrap();
        let reason = Reason::Relinked { former: "CN=p07,DC=x".into(), identity: "p07".into() };
        assert_eq!((her.change, &her.reason), (Change::Adopt, &reason));
        let record = import(&engine, "All").await;
        assert_eq!((record.counts.adopt, record.counts.preserve, record.refused), (1, 0, 0));
        assert_eq!(place.cloud.of(&name("p07")).unwrap(), (id, "new".into(), true));
        assert_eq!(import(&engine, "All").await.counts.unchanged, 30, "and nothing is left over");
    }
}

#[tokio::test]
async fn a_rebuilt_directory_is_the_same_people_once_an_administrator_says_so() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    *place.corp.mark.lock().unwrap() = ("one".into(), 50);
    staff(&place.corp, 45);
    import(&engine, "All").await;
    let before = place.cloud.users.lock().unwrap().clone();
    *place.corp.mark.lock().unwrap() = ("two".into(), 7);
    place.corp.people.lock().unwrap().clear();
    (0..45).for_each(|n| place.corp.put(anew(&format!("p{n:02}"), &format!("n{n:02}"))));
    let record = import(&engine, "All").await;
    let [list] = &record.awaiting_approval[..] else { panic!("{record:?}") };
    assert_eq!((list.kind, list.people), (ApprovalKind::Relink, 45));
    assert_eq!((record.counts.hold, record.acknowledged), (45, 0));
    assert_eq!(*place.cloud.users.lock().unwrap(), before, "nothing was sent");
    let plan = planned(&engine).await;
    let waits = |p: &PlannedPerson| p.needs.as_ref().is_some_and(|needs| needs.list == list.hash);
    assert!(plan.len() == 45 && plan.iter().all(waits));
    // The cloud has no word in this.
    let from_cloud = Consent::of_cloud(Some(list.hash.clone()));
    let record = engine.import(Some("All"), &from_cloud, None).await.unwrap().remove(0);
    assert_eq!((record.counts.hold, record.acknowledged), (45, 0));
    let approved = Consent::to_lists([&list.hash]);
    let record = engine.import(Some("All"), &approved, None).await.unwrap().remove(0);
    assert_eq!((record.counts.adopt, record.counts.preserve, record.refused), (45, 0, 0));
    let after = place.cloud.users.lock().unwrap().clone();
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    assert!(after.values().all(|user| user.active && user.identity.starts_with('n')));
    let record = import(&engine, "All").await;
    assert_eq!((record.counts.unchanged, &record.awaiting_approval[..]), (45, &[][..]));
}

#[tokio::test]
async fn who_is_undecided_is_nobodys_former_entry() {
    for (server, elsewhere) in [("one", None), ("two", None), ("one", Some("ldap://far.example"))] {
        let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
        let engine = place.engine(folder.path());
        *place.corp.mark.lock().unwrap() = ("one".into(), 50);
        // A reference that names no place may hold anybody, whom the server itself has all the same.
        place.corp.elsewhere.lock().unwrap().extend(elsewhere.map(Reference::from_url));
        staff(&place.corp, 30);
        import(&engine, "All").await;
        let before = place.cloud.users.lock().unwrap().clone();
        *place.corp.mark.lock().unwrap() = (server.into(), 51);
        // Seen, but not judged; enabled or not; and an entry without an identity where the person was.
        place.corp.undecided.lock().unwrap().insert("p05".into(), Criterion::Filter);
        place.corp.change("p06", |p| p.enabled = Enabled::Undecided);
        place.corp.remove("p07");
        let place_of = Dn::from_server("CN=p07,DC=x").key();
        place.corp.places.lock().unwrap().insert(place_of, Occupant::Unknown);
        for (old, id) in [("p05", "n05"), ("p06", "n06"), ("p07", "n07")] {
            let dn = Dn::from_server(format!("CN={id},OU=new,DC=x"));
            place.corp.put(Person { dn, ..anew(old, id) });
        }
        let plan = planned(&engine).await;
        let of = |id: &str| plan.iter().find(|p| p.identity.as_str() == id).unwrap();
        for (old, id, criterion) in [
            ("p05", "n05", Criterion::Filter),
            ("p06", "n06", Criterion::Enabled),
            ("p07", "n07", Criterion::Identity),
        ] {
            let (held, new) = (of(old), of(id));
            let undecided = Reason::Undecided { criterion };
            assert_eq!((held.change, &held.reason, &held.needs), (Change::Hold, &undecided, &None));
            let same = Reason::SameUserName { other: format!("CN={old},DC=x") };
            assert_eq!((new.change, &new.reason), (Change::Skip, &same), "{server}");
        }
        let record = import(&engine, "All").await;
        assert_eq!((record.counts.hold, record.counts.skip, record.acknowledged), (3, 3, 0));
        assert_eq!(*place.cloud.users.lock().unwrap(), before, "nothing was sent");
        // Once the directory's word is there, the newcomer is the person.
        place.corp.places.lock().unwrap().clear();
        *place.corp.mark.lock().unwrap() = ("one".into(), 52);
        assert_eq!(import(&engine, "All").await.counts.adopt, 1);
        assert_eq!(place.cloud.of(&name("p07")).unwrap().1, "n07");
    }
}

#[tokio::test]
async fn who_moves_between_two_accounts_is_one_user() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    place.other.add((0..20).map(|n| format!("o{n:02}")));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let (id, ..) = place.cloud.of(&name("p03")).unwrap();
    place.other.put(anew("p03", "moved"));
    assert_eq!(import(&engine, "Other").await.counts.skip, 1, "both have the name for now");
    place.corp.remove("p03");
    engine.import(None, Consent::nothing(), None).await.unwrap();
    assert_eq!(place.cloud.of(&name("p03")).unwrap(), (id, "moved".into(), true));
    assert_eq!(place.active(), 50);
}

#[tokio::test]
async fn names_are_exchanged_and_passed_on_in_one_import() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 40);
    import(&engine, "All").await;
    // Two who exchange, a circle of four, a chain of five, and somebody new at its end.
    let mut wanted = vec![("p00", "p01"), ("p01", "p00")];
    wanted.extend([("p10", "p11"), ("p11", "p12"), ("p12", "p13"), ("p13", "p10")]);
    wanted.extend([("p20", "p21"), ("p21", "p22"), ("p22", "p23"), ("p23", "p24"), ("p24", "p99")]);
    for (id, name) in &wanted {
        place.rename(id, name);
    }
    place.corp.put(person("new"));
    place.rename("new", "p20");
    let record = import(&engine, "All").await;
    assert_eq!((record.refused, record.counts.update, record.counts.create), (0, 11, 1));
    assert_eq!((record.acknowledged, &record.error), (12, &None), "a temporary name is no person");
    wanted.push(("new", "p20"));
    for (id, user_name) in wanted {
        assert_eq!(place.names()[id], name(user_name), "{id}");
    }
    let temporary = |name: &&String| name.contains('-');
    let names = place.cloud.names.lock().unwrap().clone();
    assert_eq!(names.iter().filter(temporary).count(), 2, "one for each circle: {names:?}");
    assert_eq!(import(&engine, "All").await.counts.unchanged, 41);
}

#[tokio::test]
async fn an_exchange_that_is_cut_off_anywhere_goes_on_where_it_was() {
    for deaf_from in 1..6 {
        for done in [true, false] {
            let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
            let engine = place.engine(folder.path());
            staff(&place.corp, 20);
            import(&engine, "All").await;
            let circle =
                [("p00", "p01"), ("p01", "p02"), ("p02", "p00"), ("p05", "p06"), ("p06", "p05")];
            for (id, name) in circle {
                place.rename(id, name);
            }
            place.cloud.hears_from_now_on();
            place.cloud.deaf_from.store(deaf_from, Ordering::Relaxed);
            place.cloud.done_unheard.store(done, Ordering::Relaxed);
            import(&engine, "All").await;
            place.cloud.hears_from_now_on();
            drop(engine);
            let engine = place.engine(folder.path());
            let record = import(&engine, "All").await;
            assert_eq!((record.refused, &record.error), (0, &None), "{deaf_from} {done}");
            for (id, user_name) in circle {
                assert_eq!(place.names()[id], name(user_name), "{deaf_from} {done}");
            }
            assert_eq!(place.cloud.users.lock().unwrap().len(), 20);
        }
    }
}

#[tokio::test]
async fn who_leaves_after_an_unheard_link_is_deactivated_all_the_same() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    import(&engine, "All").await;
    place.corp.remove("p07");
    import(&engine, "All").await;
    place.corp.put(anew("p07", "new"));
    place.cloud.hears_from_now_on();
    place.cloud.deaf_from.store(1, Ordering::Relaxed);
    place.cloud.done_unheard.store(true, Ordering::Relaxed);
    import(&engine, "All").await;
    place.cloud.hears_from_now_on();
    assert!(place.cloud.of(&name("p07")).unwrap().2, "the cloud has linked her");
    place.corp.remove("new");
    // Under which identity the cloud has her is not known, so it is told of both.
    assert_eq!(import(&engine, "All").await.counts.preserve, 2);
    assert!(!place.cloud.of(&name("p07")).unwrap().2);
}

#[tokio::test]
async fn changes_that_are_reported_person_by_person_do_the_same() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    import(&engine, "All").await;
    let of = |ids: &[&str]| ids.iter().map(|id| Identity::from_text(id)).collect::<Vec<_>>();
    // The server tells of the new entry only, and of one of two who exchanged their names.
    let (id, ..) = place.cloud.of(&name("p07")).unwrap();
    place.corp.remove("p07");
    place.corp.put(anew("p07", "new"));
    engine.import_changes("All", &of(&["new"])).await.unwrap();
    assert_eq!(place.cloud.of(&name("p07")).unwrap(), (id, "new".into(), true));
    place.rename("p01", "p02");
    place.rename("p02", "p01");
    let record = engine.import_changes("All", &of(&["p01"])).await.unwrap().unwrap();
    assert_eq!((record.refused, record.counts.update), (0, 2));
    assert_eq!(place.names()["p01"], name("p02"));
    assert_eq!(place.names()["p02"], name("p01"));
    assert_eq!(import(&engine, "All").await.counts.unchanged, 30);
}

#[tokio::test]
async fn who_cannot_be_told_apart_is_shown_and_not_touched() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    import(&engine, "All").await;
    for old in ["p07", "p08", "p09"] {
        place.corp.remove(old);
    }
    import(&engine, "All").await;
    // Two who might be p07; two who might be p08, one of them at the same place; p09 with another address.
    let at = |old: &str, id: &str, cn: &str| Person { dn: Dn::from_server(cn), ..anew(old, id) };
    place.corp.put(at("p07", "a1", "CN=a1,DC=x"));
    place.corp.put(at("p07", "a2", "CN=a2,DC=x"));
    place.corp.put(anew("p08", "b1"));
    place.corp.put(at("p08", "b2", "CN=b2,DC=x"));
    let email = Some("married@mail.example".to_owned());
    place.corp.put(Person { email, ..anew("p09", "c1") });
    let plan = planned(&engine).await;
    let of = |id: &str| plan.iter().find(|p| p.identity.as_str() == id).unwrap();
    let both = Reason::Ambiguous { name: "CN=p07,DC=x or CN=a2,DC=x".into() };
    assert_eq!((of("a1").change, &of("a1").reason), (Change::Skip, &both));
    assert_eq!(of("a2").change, Change::Skip);
    assert_eq!((of("b1").change, of("b2").change), (Change::Adopt, Change::Skip));
    let name_of = Reason::NameOfFormer { other: "CN=p09,DC=x".into() };
    assert_eq!((of("c1").change, &of("c1").reason), (Change::Create, &name_of));
    let record = import(&engine, "All").await;
    assert_eq!((record.counts.adopt, record.refused, record.counts.skip), (1, 1, 3));
    assert!(!place.cloud.of(&name("p07")).unwrap().2 && place.cloud.of(&name("p08")).unwrap().2);
}

#[tokio::test]
async fn who_is_still_there_is_nobodys_former_entry_and_any_address_tells_who_is() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    let emails =
        |emails: [&'static str; 2]| move |p: &mut Person| p.set_emails(emails.map(str::to_owned));
    place.corp.change("p08", emails(["one@mail.example", "two@mail.example"]));
    import(&engine, "All").await;
    // One leaves the mapping and exists; another one is made anew, with the addresses in another order.
    place.corp.change("p07", |p| p.title = Some("out_of_scope".into()));
    place.corp.remove("p08");
    import(&engine, "All").await;
    place.corp.put(anew("p07", "n07"));
    place.corp.put(anew("p08", "n08"));
    place.corp.change("n08", emails(["two@mail.example", "one@mail.example"]));
    *place.corp.deaf_to_proof.lock().unwrap() = true;
    let record = import(&engine, "All").await;
    assert_eq!((record.counts.adopt, record.acknowledged), (0, 0), "nothing is known of either");
    *place.corp.deaf_to_proof.lock().unwrap() = false;
    let record = import(&engine, "All").await;
    assert_eq!((record.counts.adopt, record.refused), (1, 1));
    let (_, owner, active) = place.cloud.of(&name("p07")).unwrap();
    assert_eq!((&*owner, active), ("p07", false));
    assert_eq!(place.cloud.of(&name("p08")).unwrap().1, "n08");
}

#[tokio::test]
async fn who_is_made_inactive_keeps_the_names_that_the_cloud_has() {
    let (place, folder) = (Place::default(), tempfile::tempdir().unwrap());
    let engine = place.engine(folder.path());
    staff(&place.corp, 30);
    import(&engine, "All").await;
    place.rename("p07", "new");
    place.corp.change("p07", |p| p.enabled = Enabled::No);
    assert_eq!(import(&engine, "All").await.counts.preserve, 1);
    // Somebody has the names that were never the user's.
    place.corp.remove("p07");
    place.corp.put(Person { upn: Some(name("new")), ..anew("p07", "new") });
    let counts = import(&engine, "All").await.counts;
    assert_eq!((counts.create, counts.adopt), (1, 0));
    assert_eq!(place.cloud.of(&name("p07")).unwrap().1, "p07");
}
