//! Every way in which a certificate is refused has a code of its own and words without a library in them, over a real
//! handshake; and what may be trusted is only what then works.
#![allow(clippy::unwrap_used, missing_docs)]

mod made;

use connector_model::{Code, Error};
use connector_tls::{Trust, handshake_error};
use made::{Company, Leaf, kept, key_of_kept};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{ClientConnection, ServerConfig, ServerConnection};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// Presents whatever it is given, unlike the library's own.
#[derive(Debug)]
struct Anything(Arc<CertifiedKey>);

impl ResolvesServerCert for Anything {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.clone())
    }
}

/// A handshake with a server of that chain and key, which is asked as `host`.
fn shake(
    trust: &Trust,
    host: &str,
    chain: Vec<CertificateDer<'static>>,
    key: &PrivateKeyDer<'_>,
) -> Result<(), Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = rustls::crypto::ring::sign::any_supported_type(key).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(Anything(Arc::new(CertifiedKey::new(chain, key)))));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = std::thread::spawn(move || {
        let (mut tcp, _) = listener.accept().unwrap();
        let mut server = ServerConnection::new(Arc::new(config)).unwrap();
        let _ = server.complete_io(&mut tcp);
    });
    let mut tcp = TcpStream::connect(address).unwrap();
    let name = ServerName::try_from(host.to_owned()).unwrap();
    let mut client = ClientConnection::new(trust.config(), name).unwrap();
    let done = client.complete_io(&mut tcp);
    drop(tcp);
    server.join().unwrap();
    done.map(drop).map_err(|error| handshake_error(&error, host))
}

fn trust(ca: &str) -> Trust {
    Trust::new(Some(ca), &[]).unwrap()
}

/// The refusal, whose words are fit for people.
#[track_caller]
fn refused(
    ca: &str,
    host: &str,
    chain: Vec<CertificateDer<'static>>,
    key: &PrivateKeyDer<'_>,
) -> Error {
    let error = shake(&trust(ca), host, chain, key).unwrap_err();
    for part in ["(", "::", "Error", "Context", "{"] {
        assert!(!error.message.contains(part), "{error:?}");
    }
    assert!(error.message.contains(host) && error.message.ends_with('.'), "{error:?}");
    assert!(error.code.is_about_certificate() && error.action == error.code.action(), "{error:?}");
    error
}

#[test]
fn a_leaf_that_is_wrong_is_refused_with_its_own_code() {
    let company = Company::new();
    for (leaf, code, words) in [
        (Leaf::Expired, Code::TlsExpired, "expired on 2002-01-01"),
        (Leaf::NotYetValid, Code::TlsNotYetValid, "not valid before 2090-01-01"),
        (Leaf::OtherNames, Code::TlsWrongHost, "other names: files.test, 192.0.2.7"),
        (Leaf::NameInSubjectOnly, Code::TlsNoHostName, "CN=dir.test"),
        (Leaf::Authority, Code::TlsCaAsServer, "itself the certificate of a CA"),
        (Leaf::ForClients, Code::TlsWrongPurpose, "server authentication"),
        (Leaf::UnknownExtension, Code::TlsUnknownExtension, "1.2.3.4"),
    ] {
        let (chain, key) = company.leaf(leaf);
        let error = refused(&company.pem, "dir.test", chain, &key);
        assert_eq!(error.code, code, "{error:?}");
        assert!(error.message.contains(words), "{error:?}");
    }
    let (chain, key) = company.leaf(Leaf::AddressAsName);
    let error = refused(&company.pem, "192.0.2.9", chain, &key);
    assert_eq!(error.code, Code::TlsNoHostName, "{error:?}");
    assert!(error.message.contains("as a DNS name, not as an IP address"), "{error:?}");
    let (chain, key) = company.leaf(Leaf::Good);
    assert_eq!(shake(&trust(&company.pem), "dir.test", chain, &key), Ok(()));
}

#[test]
fn what_only_other_tools_make_is_refused_with_its_own_code() {
    let key = key_of_kept();
    for (ca, leaf, code, words) in [
        ("authority", "sha1", Code::TlsUnsupportedSignature, "SHA-1"),
        ("rsa-authority", "md5", Code::TlsUnsupportedSignature, "MD5"),
        ("authority", "version1", Code::TlsOldCertificate, "version 1"),
        ("authority", "short", Code::TlsShortKey, "1024 bits"),
        ("short-authority", "short-issued", Code::TlsShortKey, "CN=Short Company CA"),
    ] {
        let error = refused(&kept(ca).0, "dir.test", vec![kept(leaf).1], &key);
        assert_eq!(error.code, code, "{leaf}: {error:?}");
        assert!(error.message.contains(words), "{error:?}");
    }
    let version1 = kept("version1");
    let itself = refused(&version1.0, "dir.test", vec![version1.1], &key);
    assert_eq!(itself.code, Code::TlsOldCertificate, "given as its own CA");
}

#[test]
fn an_authority_that_may_not_or_is_not_known_is_told() {
    let (company, other) = (Company::new(), Company::new());
    let (chain, key) = company.leaf(Leaf::Good);
    let unknown = refused(&other.pem_named("Another CA"), "dir.test", chain.clone(), &key);
    assert_eq!(unknown.code, Code::TlsUnknownIssuer);
    assert!(unknown.message.contains("CN=Company CA"), "{unknown:?}");
    let renewed = refused(&other.pem, "dir.test", chain, &key);
    assert_eq!(renewed.code, Code::TlsUnknownIssuer, "same name, another key: {renewed:?}");
    let (chain, key) = company.leaf(Leaf::BelowConstrained);
    assert_eq!(refused(&company.pem, "dir.test", chain, &key).code, Code::TlsNotPermitted);
    let (chain, key) = company.leaf(Leaf::ByItself);
    let itself = refused(&company.pem, "dir.test", chain, &key);
    assert!(itself.message.contains("signed by itself"), "{itself:?}");
    let (mut chain, key) = company.leaf(Leaf::Good);
    let half = chain[0].as_ref()[..chain[0].len() / 2].to_vec();
    chain[0] = CertificateDer::from(half);
    assert_eq!(refused(&company.pem, "dir.test", chain, &key).code, Code::TlsBadCertificate);
}

#[test]
fn what_is_offered_for_trust_is_enough_and_nothing_else_is_offered() {
    let (company, other) = (Company::new(), Company::new());
    let stranger = other.pem_named("Another CA");
    let offered = |leaf: Leaf| {
        let trust = trust(&stranger);
        let (chain, key) = company.leaf(leaf);
        shake(&trust, "dir.test", chain.clone(), &key).unwrap_err();
        let presented = trust.presented();
        assert_eq!(presented.certificates.len(), chain.len());
        let works = presented
            .authority
            .as_ref()
            .map(|authority| shake(&crate::trust(&authority.pem), "dir.test", chain, &key).is_ok());
        (works, presented.obstacle.map(|error| error.code))
    };
    assert_eq!(offered(Leaf::Good), (Some(true), None), "the CA is in the chain");
    assert_eq!(offered(Leaf::ByItself), (Some(true), None), "it is its own CA");
    assert_eq!(offered(Leaf::Alone), (None, None), "the CA is hidden");
    assert_eq!(offered(Leaf::AuthorityByItself), (None, Some(Code::TlsCaAsServer)));
    assert_eq!(offered(Leaf::Expired), (None, Some(Code::TlsExpired)));
    assert_eq!(offered(Leaf::NameInSubjectOnly), (None, Some(Code::TlsNoHostName)));
}

#[test]
fn a_port_without_tls_and_one_with_old_tls_differ() {
    let answer = |bytes: &'static [u8]| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            use std::io::{Read, Write};
            let (mut tcp, _) = listener.accept().unwrap();
            let _ = tcp.read(&mut [0; 1024]);
            let _ = tcp.write_all(bytes);
        });
        let mut tcp = TcpStream::connect(address).unwrap();
        let name = ServerName::try_from("dir.test").unwrap();
        let mut client = ClientConnection::new(trust(&Company::new().pem).config(), name).unwrap();
        let error = client.complete_io(&mut tcp).unwrap_err();
        server.join().unwrap();
        handshake_error(&error, "dir.test")
    };
    assert_eq!(answer(b"HTTP/1.1 400 Bad Request\r\n\r\n").code, Code::TlsFailed);
    assert_eq!(answer(b"").code, Code::TlsFailed);
    // Alerts (RFC 8446, 6): protocol_version, certificate_required, internal_error.
    assert_eq!(answer(&[21, 3, 3, 0, 2, 2, 70]).code, Code::TlsTooOld);
    assert_eq!(answer(&[21, 3, 3, 0, 2, 2, 116]).code, Code::TlsClientCertificate);
    let other = answer(&[21, 3, 3, 0, 2, 2, 80]);
    assert!(other.code == Code::TlsFailed && !other.message.contains("nternal"), "{other:?}");
}
