//! Samba as an Active Directory domain controller, LDAP services only.
//!
//! Its ports are fixed (389, 636, 3268, 3269), so each one runs on a loopback address of its own. The domain is
//! provisioned and filled once (half a minute), kept under `target/`, and copied for each start. Where it differs
//! from a Windows domain controller: an unknown user is told 52e instead of 525, an empty password is refused, page
//! and value limits are not enforced, and the global catalog has all attributes.

pub mod people;

use crate::daemon::{Daemon, run};
use crate::error::{Doing, Error, Result};
use crate::net::address::Address;
use crate::net::ca::{CompanyCa, ServerCert};
use crate::run_dir::RunDir;
use crate::{cache, names};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

const SAMBA: &str = "/usr/sbin/samba";
const PYTHON: &str = "/usr/bin/python3"; // Debian's own: only that one has Samba's modules
const SCRIPT: &str = include_str!("../../setup/samba_domain.py");
const RIGHTS: &str = include_str!("../../setup/samba_rights.py");
const PORTS: [u16; 4] = [389, 636, 3268, 3269];

/// A domain that can be started.
struct Domain {
    netbios: &'static str,
    dns: &'static str,
    base_dn: &'static str,
    reader: &'static str,
    admin: &'static str,
}

const CORP: Domain = Domain {
    netbios: "CORP",
    dns: "corp.example.com",
    base_dn: people::BASE_DN,
    reader: "svc@corp.example.com",
    admin: "Administrator@corp.example.com",
};

const BRANCH: Domain = Domain {
    netbios: "BRANCH",
    dns: "branch.example.net",
    base_dn: "DC=branch,DC=example,DC=net",
    reader: "svc@branch.example.net",
    admin: "Administrator@branch.example.net",
};

/// A running domain controller of `corp.example.com`, or of `branch.example.net`.
pub struct SambaAd {
    of: &'static Domain,
    daemon: Option<Daemon>,
    cert: ServerCert,
    ca: CompanyCa,
    dir: RunDir,
    address: Address,
}

impl SambaAd {
    /// Starts a domain controller on a fresh copy of the domain.
    pub fn start() -> Result<Self> {
        Self::start_of(&CORP)
    }

    /// Starts one of another forest, `branch.example.net` (`BRANCH`), where nobody is but the account that reads.
    pub fn start_branch() -> Result<Self> {
        Self::start_of(&BRANCH)
    }

    fn start_of(of: &'static Domain) -> Result<Self> {
        let address = Address::take(&PORTS)?;
        let domain = domain(of)?;
        let dir = RunDir::create()?;
        copy(&domain, &dir.path().join("dc"))?;
        relocate(&domain, &dir.path().join("dc"))?;
        let ca = CompanyCa::create(dir.path())?;
        let cert = ca.issue(
            dir.path(),
            "server",
            &[&*format!("dc1.{}", of.dns), "localhost", &address.ip().to_string()],
        )?;
        ca.append_to(&cert)?;
        for name in ["run", "ncalrpc", "log"] {
            dir.folder(name)?;
        }
        let mut server = Self { of, daemon: None, cert, ca, dir, address };
        server.run()?;
        Ok(server)
    }

    /// Loopback address it listens on.
    pub fn host(&self) -> String {
        self.address.ip().to_string()
    }

    /// `ldaps://127.0.0.N:636`.
    pub fn ldaps_url(&self) -> String {
        format!("ldaps://{}:636", self.address.ip())
    }

    /// `ldap://127.0.0.N:389`, for StartTLS: the domain refuses passwords in the clear.
    pub fn ldap_url(&self) -> String {
        format!("ldap://{}:389", self.address.ip())
    }

    /// Global catalog over TLS: `ldaps://127.0.0.N:3269`.
    pub fn gc_url(&self) -> String {
        format!("ldaps://{}:3269", self.address.ip())
    }

    /// Always 389, beside [`SambaAd::host`].
    pub fn ldap_port(&self) -> u16 {
        389
    }

    /// Always 636, beside [`SambaAd::host`].
    pub fn ldaps_port(&self) -> u16 {
        636
    }

    /// The company CA as a file.
    pub fn ca_pem_path(&self) -> &Path {
        self.ca.pem_path()
    }

    /// Everything is below this DN.
    pub fn base_dn(&self) -> &'static str {
        self.of.base_dn
    }

    /// The account that reads: an ordinary member of the domain, by its UPN.
    pub fn bind_dn(&self) -> &'static str {
        self.of.reader
    }

    /// Its password.
    pub fn bind_password(&self) -> &'static str {
        "Svc-Passw0rd!"
    }

    /// The domain's administrator and its password, for tests that change people.
    pub fn admin(&self) -> (&'static str, &'static str) {
        (self.of.admin, "Adm1n-Passw0rd!")
    }

    /// What the server wrote.
    pub fn log_path(&self) -> PathBuf {
        self.dir.path().join("samba.log")
    }

    /// Adds entries in SDDL (MS-DTYP 2.5.1) to the access list of an object, as the administrator at the server would.
    ///
    /// # Errors
    /// The server's own words.
    pub fn add_rights(&self, dn: &str, sddl: &str) -> Result<()> {
        let dc = self.dir.path().join("dc");
        let mut command = Command::new(PYTHON);
        command.args(["-c", RIGHTS]).arg(dc.join("etc/smb.conf"));
        command.arg(dc.join("private/sam.ldb")).args([dn, sddl]);
        run(&mut command, "change rights in the domain").map(drop)
    }

    /// Process id while it runs.
    pub fn id(&self) -> Option<u32> {
        self.daemon.as_ref().map(Daemon::id)
    }

    /// Stops it in good order; the data stays for [`SambaAd::restart`].
    pub fn stop(&mut self) -> Result<()> {
        self.daemon.take().map_or(Ok(()), |mut daemon| daemon.stop())
    }

    /// Ends it with SIGKILL; the data stays for [`SambaAd::restart`].
    pub fn kill9(&mut self) {
        self.daemon = None;
    }

    /// Stops it when it runs, and starts it again with the same data.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        self.run()
    }

    fn run(&mut self) -> Result<()> {
        let folder = self.dir.path();
        let mut command = Command::new(SAMBA);
        command.args([
            "--foreground",
            "--no-process-group",
            "--debug-stdout",
            "--model=single",
            "-d",
            "1",
            "-s",
        ]);
        command.arg(folder.join("dc/etc/smb.conf"));
        let sub = |name: &str| folder.join(name).display().to_string();
        let options = [
            ("server services", "ldap".to_owned()),
            ("dcerpc endpoint servers", String::new()),
            ("interfaces", format!("{}/8", self.address.ip())),
            ("bind interfaces only", "yes".to_owned()),
            ("pid directory", sub("run")),
            ("ncalrpc dir", sub("ncalrpc")),
            ("log file", sub("log/log.%m")),
            ("winbindd socket directory", sub("run/winbindd")),
            ("ntp signd socket directory", sub("run/ntp")),
            ("tls enabled", "yes".to_owned()),
            ("tls keyfile", self.cert.key.display().to_string()),
            ("tls certfile", self.cert.cert.display().to_string()),
            ("tls cafile", self.ca.pem_path().display().to_string()),
            ("ldb:nosync", "true".to_owned()),
        ];
        command.args(options.iter().map(|(key, value)| format!("--option={key}={value}")));
        let mut daemon = Daemon::start("samba", &command, &self.log_path())?;
        let listening = PORTS.map(|port| SocketAddr::from((self.address.ip(), port)));
        daemon.wait_ready(&listening)?;
        self.daemon = Some(daemon);
        Ok(())
    }
}

/// The folder of the provisioned and filled domain.
fn domain(of: &Domain) -> Result<PathBuf> {
    let version = cache::version(SAMBA, "--version", "samba-ad-dc")?;
    cache::cached("samba", &[&version, SCRIPT, names::JSON, of.netbios], |folder| {
        let (script, people) = (folder.join("samba_domain.py"), folder.join("names.json"));
        std::fs::write(&script, SCRIPT).doing("write a script")?;
        std::fs::write(&people, names::JSON).doing("write the names")?;
        let domain = folder.join("dc");
        run(
            Command::new(PYTHON).arg(&script).arg(&domain).arg(&people).args([of.netbios, of.dns]),
            "provision a Samba domain",
        )?;
        Ok(())
    })
    .map(|folder| folder.join("dc"))
}

/// Copies a tree with its rights; without copying the blocks where the file system can share them.
fn copy(from: &Path, to: &Path) -> Result<()> {
    run(Command::new("cp").args(["-a", "--reflink=auto"]).arg(from).arg(to), "copy the domain")
        .map(drop)
}

/// The only file of a domain that knows where it lies is `smb.conf`.
fn relocate(from: &Path, to: &Path) -> Result<()> {
    let conf = to.join("etc/smb.conf");
    let text = std::fs::read_to_string(&conf).doing("read smb.conf")?;
    let (old, new) = (from.display().to_string(), to.display().to_string());
    if !text.contains(&old) {
        return Err(Error::new(format!("smb.conf does not name its folder {old}")));
    }
    std::fs::write(&conf, text.replace(&old, &new)).doing("write smb.conf")
}
