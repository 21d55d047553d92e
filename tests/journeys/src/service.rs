//! The engine as a service: under an account of its own, with a home that only its group may enter.

use crate::connector::Answer;
use crate::process::{Running, program, wait_for};
use rand::RngExt;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Who runs a program: user, group, and groups besides.
#[derive(Debug, Clone)]
pub struct Account(pub u32, pub u32, pub Vec<u32>);

/// Whether this process may start programs under other accounts.
pub fn is_root() -> bool {
    let owner = fs::metadata("/proc/self").map(|me| std::os::unix::fs::MetadataExt::uid(&me));
    owner.is_ok_and(|uid| uid == 0)
}

/// A home that belongs to a service.
pub struct ServiceHome {
    /// Everything is below this folder.
    pub folder: TempDir,
    /// The service's account.
    pub account: Account,
}

impl ServiceHome {
    /// As the packages set it up: the group may enter the home, the key is the service's alone.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("service-").expect("a temporary folder");
        // Nobody of this machine has such a number, and two homes do not share one.
        let number = rand::rng().random_range(1_000_000..2_000_000);
        let made = Self { folder, account: Account(number, number, vec![]) };
        rights(made.folder.path(), 0o755);
        for (name, mode) in [("home", 0o750), ("credentials", 0o500)] {
            let path = made.folder.path().join(name);
            fs::create_dir(&path).expect("a folder");
            if name == "credentials" {
                let key: [u8; 32] = rand::random();
                made.own(&path.join("insync-connector.key"), &key);
            }
            chown(&path, Some(number), Some(number)).expect("root may give files away");
            rights(&path, mode);
        }
        // The folder of the build may be out of reach for other accounts.
        let copy = made.program();
        fs::copy(program("insync-connector"), &copy).expect("a copy of the program");
        rights(&copy, 0o755);
        made
    }

    /// The home.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// A file that every account may read.
    pub fn readable(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("a file");
        rights(&path, 0o644);
        path.to_string_lossy().into_owned()
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("insync-connector")
    }

    fn own(&self, path: &Path, content: &[u8]) {
        fs::write(path, content).expect("a file");
        chown(path, Some(self.account.0), Some(self.account.1)).expect("root may give files away");
        rights(path, 0o400);
    }

    /// The program under an account; without one, as whoever runs the tests.
    pub fn command(&self, account: Option<&Account>, args: &[&str]) -> Command {
        let mut command = match account {
            None => Command::new(self.program()),
            Some(account) => {
                let mut command = as_account(account);
                command.arg(self.program());
                command
            }
        };
        command.arg("--home").arg(self.home()).args(args).current_dir("/");
        command.env("HOME", self.folder.path()).env_remove("DBUS_SESSION_BUS_ADDRESS");
        command.env("XDG_RUNTIME_DIR", self.folder.path()).env_remove("CREDENTIALS_DIRECTORY");
        command
    }

    /// Runs a command to its end, with JSON output.
    pub fn json(&self, account: Option<&Account>, args: &[&str], input: &str) -> Answer {
        Answer::of(self.command(account, &[&["--json"], args].concat()), input)
    }

    /// Starts the engine as systemd would, and waits until it answers.
    pub fn start(&self) -> Running {
        let mut command = self.command(Some(&self.account), &["run"]);
        command.env("CREDENTIALS_DIRECTORY", self.folder.path().join("credentials"));
        let log = fs::File::create(self.folder.path().join("run.log")).expect("a log");
        let running = Running::start_quiet(
            {
                command.stdin(Stdio::null()).stderr(log);
                command
            },
            "insync-connector run",
        );
        wait_for("the service's engine", Duration::from_secs(30), || {
            (self.json(None, &["status"], "").code == 0).then_some(())
        });
        running
    }
}

impl Default for ServiceHome {
    fn default() -> Self {
        Self::new()
    }
}

/// Starts a program of the system under an account.
pub fn as_account(account: &Account) -> Command {
    let Account(user, group, others) = account;
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).arg(format!("--regid={group}"));
    if others.is_empty() {
        command.arg("--clear-groups");
    } else {
        let others: Vec<_> = others.iter().map(ToString::to_string).collect();
        command.arg(format!("--groups={}", others.join(",")));
    }
    command.arg("--");
    command
}

fn rights(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights can be set");
}
