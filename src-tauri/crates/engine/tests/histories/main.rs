//! Ten thousand histories of directories, mappings, edits, failures and odd services. In every one nobody is made inactive
//! without proof, nobody is there twice, nobody else's user is touched, and once the failures stop the cloud is what the
//! directory says, or a reason is told.
//!
//! `HISTORIES=N` runs another number of them, `FIRST=N` begins with that seed, `SEED=N` runs that one alone and tells what
//! happens in it: the seed is in the message of a failure.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    missing_docs
)]

mod cloud;
mod directory;
mod history;
#[path = "../support/mod.rs"]
mod support;
mod ticks;

use history::History;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;
use tempfile::TempDir;

/// All of them, from seed 0 on, in so many programs at once.
const HISTORIES: u64 = 10_000;
const PARTS: u64 = 4;
const COMMAND: &str = "cargo test -p connector-engine --test histories";

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Where the system has a folder in memory, there: so many small databases keep a disk busy, and none outlives its history.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

fn seeds(part: u64) -> Vec<u64> {
    let first = number("FIRST").unwrap_or(0);
    let all = first..first + number("HISTORIES").unwrap_or(HISTORIES);
    match number("SEED") {
        Some(seed) => (part == 0).then_some(seed).into_iter().collect(),
        None => all.filter(|seed| seed % PARTS == part).collect(),
    }
}

/// Runs a part in a thread of its own, which has the part's name like all of its runtime.
fn part(part: u64) {
    let lives = std::thread::Builder::new().name(ticks::name(part)).spawn(move || live(part));
    let failed = lives.unwrap().join().unwrap();
    assert!(failed.is_empty(), "seeds {failed:?}");
}

/// The seeds of histories in which something was not as it should be.
fn live(part: u64) -> Vec<u64> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .thread_name(ticks::name(part))
        .enable_time()
        .start_paused(true)
        .build();
    let runtime = runtime.unwrap();
    let mut failed = vec![];
    // An error of the engine names no cause; its log does.
    let errors = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_test_writer();
    let _ = errors.try_init();
    let current = Arc::new(Mutex::new((0, Instant::now())));
    let ticks = ticks::ticks(part, &current, COMMAND);
    for seed in seeds(part) {
        let folder = folder();
        *current.lock().unwrap() = (seed, Instant::now());
        let live = || runtime.block_on(History::new(seed, folder.path(), &ticks).live());
        if std::panic::catch_unwind(AssertUnwindSafe(live)).is_err() {
            println!("seed {seed}: SEED={seed} {COMMAND}");
            failed.push(seed);
        }
    }
    failed
}

#[test]
fn one_quarter() {
    part(0);
}

#[test]
fn another_quarter() {
    part(1);
}

#[test]
fn a_third_quarter() {
    part(2);
}

#[test]
fn the_last_quarter() {
    part(3);
}
