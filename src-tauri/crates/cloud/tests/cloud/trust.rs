//! Certificates that must not be trusted, each with its own code.

use crate::peers::authority::{Authority, Flaw};
use connector_cloud::{ConnectorKeys, Endpoint, register};
use connector_model::{Code, Secret};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

async fn code(endpoint: &Endpoint) -> Code {
    let keys = ConnectorKeys::generate().unwrap();
    register(endpoint, &Secret::new("K"), &keys, "h", "v").await.unwrap_err().code
}

#[tokio::test]
async fn a_certificate_is_verified() {
    let authority = Authority::new();
    for (flaw, expected) in [
        (Flaw::Expired, Code::TlsExpired),
        (Flaw::NotYetValid, Code::TlsNotYetValid),
        (Flaw::OtherHost, Code::TlsWrongHost),
    ] {
        let listener = authority.listen_with(flaw).await;
        let endpoint = authority.endpoint(listener.address());
        let server = tokio::spawn(async move { listener.accept().await });
        assert_eq!(code(&endpoint).await, expected);
        server.abort();
    }
}

#[tokio::test]
async fn another_ca_is_not_trusted() {
    let listener = Authority::new().listen().await;
    let endpoint = Authority::new().endpoint(listener.address());
    let server = tokio::spawn(async move { listener.accept().await });
    assert_eq!(code(&endpoint).await, Code::TlsUnknownIssuer);
    server.abort();
}

#[tokio::test]
async fn a_port_that_does_not_speak_tls_says_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = Authority::new().endpoint(listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        stream
    });
    assert_eq!(code(&endpoint).await, Code::TlsFailed);
    server.abort();
}
