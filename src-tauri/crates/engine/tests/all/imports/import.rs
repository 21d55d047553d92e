//! Imports: what is created, changed, kept, held, and what a crash leaves behind.

use crate::support::{World, person, settings};
use connector_engine::records::ImportRecord;
use connector_engine::{CloudState, Consent, Engine, JournalQuery, RunPeopleQuery};
use connector_model::ApprovalKind;
use connector_model::{
    Change, CloudUser, Code, Enabled, FindingKind, Headline, NameFrom, PlannedPerson, Reason,
};
use std::sync::atomic::Ordering;
use tokio::sync::mpsc;

async fn sync(engine: &Engine) -> ImportRecord {
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0)
}

async fn plan(engine: &Engine, name: &str) -> Vec<PlannedPerson> {
    let mapping = settings_of(engine, name);
    let (pages, mut people) = mpsc::channel(100);
    let preview = engine.preview(&mapping, std::sync::Arc::default(), Some(pages)).await.unwrap();
    let mut all = vec![];
    while let Ok(page) = people.try_recv() {
        all.extend(page);
    }
    let counted: u64 = Change::ALL.iter().map(|c| preview.counts.get(*c)).sum();
    assert_eq!(counted, all.len() as u64);
    all
}

fn settings_of(_: &Engine, name: &str) -> connector_model::Mapping {
    let department = match name {
        "Sales" => Some("Sales"),
        _ => None,
    };
    settings(&[(name, department)]).mappings.remove(0)
}

fn ids(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|n| format!("p{n:03}"))
}

fn reason_of<'a>(people: &'a [PlannedPerson], id: &str) -> (Change, &'a Reason) {
    let found = people
        .iter()
        .find(|p| p.identity.as_str() == id)
        .unwrap_or_else(|| panic!("{id} is not planned"));
    (found.change, &found.reason)
}

#[tokio::test]
async fn everybody_gets_a_change_and_a_reason() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 50));
    assert_eq!(sync(&engine).await.counts.create, 50);
    world.directory.change("p001", |p| p.email = Some("new@mail.example".into()));
    world.directory.change("p002", |p| p.enabled = Enabled::No);
    world.directory.change("p003", |p| p.title = Some("out_of_scope".into()));
    world.directory.remove("p004");
    let mut nobody = person("n1");
    nobody.email = None;
    world.directory.put(nobody);
    let mut twin = person("n2");
    twin.email = Some("P005@mail.example".into());
    world.directory.put(twin);
    let mut nameless = person("n3");
    (nameless.upn, nameless.login) = (None, None);
    world.directory.put(nameless);
    let people = plan(&engine, "All").await;
    let left = Reason::LeftBase { dn: "CN=p003,DC=x".to_owned(), base: "DC=x".to_owned() };
    for (id, change, reason) in [
        ("p000", Change::Unchanged, Reason::Same),
        ("p001", Change::Update, Reason::Changed { fields: vec!["email".to_owned()] }),
        ("p002", Change::Preserve, Reason::Disabled),
        ("p003", Change::Preserve, left),
        ("p004", Change::Preserve, Reason::Deleted),
        ("n1", Change::Skip, Reason::NoEmail),
        ("n2", Change::Skip, Reason::SameEmail { other: "CN=p005,DC=x".to_owned() }),
        ("n3", Change::Skip, Reason::NoUserName { name_from: NameFrom::Upn }),
    ] {
        assert_eq!(reason_of(&people, id), (change, &reason), "{id}");
    }
    let record = sync(&engine).await;
    assert_eq!((record.counts.update, record.counts.preserve, record.refused), (1, 3, 0));
    assert_eq!(world.active().len(), 47);
    world.directory.change("p002", |p| p.enabled = Enabled::Yes);
    assert_eq!(sync(&engine).await.counts.reactivate, 1);
    assert_eq!(world.active().len(), 48);
}

#[tokio::test]
async fn of_several_with_one_name_one_is_kept_and_takes_nothing_else_away() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 3));
    // p001 is out for p000's user name, so that its e-mail address is free for p002.
    world.directory.change("p001", |p| p.upn = Some("P000@x.example".into()));
    world.directory.change("p002", |p| p.email = Some("p001@mail.example".into()));
    let people = plan(&engine, "All").await;
    assert_eq!(people.len(), 3);
    let same_name = Reason::SameUserName { other: "CN=p000,DC=x".to_owned() };
    for (dn, change, reason) in [
        ("CN=p000,DC=x", Change::Create, Reason::New),
        ("CN=p001,DC=x", Change::Skip, same_name),
        ("CN=p002,DC=x", Change::Create, Reason::New),
    ] {
        let found = people.iter().find(|p| p.dn.as_str() == dn).unwrap();
        assert_eq!((found.change, &found.reason), (change, &reason), "{dn}");
    }
    assert_eq!(sync(&engine).await.counts.create, 2);
    assert_eq!(world.active(), ["p000", "p002"]);
}

#[tokio::test]
async fn the_headline_is_what_matters_most() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let now = || engine.status().headline;
    assert_eq!(now(), Headline::NotRegistered);
    engine.set_cloud_state(CloudState::DeliveryOnly);
    assert_eq!(now(), Headline::NeverImported { mapping: "All".to_owned() });
    world.directory.add(ids(0, 3));
    sync(&engine).await;
    assert_eq!(now(), Headline::Imported { people: 3 });
    *world.directory.cut_after.lock().unwrap() = Some(1);
    let error = sync(&engine).await.error.unwrap();
    assert_eq!(now(), Headline::Incomplete { mapping: "All".to_owned(), error });
    *world.directory.cut_after.lock().unwrap() = None;
    sync(&engine).await;
    assert_eq!(now(), Headline::Imported { people: 3 });
}

#[tokio::test]
async fn an_incomplete_read_makes_nobody_inactive() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 40));
    sync(&engine).await;
    *world.directory.cut_after.lock().unwrap() = Some(35);
    world.directory.add(ids(0, 1));
    let record = sync(&engine).await;
    assert!(!record.complete && record.error.is_some());
    assert_eq!((record.counts.hold, record.counts.preserve), (5, 0));
    *world.directory.down.lock().unwrap() = true;
    let record = sync(&engine).await;
    assert_eq!(record.error.unwrap().code, Code::ConnectRefused);
    assert_eq!((world.active().len(), world.cloud.preserved.load(Ordering::Relaxed)), (40, 0));
    assert_eq!(engine.status().alerts.len(), 1);
    *world.directory.down.lock().unwrap() = false;
    *world.directory.cut_after.lock().unwrap() = None;
    sync(&engine).await;
    assert!(engine.status().alerts.is_empty());
}

#[tokio::test]
async fn many_removals_wait_for_exactly_that_list() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 100));
    sync(&engine).await;
    ids(0, 30).for_each(|id| world.directory.remove(&id));
    world.directory.add(["new".to_owned()]);
    let record = sync(&engine).await;
    let [list] = &record.awaiting_approval[..] else { panic!("30 of 100 need an approval") };
    assert_eq!((list.kind, list.people), (ApprovalKind::Deactivate, 30));
    assert_eq!((record.counts.hold, record.counts.preserve, record.counts.create), (30, 0, 1));
    assert_eq!(world.active().len(), 101);
    engine.set_cloud_state(CloudState::DeliveryOnly);
    let (mapping, approval) = ("All".to_owned(), list.kind);
    let status = engine.status();
    assert_eq!(status.headline, Headline::AwaitingApproval { mapping, approval, people: 30 });
    assert_eq!(status.awaiting_approval, record.awaiting_approval);
    let on_it = |p: &PlannedPerson| p.needs.as_ref().is_some_and(|needs| needs.list == list.hash);
    let mut listed: Vec<_> = plan(&engine, "All").await.into_iter().filter(on_it).collect();
    listed.sort_by(|a, b| a.identity.cmp(&b.identity));
    let listed: Vec<_> = listed.iter().map(|person| person.identity.to_string()).collect();
    assert_eq!(listed, ids(0, 30).collect::<Vec<_>>(), "exactly those");
    let approve = |hash: &str| Consent::to_lists([hash]);
    let wrong = engine.import(Some("All"), &approve("0000"), None).await.unwrap_err();
    assert_eq!(wrong.code, Code::ApprovalStale);
    // One more is gone: the approved list is no longer the one.
    world.directory.remove("p050");
    assert_eq!(
        engine.import(Some("All"), &approve(&list.hash), None).await.unwrap_err().code,
        Code::ApprovalStale
    );
    world.directory.add(["p050".to_owned()]);
    // A hash of another mapping beside it does no harm where both are imported.
    let both = Consent::to_lists([list.hash.as_str(), "1111"]);
    let after = engine.import(None, &both, None).await.unwrap().remove(0);
    assert_eq!((after.counts.preserve, &after.awaiting_approval[..]), (30, &[][..]));
    assert_eq!(after.approved, record.awaiting_approval);
    assert_eq!(world.active().len(), 71);
}

#[tokio::test]
async fn a_list_still_waits_after_an_import_that_failed() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 100));
    sync(&engine).await;
    ids(0, 30).for_each(|id| world.directory.remove(&id));
    let held = sync(&engine).await;
    *world.directory.down.lock().unwrap() = true;
    let failed = sync(&engine).await;
    assert!(failed.error.is_some() && !failed.complete, "{failed:?}");
    assert_eq!(failed.awaiting_approval, held.awaiting_approval);
    assert_eq!(engine.status().awaiting_approval, held.awaiting_approval);
    let asked = RunPeopleQuery { limit: 100, ..RunPeopleQuery::default() };
    let shown = engine.awaiting_people("All", ApprovalKind::Deactivate, &asked).unwrap();
    assert_eq!((&shown.list, shown.people.len()), (&held.awaiting_approval[0], 30));
    *world.directory.down.lock().unwrap() = false;
    let approved = Consent::to_lists([shown.list.hash.as_str()]);
    let done = engine.import(Some("All"), &approved, None).await.unwrap().remove(0);
    assert_eq!((done.counts.preserve, world.active().len()), (30, 70));
}

#[tokio::test]
async fn the_first_mapping_claims_and_a_move_is_no_removal() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let both = settings(&[("Sales", Some("Sales")), ("All", None)]);
    let engine = world.engine(folder.path(), both);
    world.directory.add(ids(0, 60));
    ids(0, 2).for_each(|id| world.directory.change(&id, |p| p.department = Some("Sales".into())));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let people = plan(&engine, "All").await;
    let claimed = Reason::Claimed { mapping: "Sales".to_owned() };
    assert_eq!(reason_of(&people, "p000"), (Change::Skip, &claimed));
    world.directory.change("p000", |p| p.department = Some("Other".into()));
    let record = engine.import(Some("Sales"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.hold, record.counts.preserve), (1, 0));
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!(record.counts.update, 1);
    assert_eq!(world.active().len(), 60);
    assert_eq!(world.cloud.preserved.load(Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn lost_answers_refusals_and_restarts_lose_and_double_nobody() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add(ids(0, 95));
    *world.cloud.refused.lock().unwrap() = vec!["p007".into()];
    world.cloud.losing.store(2, Ordering::Relaxed);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let record = sync(&engine).await;
    assert_eq!((record.acknowledged, record.refused), (94, 1));
    world.cloud.refused.lock().unwrap().clear();
    // The cloud is away for longer than the retries last; then another engine goes on.
    world.directory.add(ids(95, 140));
    world.cloud.failing.store(1000, Ordering::Relaxed);
    assert_eq!(sync(&engine).await.error.unwrap().code, Code::CloudUnavailable);
    drop(engine);
    world.cloud.failing.store(0, Ordering::Relaxed);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    assert_eq!(sync(&engine).await.acknowledged, 46);
    assert_eq!(world.active().len(), 140);
    assert_eq!(sync(&engine).await.counts.unchanged, 140);
    assert_eq!(
        engine
            .journal(&JournalQuery {
                kind: Some("import".into()),
                limit: 100,
                ..Default::default()
            })
            .unwrap()
            .len(),
        4
    );
}

#[tokio::test]
async fn a_preview_tells_what_is_odd() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("Sales", Some("Sales")), ("All", None)]));
    world.directory.add(ids(0, 10));
    world.directory.change("p000", |p| p.email = None);
    world.directory.change("p001", |p| p.email = Some("p002@mail.example".into()));
    world.directory.change("p003", |p| p.display_name = Some("A\u{200b}nn".into()));
    world.directory.change("p004", |p| p.set_emails(["nobody".to_owned()]));
    world.directory.change("p005", |p| p.department = Some("Sales".into()));
    world.directory.change("p006", |p| (p.upn, p.login) = (None, None));
    let mapping = settings_of(&engine, "All");
    let preview = engine.preview(&mapping, std::sync::Arc::default(), None).await.unwrap();
    let found: Vec<_> = preview.findings.iter().map(|f| (f.kind, f.count)).collect();
    let wanted = [
        (FindingKind::MissingEmail, 1),
        (FindingKind::UnusableEmail, 1),
        (FindingKind::MissingUserName, 1),
        (FindingKind::DuplicateEmail, 1),
        (FindingKind::OtherMapping, 1),
        (FindingKind::OddCharacters, 1),
    ];
    assert_eq!(found, wanted);
    assert!(preview.findings[5].examples[0].contains("p003"));
}

fn stranger(id: &str, user_name: &str, email: &str) -> CloudUser {
    CloudUser {
        cloud_id: id.to_owned(),
        user_name: user_name.to_owned(),
        email: email.to_owned(),
        active: true,
        ..CloudUser::default()
    }
}

#[tokio::test]
async fn people_whom_the_cloud_has_are_linked_and_nobody_is_guessed() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    world.directory.add(ids(0, 10));
    world.directory.change("p007", |p| p.upn = Some("seven@x.example".into()));
    *world.cloud.unlinked_users.lock().unwrap() = vec![
        stranger("c0", "zero", "P000@mail.example"),
        stranger("c1", "p001@x.example", ""),
        // Two users with one address; a user who is one person by address and another by name.
        stranger("c2", "two", "p002@mail.example"),
        stranger("c3", "three", "p002@mail.example"),
        stranger("c4", "seven@x.example", "p006@mail.example"),
        stranger("c5", "nobody", "nobody@mail.example"),
    ];
    let plan = plan(&engine, "All").await;
    let by_email = Reason::LinkedByEmail { name: "zero".to_owned() };
    assert_eq!(reason_of(&plan, "p000"), (Change::Adopt, &by_email));
    let by_name = Reason::LinkedByUserName { name: "p001@x.example".to_owned() };
    assert_eq!(reason_of(&plan, "p001"), (Change::Adopt, &by_name));
    for (id, names) in [
        ("p002", ["two", "three"]),
        ("p006", ["seven@x.example", "p007"]),
        ("p007", ["seven@x.example", "p006"]),
    ] {
        let (change, reason) = reason_of(&plan, id);
        assert_eq!(change, Change::Skip, "{id}");
        let Reason::Ambiguous { name: said } = reason else { panic!("{id}: {reason:?}") };
        assert!(names.iter().all(|name| said.contains(name)), "{id}: {said}");
    }
    let record = sync(&engine).await;
    let counts = &record.counts;
    assert_eq!((counts.adopt, counts.create, counts.skip), (2, 5, 3));
    // Once they are linked they are like everybody.
    let again = sync(&engine).await;
    assert_eq!((again.counts.unchanged, again.counts.adopt, again.counts.skip), (7, 0, 3));
}
