//! Installed in a bare Debian, used as the service's account, upgraded, purged: nothing is left.
//! Needs root; `make test` says when it was left out for lack of it.

use debian::{Debian, packages};
use journeys::process::{Running, wait_for};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Stdio};
use std::time::Duration;

const HOME: &str = "/var/lib/insync-connector";
/// What systemd does before it starts the unit, by hand: no systemd runs in a folder. The shell stays: it ends with the test, and
/// everything inside ends with it (a program that changes its account would not be told).
const AS_SYSTEMD: &str = "mkdir -p /tmp/creds && systemd-creds decrypt --name=insync-connector.key \
    /etc/credstore.encrypted/insync-connector.key /tmp/creds/insync-connector.key && \
    install -d -m 750 -o insync-connector -g insync-connector /var/lib/insync-connector && \
    chown -R insync-connector /tmp/creds && chmod 500 /tmp/creds && umask 077 && \
    CREDENTIALS_DIRECTORY=/tmp/creds STATE_DIRECTORY=/var/lib/insync-connector \
    setpriv --reuid=insync-connector --regid=insync-connector --init-groups -- insync-connector run; exit $?";

fn json(debian: &Debian, args: &[&str]) -> Value {
    let text = debian.run("insync-connector", &[&["--json"], args].concat());
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"))
}

fn start(debian: &Debian) -> Running {
    let log = fs::File::create(debian.root().join("root/run.log")).unwrap();
    let mut command = debian.command("sh", &["-c", AS_SYSTEMD]);
    command.stderr(log);
    let running = Running::start_quiet(command, "insync-connector run");
    wait_for("the engine", Duration::from_secs(30), || {
        let mut status = debian.command("insync-connector", &["--json", "status"]);
        let out = status.output().ok()?;
        let status: Value = serde_json::from_slice(&out.stdout).ok()?;
        (status["running"] == true).then_some(())
    });
    running
}

#[test]
fn installed_used_upgraded_and_purged() {
    let Some(debian) = Debian::of_root() else { return };
    let before = debian.files();
    let headless = debian.put(&packages::headless());
    let desktop = debian.put(&packages::desktop());
    debian.run("dpkg", &["-i", &headless]);

    // The account, the unit, the sealed key, the manual, the completions.
    let account = debian.run("getent", &["passwd", "insync-connector"]);
    assert!(account.contains(HOME) && account.contains("nologin"), "{account}");
    let service = json(&debian, &["service", "status"]);
    assert_eq!((&service["installed"], &service["starts"]), (&true.into(), &true.into()));
    for path in [
        "etc/credstore.encrypted/insync-connector.key",
        "usr/share/man/man1/insync-connector.1.gz",
        "usr/share/man/man1/insync-connector-account-add.1.gz",
        "usr/share/bash-completion/completions/insync-connector",
    ] {
        assert!(fs::metadata(debian.root().join(path)).unwrap().len() > 100, "{path}");
    }
    systemd_accepts_the_unit(&debian);

    // The service's account runs it; root reaches it through its socket.
    let engine = start(&debian);
    assert_eq!(json(&debian, &["status"])["running"], true);
    json(&debian, &["settings", "set", "interval_hours=12"]);
    let settings =
        fs::metadata(debian.root().join("var/lib/insync-connector/settings.toml")).unwrap();
    assert_ne!(settings.uid(), 0, "the service writes its settings itself");
    drop(engine);

    // The window of a new machine, on a screen.
    debian.run("dpkg", &["-i", &desktop]);
    shows_its_window(&debian);

    // A later version keeps the settings.
    let folder = tempfile::tempdir().unwrap();
    let later = debian.put(&packages::later(&packages::headless(), folder.path(), |_| {}));
    debian.run("dpkg", &["--force-depends", "-i", &later]);
    let engine = start(&debian);
    assert_eq!(json(&debian, &["settings", "show"])["import"]["interval_hours"], 12);
    drop(engine);

    // Nothing is left.
    debian.run("dpkg", &["--purge", "insync-connector-desktop", "insync-connector"]);
    let left: Vec<_> = debian.files().difference(&before).cloned().collect();
    let bookkeeping = [
        "etc/passwd-",
        "etc/group-",
        "etc/shadow-",
        "etc/gshadow-",
        "etc/.pwd.lock",
        "var/lib/systemd/credential.secret",
    ];
    let left: Vec<_> = left.iter().filter(|path| !bookkeeping.contains(&path.as_str())).collect();
    assert!(left.is_empty(), "{left:?}");
    let gone = debian.command("getent", &["passwd", "insync-connector"]).output().unwrap();
    assert!(!gone.status.success(), "the account is left");
}

/// It is understood, and gives away little.
fn systemd_accepts_the_unit(debian: &Debian) {
    let root = format!("--root={}", debian.root().display());
    let mut verify = Command::new("systemd-analyze");
    let verify =
        verify.args(["verify", "--man=no", &root, "insync-connector.service"]).output().unwrap();
    let said = String::from_utf8_lossy(&verify.stderr).into_owned();
    // What a later systemd knows, an earlier one passes over.
    let known = |line: &&str| {
        line.contains("insync")
            && !line.contains("RestartSteps")
            && !line.contains("RestartMaxDelaySec")
    };
    assert_eq!((verify.status.success(), said.lines().filter(known).count()), (true, 0), "{said}");
    let unit = debian.root().join("usr/lib/systemd/system/insync-connector.service");
    let mut security = Command::new("systemd-analyze");
    security.args(["security", "--offline=true", "--no-pager"]).arg(unit);
    let said = String::from_utf8_lossy(&security.output().unwrap().stdout).into_owned();
    let line = said.lines().find(|line| line.contains("Overall exposure level")).unwrap();
    let score: f32 = line.split_whitespace().find_map(|word| word.parse().ok()).unwrap();
    println!("{}", line.trim());
    assert!(score < 2.0, "{said}");
}

fn shows_its_window(debian: &Debian) {
    let mut screen = Command::new("Xvfb");
    screen.args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1280x860x24"]);
    let (_screen, number) = Running::start(
        {
            screen.stderr(Stdio::null());
            screen
        },
        "Xvfb",
    );
    let display = format!(":{}", number.trim());
    let mut window = debian
        .command("dbus-run-session", &["--", "insync-connector-desktop", "--home", "/root/trial"]);
    window.env("DISPLAY", &display).stderr(Stdio::null());
    let _window = Running::start_quiet(window, "insync-connector-desktop");
    wait_for("the window", Duration::from_secs(60), || {
        let mut list = Command::new("xwininfo");
        let list = list.args(["-root", "-tree", "-display", &display]).output().ok()?;
        String::from_utf8_lossy(&list.stdout).contains("\"inSync Connector\"").then_some(())
    });
}
