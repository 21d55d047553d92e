//! Asking a directory with somebody else's client: `ldapsearch` of OpenLDAP.

use crate::daemon::run;
use crate::error::Result;
use std::path::Path;
use std::process::Command;

/// Binds over a verified TLS connection, searches the sub-tree, and gives the LDIF answer (unfolded).
///
/// # Errors
/// The client's own words, for example `ldap_bind: Invalid credentials (49)` with its diagnostic text.
pub fn ldapsearch(
    (url, ca): (&str, &Path),
    (name, password): (&str, &str),
    base: &str,
    filter: &str,
    attributes: &[&str],
) -> Result<String> {
    let mut command = Command::new("ldapsearch");
    command.env("LDAPTLS_CACERT", ca).env("LDAPTLS_REQCERT", "demand");
    command.args([
        "-LLL",
        "-x",
        "-o",
        "ldif_wrap=no",
        "-o",
        "nettimeout=20",
        "-E",
        "pr=1000/noprompt",
    ]);
    command.args(["-H", url, "-D", name, "-w", password, "-b", base, filter]).args(attributes);
    Ok(String::from_utf8_lossy(&run(&mut command, "search with ldapsearch")?).into_owned())
}
