//! A display, a session bus and an unlocked keyring for one test; all of it ends with the test.

use crate::picture::Screen;
use journeys::process::{Running, program, wait_for};
use servers::Keyring;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// What a desktop program finds around it, and the folder that is its home.
pub struct Desk {
    keyring: Keyring,
    display: String,
    folder: TempDir,
    /// A home of somebody else, to be worked from here.
    elsewhere: Option<PathBuf>,
    _manager: Running,
    _screen: Running,
}

impl Desk {
    /// Puts up a screen of 1280 × 860.
    pub fn new() -> Self {
        Self::with_screen("1280x860")
    }

    /// Puts up a screen of that size.
    pub fn with_screen(size: &str) -> Self {
        let folder = TempDir::with_prefix("desk-").expect("a temporary folder");
        let memory = folder.path().join("screen");
        std::fs::create_dir(&memory).expect("a folder");
        let mut screen = Command::new("Xvfb");
        screen.arg("-fbdir").arg(&memory);
        screen.stderr(Stdio::null()).args([
            "-displayfd",
            "1",
            "-nolisten",
            "tcp",
            "-screen",
            "0",
            &format!("{size}x24"),
        ]);
        let (screen, number) = Running::start(screen, "Xvfb");
        let keyring = Keyring::start().expect("a keyring");
        let display = format!(":{}", number.trim());
        let mut manager = Command::new("openbox");
        manager.env("DISPLAY", &display).stderr(Stdio::null());
        Self {
            keyring,
            display,
            _manager: Running::start_quiet(manager, "openbox"),
            folder,
            elsewhere: None,
            _screen: screen,
        }
    }

    /// The same for the connector of another home.
    pub fn working_on(self, home: PathBuf) -> Self {
        Self { elsewhere: Some(home), ..self }
    }

    /// The connector's home.
    pub fn home(&self) -> PathBuf {
        self.elsewhere.clone().unwrap_or_else(|| self.folder.path().join("home"))
    }

    /// The folder in which everything of the user is, settings of the desktop and downloads among it.
    pub fn user_folder(&self) -> PathBuf {
        let home = self.environment().into_iter().find(|(name, _)| *name == "HOME");
        PathBuf::from(home.expect("HOME is set").1)
    }

    /// The encrypted file of the keyring.
    pub fn keyring_file(&self) -> PathBuf {
        self.keyring.file()
    }

    /// The screen, for pictures of it.
    pub(crate) fn screen(&self) -> Screen {
        let memory = self.folder.path().join("screen/Xvfb_screen0");
        Screen { memory, display: self.display.clone() }
    }

    /// Address of the session bus.
    pub fn bus(&self) -> String {
        self.environment().swap_remove(0).1
    }

    /// A command with everything that the desktop program needs.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        for name in [
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "WAYLAND_DISPLAY",
            "CREDENTIALS_DIRECTORY",
        ] {
            command.env_remove(name);
        }
        command.envs(self.environment()).env("INSYNC_CONNECTOR_HOME", self.home());
        command
    }

    /// The command line on the same home and keyring.
    pub fn command_line(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(program("insync-connector"));
        command.args(arguments);
        command
    }

    /// The desktop program.
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(program("insync-connector-desktop"));
        command.args(arguments);
        Running::start_quiet(command, "insync-connector-desktop")
    }

    /// The engine without a window, as a service runs it.
    pub fn start_service(&self) -> Running {
        Running::start_quiet(self.command_line(&["run"]), "insync-connector run")
    }

    /// Closes a window as its owner does, by the button in its frame.
    pub fn close_window(&self, name: &str) {
        let closed = self.command("wmctrl").args(["-c", name]).status().expect("wmctrl runs");
        assert!(closed.success(), "no window {name}");
    }

    /// WebKitGTK's WebDriver: its address. The programs that it starts are on this desk.
    pub(crate) fn driver(&self) -> (Running, String) {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a free port")
            .port();
        let mut command = self.command("WebKitWebDriver");
        command
            .args([&format!("--port={port}"), "--host=127.0.0.1"])
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = Running::start_quiet(command, "WebKitWebDriver");
        wait_for("WebKitWebDriver", Duration::from_secs(10), || {
            std::net::TcpStream::connect(("127.0.0.1", port)).ok()
        });
        (driver, format!("http://127.0.0.1:{port}"))
    }

    /// Names of the windows on the screen.
    pub fn windows(&self) -> Vec<String> {
        let tree =
            self.command("xwininfo").args(["-root", "-tree"]).output().expect("xwininfo runs");
        let text = String::from_utf8_lossy(&tree.stdout).into_owned();
        text.lines().filter_map(|line| line.split('"').nth(1).map(str::to_owned)).collect()
    }

    /// Every file of the connector and of the user.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![];
        collect(self.folder.path(), &mut files);
        collect(&self.user_folder(), &mut files);
        files
    }

    fn environment(&self) -> Vec<(&'static str, String)> {
        let own = [
            ("DISPLAY", self.display.clone()),
            ("GDK_BACKEND", "x11".to_owned()),
            ("LANG", "C.UTF-8".to_owned()),
            ("LC_ALL", "C.UTF-8".to_owned()),
            ("NO_AT_BRIDGE", "1".to_owned()),
        ];
        self.keyring.env().into_iter().chain(own).collect()
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), files),
            Ok(kind) if kind.is_file() => files.push(entry.path()),
            _ => {}
        }
    }
}
