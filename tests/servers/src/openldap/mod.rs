//! OpenLDAP: `slapd` with the sample company, on free ports.

mod conf;
mod modify;
mod search;

pub use modify::ldapmodify;
pub use search::ldapsearch;

use crate::daemon::Daemon;
use crate::error::{Doing, Error, Result};
use crate::ldif::{self, Contents, Dialect};
use crate::net::ca::{CompanyCa, Validity};
use crate::net::ports;
use crate::run_dir::RunDir;
use conf::{ADMIN_DN, ADMIN_PASSWORD, Conf, POLICY_LDIF};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SLAPD: &str = "/usr/sbin/slapd";
const ATTEMPTS: usize = 5;

/// What the directory is to hold and how it behaves.
#[derive(Debug, Clone)]
pub struct SlapdOptions {
    /// Number of ordinary people.
    pub people: usize,
    /// Whether the odd people and the groups `big` and `lvl1` to `lvl3` are there.
    pub quirks: bool,
    /// Entries to add at the end, as LDIF.
    pub extra_ldif: Option<String>,
    /// Most entries that the service account gets from one search, paged or not; `None` is no limit.
    pub size_limit: Option<u32>,
    /// Lock-out after three wrong passwords, and the people `locked` and `lockme`. Costs time at each bind.
    pub password_policy: bool,
    /// Names in the certificate.
    pub hosts: Vec<String>,
    /// Whether the certificate has run out.
    pub expired_certificate: bool,
}

impl Default for SlapdOptions {
    fn default() -> Self {
        Self {
            people: 200,
            quirks: true,
            extra_ldif: None,
            size_limit: None,
            password_policy: false,
            hosts: vec!["localhost".into(), "127.0.0.1".into()],
            expired_certificate: false,
        }
    }
}

/// A running `slapd`.
pub struct Slapd {
    daemon: Option<Daemon>,
    ports: [u16; 2],
    ca: CompanyCa,
    dir: RunDir,
}

impl Slapd {
    /// Loads the company and starts the server.
    pub fn start(options: &SlapdOptions) -> Result<Self> {
        crate::cache::version(SLAPD, "-VV", "slapd")?;
        let dir = RunDir::create()?;
        let ca = CompanyCa::create(dir.path())?;
        let hosts: Vec<&str> = options.hosts.iter().map(String::as_str).collect();
        let when = if options.expired_certificate { Validity::Expired } else { Validity::Current };
        let cert = ca.issue_with(dir.path(), "server", &hosts, when)?;
        dir.folder("db")?;
        let conf = Conf {
            folder: dir.path(),
            ca: ca.pem_path(),
            cert: &cert,
            size_limit: options.size_limit,
            password_policy: options.password_policy,
        };
        std::fs::write(dir.path().join("slapd.conf"), conf.text()).doing("write slapd.conf")?;
        load(dir.path(), options)?;
        let mut server = Self { daemon: None, ports: [0; 2], ca, dir };
        let mut last = Error::new("slapd was not started");
        for _ in 0..ATTEMPTS {
            server.ports = ports::free()?;
            match server.run() {
                Ok(()) => return Ok(server),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// `ldap://127.0.0.1:PORT`, which also takes StartTLS.
    pub fn ldap_url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.ports[0])
    }

    /// `ldaps://127.0.0.1:PORT`.
    pub fn ldaps_url(&self) -> String {
        format!("ldaps://127.0.0.1:{}", self.ports[1])
    }

    /// Port of LDAP and StartTLS.
    pub fn ldap_port(&self) -> u16 {
        self.ports[0]
    }

    /// Port of LDAPS.
    pub fn ldaps_port(&self) -> u16 {
        self.ports[1]
    }

    /// The company CA as a file.
    pub fn ca_pem_path(&self) -> &Path {
        self.ca.pem_path()
    }

    /// Everything is below this DN.
    pub fn base_dn(&self) -> &'static str {
        ldif::BASE_DN
    }

    /// The account that reads.
    pub fn bind_dn(&self) -> &'static str {
        ldif::SERVICE_DN
    }

    /// Its password.
    pub fn bind_password(&self) -> &'static str {
        ldif::SERVICE_PASSWORD
    }

    /// The account that may change everything, and its password.
    pub fn admin(&self) -> (&'static str, &'static str) {
        (ADMIN_DN, ADMIN_PASSWORD)
    }

    /// What the server wrote.
    pub fn log_path(&self) -> PathBuf {
        self.dir.path().join("slapd.log")
    }

    /// Process id while it runs.
    pub fn id(&self) -> Option<u32> {
        self.daemon.as_ref().map(Daemon::id)
    }

    /// Stops it in good order; the data stays for [`Slapd::restart`].
    pub fn stop(&mut self) -> Result<()> {
        self.daemon.take().map_or(Ok(()), |mut daemon| daemon.stop())
    }

    /// Ends it with SIGKILL; the data stays for [`Slapd::restart`].
    pub fn kill9(&mut self) {
        self.daemon = None;
    }

    /// Stops it when it runs, and starts it on the same ports with the same data.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        let mut last = Error::new("slapd was not started");
        for _ in 0..ATTEMPTS {
            match self.run() {
                Ok(()) => return Ok(()),
                Err(error) => last = error,
            }
            std::thread::sleep(std::time::Duration::from_millis(200)); // the ports may still be held by somebody
        }
        Err(last)
    }

    /// Changes its configuration and starts it again.
    pub fn reconfigure(&mut self, change: impl FnOnce(String) -> String) -> Result<()> {
        let file = self.dir.path().join("slapd.conf");
        let text = std::fs::read_to_string(&file).doing("read slapd.conf")?;
        std::fs::write(&file, change(text)).doing("write slapd.conf")?;
        self.restart()
    }

    /// Throws its data away, loads others, and starts it again.
    pub fn reload(&mut self, options: &SlapdOptions) -> Result<()> {
        self.stop()?;
        std::fs::remove_dir_all(self.dir.path().join("db")).doing("remove the database")?;
        self.dir.folder("db")?;
        load(self.dir.path(), options)?;
        self.restart()
    }

    fn run(&mut self) -> Result<()> {
        let mut command = Command::new(SLAPD);
        let urls = format!("{} {}", self.ldap_url(), self.ldaps_url());
        command.args(["-d", "0", "-h", &urls, "-f"]).arg(self.dir.path().join("slapd.conf"));
        let mut daemon = Daemon::start("slapd", &command, &self.log_path())?;
        daemon.wait_ready(&self.ports.map(ports::local))?;
        self.daemon = Some(daemon);
        Ok(())
    }
}

/// Loads the company with `slapadd`, which reads what is written here while it is written.
fn load(folder: &Path, options: &SlapdOptions) -> Result<()> {
    let log = folder.join("slapadd.log");
    let output = std::fs::File::create(&log).doing("open a log file")?;
    let errors = output.try_clone().doing("open a log file")?;
    // The name decides: the one program `slapd` does the work of its tools.
    let mut child = Command::new("/usr/sbin/slapadd")
        .args(["-q", "-f"])
        .arg(folder.join("slapd.conf"))
        .stdin(Stdio::piped())
        .stdout(output)
        .stderr(errors)
        .spawn()
        .doing("start slapadd")?;
    let contents = Contents {
        people: options.people,
        quirks: options.quirks,
        locked: options.password_policy,
        dialect: Dialect::OpenLdap,
    };
    let written = child.stdin.take().map_or(Ok(()), |stdin| {
        let mut out = BufWriter::with_capacity(1 << 16, stdin);
        ldif::write(&mut out, &contents)?;
        if options.password_policy {
            out.write_all(POLICY_LDIF.as_bytes())?;
        }
        out.write_all(options.extra_ldif.as_deref().unwrap_or_default().as_bytes())?;
        out.flush()
    });
    let status = child.wait().doing("wait for slapadd")?;
    if status.success() && written.is_ok() {
        return Ok(());
    }
    Err(Error::with_log(format!("slapadd failed ({status}, {written:?})"), &log))
}
