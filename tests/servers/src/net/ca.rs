//! A company's own certificate authority, made for one test.

use crate::error::{Doing, Result};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose,
};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};

/// A private CA (EC P-256) whose certificate lies in a file that clients can be given.
pub struct CompanyCa {
    issuer: CertifiedIssuer<'static, KeyPair>,
    pem: PathBuf,
}

/// Files of a server's certificate and key, as PEM; the key is readable by its owner only.
#[derive(Debug, Clone)]
pub struct ServerCert {
    /// Certificate, signed by the CA.
    pub cert: PathBuf,
    /// PKCS #8 key.
    pub key: PathBuf,
}

impl CompanyCa {
    /// Makes a CA and writes `ca.pem` into `folder`.
    pub fn create(folder: &Path) -> Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Example Company Test CA");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        (params.not_before, params.not_after) = validity(Validity::Current);
        let key = KeyPair::generate().doing("make a key")?;
        let issuer = CertifiedIssuer::self_signed(params, key).doing("make a CA")?;
        let pem = folder.join("ca.pem");
        std::fs::write(&pem, issuer.pem()).doing("write ca.pem")?;
        Ok(Self { issuer, pem })
    }

    /// The CA's certificate as a file.
    pub fn pem_path(&self) -> &Path {
        &self.pem
    }

    /// Issues `NAME.pem` and `NAME.key` into `folder` for host names and addresses.
    pub fn issue(&self, folder: &Path, name: &str, hosts: &[&str]) -> Result<ServerCert> {
        self.issue_with(folder, name, hosts, Validity::Current)
    }

    /// Lets the server show the CA's certificate after its own, as most domain controllers do.
    pub fn append_to(&self, server: &ServerCert) -> Result<()> {
        let chain = [&server.cert, &self.pem].map(std::fs::read_to_string);
        let chain: std::io::Result<Vec<String>> = chain.into_iter().collect();
        std::fs::write(&server.cert, chain.doing("read certificates")?.concat())
            .doing("write a certificate")
    }

    /// As [`CompanyCa::issue`], with a validity of choice.
    pub fn issue_with(
        &self,
        folder: &Path,
        name: &str,
        hosts: &[&str],
        when: Validity,
    ) -> Result<ServerCert> {
        let names: Vec<String> = hosts.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names).doing("describe a certificate")?;
        params.distinguished_name.push(DnType::CommonName, hosts.first().copied().unwrap_or(name));
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = validity(when);
        let key = KeyPair::generate().doing("make a key")?;
        let cert = params.signed_by(&key, &self.issuer).doing("sign a certificate")?;
        let files = ServerCert {
            cert: folder.join(format!("{name}.pem")),
            key: folder.join(format!("{name}.key")),
        };
        std::fs::write(&files.cert, cert.pem()).doing("write a certificate")?;
        write_private(&files.key, &key.serialize_pem())?;
        Ok(files)
    }
}

/// When a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    /// From yesterday for a year.
    Current,
    /// It ran out yesterday.
    Expired,
}

fn validity(when: Validity) -> (OffsetDateTime, OffsetDateTime) {
    let now = OffsetDateTime::now_utc();
    match when {
        Validity::Current => (now - Duration::days(1), now + Duration::days(365)),
        Validity::Expired => (now - Duration::days(30), now - Duration::days(1)),
    }
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let file =
        std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    file.and_then(|mut f| std::io::Write::write_all(&mut f, text.as_bytes())).doing("write a key")
}
