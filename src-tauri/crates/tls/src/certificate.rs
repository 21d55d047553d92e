//! A certificate as people compare it.

use crate::ca_file;
use connector_model::Result;
use rustls::pki_types::CertificateDer;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// One certificate, as far as an administrator compares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct CertificateInfo {
    /// Whom it is for (RFC 4514 text).
    pub subject: String,
    /// Who issued it.
    pub issuer: String,
    /// Whether it may issue others (RFC 5280, 4.2.1.9).
    pub authority: bool,
    /// DNS names and addresses it is valid for.
    pub names: Vec<String>,
    /// RFC 2822 text.
    pub not_before: String,
    /// RFC 2822 text.
    pub not_after: String,
    /// SHA-256 over the DER form, as upper-case hexadecimal pairs with colons.
    pub sha256: String,
    /// PEM text.
    pub pem: String,
}

/// Describes the certificates of a CA text. `invalid_certificate` where it has none.
pub fn parse_certificates(text: &str) -> Result<Vec<CertificateInfo>> {
    Ok(ca_file::certificates(text)?.iter().map(describe).collect())
}

pub(crate) fn describe(der: &CertificateDer<'_>) -> CertificateInfo {
    let sha256 = Sha256::digest(der.as_ref())
        .iter()
        .map(|b| format!("{b:02X}"))
        .collect::<Vec<_>>()
        .join(":");
    let pem = ca_file::armoured(der);
    let Ok((_, certificate)) = X509Certificate::from_der(der.as_ref()) else {
        let unreadable = || "unreadable".to_owned();
        return CertificateInfo {
            subject: unreadable(),
            issuer: unreadable(),
            authority: false,
            names: vec![],
            not_before: String::new(),
            not_after: String::new(),
            sha256,
            pem,
        };
    };
    CertificateInfo {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        authority: certificate.is_ca(),
        names: names(&certificate),
        not_before: certificate.validity().not_before.to_rfc2822().unwrap_or_default(),
        not_after: certificate.validity().not_after.to_rfc2822().unwrap_or_default(),
        sha256,
        pem,
    }
}

/// DNS names and addresses of the subject alternative name (RFC 5280, 4.2.1.6); the common name is none of them.
pub(crate) fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let text = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|b| std::net::Ipv4Addr::from(b).to_string()),
            16 => {
                <[u8; 16]>::try_from(*bytes).ok().map(|b| std::net::Ipv6Addr::from(b).to_string())
            }
            _ => None,
        },
        _ => None,
    };
    let extension = certificate.subject_alternative_name().ok().flatten();
    extension
        .map(|extension| extension.value.general_names.iter().filter_map(text).collect())
        .unwrap_or_default()
}
