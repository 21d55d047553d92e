//! A private, unlocked Secret Service: programs under test get a keychain without touching anybody's own.

use crate::daemon::Daemon;
use crate::error::{Doing, Error, Result};
use crate::run_dir::RunDir;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

const SCRIPT: &str = include_str!("../setup/keyring-session.sh");
const READY: Duration = Duration::from_secs(20);

/// A D-Bus session with `gnome-keyring-daemon`; both end when this is dropped.
pub struct Keyring {
    bus: String,
    _daemon: Daemon,
    dir: RunDir,
}

impl Keyring {
    /// Starts the session and waits until the keyring answers.
    pub fn start() -> Result<Self> {
        let dir = RunDir::create()?;
        let (script, ready) = (dir.path().join("keyring-session.sh"), dir.path().join("bus"));
        std::fs::write(&script, SCRIPT).doing("write a script")?;
        let mut command = Command::new("/bin/sh");
        // `cat` waits for the end of its input, which is a pipe to us.
        let hold =
            r#"printf '%s\n' "$DBUS_SESSION_BUS_ADDRESS" > "$0.new"; mv "$0.new" "$0"; exec cat"#;
        command
            .env("KEYRING_HOME", dir.path().join("keyring"))
            .arg(&script)
            .args(["sh", "-c", hold])
            .arg(&ready);
        let mut daemon = Daemon::start("gnome-keyring", &command, &dir.path().join("keyring.log"))?;
        let end = Instant::now() + READY;
        let bus = loop {
            if let Ok(text) = std::fs::read_to_string(&ready) {
                break text.trim().to_owned();
            }
            if !daemon.is_alive() || Instant::now() > end {
                return Err(
                    daemon.error("the keyring did not start (packages gnome-keyring and dbus)")
                );
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        if bus.is_empty() {
            return Err(Error::new("the session bus has no address"));
        }
        Ok(Self { bus, _daemon: daemon, dir })
    }

    /// Variables that make a program use this keyring: its bus, and a home of its own.
    pub fn env(&self) -> [(&'static str, String); 3] {
        let folder = |name: &str| self.dir.path().join("keyring").join(name).display().to_string();
        [
            ("DBUS_SESSION_BUS_ADDRESS", self.bus.clone()),
            ("HOME", folder("home")),
            ("XDG_RUNTIME_DIR", folder("run")),
        ]
    }

    /// Gives a command these variables, and takes away the display that a prompt could appear on.
    pub fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.envs(self.env()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY")
    }

    /// The file that holds the (encrypted) secrets, for tests that look for leaks.
    pub fn file(&self) -> PathBuf {
        self.dir.path().join("keyring/home/.local/share/keyrings/login.keyring")
    }
}
