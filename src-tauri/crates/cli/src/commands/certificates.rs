//! `account certificates`

use super::read_file;
use crate::arguments::{CertificateArguments, ServerArguments};
use crate::output::Printer;
use connector_api::{CertificateInfo, Door, ServerAddress, ServerCertificates};
use connector_model::{Code, Error, HostPort, Result};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

pub async fn run(door: &Door, printer: &Printer, look: CertificateArguments) -> Result<()> {
    let found = door.server_certificates(address(look.at)?).await?;
    if let Some(file) = &look.save {
        save(&found, file)?;
    }
    printer.show(&found, || text(&found, look.save.as_deref()));
    Ok(())
}

/// The arguments as an address.
pub(super) fn address(at: ServerArguments) -> Result<ServerAddress> {
    Ok(ServerAddress {
        servers: at.server.iter().map(|s| s.parse()).collect::<Result<Vec<HostPort>>>()?,
        domain: at.domain,
        security: at.security.parse()?,
        ca_pem: at.ca.as_deref().map(|file| read_file(file, "ca")).transpose()?,
    })
}

/// A file that exists is never overwritten: it may be the CA that somebody compared before.
fn save(found: &ServerCertificates, file: &Path) -> Result<()> {
    let authority = found.authority().ok_or_else(no_authority)?;
    let failed = |e: std::io::Error| {
        Error::new(Code::StorageFailed, format!("{} cannot be written: {e}.", file.display()))
            .with_action("Name a new file in a folder that you may write to.")
            .at("save")
    };
    let mut out = File::create_new(file).map_err(failed)?;
    out.write_all(authority.pem.as_bytes()).map_err(|e| {
        // Half a certificate would be in the way of the next attempt.
        let _ = std::fs::remove_file(file);
        failed(e)
    })
}

const NO_AUTHORITY: &str = "The server does not show the certificate of its CA.";
const HOW_TO_GET_IT: &str = "Ask your CA's administrators for it; on a Windows CA: certutil -ca.cert company-ca.cer, then certutil -encode.";

fn no_authority() -> Error {
    Error::new(Code::NotFound, NO_AUTHORITY).with_action(HOW_TO_GET_IT).at("save")
}

fn text(found: &ServerCertificates, saved: Option<&Path>) -> String {
    let mut out = String::new();
    for (number, certificate) in (1..).zip(&found.certificates) {
        out += &describe(number, certificate);
    }
    let verdict = match &found.problem {
        None => "Trusted.".to_owned(),
        Some(problem) => format!("Not trusted: {} ({})", problem.message, problem.code),
    };
    let advice = match (saved, found.authority()) {
        (Some(file), Some(authority)) => format!(
            "{} is kept in {}. Compare its SHA-256 with what your CA's administrators say, then: account add … --ca {}",
            authority.subject,
            file.display(),
            file.display()
        ),
        _ if found.trusted => String::new(),
        (_, Some(authority)) => format!(
            "Compare the SHA-256 of {} with what your CA's administrators say, then keep it: --save company-ca.pem",
            authority.subject
        ),
        (_, None) => format!("{NO_AUTHORITY} {HOW_TO_GET_IT}"),
    };
    format!("{out}{verdict}\n{advice}")
}

fn describe(number: usize, certificate: &CertificateInfo) -> String {
    let kind = if certificate.authority { "a certification authority" } else { "the server" };
    let names =
        if certificate.names.is_empty() { "none".to_owned() } else { certificate.names.join(", ") };
    let mut out = String::new();
    for (label, value) in [
        ("is", kind),
        ("subject", &certificate.subject),
        ("issuer", &certificate.issuer),
        ("names", &names),
        ("valid from", &certificate.not_before),
        ("valid until", &certificate.not_after),
        ("SHA-256", &certificate.sha256),
    ] {
        let mark = if label == "is" { number.to_string() } else { String::new() };
        let shown: String =
            value.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        let _ = writeln!(out, "{mark:<3}{label:<13}{shown}");
    }
    out.push('\n');
    out
}
