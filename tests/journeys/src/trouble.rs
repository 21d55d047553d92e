//! Peers that refuse: a TLS server with a bad certificate, a proxy that says no, a port where nobody is.

use sandbox_authority::CompanyCa;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A port on which nobody listens.
pub fn closed_port() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

/// A TLS server with a certificate for `names` that is valid for so many days (negative: expired for as many).
pub async fn tls_server(ca: &CompanyCa, names: &[&str], days: i64) -> SocketAddr {
    let config = ca.server_config_for(names, time::Duration::days(days)).expect("a certificate");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let _ = TlsAcceptor::from(config.clone()).accept(stream).await;
        }
    });
    address
}

/// An HTTP proxy that answers every CONNECT with this status line.
pub async fn refusing_proxy(status: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = vec![0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream
                .write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").as_bytes())
                .await;
        }
    });
    address
}
