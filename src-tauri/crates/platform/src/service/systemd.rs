//! systemd: a notifying unit of its own user (systemd.service(5)), its key an encrypted credential (systemd-creds(1)).

use super::{ServiceStatus, failed, prove, system};
use crate::Home;
use crate::atomic::storage_failed;
use crate::home::SERVICE_HOME;
use connector_model::{Code, Error, Result, io_reason};
use ring::rand::{SecureRandom, SystemRandom};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// The unit as the packages bring it.
const UNIT: &str = include_str!("../../../../../installer/linux/share/insync-connector.service");
const SYSUSERS: &str =
    include_str!("../../../../../installer/linux/share/insync-connector.sysusers");
/// What waits for approvals of updates, and what it starts.
const UPDATE_PATH: &str = "insync-connector-update.path";
const NAME: &str = "insync-connector.service";
const PACKAGED: &str = "/usr/lib/systemd/system/insync-connector.service";
const OWN: &str = "/etc/systemd/system/insync-connector.service";
const PROGRAM: &str = "/usr/bin/insync-connector";
/// Who runs the service, and the group that may talk to it.
const ACCOUNT: &str = "insync-connector";
const CREDENTIAL: &str = "insync-connector.key";
const CREDENTIAL_STORE: &str = "/etc/credstore.encrypted";

pub(super) fn install() -> Result<()> {
    must_be_root()?;
    must_be_booted(is_booted())?;
    prepare()
}

/// Whoever is told that the service starts with the computer finds out at the next start that it does not.
fn must_be_booted(is_booted: bool) -> Result<()> {
    if is_booted {
        return Ok(());
    }
    Err(failed("This computer was not started by systemd. Nothing was changed.").with_action(
        "Let your own service manager start: insync-connector run. For an image that systemd starts later, use: insync-connector service install --offline.",
    ))
}

/// The same for a system that systemd starts later, such as an image.
pub(super) fn prepare() -> Result<()> {
    must_be_root()?;
    if system("systemctl", &["--version"]).is_err() {
        return Err(failed("This computer has no systemd.")
            .with_action("Let your own service manager start: insync-connector run."));
    }
    if !Path::new(PACKAGED).exists() {
        let program = std::env::current_exe().map_err(|e| {
            failed(format!("Where this program is cannot be told: {}.", io_reason(&e)))
        })?;
        write(Path::new(OWN), &UNIT.replace(PROGRAM, &program.to_string_lossy()))?;
    } else if is_from_before_the_package(Path::new(OWN)) {
        remove(Path::new(OWN))?;
    }
    let mut users = Command::new("systemd-sysusers")
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    feed(&mut users, "systemd-sysusers", SYSUSERS.as_bytes())?;
    make_key()?;
    if is_booted() {
        system("systemctl", &["daemon-reload"])?;
    }
    system("systemctl", &["--quiet", "enable", NAME])?;
    if is_booted() {
        launch("restart")?;
    }
    wait_for_approvals();
    Ok(())
}

/// What waits for approvals of updates may be masked, or fail: the engine goes without it.
fn wait_for_approvals() {
    // A program that was not installed by a package is not replaced by one.
    if !Path::new(PACKAGED).with_file_name(UPDATE_PATH).exists() {
        return;
    }
    let enabled = system("systemctl", &["--quiet", "enable", UPDATE_PATH]);
    // Not waited for: while the updater is told to stop, it waits for this, and systemd starts nothing beside it before it has.
    let start = ["--no-block", "start", UPDATE_PATH];
    let begun = enabled
        .and_then(|_| if is_booted() { system("systemctl", &start) } else { Ok(String::new()) });
    if let Err(error) = begun {
        tracing::warn!("approved updates are not installed by themselves: {}", error.message);
    }
}

/// A unit that was made for a program of another place hides the one that the package brings; an administrator's own stays.
fn is_from_before_the_package(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|found| found.is_file());
    let text = if is_file { std::fs::read_to_string(path) } else { return false };
    text.is_ok_and(|text| text == UNIT || was_made_for_another_program(&text))
}

fn was_made_for_another_program(unit: &str) -> bool {
    let line = |start: &str| unit.lines().find_map(|line| line.strip_prefix(start));
    let program = line("ExecStart=").and_then(|start| start.strip_suffix(" run"));
    line("Description=") == UNIT.lines().find_map(|line| line.strip_prefix("Description="))
        && program.is_some_and(|program| program != PROGRAM)
}

fn launch(verb: &str) -> Result<()> {
    system("systemctl", &[verb, NAME])?;
    prove(&Home::locate(Some(SERVICE_HOME.into()))?, || Ok(status()?.running))
}

pub(super) fn uninstall() -> Result<()> {
    must_be_root()?;
    let waits = Path::new(PACKAGED).with_file_name(UPDATE_PATH).exists();
    let runs = Path::new(PACKAGED).exists() || Path::new(OWN).exists();
    for (name, is_there) in [(UPDATE_PATH, waits), (NAME, runs)] {
        if !is_there {
            continue;
        }
        // Also one that is just starting, or waits to be started again.
        if is_booted() {
            system("systemctl", &["stop", name])?;
        }
        system("systemctl", &["--quiet", "disable", name])?;
    }
    remove(Path::new(OWN))?;
    if is_booted() { system("systemctl", &["daemon-reload"]).map(drop) } else { Ok(()) }
}

/// What uninstalling leaves: the settings and secrets, and what protects them. Where there are none, their key and account go as
/// well; those of a package are the package's.
pub(super) fn leave() -> Result<Vec<String>> {
    let home = Path::new(SERVICE_HOME);
    let is_used =
        ["settings.toml", "secrets.enc", "connector.db"].iter().any(|f| home.join(f).exists());
    if Path::new(PACKAGED).exists() {
        return Ok(vec![]);
    }
    let key = Path::new(CREDENTIAL_STORE).join(CREDENTIAL);
    let has_account = system("getent", &["passwd", ACCOUNT]).is_ok();
    if is_used {
        let paths = [home, &key].into_iter().filter(|path| path.exists());
        let paths = paths.map(|path| path.display().to_string());
        return Ok(paths.chain(has_account.then(|| ACCOUNT.to_owned())).collect());
    }
    remove(&key)?;
    let _ = std::fs::remove_dir(key.with_file_name(""));
    if has_account {
        system("userdel", &[ACCOUNT])?;
    }
    Ok(vec![])
}

pub(super) fn start() -> Result<()> {
    must_be_root()?;
    launch("start")
}

pub(super) fn stop() -> Result<()> {
    must_be_root()?;
    system("systemctl", &["stop", NAME]).map(drop)
}

pub(super) fn status() -> Result<ServiceStatus> {
    if !is_booted() {
        let installed = Path::new(PACKAGED).exists() || Path::new(OWN).exists();
        let enabled = system("systemctl", &["is-enabled", NAME]);
        return Ok(ServiceStatus { installed, starts: enabled.is_ok(), ..Default::default() });
    }
    let asked = "--property=LoadState,ActiveState,UnitFileState,User";
    let said = system("systemctl", &["show", asked, NAME])?;
    Ok(read_status(&said))
}

fn read_status(said: &str) -> ServiceStatus {
    let value = |key: &str| {
        let mut lines = said.lines().filter_map(|line| line.split_once('='));
        lines.find(|(name, _)| *name == key).map_or("", |(_, value)| value)
    };
    ServiceStatus {
        installed: value("LoadState") == "loaded",
        running: matches!(value("ActiveState"), "active" | "reloading"),
        starts: value("UnitFileState") == "enabled",
        account: value("User").to_owned(),
    }
}

/// The key that the service's secrets are sealed with; whoever copies the file to another machine cannot use it.
fn make_key() -> Result<()> {
    let store = Path::new(CREDENTIAL_STORE);
    let path = store.join(CREDENTIAL);
    if path.exists() {
        return Ok(());
    }
    std::fs::create_dir_all(store).map_err(|e| storage_failed("create", store, &e))?;
    let mut key = Zeroizing::new([0; 32]);
    SystemRandom::new().fill(&mut *key).map_err(|_| Error::of(Code::Internal))?;
    let mut creds = Command::new("systemd-creds")
        .args(["encrypt", &format!("--name={CREDENTIAL}"), "-"])
        .arg(&path)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    feed(&mut creds, "systemd-creds", &*key).map_err(|error| {
        let _ = std::fs::remove_file(&path);
        Error::new(Code::KeychainUnavailable, error.message).with_action(
            "The service needs systemd 250 or later for its secrets, or a systemd credential of your own named insync-connector.key.",
        )
    })
}

fn feed(child: &mut std::io::Result<std::process::Child>, name: &str, input: &[u8]) -> Result<()> {
    let child = child
        .as_mut()
        .map_err(|e| failed(format!("{name} cannot be started: {}.", io_reason(e))))?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).map_err(|e| failed(format!("{name}: {}.", io_reason(&e))))?;
    }
    let mut said = String::new();
    if let Some(mut stderr) = child.stderr.take() {
        let _ = std::io::Read::read_to_string(&mut stderr, &mut said);
    }
    let end = child.wait().map_err(|e| failed(format!("{name}: {}.", io_reason(&e))))?;
    if end.success() { Ok(()) } else { Err(failed(format!("{name}: {} ({end}).", said.trim()))) }
}

fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(storage_failed("remove", path, &e))
        }
        _ => Ok(()),
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    std::fs::write(path, text).map_err(|e| storage_failed("write", path, &e))
}

/// Whether systemd runs this machine (sd_booted(3)). A folder that is prepared for another machine has it not.
fn is_booted() -> bool {
    Path::new("/run/systemd/system").is_dir()
}

fn must_be_root() -> Result<()> {
    if rustix::process::geteuid().is_root() {
        Ok(())
    } else {
        Err(Error::of(Code::ServiceForbidden).with_action("Use sudo."))
    }
}

/// Tells systemd that the engine runs; nothing where systemd did not start it.
pub fn tell_ready() {
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
}

/// Tells systemd that the engine finishes what is under way.
pub fn tell_stopping() {
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systemctl_shows_is_understood() {
        let said =
            "User=insync-connector\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\n";
        let expected = ServiceStatus {
            installed: true,
            running: true,
            starts: true,
            account: "insync-connector".to_owned(),
        };
        assert_eq!(read_status(said), expected);
        let missing = "User=\nLoadState=not-found\nActiveState=inactive\nUnitFileState=\n";
        assert_eq!(read_status(missing), ServiceStatus::default());
    }

    #[test]
    fn where_systemd_is_not_the_init_nothing_is_installed() {
        assert!(must_be_booted(true).is_ok());
        let refused = must_be_booted(false).unwrap_err();
        assert_eq!(refused.code, Code::ServiceFailed);
        assert!(refused.action.contains("insync-connector run"), "{}", refused.action);
        assert!(SYSUSERS.contains(&format!("u {ACCOUNT} ")) || SYSUSERS.contains(ACCOUNT));
    }

    #[test]
    fn the_unit_names_the_program_that_is_replaced() {
        assert!(UNIT.contains(&format!("ExecStart={PROGRAM} run")));
    }

    #[test]
    fn a_unit_of_an_administrator_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        let hides = |text: &str| {
            std::fs::write(&path, text).unwrap();
            is_from_before_the_package(&path)
        };
        assert!(hides(UNIT));
        assert!(hides(&UNIT.replace(PROGRAM, "/opt/connector").replace("5s", "7s")));
        assert!(!hides(&UNIT.replace("5s", "7s")));
        assert!(!hides("[Unit]\nDescription=x\n[Service]\nExecStart=/opt/connector run\n"));
        std::fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/null", &path).unwrap();
        assert!(!is_from_before_the_package(&path));
    }
}
