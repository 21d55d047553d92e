//! Proxies of other people's making, on loopback: tinyproxy and squid (HTTP), dante (SOCKS 5). Each lets one user through.

use crate::cache;
use crate::daemon::{Daemon, run};
use crate::error::{Doing, Error, Result};
use crate::net::ports;
use crate::run_dir::RunDir;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const ATTEMPTS: usize = 5;
/// A user as companies have them, with what an address cannot have as it is.
const USER: &str = "corp\\svc@x";
const PASSWORD: &str = "p@ss:w/rd%";

/// A running proxy. It can be killed and started again on the same port.
pub struct Proxy {
    program: Program,
    port: u16,
    daemon: Option<Daemon>,
    dir: RunDir,
}

#[derive(Clone, Copy, PartialEq)]
enum Program {
    Tinyproxy,
    Squid,
    Dante,
}

impl Proxy {
    /// tinyproxy: its configuration takes letters and digits only in user and password.
    pub fn tinyproxy() -> Result<Self> {
        cache::version("/usr/bin/tinyproxy", "-v", "tinyproxy")?;
        Self::start(Program::Tinyproxy)
    }

    /// squid, which checks passwords by a helper of its own.
    pub fn squid() -> Result<Self> {
        cache::version("/usr/sbin/squid", "-v", "squid")?;
        Self::start(Program::Squid)
    }

    /// dante, which checks the passwords of the system's users: it sees a list of them that nobody else does.
    pub fn dante() -> Result<Self> {
        cache::version("/usr/sbin/danted", "-v", "dante-server")?;
        Self::start(Program::Dante)
    }

    /// User and password of whom it lets through.
    pub fn login(&self) -> (&'static str, &'static str) {
        match self.program {
            Program::Tinyproxy => ("svc.proxy", "Pr0xyPassw0rd"),
            Program::Squid => (USER, PASSWORD),
            Program::Dante => ("svc@x", PASSWORD),
        }
    }

    /// Its port on loopback.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Ends it in the middle of whatever it does.
    pub fn kill9(&mut self) {
        self.daemon = None;
    }

    /// Starts it again where it was.
    pub fn restart(&mut self) -> Result<()> {
        self.kill9();
        let mut daemon = Daemon::start("proxy", &self.command(), &self.log())?;
        daemon.wait_ready(&[ports::local(self.port)])?;
        self.daemon = Some(daemon);
        Ok(())
    }

    fn start(program: Program) -> Result<Self> {
        let dir = RunDir::create()?;
        // Some give up their rights before they read what is theirs.
        fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).doing("open a folder")?;
        let mut proxy = Self { program, port: 0, daemon: None, dir };
        let mut last = Error::new("the proxy was not started");
        for _ in 0..ATTEMPTS {
            [proxy.port] = ports::free()?;
            proxy.configure()?;
            match proxy.restart() {
                Ok(()) => return Ok(proxy),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn configure(&self) -> Result<()> {
        let (user, password) = self.login();
        let (port, folder) = (self.port, self.dir.path().display());
        let text = match self.program {
            Program::Tinyproxy => format!(
                "Port {port}\nListen 127.0.0.1\nTimeout 600\nMaxClients 50\nBasicAuth {user} {password}\n"
            ),
            Program::Squid => {
                let users = format!("{user}:{}\n", hash("-apr1", password)?);
                fs::write(self.file("users"), users).doing("write a list of users")?;
                format!(
                    "http_port 127.0.0.1:{port}\npid_filename none\ncache deny all\ncache_log {folder}/log\n\
                     access_log none\ncoredump_dir {folder}\nnetdb_filename none\npinger_enable off\n\
                     shutdown_lifetime 0 seconds\nvisible_hostname proxy.test\n\
                     auth_param basic program /usr/lib/squid/basic_ncsa_auth {folder}/users\n\
                     auth_param basic children 1\nauth_param basic credentialsttl 1 second\n\
                     acl known proxy_auth REQUIRED\nhttp_access allow known\nhttp_access deny all\n"
                )
            }
            Program::Dante => {
                self.system_users(user, password)?;
                format!(
                    "logoutput: stderr\ninternal: 127.0.0.1 port = {port}\nexternal: 127.0.0.1\n\
                     clientmethod: none\nsocksmethod: username\nuser.privileged: root\nuser.unprivileged: root\n\
                     client pass {{ from: 127.0.0.1/32 to: 0.0.0.0/0 }}\n\
                     socks pass {{ from: 127.0.0.1/32 to: 0.0.0.0/0 protocol: tcp }}\n"
                )
            }
        };
        fs::write(self.file("conf"), text).doing("write a configuration")
    }

    /// Lists of the system's users with one more, in files of our own.
    fn system_users(&self, user: &str, password: &str) -> Result<()> {
        let known = fs::read_to_string("/etc/passwd").doing("read the users")?;
        let more = format!("{known}{user}:x:65111:65111::/nonexistent:/bin/false\n");
        fs::write(self.file("passwd"), more).doing("write a list of users")?;
        let line = format!("{user}:{}:19000:0:99999:7:::\n", hash("-6", password)?);
        fs::write(self.file("shadow"), line).doing("write a list of users")
    }

    fn command(&self) -> Command {
        let conf = self.file("conf");
        match self.program {
            Program::Tinyproxy => command("/usr/bin/tinyproxy", &["-d", "-c"], &conf),
            Program::Squid => command("/usr/sbin/squid", &["-N", "-f"], &conf),
            Program::Dante => {
                let script = "mount --bind passwd /etc/passwd && mount --bind shadow /etc/shadow \
                              && exec danted -f conf -p pid";
                let mut command = Command::new("/usr/bin/unshare");
                command.arg("--mount").current_dir(self.dir.path());
                if !rustix::process::getuid().is_root() {
                    command.arg("--map-root-user");
                }
                command.args(["/bin/sh", "-c", script]);
                command
            }
        }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn log(&self) -> PathBuf {
        self.file("log")
    }
}

fn command(program: &str, arguments: &[&str], conf: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).arg(conf);
    command
}

/// A password as such lists have it.
fn hash(how: &str, password: &str) -> Result<String> {
    let made =
        run(Command::new("openssl").args(["passwd", how, password]), "make a password's hash")?;
    Ok(String::from_utf8_lossy(&made).trim().to_owned())
}
