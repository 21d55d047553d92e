//! Other people's judgement of a SCIM service: `scim2-tester`, run by `scim2-cli`.

use super::venv;
use crate::error::{Doing, Result};
use std::path::Path;
use std::process::{Command, Stdio};

/// What `scim2 test` said.
#[derive(Debug, Clone)]
pub struct Report {
    /// Whether the program was content as a whole (exit status 0).
    pub passed: bool,
    /// One line for each check.
    pub checks: Vec<Check>,
    /// The whole output, for a failure message.
    pub text: String,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// `SUCCESS`, `COMPLIANT`, `ACCEPTABLE`, `DEVIATION`, `ERROR`, `CRITICAL`, `SKIPPED`.
    pub status: String,
    /// What was checked.
    pub title: String,
}

impl Report {
    /// Checks that are a breach of the standard.
    pub fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| matches!(check.status.as_str(), "ERROR" | "CRITICAL"))
    }
}

/// Checks the service at `url` (its base, without a trailing slash), whose certificate `ca` signed.
///
/// The same by hand:
/// `SSL_CERT_FILE=ca.pem SCIM_CLI_URL=URL SCIM_CLI_HEADERS='Authorization: Bearer TOKEN' scim2 test --verbose`
pub fn scim2_test(url: &str, token: &str, ca: &Path) -> Result<Report> {
    let out = Command::new(venv()?.join("bin/scim2"))
        .args(["test", "--verbose"])
        .env("SSL_CERT_FILE", ca)
        .env("SCIM_CLI_URL", url)
        .env("SCIM_CLI_HEADERS", format!("Authorization: Bearer {token}"))
        .env("NO_COLOR", "1")
        .stdin(Stdio::null())
        .output()
        .doing("run scim2-cli")?;
    let text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
    Ok(Report {
        passed: out.status.success(),
        checks: text.lines().filter_map(check).collect(),
        text,
    })
}

fn check(line: &str) -> Option<Check> {
    let (status, title) = line.split_once(' ')?;
    let known = ["SUCCESS", "COMPLIANT", "ACCEPTABLE", "DEVIATION", "ERROR", "CRITICAL", "SKIPPED"];
    known.contains(&status).then(|| Check { status: status.to_owned(), title: title.to_owned() })
}
