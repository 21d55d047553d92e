//! An empty 389-ds instance with every path of its own, made once by `dscreate`, and copies of it.

use crate::cache;
use crate::daemon::run;
use crate::error::{Doing, Error, Result};
use crate::net::ca::{CompanyCa, ServerCert};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const ADMIN_DN: &str = "cn=Directory Manager";
pub(crate) const ADMIN_PASSWORD: &str = "admin-secret";
const DEFAULTS: &str = "/usr/share/dirsrv/inf/defaults.inf";
const FOLDERS: [&str; 10] = [
    "share/dirsrv/inf",
    "etc/default",
    "etc/dirsrv",
    "etc/tmpfiles.d",
    "var/log/dirsrv",
    "var/lib/dirsrv",
    "run/dirsrv",
    "run/lock/dirsrv",
    "shm",
    "inst",
];
/// Where the server's configuration lies in its tree.
pub(crate) const CONFIG: &str = "etc/dirsrv/slapd-test";

/// The folder of the empty instance.
pub(crate) fn template() -> Result<PathBuf> {
    let version = cache::version("/usr/sbin/ns-slapd", "-v", "389-ds-base")?;
    let defaults = std::fs::read_to_string(DEFAULTS).doing("read the defaults of 389-ds")?;
    cache::cached("ds389", &[&version, &defaults, INSTANCE], |folder| {
        let tree = folder.join("tree");
        for name in FOLDERS {
            std::fs::create_dir_all(tree.join(name)).doing("make a folder")?;
        }
        let root = tree.display().to_string();
        std::fs::write(tree.join("share/dirsrv/inf/defaults.inf"), private(&defaults, &root))
            .doing("write defaults")?;
        for name in ["config", "schema"] {
            let from = Path::new("/etc/dirsrv").join(name);
            run(
                Command::new("cp").arg("-r").arg(from).arg(tree.join("etc/dirsrv")),
                "copy the schema of 389-ds",
            )?;
        }
        let instance = tree.join("inst.inf");
        let (user, group) = owner()?;
        let text = INSTANCE
            .replace("@USER@", &user)
            .replace("@GROUP@", &group)
            .replace("@PASSWORD@", ADMIN_PASSWORD);
        std::fs::write(&instance, text).doing("describe an instance")?;
        let mut create = Command::new("/usr/bin/python3");
        create.env("PREFIX", &tree).args(["/usr/sbin/dscreate", "-v", "from-file"]).arg(&instance);
        run(&mut create, "create a 389-ds instance").map(drop)
    })
    .map(|folder| folder.join("tree"))
}

/// Copies the instance to `to`, with other ports and with our certificate.
pub(crate) fn copy(
    from: &Path,
    to: &Path,
    [plain, tls]: [u16; 2],
    ca: &CompanyCa,
    cert: &ServerCert,
) -> Result<()> {
    run(
        Command::new("cp").args(["-a", "--reflink=auto"]).arg(from).arg(to),
        "copy a 389-ds instance",
    )?;
    // Its database knows the old place; the people are loaded into a new one.
    let data = to.join("var/lib/dirsrv/slapd-test/db");
    std::fs::remove_dir_all(&data).doing("remove the empty database")?;
    std::fs::create_dir_all(&data).doing("make a folder")?;
    let (old, new) = (from.display().to_string(), to.display().to_string());
    for name in ["dse.ldif", "pkcs11.txt"] {
        let path = to.join(CONFIG).join(name);
        let text = std::fs::read_to_string(&path).doing("read the configuration of 389-ds")?;
        let text = text.replace("\n ", "").replace(&old, &new);
        let lines = text.lines().map(|line| match line.split_once(": ") {
            Some(("nsslapd-port", _)) => format!("nsslapd-port: {plain}\n"),
            Some(("nsslapd-securePort", _)) => format!("nsslapd-securePort: {tls}\n"),
            Some(("nsslapd-listenhost" | "nsslapd-securelistenhost", _)) => String::new(),
            Some(("nsslapd-localhost", host)) => {
                let here = "nsslapd-listenhost: 127.0.0.1\nnsslapd-securelistenhost: 127.0.0.1\n";
                format!("nsslapd-localhost: {host}\n{here}")
            }
            _ => format!("{line}\n"),
        });
        std::fs::write(&path, lines.collect::<String>())
            .doing("write the configuration of 389-ds")?;
    }
    for name in ["dse.ldif.bak", "dse.ldif.startOK"] {
        let _ = std::fs::remove_file(to.join(CONFIG).join(name));
    }
    install_certificate(to, ca, cert)
}

/// Puts our certificate in the place of the self-signed one.
fn install_certificate(tree: &Path, ca: &CompanyCa, cert: &ServerCert) -> Result<()> {
    let store = tree.join(CONFIG);
    let pins = store.join("pwdfile.txt");
    let bundle = store.join("server.p12");
    let mut export = Command::new("openssl");
    export.args(["pkcs12", "-export", "-name", "Server-Cert", "-passout", "pass:"]);
    export.arg("-in").arg(&cert.cert).arg("-inkey").arg(&cert.key).arg("-out").arg(&bundle);
    run(&mut export, "bundle a certificate")?;
    let nss = |program: &str, pin_option: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.arg("-d").arg(&store).arg(pin_option).arg(&pins).args(arguments);
        command
    };
    run(
        &mut nss("certutil", "-f", &["-F", "-n", "Server-Cert"]),
        "remove the self-signed certificate",
    )?;
    let mut trust = nss("certutil", "-f", &["-A", "-n", "Company-CA", "-t", "CT,,", "-i"]);
    run(trust.arg(ca.pem_path()), "add the company CA")?;
    let mut import = nss("pk12util", "-k", &["-W", "", "-i"]);
    run(import.arg(&bundle), "add the server's certificate")?;
    std::fs::remove_file(&bundle).doing("remove a bundle")
}

fn private(defaults: &str, root: &str) -> String {
    let lines = defaults.lines().map(|line| match line.split_once(" = ") {
        Some(("inst_dir", _)) => format!("inst_dir = {root}/inst/slapd-{{instance_name}}\n"),
        Some(("with_systemd", _)) => "with_systemd = 0\n".to_owned(),
        Some((key, path)) if path.starts_with("/dev/shm") => {
            format!("{key} = {root}/shm{}\n", &path[8..])
        }
        Some((key, path)) if ["/etc", "/var", "/run"].iter().any(|top| path.starts_with(top)) => {
            format!("{key} = {root}{path}\n")
        }
        _ => format!("{line}\n"),
    });
    lines.collect()
}

/// Names of the user and group that run the tests: the server refuses to be anybody else's.
fn owner() -> Result<(String, String)> {
    let name = |argument: &str| -> Result<String> {
        let out = run(Command::new("id").arg(argument), "ask who runs the tests")?;
        let text = String::from_utf8(out).map_err(|error| Error::new(error.to_string()))?;
        Ok(text.trim().to_owned())
    };
    Ok((name("-un")?, name("-gn")?))
}

const INSTANCE: &str = "[general]
config_version = 2
full_machine_name = localhost
start = False
systemd = False
selinux = False
strict_host_checking = False
[slapd]
instance_name = test
port = 3892
secure_port = 6362
root_password = @PASSWORD@
user = @USER@
group = @GROUP@
self_sign_cert = True
[backend-userroot]
sample_entries = no
suffix = dc=example,dc=org
";
