//! Ten thousand histories of directories, mappings, edits and failures. In every one nobody is made inactive without
//! proof, nobody is created twice, and once the failures stop the cloud is what the directory says.
//!
//! `HISTORIES=N` runs another number of them, `SEED=N` runs that one alone: the seed is in the message of a failure.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

mod cloud;
mod directory;
mod history;

use history::History;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use tempfile::TempDir;

/// All of them, in so many programs at once.
const HISTORIES: u64 = 10_000;
const PARTS: u64 = 4;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Where the system has a folder in memory, there: so many small databases keep a disk busy, and none outlives its history.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap()
}

fn part(part: u64) {
    let all = number("HISTORIES").unwrap_or(HISTORIES);
    let seeds: Vec<u64> = match number("SEED") {
        Some(seed) if part == 0 => vec![seed],
        Some(_) => vec![],
        None => (0..all).filter(|seed| seed % PARTS == part).collect(),
    };
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    let runtime = runtime.unwrap();
    for seed in seeds {
        let folder = folder();
        let live = || runtime.block_on(History::new(seed, folder.path()).live());
        let lived = std::panic::catch_unwind(AssertUnwindSafe(live)).is_ok();
        assert!(lived, "seed {seed}: SEED={seed} cargo test -p connector-engine --test histories");
    }
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
