//! Of whom the directory says neither yes nor no, nothing changes, and everybody is told.

use crate::support::{World, person, settings};
use connector_engine::records::ImportRecord;
use connector_engine::{Consent, Engine, Preview};
use connector_model::{
    Change, Criterion, Dn, Enabled, FindingKind, Identity, Occupant, PlannedPerson, Reason,
    Reference, Settings,
};
use tokio::sync::mpsc;

async fn sync(engine: &Engine, mapping: &str) -> ImportRecord {
    engine.import(Some(mapping), Consent::nothing(), None).await.unwrap().remove(0)
}

async fn preview(engine: &Engine, settings: &Settings) -> (Preview, Vec<PlannedPerson>) {
    let (pages, mut people) = mpsc::channel(100);
    let mapping = &settings.mappings[0];
    let preview = engine.preview(mapping, std::sync::Arc::default(), Some(pages)).await.unwrap();
    let mut all = vec![];
    while let Ok(page) = people.try_recv() {
        all.extend(page);
    }
    (preview, all)
}

fn of<'a>(people: &'a [PlannedPerson], id: &str) -> &'a PlannedPerson {
    people.iter().find(|p| p.identity.as_str() == id).unwrap()
}

fn staff(world: &World, unit: &str, count: usize) {
    for n in 0..count {
        let mut someone = person(&format!("{unit}{n:02}"));
        someone.dn = Dn::from_server(format!("CN={unit}{n:02},OU={unit},DC=x"));
        world.directory.put(someone);
    }
}

#[tokio::test]
async fn who_is_enabled_cannot_be_told_so_nothing_changes() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    staff(&world, "a", 40);
    sync(&engine, "All").await;
    world.directory.change("a07", |p| p.enabled = Enabled::Undecided);
    let mut new = person("new");
    new.enabled = Enabled::Undecided;
    world.directory.put(new);

    let (plan, people) = preview(&engine, &rules).await;
    assert_eq!((plan.counts.hold, plan.counts.skip, plan.counts.to_send()), (1, 1, 0));
    assert!(plan.awaiting_approval.is_empty() && plan.error.is_none());
    let undecided = Reason::Undecided { criterion: Criterion::Enabled };
    for (id, change) in [("a07", Change::Hold), ("new", Change::Skip)] {
        let planned = of(&people, id);
        assert_eq!((planned.change, &planned.reason, &planned.needs), (change, &undecided, &None));
    }
    let finding = &plan.findings[0];
    assert_eq!((finding.kind, finding.count), (FindingKind::Undecided, 2));

    let record = sync(&engine, "All").await;
    assert_eq!((record.counts.hold, record.counts.preserve, record.acknowledged), (1, 0, 0));
    assert_eq!(record.findings, plan.findings[..1]);
    assert_eq!((record.awaiting_approval, record.error), (vec![], None));
    assert_eq!(engine.status().last_imports[0].findings, plan.findings[..1]);
    assert_eq!(world.active().len(), 40);
    // Decided again, either way.
    world.directory.change("a07", |p| p.enabled = Enabled::No);
    world.directory.change("new", |p| p.enabled = Enabled::Yes);
    let record = sync(&engine, "All").await;
    assert_eq!((record.counts.create, record.counts.preserve), (1, 1));
    assert!(record.findings.is_empty());
}

#[tokio::test]
async fn a_criterion_that_cannot_be_judged_holds_also_when_changes_are_followed() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 40);
    sync(&engine, "All").await;
    world.directory.undecided.lock().unwrap().insert("a03".into(), Criterion::Filter);
    let record =
        engine.import_changes("All", &[Identity::from_text("a03")]).await.unwrap().unwrap();
    assert_eq!((record.counts.hold, record.counts.preserve), (1, 0));
    assert_eq!((record.findings[0].kind, record.findings[0].count), (FindingKind::Undecided, 1));
    assert_eq!(record.findings[0].examples, ["CN=a03,OU=a,DC=x"]);
    assert_eq!(sync(&engine, "All").await.counts.hold, 1);
    assert_eq!(world.active().len(), 40);
}

#[tokio::test]
async fn nobody_leaves_one_mapping_while_another_may_have_them() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("Sales", Some("Sales")), ("Legal", Some("Legal"))]);
    let engine = world.engine(folder.path(), rules.clone());
    for n in 0..40 {
        let mut someone = person(&format!("p{n:02}"));
        someone.department = Some("Sales".into());
        world.directory.put(someone);
    }
    sync(&engine, "Sales").await;
    world.directory.change("p00", |p| p.department = Some("Legal".into()));
    world.directory.change("p01", |p| p.department = Some("Board".into()));
    world.directory.undecided.lock().unwrap().insert("p00".into(), Criterion::Groups);
    let (plan, people) = preview(&engine, &rules).await;
    assert_eq!((plan.counts.hold, plan.counts.preserve), (1, 1));
    assert_eq!(of(&people, "p00").reason, Reason::Undecided { criterion: Criterion::Groups });
}

#[tokio::test]
async fn a_part_on_another_server_keeps_only_its_own_people() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    staff(&world, "a", 40);
    staff(&world, "far", 2);
    sync(&engine, "All").await;
    let url = "ldap://far.example/OU=far,DC=x";
    *world.directory.elsewhere.lock().unwrap() = vec![Reference::from_url(url)];
    world.directory.people.lock().unwrap().retain(|id, _| !id.starts_with("far"));
    world.directory.remove("a05");
    let (plan, people) = preview(&engine, &rules).await;
    assert!(plan.complete && plan.error.is_none());
    assert_eq!((plan.counts.hold, plan.counts.preserve), (2, 1));
    assert_eq!(of(&people, "a05").reason, Reason::Deleted);
    assert_eq!(of(&people, "far01").reason, Reason::OnOtherServer { url: url.into() });
    assert!(of(&people, "far01").needs.is_some(), "an administrator can say that they are gone");
    let finding = plan.findings.iter().find(|f| f.kind == FindingKind::OnOtherServer).unwrap();
    assert_eq!((finding.count, &finding.examples[..]), (1, &[url.to_owned()][..]));

    let record = sync(&engine, "All").await;
    assert_eq!((record.error, record.complete, record.counts.preserve), (None, true, 1));
    let waits = sync(&engine, "All").await.awaiting_approval.remove(0);
    assert_eq!(waits.people, 2);
    let approved = Consent::to_lists([waits.hash]);
    let record = engine.import(Some("All"), &approved, None).await.unwrap().remove(0);
    assert_eq!((record.counts.preserve, record.awaiting_approval), (2, vec![]));
    // Nobody is left whom it may be about: it is told, and nothing waits for it.
    let record = sync(&engine, "All").await;
    assert_eq!((record.counts.unchanged, record.counts.hold, record.error), (39, 0, None));
    assert_eq!(record.findings.len(), 1);
}

#[tokio::test]
async fn a_reference_that_names_no_place_may_be_about_anybody() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    staff(&world, "a", 40);
    sync(&engine, "All").await;
    *world.directory.elsewhere.lock().unwrap() = vec![Reference::from_url("ldap://other.example")];
    world.directory.remove("a00");
    let record = sync(&engine, "All").await;
    assert_eq!((record.counts.hold, record.counts.preserve, record.error), (1, 0, None));
}

#[tokio::test]
async fn what_is_seen_where_somebody_was_is_looked_at() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    staff(&world, "a", 40);
    sync(&engine, "All").await;
    let url = || "ldap://new.example/OU=a,DC=x".to_owned();
    for (id, occupant) in [
        ("a00", Occupant::Unknown),
        ("a01", Occupant::OnOtherServer(url())),
        ("a02", Occupant::Known(Identity::from_text("somebody else"))),
    ] {
        world.directory.remove(id);
        let key = Dn::from_server(format!("CN={id},OU=a,DC=x")).key();
        world.directory.places.lock().unwrap().insert(key, occupant);
    }
    let (_, people) = preview(&engine, &rules).await;
    let identity = Reason::Undecided { criterion: Criterion::Identity };
    assert_eq!((of(&people, "a00").change, &of(&people, "a00").reason), (Change::Hold, &identity));
    assert_eq!(of(&people, "a01").reason, Reason::OnOtherServer { url: url() });
    assert_eq!(
        (of(&people, "a02").change, &of(&people, "a02").reason),
        (Change::Preserve, &Reason::Deleted)
    );
}
