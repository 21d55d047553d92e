//! An update as an administrator gets it: offered by the cloud, approved, and installed by the unit that waits for approvals; one
//! that crashes is taken back. Needs root, and a machine whose control groups another systemd can have.

use debian::booted::Booted;
use debian::{Debian, packages, repository};
use journeys::Cloud;
use journeys::process::{program, wait_for};
use journeys::updates::{Maker, platform};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The program as it was installed first: what is asked here, every version answers.
const ASK: &str = "/root/connector";

/// Waits for an update's end while the service may be restarted at any moment.
fn until(machine: &Booted, what: &str, ended: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let status = machine.command(ASK, &["--json", "update", "status"]).output().unwrap();
        if let Ok(view) = serde_json::from_slice(&status.stdout)
            && ended(&view)
        {
            return view;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("{what} did not happen: {}", machine.journal());
}

fn later(version: &str, name: &str, folder: &Path) -> Vec<u8> {
    let made = packages::later_as(version, &packages::headless(), folder, |tree| {
        fs::copy(program(name), tree.join("usr/bin/insync-connector")).unwrap();
    });
    fs::read(made).unwrap()
}

#[test]
fn approved_updates_are_installed_and_one_that_crashes_is_taken_back() {
    let Some(debian) = Debian::of_root() else { return };
    let Some(machine) = debian.boot() else { return };
    machine.install(&debian.put(&packages::headless()));
    machine.run("cp", &["/usr/bin/insync-connector", ASK]);
    let mut path = machine.command("systemctl", &["is-active", "insync-connector-update.path"]);
    let path = path.output().unwrap();
    assert!(path.status.success(), "{}", machine.journal());

    // Packages that `make dist` left trust another key than those made of debug builds.
    let maker = if std::env::var_os("INSTALLERS").is_some() {
        Maker::of_debug_builds()
    } else {
        Maker::of(repository().join("target/update-key/secret.key"))
    };
    let cloud = Cloud::start();
    let ca = debian.put(&cloud.ca);
    fs::write(debian.root().join("root/key"), cloud.registration_key()).unwrap();
    machine.json(ASK, &["register", "--cloud", &cloud.url, "--key-file", "/root/key", "--ca", &ca]);
    machine.json(ASK, &["settings", "set", "removal_limit_people=33"]);

    // A version that crashes: the one before it comes back, and says so.
    let folder = tempfile::tempdir().unwrap();
    let crashing = later("99.0.0", "insync-connector-crashing", folder.path());
    maker.offer(&cloud, "99.0.0", &[(&platform(), &crashing)]);
    assert_eq!(machine.json(ASK, &["update", "check"])["update"]["state"], "available");
    machine.json(ASK, &["update", "install"]);
    let view = until(&machine, "the rollback", |view| view["update"]["state"] == "failed");
    let failure = view["update"]["failure"].to_string();
    assert!(failure.contains("update_failed") && failure.contains("is back"), "{failure}");
    assert_eq!(view["installed"], env!("CARGO_PKG_VERSION"));
    assert_eq!(machine.json(ASK, &["settings", "show"])["import"]["removal_limit_people"], 33);

    // What asks in the engine's account is believed nothing that is not signed.
    let home = debian.root().join("var/lib/insync-connector/update");
    fs::write(home.join("connector.deb"), "evil").unwrap();
    fs::write(home.join("approved"), "99.0.0").unwrap();
    wait_for("the end of the approval", Duration::from_secs(30), || {
        (!home.join("approved").exists() && home.join("outcome.json").exists()).then_some(())
    });
    let outcome = fs::read_to_string(home.join("outcome.json")).unwrap();
    assert!(outcome.contains("update_untrusted"), "{outcome}");

    // The next version runs; a machine that is switched off meanwhile waits for the package.
    let good = later("99.1.0", "insync-connector-later", folder.path());
    maker.offer(&cloud, "99.1.0", &[(&platform(), &good)]);
    assert_eq!(machine.json(ASK, &["update", "check"])["update"]["version"], "99.1.0");
    machine.json(ASK, &["update", "install"]);
    // Its first script forgets the version that failed.
    wait_for("the package", Duration::from_secs(60), || {
        (!debian.root().join("usr/lib/insync-connector/failed").exists()).then_some(())
    });
    let begun = Instant::now();
    machine.run("systemctl", &["stop", "insync-connector-update.service"]);
    assert!(begun.elapsed() < Duration::from_secs(100), "the two waited for one another");
    // It may have looked for the next one by then: a debug build, which does not trust every key that `maker` has.
    until(&machine, "the update", |view| view["installed"] == "99.1.0" && view["update"].is_null());
    let version = machine.run("insync-connector", &["--version"]);
    assert_eq!(version.trim(), "insync-connector 99.1.0");
    assert_eq!(machine.json(ASK, &["settings", "show"])["import"]["removal_limit_people"], 33);
    let journal = || machine.json(ASK, &["journal", "--kind", "update"]).to_string();
    wait_for("the journal of the update", Duration::from_secs(30), || {
        let told = journal();
        (told.contains("installed") && told.contains("failed")).then_some(())
    });
    wait_for("the end of the update's own copy", Duration::from_secs(30), || {
        (!debian.root().join("var/cache/insync-connector-update").exists()).then_some(())
    });
}
