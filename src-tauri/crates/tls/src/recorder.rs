//! The verifier of a connection: it remembers the chain that was shown, lets the library decide, and says a refusal in our
//! words. It never accepts by itself.

use crate::refusal::{Case, refusal, unproven};
use connector_model::Error;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, OtherError, SignatureScheme};
use std::sync::{Arc, Mutex};

/// What a server showed at the latest handshake.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// Its own certificate first.
    pub chain: Vec<CertificateDer<'static>>,
    pub name: ServerName<'static>,
}

#[derive(Debug)]
pub(crate) struct Recorder {
    verifier: Arc<WebPkiServerVerifier>,
    /// The company CAs.
    trusted: Vec<CertificateDer<'static>>,
    shown: Mutex<Option<Shown>>,
}

impl Recorder {
    pub fn new(verifier: Arc<WebPkiServerVerifier>, trusted: Vec<CertificateDer<'static>>) -> Self {
        Self { verifier, trusted, shown: Mutex::default() }
    }

    pub fn shown(&self) -> Option<Shown> {
        self.shown.lock().ok()?.clone()
    }

    /// Refuses the key of a handshake: the name is that of the latest one.
    fn unproven(&self, certificate: &CertificateDer<'_>) -> rustls::Error {
        let host = self.shown().map(|shown| shown.name.to_str().into_owned()).unwrap_or_default();
        let chain = [certificate.clone()];
        let case = Case { host: &host, chain: &chain, trusted: &[], now: UnixTime::now() };
        ours(unproven(&case))
    }
}

/// Our error on its way through the library.
fn ours(error: Error) -> rustls::Error {
    CertificateError::Other(OtherError(Arc::new(error))).into()
}

impl ServerCertVerifier for Recorder {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain: Vec<CertificateDer<'static>> = std::iter::once(end_entity)
            .chain(intermediates)
            .map(|certificate| certificate.clone().into_owned())
            .collect();
        let name = server_name.to_owned();
        let host = name.to_str().into_owned();
        if let Ok(mut shown) = self.shown.lock() {
            *shown = Some(Shown { chain: chain.clone(), name });
        }
        self.verifier
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .map_err(|error| match error {
                rustls::Error::InvalidCertificate(reason) => {
                    let trusted = &self.trusted;
                    ours(refusal(&reason, &Case { host: &host, chain: &chain, trusted, now }))
                }
                other => other,
            })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier
            .verify_tls12_signature(message, certificate, signature)
            .map_err(|_| self.unproven(certificate))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier
            .verify_tls13_signature(message, certificate, signature)
            .map_err(|_| self.unproven(certificate))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
