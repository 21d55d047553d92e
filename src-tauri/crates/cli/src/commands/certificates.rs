//! `account certificates`

use crate::arguments::{CertificateArguments, ServerArguments};
use crate::output::{Printer, printable};
use connector_api::{CertificateInfo, Door, ServerAddress, ServerCertificates, certificate_file};
use connector_model::{Code, Error, HostPort, Result, io_reason};
use connector_texts::Texts;
use serde_json::json;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

pub async fn run(door: &Door, printer: &Printer, look: CertificateArguments) -> Result<()> {
    let found = door.server_certificates(address(look.at)?).await?;
    if let Some(file) = &look.save {
        save(&found, file)?;
    }
    printer.show(&found, || text(printer.texts(), &found, look.save.as_deref()));
    Ok(())
}

/// The arguments as an address.
pub(super) fn address(at: ServerArguments) -> Result<ServerAddress> {
    Ok(ServerAddress {
        servers: at.server.iter().map(|s| s.parse()).collect::<Result<Vec<HostPort>>>()?,
        domain: at.domain,
        security: at.security.parse()?,
        ca_pem: at.ca.as_deref().map(|file| certificate_file(file, "ca")).transpose()?,
    })
}

/// A file that exists is never overwritten: it may be the CA that somebody compared before.
fn save(found: &ServerCertificates, file: &Path) -> Result<()> {
    let authority = found.authority.as_ref().ok_or_else(|| no_use(found))?;
    let failed = |e: std::io::Error| {
        Error::new(
            Code::StorageFailed,
            format!("{} cannot be written: {}.", file.display(), io_reason(&e)),
        )
        .with_action("Choose a new file in a folder that you can write to.")
        .at("save")
    };
    let mut out = File::create_new(file).map_err(failed)?;
    out.write_all(authority.pem.as_bytes()).map_err(|e| {
        // Half a certificate would be in the way of the next attempt.
        let _ = std::fs::remove_file(file);
        failed(e)
    })
}

/// Nothing is kept that would be refused: either the certificate itself has to be another one, or the server hides its CA's.
fn no_use(found: &ServerCertificates) -> Error {
    match itself(found) {
        Some(problem) => problem.clone().at("save"),
        None => no_authority(),
    }
}

/// Why no CA whatever would help.
fn itself(found: &ServerCertificates) -> Option<&Error> {
    found.problem.as_ref().filter(|problem| problem.code != Code::TlsUnknownIssuer)
}

const NO_AUTHORITY: &str = "The server does not show the certificate of its CA.";
const HOW_TO_GET_IT: &str =
    "Ask your CA's administrators for it; on a Windows CA: certutil -ca.cert company-ca.cer";

fn no_authority() -> Error {
    Error::new(Code::NotFound, NO_AUTHORITY).with_action(HOW_TO_GET_IT).at("save")
}

fn text(texts: &Texts, found: &ServerCertificates, saved: Option<&Path>) -> String {
    let mut out = String::new();
    for (number, certificate) in (1..).zip(&found.certificates) {
        out += &describe(texts, number, certificate);
    }
    let verdict = match &found.problem {
        None => texts.text("cli-cert-trusted"),
        Some(problem) => {
            texts.say("cli-cert-untrusted", &json!({ "error": problem, "code": problem.code }))
        }
    };
    let subject = found.authority.as_ref().map(|authority| authority.subject.as_str());
    let values = json!({ "subject": subject, "file": saved });
    let advice = match (saved, subject) {
        (Some(_), Some(_)) => texts.say("cli-cert-kept", &values),
        _ if found.trusted => String::new(),
        (_, Some(_)) => texts.say("cli-cert-compare", &values),
        (_, None) => itself(found).map_or_else(
            || texts.text("cli-cert-no-authority"),
            |problem| texts.say("cli-to-do", &json!({ "action": texts.action(problem) })),
        ),
    };
    format!("{out}{verdict}\n{advice}")
}

fn describe(texts: &Texts, number: usize, certificate: &CertificateInfo) -> String {
    let kind = if certificate.authority { "cli-cert-authority" } else { "cli-cert-server" };
    let kind = texts.text(kind);
    let none = certificate.names.is_empty();
    let names = if none { texts.text("cli-none") } else { certificate.names.join(", ") };
    let mut out = String::new();
    for (label, value) in [
        ("is", &kind),
        ("subject", &certificate.subject),
        ("issuer", &certificate.issuer),
        ("names", &names),
        ("valid-from", &certificate.not_before),
        ("valid-until", &certificate.not_after),
        ("sha256", &certificate.sha256),
    ] {
        let mark = if label == "is" { number.to_string() } else { String::new() };
        let label = texts.text(&format!("cli-cert-label-{label}"));
        let _ = writeln!(out, "{mark:<3}{label:<13}{}", printable(value));
    }
    out.push('\n');
    out
}
