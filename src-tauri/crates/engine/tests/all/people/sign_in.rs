//! Sign-ins and look-ups for mass deployment.

use crate::support::{World, person, settings};
use connector_engine::records::AlertKind;
use connector_engine::{Engine, FindOutcome, JournalEntry, JournalQuery};
use connector_model::{Enabled, PasswordNotice, Secret, SignInOutcome};
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

async fn sign_in(engine: &Engine, user: &str, password: &str) -> SignInOutcome {
    let deadline = Instant::now() + Duration::from_secs(5);
    engine.sign_in(&user.parse().unwrap(), &Secret::new(password), deadline).await.outcome
}

fn world() -> World {
    let world = World::default();
    world.directory.add(["ann".to_owned(), "bob".to_owned()]);
    let mut outside = person("out");
    outside.title = Some("out_of_scope".into());
    world.directory.put(outside);
    let mut disabled = person("dis");
    disabled.enabled = Enabled::No;
    world.directory.put(disabled);
    let mut silent = person("silent");
    silent.email = None;
    world.directory.put(silent);
    let mut twin = person("twin");
    twin.email = Some("bob@mail.example".into());
    world.directory.put(twin);
    world
}

#[tokio::test]
async fn every_outcome() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    for (user, password, outcome) in [
        ("ann", "right", SignInOutcome::Ok),
        ("ann@mail.example", "right", SignInOutcome::Ok),
        ("ann", "wrong", SignInOutcome::WrongPassword),
        ("ann", "", SignInOutcome::WrongPassword),
        ("nobody", "right", SignInOutcome::UnknownUser),
        ("out", "right", SignInOutcome::NotInScope),
        ("dis", "right", SignInOutcome::Disabled),
        ("bob@mail.example", "right", SignInOutcome::UnknownUser),
    ] {
        assert_eq!(sign_in(&engine, user, password).await, outcome, "{user}");
    }
    let binds = world.directory.binds.load(Ordering::Relaxed);
    sign_in(&engine, "ann", "").await;
    assert_eq!(
        world.directory.binds.load(Ordering::Relaxed),
        binds,
        "an empty password never reaches the directory"
    );
    *world.directory.down.lock().unwrap() = true;
    assert_eq!(sign_in(&engine, "ann", "right").await, SignInOutcome::DirectoryUnavailable);
    drop(engine);
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let journal = engine
        .journal(&JournalQuery { kind: Some("sign_in".into()), limit: 100, ..Default::default() })
        .unwrap();
    let times = |entry: &JournalEntry| entry.detail["times"].as_u64().unwrap_or(1);
    assert_eq!(journal.iter().map(times).sum::<u64>(), 10);
    assert_eq!(journal.len(), 9, "two empty passwords are one entry");
    let text = serde_json::to_string(&journal).unwrap();
    for code in
        ["empty_password", "ambiguous_user", "not_in_scope", "connect_refused", "unknown_user"]
    {
        assert!(text.contains(code), "{code} is not in the journal");
    }
    assert!(
        !text.contains("nobody"),
        "a name that nobody has may be a password typed into the wrong field"
    );
}

/// A directory that needs 2.1 s makes every refusal take four; with three until the deadline all of them come right then,
/// whoever the name is.
#[tokio::test]
async fn the_earlier_deadline_ends_the_wait_of_every_refusal() {
    for (setting, caller) in [(3, 30), (30, 3)] {
        let (world, folder) = (world(), tempfile::tempdir().unwrap());
        let mut settings = settings(&[("All", None)]);
        settings.sign_in.deadline_seconds = setting;
        let engine = world.engine(folder.path(), settings);
        let refused = async |user: &'static str, password: &'static str| {
            let began = Instant::now();
            let (user, password) = (user.parse().unwrap(), Secret::new(password));
            let answer = engine.sign_in(&user, &password, began + Duration::from_secs(caller));
            assert!(answer.await.outcome.is_plain_refusal());
            began.elapsed()
        };
        let due = Duration::from_secs(3)..Duration::from_millis(3500);
        let slow = refused("ann", "wrong and slow").await;
        assert!(due.contains(&slow), "{slow:?}");
        let (unknown, empty, outside, wrong) = tokio::join!(
            refused("nobody", "wrong"),
            refused("bob", ""),
            refused("out", "wrong"),
            refused("bob", "wrong"),
        );
        for (who, took) in
            [("unknown", unknown), ("empty", empty), ("outside", outside), ("wrong", wrong)]
        {
            assert!(due.contains(&took), "{who}: {took:?}");
        }
    }
}

#[tokio::test]
async fn guesses_stop_before_the_directory_locks() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    for _ in 0..2 {
        assert_eq!(sign_in(&engine, "ann", "wrong").await, SignInOutcome::WrongPassword);
        assert_eq!(
            sign_in(&engine, "ann@mail.example", "wrong").await,
            SignInOutcome::WrongPassword
        );
    }
    let binds = world.directory.binds.load(Ordering::Relaxed);
    for spelling in ["ann", "ANN", "ann@x.example", "ann@mail.example"] {
        assert_eq!(
            sign_in(&engine, spelling, "right").await,
            SignInOutcome::Throttled,
            "{spelling}"
        );
    }
    assert_eq!(world.directory.binds.load(Ordering::Relaxed), binds);
    assert_eq!(sign_in(&engine, "bob", "right").await, SignInOutcome::Ok);
}

#[tokio::test]
async fn mass_deployment_finds_who_may_be_created() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    for (user, outcome) in [
        ("ann", FindOutcome::Found),
        ("nobody", FindOutcome::UserNotFound),
        ("dis", FindOutcome::UserDisabled),
        ("silent", FindOutcome::UserHasNoEmail),
        ("out", FindOutcome::NotInScope),
        ("bob@mail.example", FindOutcome::UserNotFound),
    ] {
        let found = engine.find(&user.parse().unwrap()).await.unwrap();
        assert_eq!(found.outcome, outcome, "{user}");
        assert_eq!(found.person.is_some(), outcome == FindOutcome::Found);
        // The journal names whom it was about, and never what a stranger typed.
        let known = !matches!(outcome, FindOutcome::UserNotFound | FindOutcome::NotInScope);
        assert_eq!(found.identity.is_some(), known, "{user}");
    }
    let mut closed = settings(&[("All", None)]);
    closed.mappings[0].mass_deployment = false;
    let engine = world.engine(folder.path(), closed);
    assert_eq!(
        engine.find(&"ann".parse().unwrap()).await.unwrap().outcome,
        FindOutcome::NotInScope
    );
}

#[tokio::test]
async fn grace_sign_ins_are_right_and_told_in_journal_and_alert() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = world.engine(folder.path(), settings(&[("All", None)]));
    let alerts = || {
        let alerts = engine.status().alerts.into_iter();
        alerts.filter(|a| a.kind == AlertKind::GraceSignIns).map(|a| a.message).collect::<Vec<_>>()
    };
    let mut told = vec![];
    for notice in [
        Some(PasswordNotice::GraceLeft(1)),
        Some(PasswordNotice::GraceLeft(0)),
        Some(PasswordNotice::ExpiresInSeconds(3600)),
        None,
    ] {
        *world.directory.notice.lock().unwrap() = notice;
        let deadline = Instant::now() + Duration::from_secs(5);
        let answer = engine.sign_in(&"ann".parse().unwrap(), &Secret::new("right"), deadline).await;
        assert_eq!((answer.outcome, answer.notice), (SignInOutcome::Ok, notice));
        // Another person's sign-in ends no alert of hers.
        *world.directory.notice.lock().unwrap() = None;
        assert_eq!(sign_in(&engine, "bob", "right").await, SignInOutcome::Ok);
        told.push(alerts());
    }
    assert!(told[0][0].contains("CN=ann,DC=x (1)") && told[1][0].contains("CN=ann,DC=x (0)"));
    assert_eq!(told[2..], [Vec::<String>::new(), vec![]]);
    engine.flush_journal().await;
    let query = JournalQuery { limit: 100, ..Default::default() };
    let journal = serde_json::to_string(&engine.journal(&query).unwrap()).unwrap();
    for part in
        [r#""grace_left":1"#, r#""grace_left":0"#, r#""expires_in_seconds":3600"#, "grace_sign_ins"]
    {
        assert!(journal.contains(part), "{part}: {journal}");
    }
}
