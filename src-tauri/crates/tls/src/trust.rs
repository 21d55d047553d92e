//! Whom a connection trusts: the system's store and, where given, a company CA.

use crate::ca_file;
use crate::certificate::{CertificateInfo, describe};
use crate::defect;
use crate::recorder::{Recorder, Shown};
use crate::refusal::{Case, refusal};
use connector_model::{Code, Error, Result};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;

/// The trust of one account or one cloud.
#[derive(Debug)]
pub struct Trust {
    config: Arc<ClientConfig>,
    recorder: Arc<Recorder>,
}

/// What a server presented at the latest handshake, accepted or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Presented {
    /// As the server sent them, its own first.
    pub certificates: Vec<CertificateInfo>,
    /// The topmost of them that is enough to trust: with it alone the same handshake is accepted. Many servers show none, and
    /// some certificates are refused whoever is trusted.
    pub authority: Option<CertificateInfo>,
    /// Why none of them is enough, where that is the certificates' own fault.
    pub obstacle: Option<Error>,
}

impl Trust {
    /// TLS 1.2 and 1.3. `ca` is PEM text of certificates that are trusted besides the system's; `protocols` are offered by
    /// ALPN (RFC 7301). `invalid_certificate` where the text has none, or where nobody at all is trusted.
    pub fn new(ca: Option<&str>, protocols: &[&str]) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        let system = rustls_native_certs::load_native_certs();
        for error in &system.errors {
            tracing::debug!(%error, "part of the system's trust store cannot be read");
        }
        roots.add_parsable_certificates(system.certs);
        let company = ca.map(ca_file::certificates).transpose()?.unwrap_or_default();
        for certificate in &company {
            roots
                .add(certificate.clone())
                .map_err(|_| Error::of(Code::InvalidCertificate).at("ca"))?;
        }
        if roots.is_empty() {
            return Err(Error::new(
                Code::InvalidCertificate,
                "This computer does not trust any certificate authority.",
            )
            .with_action(
                "Install the system's CA certificates, or add the certificate of your company's CA.",
            ));
        }
        let provider = provider();
        let recorder = Arc::new(Recorder::new(verifier(roots)?, company));
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| unusable())?
            .dangerous() // the name of rustls for "own verifier"; ours only records and delegates
            .with_custom_certificate_verifier(recorder.clone())
            .with_no_client_auth();
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        Ok(Self { config: Arc::new(config), recorder })
    }

    /// For a connection.
    pub fn config(&self) -> Arc<ClientConfig> {
        self.config.clone()
    }

    /// Who issued the certificate that was shown last.
    pub fn issuer(&self) -> Option<String> {
        let shown = self.recorder.shown()?;
        shown.chain.first().map(|certificate| describe(certificate).issuer)
    }

    /// What was shown last; empty before the first handshake that came so far.
    pub fn presented(&self) -> Presented {
        let Some(shown) = self.recorder.shown() else { return Presented::default() };
        let (mut authority, mut obstacle) = (None, None);
        for one in shown.chain.iter().rev() {
            match trial(one, &shown, UnixTime::now()) {
                Ok(()) => {
                    authority = Some(describe(one));
                    obstacle = None;
                    break;
                }
                Err(error) if error.code == Code::TlsUnknownIssuer => {}
                Err(error) => obstacle = obstacle.or(Some(error)),
            }
        }
        Presented { certificates: shown.chain.iter().map(describe).collect(), authority, obstacle }
    }
}

/// Whether the same server would be accepted by whoever trusts that certificate alone.
fn trial(authority: &CertificateDer<'static>, shown: &Shown, now: UnixTime) -> Result<()> {
    let untrusted = || Error::of(Code::TlsUnknownIssuer);
    let host = shown.name.to_str();
    let mut roots = RootCertStore::empty();
    let (own, others) = shown.chain.split_first().ok_or_else(untrusted)?;
    roots.add(authority.clone()).map_err(|_| untrusted())?;
    let (chain, trusted) = (&shown.chain[..], std::slice::from_ref(authority));
    let case = Case { host: &host, chain, trusted, now };
    match verifier(roots)?.verify_server_cert(own, others, &shown.name, &[], now) {
        // The handshake itself proves nothing with such a key.
        Ok(_) => defect::short_key(&host, own).map_or(Ok(()), Err),
        Err(rustls::Error::InvalidCertificate(reason)) => Err(refusal(&reason, &case)),
        Err(_) => Err(untrusted()),
    }
}

fn verifier(roots: RootCertStore) -> Result<Arc<WebPkiServerVerifier>> {
    WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider())
        .build()
        .map_err(|_| unusable())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

fn unusable() -> Error {
    Error::new(Code::Internal, "TLS cannot be set up on this computer.")
}
