//! TLS towards a directory: the system's trust store plus the account's company CA, always verified.

use crate::connection::chain::{Recorder, certificates_from_pem};
use connector_model::{Code, Error, Result};
use rustls::client::WebPkiServerVerifier;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use std::sync::Arc;

/// A client configuration for one account, and the recorder of the chain that the server showed.
pub(crate) fn client_config(ca_pem: Option<&str>) -> Result<(Arc<ClientConfig>, Arc<Recorder>)> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(native.certs);
    if let Some(pem) = ca_pem {
        for certificate in certificates_from_pem(pem)? {
            roots.add(certificate).map_err(|e| {
                Error::new(
                    Code::InvalidCertificate,
                    format!("The CA certificate cannot be used: {e}."),
                )
                .at("ca")
            })?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let failed = |e: &dyn std::fmt::Display| {
        Error::new(Code::TlsFailed, format!("TLS cannot be set up: {e}."))
    };
    if roots.is_empty() {
        return Err(Error::new(
            Code::InvalidCertificate,
            "This computer does not trust any certificate authority.",
        )
        .with_action(
            "Install the system's CA certificates, or add your company's CA to the account.",
        ));
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|e| failed(&e))?;
    let recorder = Arc::new(Recorder::new(verifier));
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| failed(&e))?
        .dangerous() // the name of rustls for "own verifier"; ours only records and delegates
        .with_custom_certificate_verifier(recorder.clone())
        .with_no_client_auth();
    Ok((Arc::new(config), recorder))
}

/// A failed handshake in our words, by type.
pub(crate) fn handshake_error(error: &std::io::Error, host: &str) -> Error {
    let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
        return Error::new(
            Code::TlsFailed,
            format!("{host} closed the connection instead of establishing TLS."),
        );
    };
    match tls {
        rustls::Error::InvalidCertificate(reason) => certificate_error(reason, host),
        other => Error::new(
            Code::TlsFailed,
            format!("A secure connection to {host} could not be established: {other}."),
        ),
    }
}

fn certificate_error(reason: &CertificateError, host: &str) -> Error {
    let (code, text) = match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            (Code::TlsExpired, "has expired")
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            (Code::TlsNotYetValid, "is not valid yet")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            (Code::TlsWrongHost, "is for a different host name")
        }
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            (Code::TlsUnknownIssuer, "was issued by an authority that this computer does not trust")
        }
        other => {
            return Error::new(
                Code::TlsFailed,
                format!("The certificate of {host} cannot be accepted: {other}."),
            );
        }
    };
    Error::new(code, format!("The certificate of {host} {text}."))
}
