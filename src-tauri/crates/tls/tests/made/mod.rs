//! A company CA and servers of it, good and bad.

use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, NameConstraints, SanType, date_time_ymd,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use std::path::Path;

/// What a server presents.
#[derive(Clone, Copy, PartialEq)]
pub enum Leaf {
    /// With its CA beside it, as all others.
    Good,
    /// Without its CA.
    Alone,
    Expired,
    NotYetValid,
    OtherNames,
    /// Its address, written where host names are listed.
    AddressAsName,
    NameInSubjectOnly,
    /// May issue others.
    Authority,
    /// The same, signed by itself, as the shortest command of a well-known tool makes it.
    AuthorityByItself,
    /// Signed by itself, and no authority.
    ByItself,
    ForClients,
    UnknownExtension,
    /// By a CA below the company's that may only issue for other names.
    BelowConstrained,
}

pub struct Company {
    issuer: Issuer<'static, KeyPair>,
    der: CertificateDer<'static>,
    pub pem: String,
}

type Presented = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

fn authority(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

impl Company {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let params = authority("Company CA");
        let made = params.self_signed(&key).unwrap();
        Self { der: made.der().clone(), pem: made.pem(), issuer: Issuer::new(params, key) }
    }

    /// Another authority, of that name.
    pub fn pem_named(&self, name: &str) -> String {
        authority(name).self_signed(self.issuer.key()).unwrap().pem()
    }

    pub fn leaf(&self, leaf: Leaf) -> Presented {
        let key = KeyPair::generate().unwrap();
        let params = params(leaf);
        let (made, others) = match leaf {
            Leaf::ByItself | Leaf::AuthorityByItself => (params.self_signed(&key).unwrap(), vec![]),
            Leaf::BelowConstrained => {
                let (issuer, der) = self.constrained();
                (params.signed_by(&key, &issuer).unwrap(), vec![der])
            }
            Leaf::Alone => (params.signed_by(&key, &self.issuer).unwrap(), vec![]),
            _ => (params.signed_by(&key, &self.issuer).unwrap(), vec![self.der.clone()]),
        };
        let chain = std::iter::once(made.der().clone()).chain(others).collect();
        (chain, PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())))
    }

    fn constrained(&self) -> (Issuer<'static, KeyPair>, CertificateDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let mut params = authority("Branch CA");
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("branch.test".to_owned())],
            excluded_subtrees: vec![],
        });
        let der = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        (Issuer::new(params, key), der)
    }
}

fn params(leaf: Leaf) -> CertificateParams {
    let names = match leaf {
        Leaf::OtherNames => vec!["files.test".to_owned(), "192.0.2.7".to_owned()],
        Leaf::NameInSubjectOnly => vec![],
        _ => vec!["dir.test".to_owned()],
    };
    let mut params = CertificateParams::new(names).unwrap();
    if leaf == Leaf::AddressAsName {
        let name = "192.0.2.9".try_into().unwrap();
        params.subject_alt_names = vec![SanType::DnsName(name)];
    }
    params.distinguished_name.push(DnType::CommonName, "dir.test");
    (params.not_before, params.not_after) = match leaf {
        Leaf::Expired => (date_time_ymd(2001, 1, 1), date_time_ymd(2002, 1, 1)),
        Leaf::NotYetValid => (date_time_ymd(2090, 1, 1), date_time_ymd(2095, 1, 1)),
        _ => (date_time_ymd(2020, 1, 1), date_time_ymd(2095, 1, 1)),
    };
    match leaf {
        Leaf::Authority | Leaf::AuthorityByItself => {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        Leaf::ForClients => params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth],
        Leaf::UnknownExtension => {
            let mut unknown = CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![5, 0]);
            unknown.set_criticality(true);
            params.custom_extensions.push(unknown);
        }
        _ => {}
    }
    params
}

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/certificates").join(name)
}

/// A certificate that `certificates/make.sh` made: PEM text and DER.
pub fn kept(name: &str) -> (String, CertificateDer<'static>) {
    let pem = std::fs::read_to_string(file(&format!("{name}.pem"))).unwrap();
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).unwrap();
    (pem, der)
}

/// The key of those of them that are of a server.
pub fn key_of_kept() -> PrivateKeyDer<'static> {
    PrivateKeyDer::from_pem_file(file("server.key")).unwrap()
}
