//! A server process: started in a group of its own, its output kept, ended with the test whatever happens.

use crate::error::{Doing, Error, Result};
use rustix::process::{Pid, Signal, kill_process_group};
use std::fs::OpenOptions;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, mpsc};
use std::time::{Duration, Instant};

const READY: Duration = Duration::from_secs(40);
const GONE: Duration = Duration::from_secs(15);
const STEP: Duration = Duration::from_millis(10);

/// A running server program.
pub(crate) struct Daemon {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Daemon {
    /// Starts `command` with its output going to the end of `log`.
    ///
    /// Its standard input is a pipe that stays open as long as it runs (Samba ends when it closes).
    pub(crate) fn start(name: &'static str, command: &Command, log: &Path) -> Result<Self> {
        let output =
            OpenOptions::new().create(true).append(true).open(log).doing("open a log file")?;
        let errors = output.try_clone().doing("open a log file")?;
        let mut bound = bound_to_us(command);
        bound.process_group(0).stdin(Stdio::piped()).stdout(output).stderr(errors);
        let child = spawn(bound).doing(format_args!("start {name}"))?;
        Ok(Self { name, child, log: log.to_owned() })
    }

    /// Waits until every address takes connections.
    pub(crate) fn wait_ready(&mut self, addresses: &[SocketAddr]) -> Result<()> {
        let end = Instant::now() + READY;
        for address in addresses {
            while TcpStream::connect_timeout(address, Duration::from_secs(1)).is_err() {
                if let Ok(Some(status)) = self.child.try_wait() {
                    return Err(self.error(&format!("{} ended at once ({status})", self.name)));
                }
                if Instant::now() > end {
                    return Err(self.error(&format!(
                        "{} does not listen on {address} after {READY:?}",
                        self.name
                    )));
                }
                std::thread::sleep(STEP);
            }
        }
        // Another program may sit on the address while ours is about to give up.
        match self.child.try_wait() {
            Ok(Some(status)) => Err(self.error(&format!("{} ended at once ({status})", self.name))),
            _ => Ok(()),
        }
    }

    /// Process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub(crate) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to end (SIGTERM) and waits until it has.
    pub(crate) fn stop(&mut self) -> Result<()> {
        self.signal(Signal::TERM);
        let end = Instant::now() + GONE;
        while let Ok(None) = self.child.try_wait() {
            if Instant::now() > end {
                self.kill9();
                return Err(self
                    .error(&format!("{} did not end within {GONE:?} and was killed", self.name)));
            }
            std::thread::sleep(STEP);
        }
        Ok(())
    }

    /// Ends the whole group with SIGKILL.
    pub(crate) fn kill9(&mut self) {
        self.signal(Signal::KILL);
        let _ = self.child.wait();
    }

    /// An error that shows the end of this server's log.
    pub(crate) fn error(&self, message: &str) -> Error {
        Error::with_log(message, &self.log)
    }

    fn signal(&mut self, signal: Signal) {
        // Only while it is our unreaped child: afterwards the number may belong to somebody else.
        if let Ok(None) = self.child.try_wait()
            && let Some(pid) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
        {
            let _ = kill_process_group(pid, signal);
        }
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        self.kill9();
    }
}

/// Runs a helper program to its end; its output is the error when it fails.
pub(crate) fn run(command: &mut Command, what: &str) -> Result<Vec<u8>> {
    let out = command.stdin(Stdio::null()).output().doing(what)?;
    if out.status.success() {
        return Ok(out.stdout);
    }
    let text = [out.stdout, out.stderr].concat();
    Err(Error::new(format!("cannot {what} ({}):\n{}", out.status, String::from_utf8_lossy(&text))))
}

/// The same command under `setpriv --pdeathsig`, so that it dies with us even when we are killed.
fn bound_to_us(command: &Command) -> Command {
    if !Path::new("/usr/bin/setpriv").exists() {
        return rebuilt(Command::new(command.get_program()), command);
    }
    let mut bound = Command::new("/usr/bin/setpriv");
    bound.args(["--pdeathsig", "KILL", "--"]).arg(command.get_program());
    rebuilt(bound, command)
}

fn rebuilt(mut new: Command, old: &Command) -> Command {
    new.args(old.get_args());
    for (key, value) in old.get_envs() {
        match value {
            Some(value) => new.env(key, value),
            None => new.env_remove(key),
        };
    }
    if let Some(folder) = old.get_current_dir() {
        new.current_dir(folder);
    }
    new
}

type Order = (Command, mpsc::Sender<io::Result<Child>>);

/// Starts a process from a thread that lives as long as the program: the kernel counts the end of
/// the *thread* that started a process as the death of its parent.
fn spawn(command: Command) -> io::Result<Child> {
    static ORDERS: OnceLock<Mutex<mpsc::Sender<Order>>> = OnceLock::new();
    let orders = ORDERS.get_or_init(|| {
        let (orders, work) = mpsc::channel::<Order>();
        std::thread::spawn(move || {
            for (mut command, answer) in work {
                let _ = answer.send(command.spawn());
            }
        });
        Mutex::new(orders)
    });
    let (answer, child) = mpsc::channel();
    let sent = orders.lock().is_ok_and(|orders| orders.send((command, answer)).is_ok());
    if !sent {
        return Err(io::Error::other("the starting thread is gone"));
    }
    child.recv().map_err(io::Error::other)?
}
