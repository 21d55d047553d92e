//! From an endpoint to an encrypted connection: resolve, connect (through a proxy), TLS.

use crate::transport::endpoint::{Endpoint, STEP};
use crate::transport::proxy;
use crate::transport::tcp::{resolve, target, tcp};
use connector_model::{Code, Error, Result};
use connector_tls::handshake_error;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A verified connection to the cloud.
pub(crate) type Connection = TlsStream<TcpStream>;

/// Dials the first port that answers; remembers it.
pub(crate) async fn dial(endpoint: &Endpoint) -> Result<Connection> {
    let mut first_error = None;
    for port in endpoint.ports() {
        let attempt = async { secure(endpoint, port, connect(endpoint, port).await?).await };
        match attempt.await {
            Ok(connection) => {
                endpoint.remember(port);
                return Ok(connection);
            }
            Err(error) if is_final(error.code) => return Err(error),
            Err(error) => {
                tracing::debug!(port, code = %error.code, "port does not answer");
                first_error.get_or_insert(error);
            }
        }
    }
    Err(first_error.unwrap_or_else(|| Error::of(Code::CloudUnavailable)))
}

/// Whether no other port could do better.
pub(crate) fn is_final(code: Code) -> bool {
    code.is_about_certificate()
        || matches!(
            code,
            Code::ResolveFailed
                | Code::ProxyUnreachable
                | Code::ProxyCredentials
                | Code::ProxyMethod
                | Code::InvalidInput
        )
}

/// A TCP connection to one port, through the proxy where there is one.
pub(crate) async fn connect(endpoint: &Endpoint, port: u16) -> Result<TcpStream> {
    match endpoint.proxy() {
        Some(proxy) => proxy::connect(proxy, endpoint.host(), port).await,
        None => tcp(&resolve(endpoint.host(), port).await?, &target(endpoint.host(), port)).await,
    }
}

/// The TLS handshake over `stream`.
pub(crate) async fn secure(
    endpoint: &Endpoint,
    port: u16,
    stream: TcpStream,
) -> Result<Connection> {
    let target = target(endpoint.host(), port);
    // No certificate has the dot that ends a whole name (RFC 6066, section 3).
    let host = endpoint.host().strip_suffix('.').unwrap_or(endpoint.host());
    let name = ServerName::try_from(host.to_owned()).map_err(|_| {
        Error::new(Code::InvalidInput, "The cloud's address has no usable host name.").at("cloud")
    })?;
    match timeout(STEP, TlsConnector::from(endpoint.tls()).connect(name, stream)).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(handshake_error(&error, &target)),
        Err(_) => Err(Error::new(
            Code::TlsFailed,
            format!("{target} did not answer the TLS handshake in time."),
        )),
    }
}
