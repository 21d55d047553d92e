//! The setup, silently and with clicks: installed as a service, used, restarted, upgraded, not downgraded, removed without a trace.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use journeys::Company;
use journeys::connector::Answer;
use journeys::process::wait_for;
use servers::{Slapd, SlapdOptions, company};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;
use windows::setup::{EARLIER, crashing, current, earlier};
use windows::{End, Screen, Way, Windows, seen_from_windows};

const PROGRAMS: &str = "Program Files/inSync Connector";
const CONNECTOR: &str = "Program Files/inSync Connector/insync-connector.exe";
const HOME: &str = "ProgramData/inSync Connector";

struct Machine {
    windows: Windows,
    way: Way,
}

impl Machine {
    fn connector(&self, args: &[&str], input: &str) -> Answer {
        let program = self.windows.drive().join(CONNECTOR);
        self.windows.run(&program, &[&["--json"], args].concat(), input)
    }

    fn service(&self) -> serde_json::Value {
        self.connector(&["service", "status"], "").ok().json()
    }

    fn add_account(&self, company: &Company) {
        let ca = seen_from_windows(&company.ca);
        let mut add = vec!["account", "add", "corp", "--server", &company.server, "--ca", &ca];
        add.extend(["--bind-name", &company.bind_name, "--password-stdin"]);
        self.connector(&add, &company.bind_password).ok();
        let base = &company.base_dn;
        let mapping = format!("name = \"People\"\naccount = \"corp\"\nbase_dn = \"{base}\"\n");
        let file = self.windows.drive().join("people.toml");
        std::fs::write(&file, mapping).unwrap();
        self.connector(&["mapping", "apply", "C:\\people.toml"], "").ok();
        std::fs::remove_file(file).unwrap();
    }

    fn sign_in(&self, company: &Company) {
        let (user, password) = &company.right;
        let right = self.connector(&["sign-in", user, "--password-stdin"], password).ok();
        assert_eq!(right.json()["outcome"], "ok", "{right:?}");
        let wrong = self.connector(&["sign-in", user, "--password-stdin"], "no");
        assert_eq!(wrong.json()["outcome"], "wrong_password", "{wrong:?}");
    }

    fn set_up(&self, setup: &Path, end: End) -> i32 {
        self.way.set_up(&self.windows, setup, &[], end)
    }

    fn installed_version(&self) -> String {
        self.registered("DisplayVersion")
    }

    fn registered(&self, value: &str) -> String {
        let key = "HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\inSyncConnector";
        let text = self.windows.tool(&["reg", "query", key, "/v", value, "/reg:64"]).out;
        let known =
            text.lines().find_map(|line| line.trim().strip_prefix(value)?.split_once("REG_SZ"));
        known.map(|(_, known)| known.trim().to_owned()).unwrap_or_default()
    }
}

#[test]
fn installed_used_upgraded_and_removed_silently() {
    let machine = Machine { windows: Windows::new(), way: Way::Silent };
    let folder = tempfile::tempdir().unwrap();
    let wrong = machine.windows.run(&earlier(folder.path()), &["/S", "/MODE=tray"], "");
    assert_eq!(wrong.code, 6, "a wrong switch changes nothing");
    assert!(!machine.windows.drive().join(CONNECTOR).exists());
    installed_used_upgraded_and_removed(&machine);
}

#[test]
fn installed_used_upgraded_and_removed_with_clicks() {
    let screen = Screen::new();
    let windows = Windows::new().on(screen.display());
    installed_used_upgraded_and_removed(&Machine { windows, way: Way::Clicks(screen) });
}

#[test]
fn what_is_there_is_kept() {
    let machine = Machine { windows: Windows::new(), way: Way::Silent };
    let windows = &machine.windows;
    windows.boot();
    let folder = tempfile::tempdir().unwrap();
    let old = earlier(folder.path());
    let silent = |setup: &Path, switches: &[&str]| {
        windows.run(setup, &[&["/S"], switches].concat(), "").code
    };

    // A folder with something else in it, and a registration that would be another account's.
    let tools = windows.drive().join("Tools");
    std::fs::create_dir(&tools).unwrap();
    std::fs::write(tools.join("theirs.old"), "").unwrap();
    assert_eq!(silent(&old, &["/D=C:\\Tools"]), 6);
    let key = seen_from_windows(&folder.path().join("key.txt"));
    std::fs::write(folder.path().join("key.txt"), "key").unwrap();
    let cloud = "/CLOUD=\"https://127.0.0.1:1\"";
    assert_eq!(silent(&old, &["/MODE=hand", cloud, &format!("/KEYFILE=\"{key}\"")]), 6);
    let left: Vec<_> = std::fs::read_dir(&tools).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["theirs.old"]);
    assert_eq!(machine.registered("InstallLocation"), "");

    // Without a service, which somebody makes later; the next setup keeps it, and the folder.
    assert_eq!(silent(&old, &["/MODE=hand"]), 0);
    assert_eq!(machine.registered("Mode"), "hand");
    assert_eq!(machine.service()["installed"], false);
    machine.connector(&["service", "install"], "").ok();
    assert_eq!(silent(&current(), &["/D=C:\\Elsewhere"]), 0);
    assert_eq!(machine.service()["running"], true);
    assert_eq!(machine.registered("Mode"), "service");
    assert!(!windows.drive().join("Elsewhere").exists());

    // A file that cannot be written: nothing has changed, and the service runs on.
    let programs = windows.drive().join(PROGRAMS);
    let blocked = programs.join("insync-connector-desktop.exe.new");
    std::fs::create_dir_all(blocked.join("full")).unwrap();
    let service = machine.service();
    assert_eq!(silent(&current(), &[]), 4);
    assert_eq!(machine.service(), service);
    let names = std::fs::read_dir(&programs).unwrap().map(|entry| entry.unwrap().path());
    let new = names.filter(|path| path.extension().is_some_and(|end| end == "new"));
    assert_eq!(new.collect::<Vec<_>>(), [&*blocked]);
    std::fs::remove_dir_all(&blocked).unwrap();

    // The key of a registration by a path that counts from where the setup was started; there is no cloud.
    let mut command = windows.program(&current(), &["/S", cloud, "/KEYFILE=key.txt"]);
    command.current_dir(folder.path());
    assert_eq!(windows.finish(command, "").code, 5);
    let log = std::fs::read_to_string(programs.join("setup.log")).unwrap();
    assert!(log.contains(&format!("--key-file \"{key}\"")), "{log}");

    // Removed, but for what a later installation goes on with.
    let settings = std::fs::read(windows.drive().join(HOME).join("settings.toml"));
    let database = windows.drive().join(HOME).join("connector.db");
    assert!(database.exists());
    windows.run(&programs.join("uninstall.exe"), &["/S"], "");
    wait_for("the end of the uninstaller", Duration::from_secs(60), || {
        (!programs.exists()).then_some(())
    });
    assert!(database.exists());
    assert_eq!(std::fs::read(windows.drive().join(HOME).join("settings.toml")).ok(), settings.ok());
}

fn installed_used_upgraded_and_removed(machine: &Machine) {
    let people = 40;
    let slapd = Slapd::start(&SlapdOptions { people, ..Default::default() }).unwrap();
    let company = company::slapd(&slapd, people);
    machine.windows.boot();
    let files = machine.windows.files();
    let registry = machine.windows.registry();

    // An earlier version, with its service.
    let folder = tempfile::tempdir().unwrap();
    let old = earlier(folder.path());
    assert_eq!(machine.set_up(&old, End::Finished), 0);
    assert_eq!(machine.installed_version(), EARLIER);
    let service = machine.service();
    assert_eq!((&service["installed"], &service["running"]), (&true.into(), &true.into()));
    machine.add_account(&company);
    let checks = machine.connector(&["check"], "").json();
    let bind = checks.as_array().unwrap().iter().find(|check| check["check"] == "bind");
    assert_eq!(bind.unwrap()["status"], "pass", "{checks}");
    machine.sign_in(&company);

    // The password is in the Credential Manager: it outlives Windows, and is in no file of the home.
    machine.windows.shut_down();
    machine.windows.boot();
    assert_eq!(machine.service()["running"], true, "it starts with the machine");
    machine.sign_in(&company);
    for name in ["settings.toml", "connector.db"] {
        let content = std::fs::read(machine.windows.drive().join(HOME).join(name)).unwrap();
        let secret = company.bind_password.as_bytes();
        assert!(!content.windows(secret.len()).any(|part| part == secret), "{name}");
    }

    // Upgraded while it runs: the service runs the new program on the old settings.
    let settings = machine.windows.drive().join(HOME).join("settings.toml");
    let before = std::fs::read_to_string(&settings).unwrap();
    assert_eq!(machine.set_up(&current(), End::Finished), 0);
    assert_eq!(machine.installed_version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(machine.service()["running"], true);
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), before);
    machine.sign_in(&company);

    // A version that says that it runs, spoils the settings and crashes: the one before it comes back, with everything.
    assert_eq!(machine.set_up(&crashing(folder.path()), End::CameBack), 4);
    assert_eq!(machine.installed_version(), env!("CARGO_PKG_VERSION"));
    assert_eq!(machine.service()["running"], true);
    assert_eq!(std::fs::read_to_string(&settings).unwrap(), before);
    machine.sign_in(&company);

    // Never backwards; repaired by the same version.
    assert_eq!(machine.set_up(&old, End::Refused), 3);
    assert_eq!(machine.installed_version(), env!("CARGO_PKG_VERSION"));
    std::fs::write(
        machine.windows.drive().join("Program Files/inSync Connector/WebView2Loader.dll"),
        "broken",
    )
    .unwrap();
    assert_eq!(machine.set_up(&current(), End::Finished), 0);
    let loader = machine.windows.drive().join("Program Files/inSync Connector/WebView2Loader.dll");
    assert!(std::fs::metadata(loader).unwrap().len() > 100_000);

    // Removed: nothing is left of it.
    let programs = machine.windows.drive().join(PROGRAMS);
    let uninstall = programs.join("uninstall.exe");
    machine.way.remove(&machine.windows, &uninstall);
    // It goes on from a copy of itself, which removes the folder last.
    wait_for("the end of the uninstaller", Duration::from_secs(60), || {
        (!programs.exists()).then_some(())
    });
    nothing_is_left(machine, &files, &registry);
}

fn nothing_is_left(machine: &Machine, files: &[String], registry: &[String]) {
    let left = difference(files, &machine.windows.files());
    assert!(left.is_empty(), "files: {left:#?}");
    let after = machine.windows.registry();
    let ours = after.iter().filter(|line| line.to_lowercase().contains("insync"));
    assert_eq!(ours.collect::<Vec<_>>(), Vec::<&String>::new());
    let left = difference(registry, &after);
    let left: Vec<_> = left.iter().filter(|line| !is_windows_own(line)).collect();
    assert!(left.is_empty(), "registry: {left:#?}");
}

/// What Windows makes when a program first asks for certificates, secrets, a console or a screen, at its start, or of an uninstaller's copy of itself.
fn is_windows_own(line: &str) -> bool {
    let keys = [
        "[Console",
        "\\\\Enum\\\\DISPLAY",
        "\\\\SystemCertificates",
        "[Software\\\\Wine\\\\Credential Manager",
        "\\\\CurrentVersion\\\\RunServices",
        "\"DriverDateData\"",
    ];
    keys.iter().any(|key| line.contains(key)) || is_for_the_next_start(line)
}

/// What goes at the next start: the uninstaller's copy of itself, and programs under a name that no installation has.
fn is_for_the_next_start(line: &str) -> bool {
    let Some((_, names)) = line.split_once("\"PendingFileRenameOperations\"=") else {
        return false;
    };
    names.split("\\0").filter(|name| name.contains(":\\\\")).all(|name| {
        name.ends_with(".old") || name.contains("\\~nsu") || name.contains("\\Temp\\ns")
    })
}

fn difference(before: &[String], after: &[String]) -> Vec<String> {
    let before: BTreeSet<_> = before.iter().collect();
    after.iter().filter(|line| !before.contains(line)).cloned().collect()
}
