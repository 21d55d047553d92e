//! Why somebody is, or is not, in the cloud: the true reason, for any name that is typed.

use crate::support::{World, person, settings};
use connector_engine::told::{ExplainedPerson, PeopleQuery, PersonState, SignInsQuery, Standing};
use connector_engine::{Consent, Engine};
use connector_model::{Change, Code, Dn, Enabled, Identity, Reason, ScopeRef, Secret};
use std::time::Duration;
use tokio::time::Instant;

async fn one(engine: &Engine, user: &str) -> ExplainedPerson {
    let told = engine.explain(&user.parse().unwrap()).await.unwrap();
    assert_eq!((told.people.len(), &told.not_asked[..]), (1, &[][..]), "{user}");
    told.people.into_iter().next().unwrap()
}

/// One mapping for Sales, and people with whom something is not right.
fn seeded() -> World {
    let world = World::default();
    for id in ["good", "twin", "disabled", "mailless", "locked", "refused", "outside", "leaver"] {
        let mut one = person(id);
        one.department = Some("Sales".into());
        world.directory.put(one);
    }
    world.directory.change("twin", |p| p.email = Some("good@mail.example".into()));
    world.directory.change("disabled", |p| p.enabled = Enabled::No);
    world.directory.change("mailless", |p| p.email = None);
    world.directory.change("outside", |p| p.department = Some("Support".into()));
    *world.cloud.refused.lock().unwrap() = vec!["refused".into()];
    world
}

#[tokio::test]
async fn the_true_reason_of_everybody_with_whom_something_is_not_right() {
    let (world, folder) = (seeded(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("Sales", Some("Sales"))]));
    let before = one(&engine, "good").await;
    assert_eq!((before.standing, before.cloud), (Standing::NotYet, None));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let password = Secret::new(b"locked".to_vec());
    let soon = Instant::now() + Duration::from_secs(5);
    engine.sign_in(&"locked".parse().unwrap(), &password, soon).await;
    let covered = Some("Sales".to_owned());
    let same = Reason::SameEmail { other: "CN=good,DC=x".into() };
    let left = Reason::LeftDepartment { now: "Support".into(), wanted: vec!["Sales".into()] };
    for (user, standing, reason, mapping) in [
        ("good", Standing::Active, Some(Reason::New), covered.clone()),
        ("disabled", Standing::Skipped, Some(Reason::Disabled), covered.clone()),
        ("mailless", Standing::Skipped, Some(Reason::NoEmail), covered.clone()),
        ("twin", Standing::Skipped, Some(same), covered.clone()),
        ("outside", Standing::NotCovered, Some(left), None),
        ("locked", Standing::Active, Some(Reason::New), covered.clone()),
        ("refused", Standing::Refused, Some(Reason::New), covered),
    ] {
        let told = one(&engine, user).await;
        let found = (told.standing, told.reason, told.mapping);
        assert_eq!(found, (standing, reason, mapping), "{user}");
        assert!(told.in_directory);
    }
    let refused = one(&engine, "refused").await;
    assert_eq!(refused.refused.unwrap().code, Code::CloudRefused);
    assert_eq!(
        refused.imports[0].person.planned.refused.as_ref().unwrap().code,
        Code::CloudRefused
    );
    let locked = one(&engine, "locked").await;
    assert_eq!(locked.sign_ins[0].outcome, "locked");
    assert_eq!((locked.budget.wrong, locked.budget.held_until_ms), (1, None));
    let cloud = locked.cloud.unwrap();
    assert_eq!((cloud.active, cloud.values["user_name"].as_str()), (true, "locked@x.example"));
    let nobody = engine.explain(&"nobody".parse().unwrap()).await.unwrap();
    assert_eq!((nobody.people.len(), nobody.not_in), (0, vec!["corp".to_owned()]));
}

#[tokio::test]
async fn whoever_a_higher_mapping_imports_is_left_out_by_none() {
    let (world, folder) = (seeded(), tempfile::tempdir().unwrap());
    let two = settings(&[("Sales", Some("Sales")), ("All", None)]);
    let engine = world.engine(folder.path(), two);
    engine.import(None, Consent::nothing(), None).await.unwrap();
    // The lower mapping is imported last, and its row says whose they are.
    for _ in 0..3 {
        engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    }
    for (user, standing, reason, mapping) in [
        ("good", Standing::Active, Some(Reason::New), "Sales"),
        ("disabled", Standing::Skipped, Some(Reason::Disabled), "Sales"),
        ("outside", Standing::Active, None, "All"),
    ] {
        let told = one(&engine, user).await;
        let found = (told.standing, told.reason, told.mapping.as_deref());
        assert_eq!(found, (standing, reason, Some(mapping)), "{user}");
    }
    let of = |state| {
        let asked = PeopleQuery { state: Some(state), limit: 50, ..PeopleQuery::default() };
        let people = engine.people(&asked).unwrap().people;
        people.into_iter().filter_map(|one| one.user_name).collect::<Vec<_>>()
    };
    assert!(of(PersonState::Active).contains(&"good@x.example".to_owned()));
    assert!(!of(PersonState::Skipped).contains(&"good@x.example".to_owned()));
    // Gone from the directory: still the row of their own mapping.
    world.directory.remove("leaver");
    let told = engine.explain(&"leaver@x.example".parse().unwrap()).await.unwrap();
    let leaver = &told.people[0];
    assert_eq!((leaver.standing, &leaver.reason), (Standing::Active, &Some(Reason::New)));
}

#[tokio::test]
async fn whoever_is_gone_and_a_directory_that_is_away_are_told_all_the_same() {
    let (world, folder) = (seeded(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("Sales", Some("Sales"))]));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    world.directory.remove("leaver");
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let told = engine.explain(&"leaver@x.example".parse().unwrap()).await.unwrap();
    let leaver = &told.people[0];
    let found = (leaver.standing, &leaver.reason, leaver.in_directory);
    assert_eq!(found, (Standing::Inactive, &Some(Reason::Deleted), false));
    let did: Vec<_> = leaver.imports.iter().map(|row| row.person.planned.change).collect();
    assert_eq!(did, [Change::Preserve, Change::Create]);
    *world.directory.down.lock().unwrap() = true;
    let told = engine.explain(&"good@x.example".parse().unwrap()).await.unwrap();
    assert_eq!(told.not_asked[0].error.code, Code::ConnectRefused);
    assert_eq!(told.people[0].standing, Standing::Active, "what is remembered is told");
}

#[tokio::test]
async fn people_and_sign_ins_are_listed_with_names_and_counts() {
    let (world, folder) = (seeded(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("Sales", Some("Sales"))]));
    engine.import(None, Consent::nothing(), None).await.unwrap();
    world.directory.remove("leaver");
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let page = engine.people(&PeopleQuery { limit: 50, ..PeopleQuery::default() }).unwrap();
    let counts = page.counts;
    assert_eq!((counts.active, counts.inactive, counts.skipped), (2, 1, 3));
    assert_eq!((counts.waiting, counts.refused, page.total), (0, 1, 7));
    let twins = PeopleQuery { search: Some("TWIN".into()), limit: 5, ..PeopleQuery::default() };
    let twin = engine.people(&twins).unwrap().people.remove(0);
    assert_eq!(twin.state, PersonState::Skipped);
    assert_eq!(twin.reason, Some(Reason::SameEmail { other: "CN=good,DC=x".into() }));
    let refused =
        PeopleQuery { state: Some(PersonState::Refused), limit: 5, ..PeopleQuery::default() };
    let refused = engine.people(&refused).unwrap().people.remove(0);
    assert_eq!(refused.refused.unwrap().code, Code::CloudRefused);
    for (user, password) in [("good", "right"), ("good", "wrong"), ("nobody", "x")] {
        let soon = Instant::now() + Duration::from_secs(5);
        let password = Secret::new(password.as_bytes().to_vec());
        engine.sign_in(&user.parse().unwrap(), &password, soon).await;
    }
    engine.flush_journal().await;
    let all = engine.sign_ins(&SignInsQuery { limit: 9, ..SignInsQuery::default() }).unwrap();
    let counts: Vec<_> = all.counts.iter().map(|(outcome, n)| (outcome.as_str(), *n)).collect();
    assert_eq!(counts, [("ok", 1), ("unknown_user", 1), ("wrong_password", 1)]);
    assert_eq!((all.rows[0].name.as_deref(), &all.rows[0].identity), (None, &None));
    assert_eq!(all.rows[1].user_name.as_deref(), Some("good@x.example"));
    let bad = SignInsQuery { failed: true, limit: 9, ..SignInsQuery::default() };
    let bad = engine.sign_ins(&bad).unwrap();
    assert_eq!(bad.counts, all.counts, "what there is besides is counted all the same");
    assert_eq!(bad.rows.len() as u64, all.counts.values().sum::<u64>() - all.counts["ok"]);
    assert!(bad.rows.iter().all(|row| row.outcome != "ok"));
    let asked = SignInsQuery {
        search: Some("GOOD".into()),
        outcome: Some("ok".into()),
        limit: 9,
        ..SignInsQuery::default()
    };
    let found = engine.sign_ins(&asked).unwrap();
    assert_eq!((found.rows.len(), found.counts.len()), (1, 2), "counts are of every outcome");
    let hours = engine.sign_in_hours(0).unwrap();
    assert_eq!((hours[0].ok, hours[0].failed), (1, 2));
    let (_, did) = &engine.import_hours(0).unwrap()[0];
    assert_eq!(
        (did.imports, did.added, did.deactivated, did.skipped, did.refused),
        (2, 3, 1, 3, 1)
    );
}

#[tokio::test]
async fn whoever_was_left_out_and_waits_for_it_is_told_so_with_the_list() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    world.directory.add((0..40).map(|n| format!("p{n:02}")));
    let mut rules = settings(&[("All", None)]);
    let engine = world.engine(folder.path(), rules.clone());
    engine.import(None, Consent::nothing(), None).await.unwrap();
    let named = |range: std::ops::Range<i32>| {
        range.map(|n| ScopeRef {
            identity: Some(Identity::from_text(&format!("p{n:02}"))),
            dn: Some(Dn::from_server(format!("CN=p{n:02},DC=x"))),
        })
    };
    rules.mappings[0].exclude_people = named(0..30).collect();
    engine.reload(rules.clone(), world.parts().1);
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    let [list] = &record.awaiting_approval[..] else { panic!("{record:?}") };
    assert_eq!((list.people, record.counts.preserve, record.counts.hold), (30, 0, 30));
    let of =
        async |user: &str| engine.explain(&user.parse().unwrap()).await.unwrap().people.remove(0);
    let waits = of("p07").await;
    assert!(waits.in_directory);
    let why = Some(Reason::ExcludedPerson { mapping: "All".into() });
    assert_eq!((waits.standing, &waits.reason, &waits.mapping), (Standing::Waiting, &why, &None));
    assert_eq!(waits.waits.as_ref(), Some(list), "which list, for the approval of exactly it");
    assert_eq!(of("p35").await.waits, None);
    let approval = Consent::to_lists([list.hash.as_str()]);
    let record = engine.import(Some("All"), &approval, None).await.unwrap().remove(0);
    assert_eq!(record.counts.preserve, 30);
    let gone = of("p07").await;
    assert_eq!((gone.standing, gone.reason, gone.waits), (Standing::NotCovered, why, None));
    // Nobody who is new is let in by a name that leaves them out; whoever is not named any more is back.
    world.directory.add(["p50".to_owned()]);
    rules.mappings[0].exclude_people = named(0..1).chain(named(50..51)).collect();
    engine.reload(rules, world.parts().1);
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    assert_eq!((record.counts.create, record.counts.reactivate), (0, 29));
}
