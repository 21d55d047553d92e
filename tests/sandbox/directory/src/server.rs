//! Starts and stops the directory, and lets tests change it while it runs.

use super::bind::Lockouts;
use super::connection::serve;
use super::faults::Faults;
use super::ldif::{changes, content};
use super::tree::Tree;
use super::{Face, company};
use rustls::ServerConfig;
use sandbox_authority::CompanyCa;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

/// What to start.
#[derive(Debug, Clone)]
pub struct DirectoryOptions {
    /// Which server it behaves like.
    pub face: Face,
    /// Number of generated people.
    pub people: usize,
    /// LDIF file instead of generated people.
    pub ldif: Option<PathBuf>,
    /// Address for LDAP and StartTLS; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Address for LDAPS.
    pub tls_listen: SocketAddr,
    /// CA of the certificate; a new one where none is given.
    pub ca: Option<CompanyCa>,
    /// Whether passwords are taken without TLS on the AD face.
    pub allow_plain: bool,
}

impl Default for DirectoryOptions {
    fn default() -> Self {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        Self {
            face: Face::OpenLdap,
            people: 100,
            ldif: None,
            listen: any,
            tls_listen: any,
            ca: None,
            allow_plain: false,
        }
    }
}

pub(super) struct Shared {
    pub face: Face,
    pub tree: RwLock<Tree>,
    pub faults: Faults,
    pub lockouts: Lockouts,
    pub tls: Arc<ServerConfig>,
    pub allow_plain: bool,
    pub binds: AtomicU64,
    pub searches: AtomicU64,
}

/// A running directory; it stops when dropped.
pub struct DirectoryServer {
    shared: Arc<Shared>,
    ldap: SocketAddr,
    ldaps: SocketAddr,
    catalog: Option<(SocketAddr, SocketAddr)>,
    ca_pem: String,
    stop: CancellationToken,
}

impl DirectoryServer {
    /// Fills the directory and starts listening.
    pub async fn start(options: DirectoryOptions) -> io::Result<Self> {
        let ca = match options.ca {
            Some(ca) => ca,
            None => CompanyCa::new("Sample company CA").map_err(io::Error::other)?,
        };
        let mut tree = company::skeleton(options.face);
        match &options.ldif {
            Some(file) => {
                content::load(&mut tree, &std::fs::read_to_string(file)?)
                    .map_err(io::Error::other)?;
            }
            None => company::fill(options.face, options.people, &mut tree),
        }
        let shared = Arc::new(Shared {
            face: options.face,
            tree: RwLock::new(tree),
            faults: Faults::default(),
            lockouts: Lockouts::default(),
            tls: ca.server_config().map_err(io::Error::other)?,
            allow_plain: options.allow_plain,
            binds: AtomicU64::new(0),
            searches: AtomicU64::new(0),
        });
        let stop = CancellationToken::new();
        let listen = |address, secure, catalog| {
            listen(shared.clone(), stop.clone(), address, secure, catalog)
        };
        let ldap = listen(options.listen, false, false).await?;
        let ldaps = listen(options.tls_listen, true, false).await?;
        let any = SocketAddr::new(options.listen.ip(), 0);
        let catalog = match options.face {
            Face::OpenLdap => None,
            Face::ActiveDirectory => {
                Some((listen(any, false, true).await?, listen(any, true, true).await?))
            }
        };
        Ok(Self { shared, ldap, ldaps, catalog, ca_pem: ca.pem().to_owned(), stop })
    }

    /// LDAP and StartTLS.
    pub fn ldap_addr(&self) -> SocketAddr {
        self.ldap
    }

    /// LDAPS.
    pub fn ldaps_addr(&self) -> SocketAddr {
        self.ldaps
    }

    /// The global catalog, plain and TLS; only with the AD face.
    pub fn catalog_addrs(&self) -> Option<(SocketAddr, SocketAddr)> {
        self.catalog
    }

    /// PEM text of the company CA.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Changes the directory while it runs.
    pub fn modify<T>(&self, change: impl FnOnce(&mut Tree) -> T) -> T {
        change(&mut self.shared.tree.write().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// Applies LDIF change records (RFC 2849: `modify`, `delete`) while it runs; how many there were.
    pub fn apply(&self, ldif: &str) -> Result<usize, String> {
        self.modify(|tree| changes::apply(tree, ldif))
    }

    /// Switches for things that go wrong.
    pub fn faults(&self) -> &Faults {
        &self.shared.faults
    }

    /// Binds and searches so far.
    pub fn counts(&self) -> (u64, u64) {
        (self.shared.binds.load(Ordering::Relaxed), self.shared.searches.load(Ordering::Relaxed))
    }
}

impl Drop for DirectoryServer {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn listen(
    shared: Arc<Shared>,
    stop: CancellationToken,
    address: SocketAddr,
    secure: bool,
    catalog: bool,
) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(address).await?;
    let local = listener.local_addr()?;
    tokio::spawn(async move {
        loop {
            let stream = tokio::select! {
                () = stop.cancelled() => return,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, _)) = stream else { continue };
            let _ = stream.set_nodelay(true);
            let (shared, stop) = (shared.clone(), stop.clone());
            tokio::spawn(async move {
                let work = async {
                    if secure {
                        let stream = TlsAcceptor::from(shared.tls.clone()).accept(stream).await?;
                        serve(shared, Box::new(stream), true, catalog).await
                    } else {
                        serve(shared, Box::new(stream), false, catalog).await
                    }
                };
                tokio::select! {
                    () = stop.cancelled() => {}
                    result = work => {
                        if let Err(error) = result {
                            tracing::debug!(%error, "client gone");
                        }
                    }
                }
            });
        }
    });
    Ok(local)
}
