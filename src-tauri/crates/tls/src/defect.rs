//! What is wrong with a certificate itself, whoever issued it: where the TLS library only says that something is.

use connector_model::{Code, Error};
use rustls::pki_types::CertificateDer;
use x509_parser::prelude::{FromDer, X509Certificate};
use x509_parser::public_key::PublicKey;

/// Shortest RSA modulus that is accepted, in bits.
const RSA_BITS: usize = 2048;

/// Signatures that nobody accepts any more, by their object identifiers (RFC 3279, 2.2; RFC 5758).
const WEAK: [(&str, &str); 7] = [
    ("1.2.840.113549.1.1.2", "MD2"),
    ("1.2.840.113549.1.1.3", "MD4"),
    ("1.2.840.113549.1.1.4", "MD5"),
    ("1.2.840.113549.1.1.5", "SHA-1"),
    ("1.3.14.3.2.29", "SHA-1"),
    ("1.2.840.10045.4.1", "SHA-1"),
    ("1.2.840.10040.4.3", "SHA-1"),
];

/// Critical extensions that a certificate may have (RFC 5280, 4.2): key usage, subject alternative name, basic constraints,
/// name constraints, distribution points of revocation lists, extended key usage.
const KNOWN: [&str; 6] =
    ["2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.31", "2.5.29.37"];

/// The first defect of a chain, the server's own certificate first. `trusted` are the company CAs, whose keys count too.
pub(crate) fn of_chain(
    host: &str,
    chain: &[CertificateDer<'_>],
    trusted: &[CertificateDer<'_>],
) -> Option<Error> {
    let (own, issuers) = chain.split_first()?;
    of_own(host, own)
        .or_else(|| chain.iter().find_map(|one| weak_signature(host, one)))
        .or_else(|| issuers.iter().find_map(|one| unknown_extension(host, one)))
        .or_else(|| issuers.iter().chain(trusted).find_map(|one| short_key(host, one)))
}

/// What is wrong with the server's own certificate alone.
pub(crate) fn of_own(host: &str, der: &CertificateDer<'_>) -> Option<Error> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    if certificate.version().0 < 2 {
        let version = certificate.version().0 + 1;
        let text = format!("The certificate of {host} is of X.509 version {version}.");
        return Some(Error::new(Code::TlsOldCertificate, text));
    }
    if certificate.is_ca() {
        let text = format!("The certificate of {host} is itself the certificate of a CA.");
        return Some(Error::new(Code::TlsCaAsServer, text));
    }
    weak_signature(host, der)
        .or_else(|| short_key(host, der))
        .or_else(|| unknown_extension(host, der))
}

fn weak_signature(host: &str, der: &CertificateDer<'_>) -> Option<Error> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    // Whoever signs with its own key is trusted or not; the signature proves nothing.
    if certificate.subject() == certificate.issuer() && certificate.is_ca() {
        return None;
    }
    let used = certificate.signature_algorithm.algorithm.to_id_string();
    let (_, name) = WEAK.iter().find(|(weak, _)| *weak == used)?;
    let text = format!(
        "The certificate \"{}\" of {host} is signed with {name}, which is not secure.",
        certificate.subject()
    );
    Some(Error::new(Code::TlsUnsupportedSignature, text))
}

pub(crate) fn short_key(host: &str, der: &CertificateDer<'_>) -> Option<Error> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let Ok(PublicKey::RSA(key)) = certificate.public_key().parsed() else { return None };
    // Rounded up to whole bytes, as whoever refuses the key does.
    let bits = 8 * key.modulus.iter().skip_while(|byte| **byte == 0).count();
    let text = format!(
        "The RSA key of the certificate \"{}\" of {host} has only {bits} bits.",
        certificate.subject()
    );
    (bits < RSA_BITS).then(|| Error::new(Code::TlsShortKey, text))
}

fn unknown_extension(host: &str, der: &CertificateDer<'_>) -> Option<Error> {
    let (_, certificate) = X509Certificate::from_der(der).ok()?;
    let unknown = certificate.extensions().iter().find(|extension| {
        extension.critical && !KNOWN.contains(&extension.oid.to_id_string().as_str())
    })?;
    let text = format!(
        "The certificate \"{}\" of {host} has a critical extension, {}, that this program does not know.",
        certificate.subject(),
        unknown.oid.to_id_string()
    );
    Some(Error::new(Code::TlsUnknownExtension, text))
}
