//! TLS in front of a server that speaks only HTTP/1.0: decrypts, and says so in `X-Forwarded-Proto`.

use crate::error::{Doing, Result};
use crate::net::ca::ServerCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

/// A request line longer than this is nobody's of ours.
const LINE: usize = 16 * 1024;
const HEADER: &[u8] = b"X-Forwarded-Proto: https\r\n";

/// A running front; it ends when dropped.
pub(crate) struct TlsFront {
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl TlsFront {
    /// Listens on a free loopback port and hands each connection on to `behind`.
    pub(crate) fn start(cert: &ServerCert, behind: SocketAddr) -> Result<Self> {
        let acceptor = acceptor(cert)?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .doing("start a runtime")?;
        let listener = runtime.block_on(TcpListener::bind(("127.0.0.1", 0))).doing("listen")?;
        let address = listener.local_addr().doing("listen")?;
        let (end, ended) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(listener, acceptor, behind) => {}
                    _ = ended => {}
                }
            });
        });
        Ok(Self { address, end: Some(end), thread: Some(thread) })
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }
}

impl Drop for TlsFront {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, behind: SocketAddr) {
    while let Ok((client, _)) = listener.accept().await {
        let acceptor = acceptor.clone();
        // A connection that fails is the client's to report.
        tokio::spawn(async move { hand_on(client, acceptor, behind).await.ok() });
    }
}

async fn hand_on(
    client: TcpStream,
    acceptor: TlsAcceptor,
    behind: SocketAddr,
) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    let mut client = acceptor.accept(client).await?;
    let mut head = Vec::with_capacity(1024);
    let end = loop {
        if let Some(at) = head.windows(2).position(|pair| pair == b"\r\n") {
            break at + 2;
        }
        if head.len() > LINE || client.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    };
    let mut server = TcpStream::connect(behind).await?;
    server.set_nodelay(true)?;
    server.write_all(&[&head[..end], HEADER, &head[end..]].concat()).await?;
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

fn acceptor(cert: &ServerCert) -> Result<TlsAcceptor> {
    let chain = CertificateDer::pem_file_iter(&cert.cert)
        .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>)
        .doing("read a certificate")?;
    let key = PrivateKeyDer::from_pem_file(&cert.key).doing("read a key")?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .doing("choose TLS versions")?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .doing("use a certificate")?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
