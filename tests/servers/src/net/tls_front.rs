//! TLS in front of a server that speaks only HTTP/1.0: decrypts, and says so in `X-Forwarded-Proto`.

use crate::error::{Doing, Result};
use crate::net::ca::ServerCert;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, copy_bidirectional, sink};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;

/// A request line longer than this is nobody's of ours.
const LINE: usize = 16 * 1024;
const HEADER: &[u8] = b"X-Forwarded-Proto: https\r\n";

/// A running front; it ends when dropped.
pub(crate) struct TlsFront {
    address: SocketAddr,
    /// Answers to `POST` that still get lost after the work was done.
    losing: Arc<AtomicUsize>,
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
        let losing = Arc::new(AtomicUsize::new(0));
        let lost = losing.clone();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = serve(listener, acceptor, behind, lost) => {}
                    _ = ended => {}
                }
            });
        });
        Ok(Self { address, losing, end: Some(end), thread: Some(thread) })
    }

    /// From now on the answers to so many `POST` get lost after the work was done.
    pub(crate) fn lose_answers(&self, answers: usize) {
        self.losing.store(answers, Ordering::Relaxed);
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

async fn serve(
    listener: TcpListener,
    acceptor: TlsAcceptor,
    behind: SocketAddr,
    losing: Arc<AtomicUsize>,
) {
    while let Ok((client, _)) = listener.accept().await {
        let (acceptor, losing) = (acceptor.clone(), losing.clone());
        // A connection that fails is the client's to report.
        tokio::spawn(async move { hand_on(client, acceptor, behind, &losing).await.ok() });
    }
}

async fn hand_on(
    client: TcpStream,
    acceptor: TlsAcceptor,
    behind: SocketAddr,
    losing: &AtomicUsize,
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
    if head.starts_with(b"POST ") && take(losing) {
        let (mut answer, mut request) = server.split();
        let mut nobody = sink();
        tokio::select! {
            _ = copy(&mut client, &mut request) => {}
            // The server ends the connection when it has answered.
            _ = copy(&mut answer, &mut nobody) => {}
        }
        return Ok(());
    }
    copy_bidirectional(&mut client, &mut server).await?;
    Ok(())
}

fn take(counter: &AtomicUsize) -> bool {
    counter.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok()
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
