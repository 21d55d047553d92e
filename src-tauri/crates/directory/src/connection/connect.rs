//! From a host name to a guarded LDAP connection: resolve, TCP, StartTLS, TLS, each with its deadline.

use crate::connection::limits::Limits;
use crate::connection::session::Session;
use crate::connection::start_tls;
use crate::connection::wire_guard::{self, Watch};
use connector_model::{Account, Code, Error, HostPort, Result, Security, io_reason};
use connector_tls::{Presented, Trust, handshake_error};
use ldap3::{LdapConnAsync, LdapConnSettings, StdStream};
use rustls::pki_types::ServerName;
use socket2::{SockRef, TcpKeepalive};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Opens connections of one account, to its servers in order, the last good one first.
pub(crate) struct Connector {
    account: Account,
    pub limits: Limits,
    trust: Option<Trust>,
    last_good: AtomicUsize,
    last_address: Mutex<Option<SocketAddr>>,
    /// Grows when a connection dies: those that are older are not used again.
    era: AtomicU64,
}

/// Between two questions of the system whether a silent server is still there: shorter than firewalls remember.
const KEEPALIVE: Duration = Duration::from_secs(30);
/// How long what was sent may wait for the server's system to take it.
#[cfg(target_os = "linux")]
const TAKEN_WITHIN: Duration = Duration::from_secs(10);

impl Connector {
    pub fn new(account: Account, limits: Limits) -> Result<Self> {
        let trust = match account.security {
            Security::Plain => None,
            Security::Ldaps | Security::StartTls => {
                Some(Trust::new(account.ca_pem.as_deref(), &[])?)
            }
        };
        let (last_good, era) = (AtomicUsize::new(0), AtomicU64::new(0));
        Ok(Self { account, limits, trust, last_good, last_address: Mutex::default(), era })
    }

    /// The servers of the account; those of its domain where none are named.
    pub async fn servers(&self) -> Result<Vec<HostPort>> {
        if !self.account.servers.is_empty() {
            return Ok(self.account.servers.clone());
        }
        match &self.account.domain {
            Some(domain) => {
                crate::connection::srv::discover_domain_controllers(domain, self.limits.connect)
                    .await
            }
            None => Err(Error::new(Code::InvalidInput, "The account has no server.").at("server")),
        }
    }

    /// A connection to the first server that answers.
    pub async fn connect(&self) -> Result<Session> {
        let servers = self.servers().await?;
        let start = self.last_good.load(Ordering::Relaxed);
        let mut first_error = None;
        for step in 0..servers.len() {
            let index = (start + step) % servers.len();
            match self.connect_to(&servers[index]).await {
                Ok(session) => {
                    self.last_good.store(index, Ordering::Relaxed);
                    return Ok(session);
                }
                Err(error) => {
                    tracing::info!(server = %servers[index], code = %error.code, "server not usable");
                    first_error.get_or_insert(error);
                }
            }
        }
        Err(first_error.unwrap_or_else(|| Error::of(Code::DirectoryUnavailable)))
    }

    /// Notes that the current server should not be the first choice next time.
    pub fn prefer_another(&self) {
        self.last_good.fetch_add(1, Ordering::Relaxed);
    }

    /// Which connections are as good as new ones.
    pub fn era(&self) -> u64 {
        self.era.load(Ordering::Acquire)
    }

    /// Notes that connections of now may have died.
    pub fn doubt_all(&self) {
        self.era.fetch_add(1, Ordering::AcqRel);
    }

    pub async fn connect_to(&self, server: &HostPort) -> Result<Session> {
        let era = self.era();
        let addresses = self.resolve(server).await?;
        let tcp = self.open(server, &addresses).await?;
        let watch = Arc::new(Watch::default());
        let (ours, theirs) = inner_pair().map_err(|e| {
            Error::new(
                Code::Internal,
                format!("A local socket cannot be opened: {}.", io_reason(&e)),
            )
        })?;
        let (limits, shared) = (self.limits.clone(), watch.clone());
        let guard = match self.account.security {
            Security::Plain => tokio::spawn(wire_guard::run(tcp, ours, limits, shared)),
            Security::Ldaps | Security::StartTls => {
                let stream = self.secure(server, tcp).await?;
                tokio::spawn(wire_guard::run(stream, ours, limits, shared))
            }
        };
        let (driver, ldap) =
            library(theirs).await.map_err(|e| crate::ldap_error::from_library(&e))?;
        let driver = tokio::spawn(async move {
            if let Err(error) = driver.drive().await {
                tracing::debug!(%error, "connection ended");
            }
        });
        Ok(Session::new(ldap, watch, (guard, driver), server.to_string(), era))
    }

    pub fn port(&self, server: &HostPort) -> u16 {
        server.port.unwrap_or(self.account.security.default_port())
    }

    pub async fn resolve(&self, server: &HostPort) -> Result<Vec<SocketAddr>> {
        let host = server.host.as_str();
        let failed = || {
            Error::new(Code::ResolveFailed, format!("The name {host} cannot be resolved."))
                .at("server")
        };
        let look_up = tokio::net::lookup_host((host, self.port(server)));
        // A name server that does not answer is a name that cannot be resolved.
        let found = timeout(self.limits.connect, look_up).await.map_err(|_| failed())?;
        let mut addresses: Vec<_> = found.map_err(|_| failed())?.collect();
        // Several servers behind one name are several histories: the one that answered last is asked first.
        let last = *self.last_address.lock().unwrap_or_else(PoisonError::into_inner);
        addresses.sort_by_key(|address| last.is_none_or(|last| last != *address));
        if addresses.is_empty() { Err(failed()) } else { Ok(addresses) }
    }

    /// TCP with `TCP_NODELAY`: the TLS Finished and the first request are two small writes, and
    /// Nagle's algorithm would hold the second one for 40 ms.
    pub async fn open(&self, server: &HostPort, addresses: &[SocketAddr]) -> Result<TcpStream> {
        let port = self.port(server);
        let mut error = Error::of(Code::ConnectTimeout);
        for address in addresses {
            match timeout(self.limits.connect, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => {
                    *self.last_address.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some(*address);
                    let _ = stream.set_nodelay(true);
                    keep_alive(&stream);
                    return Ok(stream);
                }
                Ok(Err(_)) => {
                    let text = format!("Nothing answers on {}, port {port}.", server.host);
                    error = Error::new(Code::ConnectRefused, text);
                }
                Err(_) => {
                    let text = format!("{}, port {port}, did not answer in time.", server.host);
                    error = Error::new(Code::ConnectTimeout, text);
                }
            }
        }
        Err(error.at("server"))
    }

    /// TLS from the first byte, or after StartTLS; never none.
    pub async fn secure(
        &self,
        server: &HostPort,
        mut tcp: TcpStream,
    ) -> Result<TlsStream<TcpStream>> {
        let Some(trust) = &self.trust else {
            return Err(Error::of(Code::TlsRequired));
        };
        let host = server.host.as_str();
        if self.account.security == Security::StartTls {
            deadline(self.limits.connect, host, start_tls::upgrade(&mut tcp, host)).await??;
        }
        // No certificate has the dot that ends a whole name (RFC 6066, section 3).
        let name = host.strip_suffix('.').unwrap_or(host).to_owned();
        let name = ServerName::try_from(name).map_err(|_| {
            Error::new(Code::TlsWrongHost, format!("\"{host}\" cannot be a name in a certificate."))
                .at("server")
        })?;
        let handshake = TlsConnector::from(trust.config()).connect(name, tcp);
        deadline(self.limits.connect, host, handshake).await?.map_err(|e| handshake_error(&e, host))
    }

    /// Who issued the certificate of the latest handshake.
    pub fn issuer(&self) -> Option<String> {
        self.trust.as_ref()?.issuer()
    }

    /// What was shown at the latest handshake, whether accepted or not.
    pub fn presented(&self) -> Presented {
        self.trust.as_ref().map(Trust::presented).unwrap_or_default()
    }
}

/// Has the system notice a peer that is gone without a word. Where it cannot, the pool finds out.
fn keep_alive(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    let _ = socket
        .set_tcp_keepalive(&TcpKeepalive::new().with_time(KEEPALIVE).with_interval(KEEPALIVE / 3));
    #[cfg(target_os = "linux")]
    let _ = socket.set_tcp_user_timeout(Some(TAKEN_WITHIN));
}

async fn deadline<T>(limit: Duration, host: &str, work: impl Future<Output = T>) -> Result<T> {
    timeout(limit, work).await.map_err(|_| {
        Error::new(
            Code::ConnectTimeout,
            format!("{host} did not answer within {} s.", limit.as_secs()),
        )
    })
}

#[cfg(unix)]
type Inner = tokio::net::UnixStream;
#[cfg(unix)]
fn inner_pair() -> std::io::Result<(Inner, std::os::unix::net::UnixStream)> {
    let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
    ours.set_nonblocking(true)?;
    Ok((Inner::from_std(ours)?, theirs))
}
#[cfg(unix)]
async fn library(
    stream: std::os::unix::net::UnixStream,
) -> ldap3::result::Result<(LdapConnAsync, ldap3::Ldap)> {
    LdapConnAsync::with_settings(
        LdapConnSettings::new().set_std_stream(StdStream::Unix(stream)),
        "ldapi:///",
    )
    .await
}

/// Elsewhere a loopback connection, whose two ends are checked to be each other.
#[cfg(not(unix))]
type Inner = TcpStream;
#[cfg(not(unix))]
fn inner_pair() -> std::io::Result<(Inner, std::net::TcpStream)> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    let ours = std::net::TcpStream::connect(listener.local_addr()?)?;
    let (theirs, peer) = listener.accept()?;
    if peer != ours.local_addr()? {
        return Err(std::io::Error::other("another program took the local connection"));
    }
    ours.set_nodelay(true)?;
    theirs.set_nodelay(true)?;
    ours.set_nonblocking(true)?;
    Ok((Inner::from_std(ours)?, theirs))
}
#[cfg(not(unix))]
async fn library(
    stream: std::net::TcpStream,
) -> ldap3::result::Result<(LdapConnAsync, ldap3::Ldap)> {
    LdapConnAsync::with_settings(
        LdapConnSettings::new().set_std_stream(StdStream::Tcp(stream)),
        "ldap://127.0.0.1",
    )
    .await
}
