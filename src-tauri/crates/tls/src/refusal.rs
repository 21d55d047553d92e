//! Why a chain of certificates is refused, in our words. The library's reason decides where it has one; where it only says
//! that something is wrong, the certificates are looked into.

use crate::certificate::names;
use crate::defect;
use connector_model::{Code, Error};
use rustls::CertificateError as Reason;
use rustls::pki_types::{CertificateDer, UnixTime};
use std::net::IpAddr;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::time::ASN1Time;

/// What was presented by whom, when, and which company CAs are trusted.
pub(crate) struct Case<'a> {
    pub host: &'a str,
    /// The server's own certificate first.
    pub chain: &'a [CertificateDer<'a>],
    pub trusted: &'a [CertificateDer<'a>],
    pub now: UnixTime,
}

/// The reason of the library as an error: code, words and what to do.
pub(crate) fn refusal(reason: &Reason, case: &Case<'_>) -> Error {
    let host = case.host;
    let told = |code, text: &str| Error::new(code, format!("The certificate of {host} {text}."));
    let defect = || defect::of_chain(host, case.chain, case.trusted);
    match reason {
        Reason::Expired | Reason::ExpiredContext { .. } => expired(case),
        Reason::NotValidYet | Reason::NotValidYetContext { .. } => not_yet(case),
        Reason::NotValidForName | Reason::NotValidForNameContext { .. } => wrong_name(case),
        Reason::UnknownIssuer => defect_of_own(case).unwrap_or_else(|| unknown_issuer(case)),
        Reason::BadSignature => defect().unwrap_or_else(|| {
            told(
                Code::TlsUnknownIssuer,
                "has a signature that does not fit the CA of that name: the CA may have a new key",
            )
        }),
        Reason::Revoked => told(Code::TlsRevoked, "has been revoked by its CA"),
        Reason::UnknownRevocationStatus
        | Reason::ExpiredRevocationList
        | Reason::ExpiredRevocationListContext { .. }
        | Reason::InvalidOcspResponse => {
            told(Code::TlsRevoked, "comes without a valid proof that it is not revoked")
        }
        Reason::InvalidPurpose | Reason::InvalidPurposeContext { .. } => told(
            Code::TlsWrongPurpose,
            "is not meant for servers: its extended key usage lacks server authentication",
        ),
        Reason::UnsupportedSignatureAlgorithmContext { .. }
        | Reason::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => defect()
            .unwrap_or_else(|| {
                told(Code::TlsUnsupportedSignature, "is signed in a way that is not accepted")
            }),
        Reason::UnhandledCriticalExtension => defect().unwrap_or_else(|| {
            told(Code::TlsUnknownExtension, "has a critical extension that is not known")
        }),
        Reason::BadEncoding => defect().unwrap_or_else(|| unreadable(case)),
        // What else the library knows: forbidden names, a path that is too long, and whatever later versions will say.
        _ => defect().unwrap_or_else(|| otherwise(case)),
    }
}

/// A server that cannot prove that the certificate is its own.
pub(crate) fn unproven(case: &Case<'_>) -> Error {
    case.chain.first().and_then(|own| defect::short_key(case.host, own)).unwrap_or_else(|| {
        let text = format!("{} could not prove that it has the key of its certificate.", case.host);
        Error::new(Code::TlsBadCertificate, text)
    })
}

fn defect_of_own(case: &Case<'_>) -> Option<Error> {
    case.chain.first().and_then(|own| defect::of_own(case.host, own))
}

fn read<'a>(der: &'a CertificateDer<'_>) -> Option<X509Certificate<'a>> {
    X509Certificate::from_der(der).ok().map(|(_, certificate)| certificate)
}

/// "The certificate of dc1", or that of which CA.
fn whose(case: &Case<'_>, place: usize, certificate: &X509Certificate<'_>) -> String {
    match place {
        0 => format!("The certificate of {}", case.host),
        _ => {
            format!("The CA certificate \"{}\" that {} presents", certificate.subject(), case.host)
        }
    }
}

fn expired(case: &Case<'_>) -> Error {
    let now = seconds(case.now);
    let ended = case.chain.iter().enumerate().find_map(|(place, der)| {
        let certificate = read(der)?;
        let end = certificate.validity().not_after;
        (end.timestamp() < now)
            .then(|| format!("{} has expired on {}.", whose(case, place, &certificate), day(end)))
    });
    // Else it is a CA of the trust store, or a period that ends before it begins.
    let text =
        ended.unwrap_or_else(|| format!("A CA of the certificate of {} has expired.", case.host));
    Error::new(Code::TlsExpired, text)
}

fn not_yet(case: &Case<'_>) -> Error {
    let now = seconds(case.now);
    let text = case.chain.iter().enumerate().find_map(|(place, der)| {
        let certificate = read(der)?;
        let start = certificate.validity().not_before;
        (start.timestamp() > now).then(|| {
            format!("{} is not valid before {}.", whose(case, place, &certificate), day(start))
        })
    });
    match text {
        Some(text) => Error::new(Code::TlsNotYetValid, text),
        None => Error::of(Code::TlsNotYetValid),
    }
}

fn wrong_name(case: &Case<'_>) -> Error {
    let host = case.host;
    let own = case.chain.first().and_then(read_owned).unwrap_or_default();
    if own.names.is_empty() {
        let text = format!(
            "The certificate of {host} lists no host name, only the subject \"{}\".",
            own.subject
        );
        return Error::new(Code::TlsNoHostName, text);
    }
    // An address that is listed as an address (RFC 5280, 4.2.1.6) would have been accepted.
    let is_address = host.parse::<IpAddr>().is_ok();
    let names: Vec<_> = own.names.into_iter().filter(|name| !is_address || name != host).collect();
    if names.is_empty() {
        let text =
            format!("The certificate of {host} lists {host} as a DNS name, not as an IP address.");
        return Error::new(Code::TlsNoHostName, text);
    }
    let text = format!("The certificate of {host} is for other names: {}.", names.join(", "));
    Error::new(Code::TlsWrongHost, text)
}

#[derive(Default)]
struct Own {
    subject: String,
    issuer: String,
    names: Vec<String>,
}

fn read_owned(der: &CertificateDer<'_>) -> Option<Own> {
    let certificate = read(der)?;
    Some(Own {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        names: names(&certificate),
    })
}

fn unknown_issuer(case: &Case<'_>) -> Error {
    let host = case.host;
    let Some(own) = case.chain.first().and_then(read_owned) else { return unreadable(case) };
    let text = if own.subject == own.issuer {
        format!(
            "The certificate of {host} is signed by itself, and this computer does not trust it."
        )
    } else {
        format!(
            "The certificate of {host} was issued by \"{}\", which this computer does not trust.",
            own.issuer
        )
    };
    Error::new(Code::TlsUnknownIssuer, text)
}

fn unreadable(case: &Case<'_>) -> Error {
    let text = format!("The certificate of {} is damaged or not encoded as X.509 asks.", case.host);
    Error::new(Code::TlsBadCertificate, text)
}

/// Every certificate is fine by itself, and they do not fit together.
fn otherwise(case: &Case<'_>) -> Error {
    if case.chain.iter().any(|der| read(der).is_none()) {
        return unreadable(case);
    }
    let text = format!(
        "A CA of the certificate of {} may not issue it: its name constraints, its path length or its key usage do not allow it.",
        case.host
    );
    Error::new(Code::TlsNotPermitted, text)
}

fn seconds(time: UnixTime) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

/// Year, month and day in UTC.
fn day(time: ASN1Time) -> String {
    let date = time.to_datetime().date();
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}
