//! A test that is killed takes its servers with it, and the next start removes their folders.

use servers::{Slapd, SlapdOptions};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const ROLE: &str = "SERVERS_TEST_STARTS_AND_WAITS";

/// Does nothing as a test; started by the test below, it runs a server until it is killed.
#[test]
fn part_that_is_killed() {
    if std::env::var_os(ROLE).is_none() {
        return;
    }
    let slapd = Slapd::start(&SlapdOptions { people: 1, ..Default::default() }).unwrap();
    println!("\nstarted {} {}", slapd.id().unwrap(), slapd.log_path().parent().unwrap().display());
    std::thread::park();
}

fn start_part() -> (Child, String, String) {
    let mut part = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "starter::nothing_left::part_that_is_killed", "--nocapture"])
        .env(ROLE, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(part.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line =
        lines.into_iter().find(|line| line.starts_with("started ")).expect("it starts a server");
    let words: Vec<&str> = line.split(' ').collect();
    (part, words[1].to_owned(), words[2].to_owned())
}

/// Whether the process is there and more than an entry that its new parent has not collected yet.
fn runs(process: &str) -> bool {
    let status = std::fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    status
        .lines()
        .any(|line| line.starts_with("State:") && !line.contains('Z') && !line.contains('X'))
}

#[test]
fn a_killed_test_leaves_no_server_and_its_folder_is_swept_up() {
    let (mut part, id, folder) = start_part();
    let process = format!("/proc/{id}");
    assert!(runs(&process) && Path::new(&folder).exists());
    part.kill().unwrap();
    part.wait().unwrap();
    let end = Instant::now() + Duration::from_secs(20);
    while runs(&process) {
        assert!(Instant::now() < end, "slapd outlived its test");
        std::thread::sleep(Duration::from_millis(10));
    }
    drop(Slapd::start(&SlapdOptions { people: 1, ..Default::default() }).unwrap());
    assert!(!Path::new(&folder).exists(), "{folder} was not swept up");
}
