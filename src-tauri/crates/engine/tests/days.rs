//! Months of daily imports, changes and sign-ins, with the clock in the test's hand: database, journal and memory stay bounded.
//! The machine is off at night: how long the journal was kept is counted by a clock that no test can set, and what is between
//! two starts of the program by the one that it can.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

mod support;

use connector_engine::{Consent, Engine, JournalQuery};
use connector_model::{Identity, Secret};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Duration;
use support::{World, settings};

const PEOPLE: usize = 500;
/// People who come, and as many who leave, every day.
const CHURN: usize = 10;
const ROUNDS_A_DAY: usize = 10;
const SIGN_INS_A_DAY: usize = 60;
const DAY_MS: i64 = 24 * 3_600_000;

fn id(number: usize) -> String {
    format!("p{number:06}")
}

#[derive(Debug, Clone, Copy)]
struct Size {
    database: u64,
    journal: usize,
    memory: u64,
}

fn size(engine: &Engine, folder: &Path) -> Size {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let all = JournalQuery { limit: u32::MAX, ..JournalQuery::default() };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    Size {
        database: files.map(|file| file.metadata().unwrap().len()).sum(),
        journal: engine.journal(&all).unwrap().len(),
        memory: line.split_whitespace().next().unwrap().parse::<u64>().unwrap() * 1024,
    }
}

async fn live_a_day(world: &World, engine: &Engine, day: usize) {
    let first = day * CHURN;
    world.directory.add((first + PEOPLE..first + PEOPLE + CHURN).map(id));
    for gone in first..first + CHURN {
        world.directory.remove(&id(gone));
    }
    for round in 0..ROUNDS_A_DAY {
        let affected = id(first + CHURN + round);
        let title = Some(format!("Day {day}"));
        world.directory.change(&affected, |person| person.title = title);
        engine.import_changes("All", &[Identity::from_text(&affected)]).await.unwrap();
    }
    for number in 0..SIGN_INS_A_DAY {
        let user = id(first + CHURN + number).parse().unwrap();
        let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
        engine.sign_in(&user, &Secret::new("right"), deadline).await;
    }
    let record = engine.import(Some("All"), Consent::nothing(), None).await.unwrap().remove(0);
    let counts = &record.counts;
    assert_eq!(
        (record.read, counts.create, counts.preserve),
        (PEOPLE as u64, CHURN as u64, CHURN as u64),
        "day {day}"
    );
    // The cloud's retention; what is left of the test's own is not to be measured.
    world.cloud.users.lock().unwrap().retain(|_, (_, active)| *active);
    world.cloud.known.lock().unwrap().retain(|_, user| user.active);
}

#[tokio::test]
async fn months_leave_no_more_than_weeks() {
    let (world, folder) = (World::default(), tempfile::tempdir().unwrap());
    let start = || world.engine(folder.path(), settings(&[("All", None)]));
    let mut engine = start();
    world.directory.add((0..PEOPLE).map(id));
    engine.import(Some("All"), Consent::nothing(), None).await.unwrap();
    let mut sizes = vec![];
    for day in 0..140 {
        live_a_day(&world, &engine, day).await;
        if [1, 24, 110, 140].contains(&(day + 1)) {
            // The journal is written behind the scenes.
            tokio::time::sleep(Duration::from_millis(200)).await;
            let now = size(&engine, folder.path());
            println!(
                "{:>3} days: database {} KiB, journal {} entries, memory {} MiB",
                day + 1,
                now.database / 1024,
                now.journal,
                now.memory / 1024 / 1024
            );
            sizes.push(now);
        }
        engine.shutdown(Duration::from_secs(5)).await;
        drop(engine);
        world.clock.0.fetch_add(DAY_MS, Ordering::Relaxed);
        engine = start();
    }
    let [_, weeks, months, later] = sizes[..] else { panic!("{sizes:?}") };
    assert!(weeks.database < 8 << 20, "{weeks:?}");
    assert!(later.database <= months.database * 11 / 10, "{months:?} {later:?}");
    assert!(later.journal <= months.journal * 11 / 10, "{months:?} {later:?}");
    assert!(later.memory <= months.memory * 12 / 10, "{months:?} {later:?}");
}
