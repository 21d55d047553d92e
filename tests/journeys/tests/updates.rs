//! Updates that a cloud offers: found, shown, and nothing installed that was not signed and approved.

use journeys::process::{Running, wait_for};
use journeys::updates::{Maker, folder, platform};
use journeys::{Cloud, Connector};
use serde_json::{Value, json};
use std::fs;
use std::process::Stdio;
use std::time::Duration;

const LATER: &str = "77.0.0";
const PACKAGE: &[u8] = b"a package as large as it is";

struct Machine {
    cloud: Cloud,
    connector: Connector,
    maker: Maker,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            cloud: Cloud::start(),
            connector: Connector::new(),
            maker: Maker::of_debug_builds(),
        };
        machine.connector.register(&machine.cloud).ok();
        machine
    }

    fn offer(&self, version: &str) {
        self.maker.offer(&self.cloud, version, &[(&platform(), PACKAGE)]);
    }

    /// The engine as the service runs it: somebody else waits for approvals, who in these tests does nothing by himself.
    fn start_service(&self) -> Running {
        let mut command = self.connector.command(&["run"]);
        command.env("INSYNC_CONNECTOR_UPDATE_HELPER", "1");
        command.stdin(Stdio::null()).stderr(Stdio::null());
        let running = Running::start_quiet(command, "insync-connector run");
        wait_for("the engine", Duration::from_secs(30), || {
            (self.status()["running"] == true).then_some(())
        });
        running
    }

    fn status(&self) -> Value {
        self.connector.status()
    }

    fn update(&self, what: &str) -> Value {
        self.connector.json(&["update", what]).ok().json()
    }

    fn refused(&self, what: &str) -> String {
        self.connector.json(&["update", what]).error_code()
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.connector.home().join("update").join(name)
    }

    fn until(&self, state: &str) -> Value {
        wait_for(state, Duration::from_secs(20), || {
            let update = self.status()["update"].clone();
            (update["state"] == state).then_some(update)
        })
    }

    /// The journal is written beside what it tells of.
    fn see_in_the_journal(&self, expected: &str) {
        wait_for(expected, Duration::from_secs(20), || (self.journal() == expected).then_some(()));
    }

    fn journal(&self) -> String {
        let answer = self.connector.json(&["journal", "--kind", "update"]).ok().json();
        let states = answer.as_array().unwrap().iter().rev().map(|entry| {
            format!(
                "{} {}",
                entry["subject"].as_str().unwrap(),
                entry["detail"]["state"].as_str().unwrap()
            )
        });
        states.collect::<Vec<_>>().join(", ")
    }
}

#[test]
fn nothing_is_offered_and_then_something_is() {
    let machine = Machine::new();
    assert_eq!(machine.update("status")["update"], Value::Null);
    assert_eq!(machine.update("check")["update"], Value::Null);
    assert_eq!(machine.refused("install"), "update_none");
    machine.offer(env!("CARGO_PKG_VERSION"));
    assert_eq!(machine.update("check")["update"], Value::Null, "the same version is no update");
    machine.offer("0.0.1");
    assert_eq!(machine.update("check")["update"], Value::Null, "nor is an earlier one");

    machine.offer(LATER);
    let _engine = machine.start_service();
    let view = machine.update("check");
    let expected = json!({ "version": LATER, "notes": "What is new.", "state": "available" });
    assert_eq!(view["update"], expected);
    assert_eq!(view["installed"], env!("CARGO_PKG_VERSION"));
    assert_eq!(machine.status()["update"], expected);
    assert!(!machine.file("connector.deb").exists(), "nothing is downloaded before it is wanted");
    let text = machine.connector.run(&["update", "status"], "").ok().out;
    assert!(text.contains(LATER) && text.contains("update install"), "{text}");
}

#[test]
fn what_is_not_signed_by_its_makers_is_not_approved() {
    let machine = Machine::new();
    let _engine = machine.start_service();
    Maker::stranger().offer(&machine.cloud, LATER, &[(&platform(), PACKAGE)]);
    assert_eq!(machine.refused("check"), "update_untrusted");
    assert_eq!(machine.update("status")["error"]["code"], "update_untrusted");

    // An old signature on another offer.
    machine.offer("77.1.0");
    let offer = folder(&machine.cloud).join("connector.json");
    let text = fs::read_to_string(&offer).unwrap();
    fs::write(&offer, text.replace("77.1.0", "77.2.0")).unwrap();
    assert_eq!(machine.refused("check"), "update_untrusted");
    fs::remove_file(folder(&machine.cloud).join("connector.json.minisig")).unwrap();
    assert_eq!(machine.refused("check"), "update_untrusted");

    // A package that was changed after it was signed.
    machine.offer(LATER);
    assert_eq!(machine.update("check")["update"]["state"], "available");
    fs::write(folder(&machine.cloud).join(format!("{}.bin", platform())), "changed").unwrap();
    assert_eq!(machine.refused("install"), "update_untrusted");
    assert!(!machine.file("approved").exists() && !machine.file("connector.deb").exists());
    let update = machine.until("failed");
    assert_eq!(update["failure"]["code"], "update_untrusted");

    // A cloud that is away says nothing about the version: it is still there to be installed.
    machine.offer("77.2.5");
    machine.update("check");
    fs::remove_file(folder(&machine.cloud).join(format!("{}.bin", platform()))).unwrap();
    machine.connector.json(&["update", "install"]).error_code();
    assert_eq!(machine.status()["update"]["state"], "available");

    // An offer that says nothing, or nothing for this machine.
    machine.maker.put(&machine.cloud, &json!({ "version": "x", "platforms": {} }));
    assert_eq!(machine.refused("check"), "update_invalid");
    machine.maker.offer(&machine.cloud, "77.3.0", &[("plan9-mips", PACKAGE)]);
    assert_eq!(machine.update("check")["update"]["version"], "77.3.0");
    assert_eq!(machine.refused("install"), "update_invalid");
    assert!(!machine.file("approved").exists());
}

#[test]
fn an_approved_update_waits_for_whoever_may_install_it_and_its_end_is_told() {
    let machine = Machine::new();
    machine.offer(LATER);
    let engine = machine.start_service();
    machine.update("check");
    assert_eq!(machine.update("install")["update"]["state"], "approved");
    assert_eq!(fs::read_to_string(machine.file("approved")).unwrap(), LATER);
    assert_eq!(fs::read(machine.file("connector.deb")).unwrap(), PACKAGE);
    assert_eq!(machine.update("install")["update"]["state"], "approved", "once is enough");

    // It is taken up, and fails; the engine is restarted on the way.
    fs::remove_file(machine.file("approved")).unwrap();
    machine.until("installing");
    drop(engine);
    let _engine = machine.start_service();
    assert_eq!(machine.status()["update"]["state"], "installing");
    let failure = json!({ "code": "update_failed", "message": "It crashed.", "action": "Wait." });
    let outcome = json!({ "version": LATER, "failure": failure });
    fs::write(machine.file("outcome.json"), outcome.to_string()).unwrap();
    assert_eq!(machine.until("failed")["failure"], failure);
    assert!(!machine.file("connector.deb").exists(), "what was downloaded is removed");
    machine.see_in_the_journal(&format!("{LATER} found, {LATER} approved, {LATER} failed"));
    // On somebody's word it is tried again.
    assert_eq!(machine.update("install")["update"]["state"], "approved");
}

#[test]
fn in_the_maintenance_window_it_goes_by_itself_and_not_twice() {
    let machine = Machine::new();
    for wrong in
        ["updates_from=25:00", "updates_to=4", "updates_install=never", "updates_url=http://x/"]
    {
        assert_eq!(
            machine.connector.json(&["settings", "set", wrong]).error_code(),
            "invalid_input"
        );
    }
    let _engine = machine.start_service();
    machine.offer(LATER);
    machine.update("check");
    assert_eq!(machine.status()["update"]["window"], Value::Null);
    // From now on the window is always open.
    let set =
        ["settings", "set", "updates_install=window", "updates_from=00:00", "updates_to=00:00"];
    let settings = machine.connector.json(&set).ok().json();
    assert_eq!(settings["updates"]["install"], "window");
    wait_for("the approval", Duration::from_secs(20), || {
        machine.file("approved").exists().then_some(())
    });
    let outcome = json!({ "version": LATER, "failure":
        { "code": "update_failed", "message": "It crashed.", "action": "Wait." } });
    fs::remove_file(machine.file("approved")).unwrap();
    fs::write(machine.file("outcome.json"), outcome.to_string()).unwrap();
    machine.until("failed");
    machine.update("check");
    machine.connector.json(&["settings", "set", "log_level=debug"]).ok();
    std::thread::sleep(Duration::from_secs(3));
    assert!(!machine.file("approved").exists(), "what failed is not tried again by itself");
    // The next version is another matter.
    machine.offer("77.0.1");
    machine.update("check");
    wait_for("the approval", Duration::from_secs(20), || {
        machine.file("approved").exists().then_some(())
    });
    assert_eq!(fs::read_to_string(machine.file("approved")).unwrap(), "77.0.1");
}

#[test]
fn a_program_that_no_package_brought_is_not_replaced_by_one() {
    let machine = Machine::new();
    machine.offer(LATER);
    machine.update("check");
    // Without the service: an administrator is asked, or is who asks.
    let code = machine.refused("install");
    assert!(["update_failed", "service_forbidden"].contains(&code.as_str()), "{code}");
    // What still waits for somebody stays; what has ended leaves nothing behind.
    let waits = code == "service_forbidden";
    assert_eq!(fs::read(machine.file("connector.deb")).is_ok_and(|file| file == PACKAGE), waits);
    assert_eq!(machine.file("approved").exists(), waits);
    let apply = machine.refused("apply");
    assert!(["update_failed", "service_forbidden"].contains(&apply.as_str()), "{apply}");
}
