//! TLS 1.2 and 1.3 with verified certificates: the system's trust store and, where given, a company CA.

use connector_model::{Code, Error, Result};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::sync::Arc;

/// A client configuration that speaks HTTP/1.1 only.
pub(crate) fn client_config(ca_pem: Option<&str>) -> Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        tracing::debug!(%error, "part of the system's trust store cannot be read");
    }
    roots.add_parsable_certificates(system.certs);
    if let Some(pem) = ca_pem {
        let invalid = || Error::of(Code::InvalidCertificate).at("ca");
        let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| invalid())?;
        if certificates.is_empty() {
            return Err(invalid());
        }
        for certificate in certificates {
            roots.add(certificate).map_err(|_| invalid())?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Error::new(Code::Internal, format!("TLS cannot be set up: {e}.")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// The error of a failed handshake, by type.
pub(crate) fn handshake_error(error: &std::io::Error, target: &str) -> Error {
    let code = match error.get_ref().and_then(|e| e.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(reason)) => certificate_code(reason),
        _ => Code::TlsFailed,
    };
    match code {
        Code::TlsFailed => Error::new(
            code,
            format!("A secure connection to {target} could not be established: {error}."),
        ),
        code => Error::new(code, format!("{target}: {}", code.summary())),
    }
}

/// Whether a server answered in TLS but must not be trusted: another port would not help.
pub(crate) fn is_certificate_problem(code: Code) -> bool {
    matches!(
        code,
        Code::TlsUnknownIssuer | Code::TlsWrongHost | Code::TlsExpired | Code::TlsNotYetValid
    )
}

fn certificate_code(reason: &CertificateError) -> Code {
    match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Code::TlsExpired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            Code::TlsNotYetValid
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Code::TlsWrongHost
        }
        CertificateError::UnknownIssuer | CertificateError::BadSignature => Code::TlsUnknownIssuer,
        _ => Code::TlsFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ca_file_without_certificate_is_refused() {
        for bad in ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert_eq!(
                client_config(Some(bad)).unwrap_err().code,
                Code::InvalidCertificate,
                "{bad}"
            );
        }
    }
}
