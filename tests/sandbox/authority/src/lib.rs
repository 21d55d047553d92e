//! A throw-away company CA and certificates of it, also bad ones for tests.

mod data_dir;

pub use data_dir::DataDir;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};

/// Whatever goes wrong while making certificates.
pub type CertificateError = Box<dyn std::error::Error + Send + Sync>;

/// A certificate authority that lives as long as its value.
#[derive(Debug, Clone)]
pub struct CompanyCa {
    pem: String,
    key_pem: String,
}

impl CompanyCa {
    /// A new authority of that name.
    pub fn new(name: &str) -> Result<Self, CertificateError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(vec![])?;
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(Self { pem: params.self_signed(&key)?.pem(), key_pem: key.serialize_pem() })
    }

    /// The authority that was kept as PEM texts: [`Self::pem`] and [`Self::key_pem`].
    pub fn from_pem(pem: String, key_pem: String) -> Self {
        Self { pem, key_pem }
    }

    /// PEM text of its private key, to be kept where only the owner can read it.
    pub fn key_pem(&self) -> &str {
        &self.key_pem
    }

    /// PEM text of its certificate.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    /// TLS of a server on this machine.
    pub fn server_config(&self) -> Result<Arc<ServerConfig>, CertificateError> {
        self.server_config_for(
            &["localhost", "dc1.corp.example.com", "127.0.0.1", "::1"],
            Duration::days(30),
        )
    }

    /// TLS of a server with those names; a negative validity has expired by as much.
    pub fn server_config_for(
        &self,
        names: &[&str],
        validity: Duration,
    ) -> Result<Arc<ServerConfig>, CertificateError> {
        let issuer = Issuer::from_ca_cert_pem(&self.pem, KeyPair::from_pem(&self.key_pem)?)?;
        let key = KeyPair::generate()?;
        let mut params =
            CertificateParams::new(names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>())?;
        params
            .distinguished_name
            .push(DnType::CommonName, names.first().copied().unwrap_or("server"));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let now = OffsetDateTime::now_utc();
        params.not_before = now - Duration::days(400);
        params.not_after = now + validity;
        let leaf = params.signed_by(&key, &issuer)?;
        // As many servers of companies do, so that the CA can be looked at.
        let chain = vec![leaf.der().clone(), CertificateDer::from_pem_slice(self.pem.as_bytes())?];
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, private)?;
        Ok(Arc::new(config))
    }
}
