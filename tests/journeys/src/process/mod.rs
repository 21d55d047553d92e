//! Programs under test: where they are, and a child that never outlives its test.

pub mod clock;

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// Path of a program built by this workspace, beside the running test.
pub fn program(name: &str) -> PathBuf {
    let exe = std::env::current_exe().expect("the test knows its own path");
    let found =
        exe.ancestors().skip(1).take(3).map(|dir| dir.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("{name} is not built: run `cargo build --workspace --bins` first")
    })
}

/// The next line of a program's output.
pub fn next_line(lines: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    lines.read_line(&mut line).expect("stdout can be read");
    line
}

/// A child process that is ended by its id when dropped.
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts a command whose stdout is read by the caller (first line returned) and then drained.
    pub fn start(command: Command, name: &str) -> (Self, String) {
        let (running, mut lines) = Self::start_talking(command, name);
        let first = next_line(&mut lines);
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        (running, first)
    }

    /// Starts a command whose stdout the caller reads to its end.
    pub fn start_talking(mut command: Command, name: &str) -> (Self, BufReader<ChildStdout>) {
        let mut child =
            command.stdout(Stdio::piped()).spawn().unwrap_or_else(|e| panic!("{name}: {e}"));
        let lines = BufReader::new(child.stdout.take().expect("stdout is piped"));
        (Self { child, name: name.to_owned() }, lines)
    }

    /// Starts a command whose output nobody waits for.
    pub fn start_quiet(mut command: Command, name: &str) -> Self {
        let child = command.stdout(Stdio::null()).spawn().unwrap_or_else(|e| panic!("{name}: {e}"));
        Self { child, name: name.to_owned() }
    }

    /// Its standard input, where that is a pipe; once.
    pub fn stdin(&mut self) -> ChildStdin {
        self.child.stdin.take().expect("stdin is piped")
    }

    /// Process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal, by the name that `kill` has for it.
    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([name, &self.id().to_string()]).status();
        assert!(sent.is_ok_and(|sent| sent.success()), "kill {name}");
    }

    /// `kill -9`, and waits until it is gone.
    pub fn kill9(mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop (SIGTERM) and waits; the exit code, or a panic when it does not within `limit`.
    pub fn stop(self, limit: Duration) -> Option<i32> {
        terminate(self.child.id());
        self.wait(limit)
    }

    /// Waits for its own end; the exit code, or a panic when it does not come within `limit`.
    pub fn wait(mut self, limit: Duration) -> Option<i32> {
        let end = Instant::now() + limit;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be waited for") {
                return status.code();
            }
            assert!(Instant::now() < end, "{} did not stop within {limit:?}", self.name);
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether it still runs.
    pub fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn terminate(pid: u32) {
    let _ = Command::new("kill").args(["-TERM", &pid.to_string()]).status();
}

/// Waits until `ready` gives something, at most `limit`.
pub fn wait_for<T>(what: &str, limit: Duration, mut ready: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + limit;
    loop {
        if let Some(value) = ready() {
            return value;
        }
        assert!(Instant::now() < end, "{what} did not happen within {limit:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
