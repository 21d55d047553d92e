//! A SCIM 2.0 service that is not ours: `scim2-server` from PyPI, behind TLS because our client speaks nothing else.

mod tester;

pub use tester::{Report, scim2_test};

use crate::cache;
use crate::daemon::{Daemon, run};
use crate::error::{Doing, Error, Result};
use crate::net::ca::CompanyCa;
use crate::net::ports;
use crate::net::tls_front::TlsFront;
use crate::run_dir::RunDir;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

const REQUIREMENTS: &str = include_str!("../../setup/scim-requirements.txt");
const LAUNCHER: &str = include_str!("../../setup/scim_serve.py");
const ATTEMPTS: usize = 5;

/// A running `scim2-server`, which keeps its people in memory.
pub struct Scim2Server {
    front: TlsFront,
    behind: SocketAddr,
    token: String,
    daemon: Daemon,
    ca: CompanyCa,
    dir: RunDir,
}

impl Scim2Server {
    /// Starts it on a free port; every request needs the bearer token.
    pub fn start(token: &str) -> Result<Self> {
        let python = venv()?.join("bin/python");
        let dir = RunDir::create()?;
        let ca = CompanyCa::create(dir.path())?;
        let cert = ca.issue(dir.path(), "server", &["localhost", "127.0.0.1"])?;
        let script = dir.path().join("scim_serve.py");
        std::fs::write(&script, LAUNCHER).doing("write a script")?;
        let mut last = Error::new("scim2-server was not started");
        for _ in 0..ATTEMPTS {
            let [port] = ports::free()?;
            let mut command = Command::new(&python);
            command.env("SCIM_TOKEN", token).arg(&script);
            command.args(["--hostname", "127.0.0.1", "--port", &port.to_string()]);
            let mut daemon = Daemon::start("scim2-server", &command, &dir.path().join("scim.log"))?;
            match daemon.wait_ready(&[ports::local(port)]) {
                Ok(()) => {
                    let front = TlsFront::start(&cert, ports::local(port))?;
                    let (behind, token) = (ports::local(port), token.to_owned());
                    return Ok(Self { front, behind, token, daemon, ca, dir });
                }
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    /// Base URL of the service: `https://127.0.0.1:PORT/v2`.
    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}/v2", self.front.port())
    }

    /// From now on the answers to so many `POST` get lost after the work was done.
    pub fn lose_answers(&self, answers: usize) {
        self.front.lose_answers(answers);
    }

    /// How many users it has by its own word, active or not.
    pub fn users(&self) -> Result<u64> {
        let mut connection = TcpStream::connect(self.behind).doing("connect to scim2-server")?;
        let head = format!(
            "GET /v2/Users?count=1 HTTP/1.0\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nAuthorization: Bearer {}\r\n\r\n",
            self.token
        );
        connection.write_all(head.as_bytes()).doing("ask scim2-server")?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer).doing("read scim2-server's answer")?;
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        let list: serde_json::Value = serde_json::from_str(body)
            .map_err(|error| Error::new(format!("scim2-server answered no list: {error}")))?;
        list["totalResults"].as_u64().ok_or_else(|| Error::new("scim2-server counted nobody"))
    }

    /// The company CA as a file.
    pub fn ca_pem_path(&self) -> &Path {
        self.ca.pem_path()
    }

    /// Process id.
    pub fn id(&self) -> u32 {
        self.daemon.id()
    }

    /// What the server wrote.
    pub fn log_path(&self) -> PathBuf {
        self.dir.path().join("scim.log")
    }
}

/// A Python environment with `scim2-server`, `scim2-cli` and `scim2-tester`, installed from PyPI once.
pub fn venv() -> Result<PathBuf> {
    let python = cache::version("/usr/bin/python3", "--version", "python3")?;
    cache::cached("scim-venv", &[&python, REQUIREMENTS], |folder| {
        run(
            Command::new("/usr/bin/python3").args(["-m", "venv"]).arg(folder),
            "make a Python environment",
        )?;
        let list = folder.join("requirements.txt");
        std::fs::write(&list, REQUIREMENTS).doing("write a list")?;
        let mut pip = Command::new(folder.join("bin/pip"));
        pip.args(["install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&list);
        run(&mut pip, "install the SCIM tools").map(drop)
    })
}
