//! 389 Directory Server with the sample company, on free ports.

mod instance;

use crate::daemon::{Daemon, run};
use crate::error::{Doing, Error, Result};
use crate::ldif::{self, Contents, Dialect};
use crate::net::ca::CompanyCa;
use crate::net::ports;
use crate::run_dir::RunDir;
use instance::{ADMIN_DN, ADMIN_PASSWORD, CONFIG};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const NS_SLAPD: &str = "/usr/sbin/ns-slapd";
const ATTEMPTS: usize = 3;

/// What the directory is to hold.
#[derive(Debug, Clone)]
pub struct Ds389Options {
    /// Number of ordinary people.
    pub people: usize,
    /// Whether the odd people and the groups `big` and `lvl1` to `lvl3` are there.
    pub quirks: bool,
    /// Entries to add at the end, as LDIF.
    pub extra_ldif: Option<String>,
}

impl Default for Ds389Options {
    fn default() -> Self {
        Self { people: 200, quirks: true, extra_ldif: None }
    }
}

/// A running `ns-slapd`.
pub struct Ds389 {
    daemon: Option<Daemon>,
    ports: [u16; 2],
    ca: CompanyCa,
    dir: RunDir,
}

impl Ds389 {
    /// Copies the instance, loads the company and starts the server.
    pub fn start(options: &Ds389Options) -> Result<Self> {
        let template = instance::template()?;
        let mut last = Error::new("ns-slapd was not started");
        for _ in 0..ATTEMPTS {
            let dir = RunDir::create()?;
            let ca = CompanyCa::create(dir.path())?;
            let cert = ca.issue(dir.path(), "server", &["localhost", "127.0.0.1"])?;
            let ports = ports::free()?;
            instance::copy(&template, &dir.path().join("ds"), ports, &ca, &cert)?;
            load(dir.path(), options)?;
            let mut server = Self { daemon: None, ports, ca, dir };
            match server.run() {
                Ok(()) => return Ok(server),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// `ldaps://127.0.0.1:PORT`.
    pub fn ldaps_url(&self) -> String {
        format!("ldaps://127.0.0.1:{}", self.ports[1])
    }

    /// `ldap://127.0.0.1:PORT`, which also takes StartTLS.
    pub fn ldap_url(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.ports[0])
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
        self.dir.path().join("ds/var/log/dirsrv/slapd-test/errors")
    }

    /// Process id while it runs.
    pub fn id(&self) -> Option<u32> {
        self.daemon.as_ref().map(Daemon::id)
    }

    /// Stops it in good order; the data stays for [`Ds389::restart`].
    pub fn stop(&mut self) -> Result<()> {
        self.daemon.take().map_or(Ok(()), |mut daemon| daemon.stop())
    }

    /// Ends it with SIGKILL; the data stays for [`Ds389::restart`].
    pub fn kill9(&mut self) {
        self.daemon = None;
    }

    /// Stops it when it runs, and starts it on the same ports with the same data.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        self.run()
    }

    fn run(&mut self) -> Result<()> {
        let tree = self.dir.path().join("ds");
        let mut command = Command::new(NS_SLAPD);
        command
            .arg("-D")
            .arg(tree.join(CONFIG))
            .arg("-i")
            .arg(tree.join("run/pid"))
            .args(["-d", "0"]);
        let mut daemon = Daemon::start("ns-slapd", &command, &self.log_path())?;
        daemon.wait_ready(&self.ports.map(ports::local))?;
        self.daemon = Some(daemon);
        Ok(())
    }
}

fn load(folder: &Path, options: &Ds389Options) -> Result<()> {
    let contents = Contents {
        people: options.people,
        quirks: options.quirks,
        locked: false,
        dialect: Dialect::Ds389,
    };
    let path = folder.join("people.ldif");
    let mut out = BufWriter::new(File::create(&path).doing("write LDIF")?);
    ldif::write(&mut out, &contents).doing("write LDIF")?;
    out.write_all(options.extra_ldif.as_deref().unwrap_or_default().as_bytes())
        .doing("write LDIF")?;
    out.flush().doing("write LDIF")?;
    let mut import = Command::new(NS_SLAPD);
    import
        .arg("ldif2db")
        .arg("-D")
        .arg(folder.join("ds").join(CONFIG))
        .args(["-n", "userroot", "-i"])
        .arg(&path);
    run(&mut import, "load people into 389-ds")?;
    std::fs::remove_file(&path).doing("remove LDIF")
}
