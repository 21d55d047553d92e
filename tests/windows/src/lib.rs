//! A Windows of its own for each test: a Wine prefix that nothing else uses and that is removed at the end.

mod kept;
pub mod screen;
pub mod setup;
pub mod way;

pub use screen::Screen;
pub use way::{End, Way};

use journeys::connector::{Answer, ended};
use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest run of a program, unit tests and setups included.
const PATIENCE: Duration = Duration::from_secs(300);

/// A Wine prefix with its own server; both end with it.
pub struct Windows {
    folder: TempDir,
    display: Option<String>,
}

impl Windows {
    /// Makes one, without a screen.
    pub fn new() -> Self {
        let folder = TempDir::with_prefix("windows-").expect("a temporary folder");
        kept::copy_into(folder.path());
        Self { folder, display: None }
    }

    /// The same with windows on that X display.
    pub fn on(mut self, display: &str) -> Self {
        self.display = Some(display.to_owned());
        self
    }

    /// Its drive C.
    pub fn drive(&self) -> PathBuf {
        self.folder.path().join("prefix/drive_c")
    }

    /// A Linux program that works on this prefix.
    pub fn command(&self, program: &str) -> Command {
        let mut command = kept::command(program, self.folder.path());
        if let Some(display) = &self.display {
            command.env("DISPLAY", display);
        }
        command
    }

    /// A Windows program.
    pub fn program(&self, path: &Path, args: &[&str]) -> Command {
        let mut command = self.command("wine");
        command.arg(path).args(args);
        command
    }

    /// Runs a Windows program to its end.
    pub fn run(&self, path: &Path, args: &[&str], input: &str) -> Answer {
        let mut command = self.program(path, args);
        command.stdin(Stdio::piped());
        self.finish(command, input)
    }

    /// Starts a Windows program that somebody works.
    pub fn start(&self, path: &Path, args: &[&str]) -> Started {
        Started::of(self.program(path, args))
    }

    /// Runs such a command to its end.
    pub fn finish(&self, command: Command, input: &str) -> Answer {
        let mut started = Started::of(command);
        if let Some(mut stdin) = started.child.stdin.take() {
            let _ = stdin.write_all(input.as_bytes());
        }
        started.answer()
    }

    /// Runs a program that Wine brings along.
    pub fn tool(&self, args: &[&str]) -> Answer {
        let mut command = self.command("wine");
        command.args(args);
        self.finish(command, "")
    }

    /// Shuts Windows down; services start again with the next program.
    pub fn shut_down(&self) {
        let _ = self.command("wineserver").arg("-k").status();
        let _ = self.command("wineserver").arg("-w").status();
    }

    /// Starts Windows, and its services with it; it runs until it is shut down.
    pub fn boot(&self) {
        let _ = self.command("wineserver").arg("-p").status();
        self.tool(&["cmd", "/c", "exit"]);
    }

    /// Every file of drive C that is not Windows' own record of itself.
    pub fn files(&self) -> Vec<String> {
        let mut found = vec![];
        collect(&self.drive(), &mut found);
        let top = self.drive();
        let mut names: Vec<_> = found
            .iter()
            .filter_map(|path| path.strip_prefix(&top).ok())
            .map(|path| path.to_string_lossy().into_owned())
            .filter(|path| !path.contains("/Temp/"))
            .collect();
        names.sort();
        names
    }

    /// The registry as text, without times.
    pub fn registry(&self) -> Vec<String> {
        self.shut_down();
        let mut lines = vec![];
        for name in ["system.reg", "user.reg"] {
            let text = fs::read(self.folder.path().join("prefix").join(name)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            let mut key = String::new();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if let Some((name, _time)) = line.split_once("] ") {
                    key = name.to_owned();
                    lines.push(key.clone());
                } else if !line.is_empty() {
                    lines.push(format!("{key}] {line}"));
                }
            }
        }
        lines.sort();
        self.boot();
        lines
    }
}

impl Default for Windows {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Windows {
    fn drop(&mut self) {
        self.shut_down();
    }
}

/// A program of Windows that runs. What it says goes to files: the rest of Windows, which the first program starts, keeps its
/// outputs open.
pub struct Started {
    child: Child,
    said: [File; 2],
}

impl Started {
    fn of(mut command: Command) -> Self {
        let said = [(); 2].map(|()| tempfile::tempfile().expect("a temporary file"));
        let [out, err] = said.each_ref().map(|file| file.try_clone().expect("a second handle"));
        let child = command.stdout(out).stderr(err).spawn().expect("wine starts");
        Self { child, said }
    }

    /// Waits for its end; its exit code.
    pub fn wait(self) -> i32 {
        self.answer().code
    }

    fn answer(mut self) -> Answer {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a program of ours") {
                break status;
            }
            if begun.elapsed() > PATIENCE {
                let _ = self.child.kill().and_then(|()| self.child.wait());
                panic!("a program does not end");
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        let [out, err] = self.said.map(|mut file| {
            let mut said = vec![];
            let _ = file.rewind().and_then(|()| file.read_to_end(&mut said));
            String::from_utf8_lossy(&said).into_owned()
        });
        Answer { code: ended(status), out, err }
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => collect(&entry.path(), found),
            Ok(_) => found.push(entry.path()),
            Err(_) => {}
        }
    }
}

/// A Linux path as Windows sees it: Wine's drive Z is the whole machine.
pub fn seen_from_windows(path: &Path) -> String {
    format!("Z:{}", path.to_string_lossy().replace('/', "\\"))
}
