//! The connector among the other programs of a machine: signals, and engines that do not answer.
#![cfg(target_os = "linux")]

use journeys::Connector;
use journeys::process::{Running, wait_for};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20);

fn until_it_runs(connector: &Connector) {
    wait_for("the engine", LIMIT, || {
        let status = connector.json(&["status"]);
        (status.code == 0).then_some(())
    });
}

#[test]
fn a_terminal_that_closes_ends_the_engine_in_order_unless_nohup_says_otherwise() {
    let connector = Connector::new();
    let engine = connector.start_alone();
    until_it_runs(&connector);
    engine.signal("-HUP");
    assert_eq!(engine.wait(LIMIT), Some(0));

    let run = connector.command(&["run"]);
    let mut outlives = Command::new("nohup");
    outlives.arg(run.get_program()).args(run.get_args());
    for (name, value) in run.get_envs() {
        match value {
            Some(value) => outlives.env(name, value),
            None => outlives.env_remove(name),
        };
    }
    outlives.stdin(Stdio::null()).stderr(Stdio::null());
    let mut engine = Running::start_quiet(outlives, "nohup insync-connector run");
    until_it_runs(&connector);
    engine.signal("-HUP");
    until_it_runs(&connector);
    assert!(engine.is_alive());
    assert_eq!(engine.stop(LIMIT), Some(0));
}

#[test]
fn an_engine_that_hangs_is_told_within_five_seconds() {
    let connector = Connector::new();
    let engine = connector.start_alone();
    until_it_runs(&connector);
    let kept = connector.home().join("last-status.json");
    wait_for("a status that is kept", LIMIT, || kept.exists().then_some(()));
    engine.signal("-STOP");
    let begun = Instant::now();
    let status = connector.json(&["status"]);
    let took = begun.elapsed();
    let words = connector.run(&["status"], "");
    engine.signal("-CONT");
    assert_eq!(status.error_code(), "engine_unreachable");
    let last = &status.json()["last_status"];
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let age = now.as_millis() - u128::from(last["time_ms"].as_u64().unwrap());
    assert!(age < LIMIT.as_millis(), "{age} ms");
    assert_eq!(last["status"]["cloud"]["state"], "not_registered");
    let sentence = last["status"]["sentence"].as_str().unwrap();
    assert!(words.code == 1 && words.err.contains(sentence), "{words:?}");
    assert!(took < Duration::from_secs(6), "{took:?}");
    until_it_runs(&connector);
    assert_eq!(engine.stop(LIMIT), Some(0));
}

#[test]
fn what_cannot_be_written_is_said_and_what_nobody_reads_is_not() {
    let connector = Connector::new();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let said = connector.command(&["settings", "show"]).stdout(full).output().unwrap();
    assert_eq!(said.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&said.stderr).contains("cannot be written"), "{said:?}");
    let mut unread = connector.command(&["man"]);
    let mut unread = unread.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(unread.stdout.take());
    let said = unread.wait_with_output().unwrap();
    assert!(said.stderr.is_empty(), "{said:?}");
    // Nobody reads what went wrong either.
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let wrong = connector.command(&["account", "show", "nobody"]).stderr(full).output().unwrap();
    assert_eq!(wrong.status.code(), Some(1), "an error, and no panic");
}
