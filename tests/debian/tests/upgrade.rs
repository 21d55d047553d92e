//! With systemd as it is on a server: the service starts, comes back, and survives a version that does not.
//! Needs root, and a machine whose control groups another systemd can have; `make test` says when it was left out.

use debian::booted::Booted;
use debian::{Debian, packages};
use journeys::process::{program, wait_for};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn json(machine: &Booted, args: &[&str]) -> Value {
    machine.json("insync-connector", args)
}

fn interval(machine: &Booted) -> Value {
    json(machine, &["settings", "show"])["import"]["interval_hours"].clone()
}

fn main_process(machine: &Booted) -> String {
    machine.run("systemctl", &["show", "--property=MainPID", "--value", "insync-connector"])
}

#[test]
fn a_service_that_crashes_comes_back_and_so_does_the_version_before_one_that_crashes() {
    let Some(debian) = Debian::of_root() else { return };
    let Some(machine) = debian.boot() else { return };
    let package = debian.put(&packages::headless());
    machine.install(&package);
    let service = json(&machine, &["service", "status"]);
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
    assert!(said.contains("The previous version is back"), "{said}");
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

/// A package of that version whose program runs.
fn later(version: &str, folder: &TempDir) -> PathBuf {
    packages::later_as(version, &packages::headless(), folder.path(), |tree| {
        let program = program("insync-connector-later");
        fs::copy(program, tree.join("usr/bin/insync-connector")).unwrap();
    })
}

fn asked(machine: &Booted, verb: &str) -> String {
    let out = machine.command("systemctl", &[verb, "insync-connector.service"]).output().unwrap();
    String::from_utf8_lossy(&out.stdout).trim().to_owned()
}

#[test]
fn what_an_administrator_has_turned_off_stays_off_and_a_package_that_lacks_something_changes_nothing()
 {
    let Some(debian) = Debian::of_root() else { return };
    let Some(machine) = debian.boot() else { return };
    machine.install(&debian.put(&packages::headless()));
    let folder = tempfile::tempdir().unwrap();

    // What it needs is looked for before the service is stopped.
    let lacking = packages::later(&packages::headless(), folder.path(), |tree| {
        let control = tree.join("DEBIAN/control");
        let text = fs::read_to_string(&control).unwrap();
        assert!(text.contains("\nPre-Depends: "), "{text}");
        let text = text.replace("\nPre-Depends: ", "\nPre-Depends: no-such-package, ");
        fs::write(&control, text).unwrap();
    });
    let process = main_process(&machine);
    machine.fails("dpkg", &["-i", &debian.put(&lacking)]);
    assert_eq!(main_process(&machine), process);

    // Without what waits for updates the service goes on all the same.
    machine.run("systemctl", &["mask", "--now", "insync-connector-update.path"]);
    machine.run("dpkg", &["-i", &debian.put(&later("99.1.0", &folder))]);
    assert_eq!(asked(&machine, "is-active"), "active", "{}", machine.journal());
    let version = machine.run("insync-connector", &["--version"]);
    assert_eq!(version.trim(), "insync-connector 99.1.0");

    machine.run("systemctl", &["disable", "--now", "insync-connector.service"]);
    machine.run("dpkg", &["-i", &debian.put(&later("99.2.0", &folder))]);
    assert_eq!(asked(&machine, "is-enabled"), "disabled");
    assert_eq!(asked(&machine, "is-active"), "inactive");

    // Off, and started by hand.
    machine.run("systemctl", &["start", "insync-connector.service"]);
    machine.run("dpkg", &["-i", &debian.put(&later("99.3.0", &folder))]);
    assert_eq!(asked(&machine, "is-enabled"), "disabled");
    assert_eq!(asked(&machine, "is-active"), "active", "{}", machine.journal());

    machine.run("systemctl", &["mask", "--now", "insync-connector.service"]);
    machine.run("dpkg", &["-i", &debian.put(&later("99.4.0", &folder))]);
    assert_eq!(asked(&machine, "is-enabled"), "masked");
    assert!(!debian.root().join("usr/lib/insync-connector").exists());
}
