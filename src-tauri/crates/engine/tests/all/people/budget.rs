//! The budget of wrong passwords under attack: nobody is locked out by guesses through the connector.

use crate::support::{World, settings};
use async_trait::async_trait;
use connector_engine::Engine;
use connector_engine::ports::{End, Place, SharedBudget};
use connector_model::{
    Code, Error, GuessLimit, Identity, LockoutPolicy, Result, Secret, SignInOutcome, Window,
};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::Instant;

const SPELLINGS: [&str; 4] = ["ann", "ANN", "ann@x.example", "ann@mail.example"];

async fn sign_in(engine: &Engine, user: &str, password: &str) -> SignInOutcome {
    let deadline = Instant::now() + Duration::from_secs(30);
    engine.sign_in(&user.parse().unwrap(), &Secret::new(password), deadline).await.outcome
}

fn world() -> World {
    let world = World::default();
    world.directory.add(["ann".to_owned(), "bob".to_owned()]);
    world
}

fn engine(world: &World, folder: &Path) -> Engine {
    world.engine(folder, settings(&[("All", None)]))
}

fn pass(world: &World, by: Duration) {
    world.clock.0.fetch_add(i64::try_from(by.as_millis()).unwrap(), Ordering::Relaxed);
}

fn binds(world: &World) -> usize {
    world.directory.binds.load(Ordering::Relaxed)
}

/// So many guesses at once, by every spelling; the engine is dropped in the midst of them.
async fn attack(world: &World, folder: &Path, guesses: usize) {
    let engine = engine(world, folder);
    let mut all = JoinSet::new();
    for guess in 0..guesses {
        let engine = engine.clone();
        all.spawn(async move {
            sign_in(&engine, SPELLINGS[guess % 4], &format!("guess {guess}")).await
        });
    }
    for _ in 0..guesses / 2 {
        all.join_next().await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_guesses_at_once_with_restarts_forward_no_more_than_the_budget() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    for guesses in [500, 200, 200, 100] {
        attack(&world, folder.path(), guesses).await;
    }
    assert!((1..=4).contains(&binds(&world)), "{} were forwarded", binds(&world));
    let engine = engine(&world, folder.path());
    assert_eq!(sign_in(&engine, "ann", "right").await, SignInOutcome::Throttled);
    assert_eq!(sign_in(&engine, "bob", "right").await, SignInOutcome::Ok, "nobody else suffers");
    pass(&world, Duration::from_mins(15));
    for spelling in SPELLINGS {
        assert_eq!(sign_in(&engine, spelling, "right").await, SignInOutcome::Ok, "{spelling}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_directory_s_own_policy_decides_where_it_is_stricter() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let window = Window::Lasts(Duration::from_mins(30));
    *world.directory.policy.lock().unwrap() = Some(LockoutPolicy { threshold: 5, window });
    attack(&world, folder.path(), 50).await;
    let engine = engine(&world, folder.path());
    sign_in(&engine, "ann", "wrong").await;
    for _ in 0..4 {
        pass(&world, Duration::from_mins(8));
        let outcome = sign_in(&engine, "ann", "right").await;
        let over = binds(&world) > 3;
        assert_eq!(outcome == SignInOutcome::Ok, over, "three guesses, then thirty minutes");
    }
}

#[tokio::test]
async fn where_only_the_right_password_ends_the_count_it_ends_ours() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let window = Window::UntilRight;
    *world.directory.policy.lock().unwrap() = Some(LockoutPolicy { threshold: 5, window });
    let engine = engine(&world, folder.path());
    for _ in 0..3 {
        for password in ["wrong", "wrong", "right"] {
            let outcome = sign_in(&engine, "ann", password).await;
            assert_eq!(outcome == SignInOutcome::Ok, password == "right");
        }
    }
    for _ in 0..3 {
        sign_in(&engine, "ann", "wrong").await;
    }
    pass(&world, Duration::from_hours(23));
    assert_eq!(sign_in(&engine, "ann", "right").await, SignInOutcome::Throttled);
    pass(&world, Duration::from_hours(1));
    assert_eq!(sign_in(&engine, "ann", "right").await, SignInOutcome::Ok);
}

#[tokio::test]
async fn right_passwords_at_once_wait_for_each_other_and_all_are_let_in() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = engine(&world, folder.path());
    sign_in(&engine, "ann", "wrong").await;
    let mut all = JoinSet::new();
    for n in 0..40 {
        let engine = engine.clone();
        all.spawn(async move { sign_in(&engine, SPELLINGS[n % 4], "right").await });
    }
    while let Some(outcome) = all.join_next().await {
        assert_eq!(outcome.unwrap(), SignInOutcome::Ok);
    }
}

#[tokio::test]
async fn what_the_directory_may_have_counted_counts() {
    for (password, counts) in [
        ("locked", true),
        ("cut off", true),
        ("wrong", true),
        ("unanswered", true),
        ("right", false),
        ("expired", false),
        ("not sent", false),
    ] {
        let (world, folder) = (world(), tempfile::tempdir().unwrap());
        let engine = engine(&world, folder.path());
        for _ in 0..4 {
            let before = world.directory.binds.load(Ordering::Relaxed);
            let has_the_password = async {
                while world.directory.binds.load(Ordering::Relaxed) == before {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            // Whoever asked goes away while the directory has the password, where it does not answer.
            let gone = async {
                has_the_password.await;
                if password != "unanswered" {
                    std::future::pending::<()>().await;
                }
            };
            tokio::select! {
                _ = sign_in(&engine, "ann", password) => {}
                () = gone => {}
            }
        }
        let then = sign_in(&engine, "ann", "right").await;
        assert_eq!(then == SignInOutcome::Throttled, counts, "{password}: {then:?}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_has_is_held_back_as_soon_as_somebody_s() {
    let (world, folder) = (world(), tempfile::tempdir().unwrap());
    let engine = engine(&world, folder.path());
    for name in ["ann", "nobody"] {
        let mut tries = 0;
        while sign_in(&engine, name, "wrong").await != SignInOutcome::Throttled {
            tries += 1;
        }
        assert_eq!(tries, 4, "{name}");
        pass(&world, Duration::from_mins(15));
        assert_ne!(sign_in(&engine, name, "wrong").await, SignInOutcome::Throttled, "{name}");
    }
}

/// The cloud's count of two connectors.
#[derive(Default)]
struct Cloud {
    taken: Arc<Mutex<usize>>,
    away: AtomicUsize,
}

struct Taken(Arc<Mutex<usize>>);

impl Place for Taken {
    fn settle(self: Box<Self>, end: End) {
        *self.0.lock().unwrap() -= usize::from(end != End::Counts);
    }
}

#[async_trait]
impl SharedBudget for Cloud {
    fn counts(&self) -> bool {
        true
    }

    async fn reserve(&self, _: &Identity, limit: GuessLimit) -> Result<Option<Box<dyn Place>>> {
        if self.away.load(Ordering::Relaxed) > 0 {
            return Err(Error::of(Code::CloudUnavailable));
        }
        let mut taken = self.taken.lock().unwrap();
        if *taken >= usize::try_from(limit.attempts).unwrap() {
            return Ok(None);
        }
        *taken += 1;
        Ok(Some(Box::new(Taken(self.taken.clone()))))
    }
}

#[tokio::test]
async fn two_connectors_have_one_budget_where_the_cloud_counts() {
    let (world, cloud) = (world(), Arc::new(Cloud::default()));
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let engines = folders.each_ref().map(|folder| {
        let engine = engine(&world, folder.path());
        engine.share_budget(cloud.clone());
        engine
    });
    for round in 0..6 {
        for engine in &engines {
            sign_in(engine, "ann", &format!("guess {round}")).await;
        }
    }
    assert_eq!(binds(&world), 4);
    *cloud.taken.lock().unwrap() = 3;
    for engine in &engines {
        pass(&world, Duration::from_mins(15));
        assert_eq!(sign_in(engine, "ann", "right").await, SignInOutcome::Ok);
    }
    assert_eq!(*cloud.taken.lock().unwrap(), 3, "given back there as well");
    cloud.away.store(1, Ordering::Relaxed);
    let outcome = sign_in(&engines[0], "ann", "right").await;
    assert_eq!(outcome, SignInOutcome::DirectoryUnavailable, "nobody counts for the others");
    cloud.away.store(0, Ordering::Relaxed);
    assert_eq!(sign_in(&engines[0], "ann", "right").await, SignInOutcome::Ok);
}
