//! A company CA for one test, and TLS listeners with its certificates.

use connector_cloud::Endpoint;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// What is wrong with a server's certificate.
#[derive(Clone, Copy, PartialEq)]
pub enum Flaw {
    None,
    Expired,
    NotYetValid,
    OtherHost,
}

impl Authority {
    pub fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    pub fn acceptor(&self, flaw: Flaw) -> TlsAcceptor {
        let names = match flaw {
            Flaw::OtherHost => vec!["other.example".to_owned()],
            _ => vec!["127.0.0.1".to_owned(), "localhost".to_owned(), "cloud.example".to_owned()],
        };
        let mut params = CertificateParams::new(names).unwrap();
        (params.not_before, params.not_after) = match flaw {
            Flaw::Expired => (date_time_ymd(2001, 1, 1), date_time_ymd(2002, 1, 1)),
            Flaw::NotYetValid => (date_time_ymd(2090, 1, 1), date_time_ymd(2095, 1, 1)),
            _ => (date_time_ymd(2020, 1, 1), date_time_ymd(2090, 1, 1)),
        };
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der())),
            )
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    pub async fn listen(&self) -> Listener {
        self.listen_with(Flaw::None).await
    }

    pub async fn listen_with(&self, flaw: Flaw) -> Listener {
        let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Listener { tcp, acceptor: self.acceptor(flaw) }
    }

    /// The endpoint of a server on this machine that trusts this CA.
    pub fn endpoint(&self, at: SocketAddr) -> Endpoint {
        Endpoint::new(&format!("https://{at}"), Some(&self.pem), &[], None).unwrap()
    }
}

pub struct Listener {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
}

impl Listener {
    pub fn address(&self) -> SocketAddr {
        self.tcp.local_addr().unwrap()
    }

    /// The next connection whose handshake succeeds.
    pub async fn accept(&self) -> TlsStream<TcpStream> {
        loop {
            let (stream, _) = self.tcp.accept().await.unwrap();
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return stream;
            }
        }
    }
}

/// A port on which nobody listens.
pub async fn dead_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}
