//! Changing a directory with somebody else's client: `ldapmodify` of OpenLDAP.

use crate::daemon::run;
use crate::error::{Doing, Result};
use std::path::Path;
use std::process::Command;

/// Binds over a verified TLS connection and carries out changes written as LDIF (RFC 2849).
///
/// # Errors
/// The client's own words.
pub fn ldapmodify(url: &str, ca: &Path, (name, password): (&str, &str), ldif: &str) -> Result<()> {
    let file = tempfile::NamedTempFile::new().doing("make a file for changes")?;
    std::fs::write(file.path(), ldif).doing("write changes")?;
    let mut command = Command::new("ldapmodify");
    command.env("LDAPTLS_CACERT", ca).env("LDAPTLS_REQCERT", "demand");
    command.args(["-x", "-o", "nettimeout=20", "-H", url, "-D", name, "-w", password, "-f"]);
    run(command.arg(file.path()), "change the directory with ldapmodify").map(drop)
}
