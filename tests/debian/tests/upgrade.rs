//! With systemd as it is on a server: the service starts, comes back, and survives a version that does not.
//! Needs root, and a machine whose control groups another systemd can have; `make test` says when it was left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use debian::booted::Booted;
use debian::{Debian, packages};
use journeys::process::{program, wait_for};
use journeys::service::is_root;
use serde_json::Value;
use std::fs;
use std::time::Duration;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn json(machine: &Booted, args: &[&str]) -> Value {
    let text = machine.run("insync-connector", &[&["--json"], args].concat());
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"))
}

fn journal(machine: &Booted) -> String {
    machine.run("journalctl", &["--no-pager", "--lines=40", "--unit=insync-connector"])
}

fn interval(machine: &Booted) -> Value {
    json(machine, &["settings", "show"])["import"]["interval_hours"].clone()
}

fn main_process(machine: &Booted) -> String {
    machine.run("systemctl", &["show", "--property=MainPID", "--value", "insync-connector"])
}

#[test]
fn a_service_that_crashes_comes_back_and_so_does_the_version_before_one_that_crashes() {
    if !is_root() {
        return;
    }
    let debian = Debian::new();
    let Some(machine) = debian.boot() else {
        println!("LEFT OUT: this machine has no control groups for another systemd");
        return;
    };
    let package = debian.put(&packages::headless());
    let said = machine.run("dpkg", &["-i", &package]);
    let service = json(&machine, &["service", "status"]);
    assert_eq!(service["running"], true, "{said}\n{}", journal(&machine));
    assert_eq!(service["account"], "insync-connector");
    json(&machine, &["settings", "set", "interval_hours=12"]);

    // It is killed, and the machine is switched off: each time it is there again.
    let killed = main_process(&machine);
    machine.run("systemctl", &["kill", "--signal=KILL", "insync-connector"]);
    wait_for("the service", Duration::from_secs(30), || {
        let runs = json(&machine, &["service", "status"])["running"] == true;
        (runs && main_process(&machine) != killed).then_some(())
    });
    drop(machine);
    let machine = debian.boot().unwrap();
    assert_eq!(json(&machine, &["service", "status"])["running"], true);
    assert_eq!(interval(&machine), 12);

    // A later version says that it runs, spoils settings and database, and crashes.
    let folder = tempfile::tempdir().unwrap();
    let crashing = packages::later(&packages::headless(), folder.path(), |tree| {
        let program = program("insync-connector-crashing");
        fs::copy(program, tree.join("usr/bin/insync-connector")).unwrap();
    });
    let crashing = debian.put(&crashing);
    let said = machine.fails("dpkg", &["-i", &crashing]);
    assert!(said.contains("The version before it is back"), "{said}");
    let version = machine.run("insync-connector", &["--version"]);
    assert_eq!(version.trim(), format!("insync-connector {VERSION}"));
    assert_eq!(json(&machine, &["service", "status"])["running"], true);
    assert_eq!(interval(&machine), 12, "with the settings as they were");
    let journal = json(&machine, &["journal", "--limit", "50"]).to_string();
    assert!(journal.contains("settings"), "with its journal: {journal}");
    let state = machine.run("dpkg-query", &["-Wf", "${Status}", "insync-connector"]);
    assert!(state.contains("half-configured"), "dpkg knows of it: {state}");

    // Tried again it fails again, and nothing is lost; the version that runs can be installed over it, and removed.
    machine.fails("dpkg", &["--configure", "insync-connector"]);
    assert_eq!(interval(&machine), 12);
    machine.run("dpkg", &["-i", &package]);
    assert_eq!(interval(&machine), 12);
    machine.run("dpkg", &["--purge", "insync-connector"]);
    for left in ["usr/lib/insync-connector", "var/lib/insync-connector", "usr/bin/insync-connector"]
    {
        assert!(!debian.root().join(left).exists(), "{left}");
    }
}
