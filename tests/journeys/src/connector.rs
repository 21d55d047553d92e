//! The connector's program with a home, a key for its secrets and a log of its own.

use crate::process::{Running, program, wait_for};
use crate::{Clock, Cloud, Company};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// A connector that no other test knows of.
pub struct Connector {
    /// Everything it writes is below this folder.
    pub folder: TempDir,
    /// Where its secrets are: the environment that leads there.
    secrets: Vec<(&'static str, String)>,
    /// What makes its commands live by a clock.
    time: Vec<(&'static str, String)>,
}

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Answer {
    /// Exit code, or a signal that ended it, with a minus.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The exit code, or the signal that ended a program, with a minus.
pub fn ended(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| -status.signal().unwrap_or_default())
}

impl Answer {
    /// Runs a program to its end, with `input` on stdin.
    pub fn of(mut command: Command, input: &str) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let _ = child.stdin.take().expect("stdin is piped").write_all(input.as_bytes());
        let output = child.wait_with_output().expect("the program ends");
        Self {
            code: ended(output.status),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The one JSON document on stdout.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|e| panic!("no JSON ({e}): {self:?}"))
    }

    /// Panics unless the command succeeded.
    pub fn ok(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }

    /// The error's code in JSON output of a command that failed.
    pub fn error_code(&self) -> String {
        assert_eq!(self.code, 1, "{self:?}");
        let json = self.json();
        let error = &json["error"];
        for key in ["message", "action"] {
            assert!(error[key].as_str().is_some_and(|t| !t.is_empty()), "no {key}: {self:?}");
        }
        error["code"].as_str().unwrap_or_else(|| panic!("no code: {self:?}")).to_owned()
    }
}

impl Default for Connector {
    fn default() -> Self {
        Self::new()
    }
}

impl Connector {
    /// A fresh home, and a key for its secrets as systemd would hand it over.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("connector-").expect("a temporary folder");
        fs::create_dir(folder.path().join("credentials")).expect("a folder");
        let key: [u8; 32] = rand::random();
        fs::write(folder.path().join("credentials/insync-connector.key"), key).expect("a key");
        let credentials = folder.path().join("credentials").to_string_lossy().into_owned();
        Self { folder, secrets: vec![("CREDENTIALS_DIRECTORY", credentials)], time: vec![] }
    }

    /// A fresh home whose secrets are in the keychain that this environment leads to.
    pub fn in_keychain(environment: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let folder = TempDir::with_prefix("connector-").expect("a temporary folder");
        Self { folder, secrets: environment.into_iter().collect(), time: vec![] }
    }

    /// Its commands live by a clock from now on, but for a window.
    pub fn live_by(&mut self, clock: &Clock) {
        self.time = clock.environment();
    }

    /// The connector's home.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The program with this home and nothing else of the caller's environment that matters.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program("insync-connector"));
        command
            .arg("--home")
            .arg(self.home())
            .args(args)
            .env("HOME", self.folder.path())
            .env("LC_ALL", "C")
            .env("XDG_RUNTIME_DIR", self.folder.path())
            .env_remove("CREDENTIALS_DIRECTORY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS");
        for name in ["https_proxy", "all_proxy", "no_proxy"] {
            command.env_remove(name).env_remove(name.to_uppercase());
        }
        self.environment(&mut command);
        command.envs(self.time.iter().cloned());
        command
    }

    /// Leads another program to this home and its secrets.
    pub fn environment(&self, command: &mut Command) {
        command.env("INSYNC_CONNECTOR_HOME", self.home()).envs(self.secrets.iter().cloned());
    }

    /// Runs a command to its end, with `input` on stdin.
    pub fn run(&self, args: &[&str], input: &str) -> Answer {
        Answer::of(self.command(args), input)
    }

    /// A command with `--json`.
    pub fn json(&self, args: &[&str]) -> Answer {
        self.run(&[&["--json"], args].concat(), "")
    }

    /// `status`: its exit code says the same as `running`.
    pub fn status(&self) -> Value {
        let answer = self.json(&["status"]);
        let status = answer.json();
        assert_eq!(answer.code == 0, status["running"] == true, "{answer:?}");
        status
    }

    /// `account add` of a company's directory under the name `corp`.
    pub fn add_account(&self, company: &Company) -> Answer {
        self.add_account_with(company, &[])
    }

    /// The same with more options.
    pub fn add_account_with(&self, company: &Company, more: &[&str]) -> Answer {
        self.add_account_named("corp", company, more)
    }

    /// The same under another name than `corp`.
    pub fn add_account_named(&self, name: &str, company: &Company, more: &[&str]) -> Answer {
        let ca = company.ca.to_string_lossy().into_owned();
        let mut args =
            vec!["--json", "account", "add", name, "--kind", "auto", "--server", &company.server];
        args.extend([
            "--security",
            "ldaps",
            "--ca",
            &ca,
            "--bind-name",
            &company.bind_name,
            "--password-stdin",
        ]);
        args.extend(more);
        self.run(&args, &company.bind_password)
    }

    /// `mapping apply` of TOML text.
    pub fn apply(&self, toml: &str) -> Answer {
        let file = self.folder.path().join("mapping.toml");
        fs::write(&file, toml).expect("a file");
        self.json(&["mapping", "apply", &file.to_string_lossy()])
    }

    /// `preview NAME --json`.
    pub fn preview(&self, name: &str) -> Value {
        self.json(&["preview", name]).ok().json()
    }

    /// `sign-in USER --json` with the password on stdin: outcome and exit code.
    pub fn sign_in(&self, user: &str, password: &str) -> (String, i32) {
        let answer = self.run(&["--json", "sign-in", user, "--password-stdin"], password);
        (
            answer.json()["outcome"].as_str().unwrap_or_else(|| panic!("{answer:?}")).to_owned(),
            answer.code,
        )
    }

    /// Registers with a local cloud, with the key on stdin.
    pub fn register(&self, cloud: &Cloud) -> Answer {
        let key = cloud.registration_key();
        let ca = cloud.ca.to_string_lossy().into_owned();
        self.run(&["--json", "register", "--cloud", &cloud.url, "--key-stdin", "--ca", &ca], &key)
    }

    /// Starts `run` and waits until the cloud sees it connected.
    pub fn start(&self, cloud: &Cloud) -> Running {
        let running = self.start_alone();
        wait_for("the session with the cloud", Duration::from_secs(60), || {
            cloud.connected().then_some(())
        });
        running
    }

    /// Starts `run` without waiting; its log goes to `run.log` beside the home.
    pub fn start_alone(&self) -> Running {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.path().join("run.log"))
            .expect("a log");
        let mut command = self.command(&["run"]);
        command.stdin(Stdio::null()).stderr(log);
        Running::start_quiet(command, "insync-connector run")
    }

    /// Every file below the connector's folder, except the key that systemd would hold.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut found = vec![];
        collect(self.folder.path(), &mut found);
        found.retain(|p| !p.ends_with("insync-connector.key"));
        found
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), found),
            Ok(kind) if kind.is_file() => found.push(entry.path()),
            _ => {}
        }
    }
}
