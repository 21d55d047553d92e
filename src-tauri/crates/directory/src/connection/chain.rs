//! A server's certificate chain for people to read, also when it does not verify.

use connector_model::{Code, Error, Result};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, SignatureScheme};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex};

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

/// Reads the certificates of a PEM file.
pub fn parse_ca_pem(pem: &str) -> Result<Vec<CertificateInfo>> {
    Ok(certificates_from_pem(pem)?.iter().map(describe).collect())
}

/// The certificates of a PEM file and nothing else of it: somebody may have put a private key beside them.
pub fn certificates_only(pem: &str) -> Result<String> {
    Ok(certificates_from_pem(pem)?.iter().map(pem_text).collect())
}

pub(crate) fn certificates_from_pem(pem: &str) -> Result<Vec<CertificateDer<'static>>> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<std::result::Result<_, _>>()
        .map_err(|_| Error::of(Code::InvalidCertificate).at("ca"))?;
    if found.is_empty() { Err(Error::of(Code::InvalidCertificate).at("ca")) } else { Ok(found) }
}

pub(crate) fn describe(der: &CertificateDer<'_>) -> CertificateInfo {
    use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};
    let sha256 = Sha256::digest(der.as_ref())
        .iter()
        .map(|b| format!("{b:02X}"))
        .collect::<Vec<_>>()
        .join(":");
    let pem = pem_text(der);
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
    let names = certificate.subject_alternative_name().ok().flatten().map(|extension| {
        let text = |name: &GeneralName<'_>| match name {
            GeneralName::DNSName(name) => Some((*name).to_owned()),
            GeneralName::IPAddress(bytes) => match bytes.len() {
                4 => <[u8; 4]>::try_from(*bytes)
                    .ok()
                    .map(|b| std::net::Ipv4Addr::from(b).to_string()),
                16 => <[u8; 16]>::try_from(*bytes)
                    .ok()
                    .map(|b| std::net::Ipv6Addr::from(b).to_string()),
                _ => None,
            },
            _ => None,
        };
        extension.value.general_names.iter().filter_map(text).collect()
    });
    CertificateInfo {
        subject: certificate.subject().to_string(),
        issuer: certificate.issuer().to_string(),
        authority: certificate.is_ca(),
        names: names.unwrap_or_default(),
        not_before: certificate.validity().not_before.to_rfc2822().unwrap_or_default(),
        not_after: certificate.validity().not_after.to_rfc2822().unwrap_or_default(),
        sha256,
        pem,
    }
}

fn pem_text(der: &CertificateDer<'_>) -> String {
    use base64::Engine;
    let body = base64::engine::general_purpose::STANDARD.encode(der.as_ref());
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).filter_map(|c| std::str::from_utf8(c).ok()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// Remembers the chain that was shown and lets the real verifier decide. It never accepts by itself.
#[derive(Debug)]
pub(crate) struct Recorder {
    verifier: Arc<WebPkiServerVerifier>,
    seen: Mutex<Vec<CertificateDer<'static>>>,
}

impl Recorder {
    pub fn new(verifier: Arc<WebPkiServerVerifier>) -> Self {
        Self { verifier, seen: Mutex::default() }
    }

    /// The chain of the latest handshake.
    pub fn chain(&self) -> Vec<CertificateInfo> {
        self.seen.lock().map(|seen| seen.iter().map(describe).collect()).unwrap_or_default()
    }
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        if let Ok(mut seen) = self.seen.lock() {
            *seen = std::iter::once(end_entity)
                .chain(intermediates)
                .map(|c| c.clone().into_owned())
                .collect();
        }
        self.verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
