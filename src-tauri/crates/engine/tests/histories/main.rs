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

use history::History;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::Notify;

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

/// How long one history may take, in real time: a hundred times what the slowest takes.
const LIMIT: Duration = Duration::from_mins(2);

/// Lets a second pass now and then, as long as anybody listens: paused time stands still while a thread waits for the disk
/// or for room in a queue. Ends the program when a history hangs, even in a thread that waits for nothing of the runtime.
fn ticks(current: &Arc<Mutex<(u64, Instant)>>) -> Arc<Notify> {
    let ticks = Arc::new(Notify::new());
    let (listener, current) = (Arc::downgrade(&ticks), current.clone());
    std::thread::spawn(move || {
        while let Some(ticks) = listener.upgrade() {
            ticks.notify_one();
            drop(ticks);
            std::thread::sleep(Duration::from_millis(5));
            let (seed, since) = *current.lock().unwrap();
            if since.elapsed() > LIMIT {
                eprintln!("seed {seed} hangs: SEED={seed} {COMMAND}");
                std::process::exit(1);
            }
        }
    });
    ticks
}

fn seeds(part: u64) -> Vec<u64> {
    let first = number("FIRST").unwrap_or(0);
    let all = first..first + number("HISTORIES").unwrap_or(HISTORIES);
    match number("SEED") {
        Some(seed) => (part == 0).then_some(seed).into_iter().collect(),
        None => all.filter(|seed| seed % PARTS == part).collect(),
    }
}

fn part(part: u64) {
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.unwrap();
    let mut failed = vec![];
    let current = Arc::new(Mutex::new((0, Instant::now())));
    let ticks = ticks(&current);
    for seed in seeds(part) {
        let folder = folder();
        *current.lock().unwrap() = (seed, Instant::now());
        let live = || runtime.block_on(History::new(seed, folder.path(), &ticks).live());
        if std::panic::catch_unwind(AssertUnwindSafe(live)).is_err() {
            println!("seed {seed}: SEED={seed} {COMMAND}");
            failed.push(seed);
        }
    }
    assert!(failed.is_empty(), "seeds {failed:?}");
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
