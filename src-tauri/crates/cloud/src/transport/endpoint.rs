//! Where the cloud is and how to get there: address, ports, proxy, trust.

use connector_model::settings::{CloudSettings, ProxySettings};
use connector_model::{Code, Error, Result, Secret};
use connector_tls::Trust;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use url::{Host, Url};

/// A cloud that can be dialled. Cheap to clone; clones share what was learned about ports.
#[derive(Clone)]
pub struct Endpoint(Arc<Inner>);

struct Inner {
    base: Url,
    host: String,
    ports: Vec<u16>,
    /// Index in `ports` of the one that worked last.
    last_good: AtomicUsize,
    proxy: Option<Proxy>,
    trust: Arc<Trust>,
}

/// A proxy with the password that goes with it.
pub(crate) struct Proxy {
    pub(crate) settings: ProxySettings,
    pub(crate) password: Option<Secret>,
}

/// What every request says about who asks (RFC 9110, section 10.1.5).
pub(crate) const AGENT: &str = concat!("insync-connector/", env!("CARGO_PKG_VERSION"));

/// Longest time for one step of dialling: resolving, connecting, the proxy's answer, the TLS handshake.
pub(crate) const STEP: Duration = Duration::from_secs(5);

impl Endpoint {
    /// An endpoint at `url` (`https` only). `ports` are tried in order where `url` names none; `ca_pem` is trusted
    /// besides the system's store.
    pub fn new(
        url: &str,
        ca_pem: Option<&str>,
        ports: &[u16],
        proxy: Option<(ProxySettings, Option<Secret>)>,
    ) -> Result<Self> {
        let proxy = proxy.map(|(settings, password)| Proxy { settings, password });
        let trust = Arc::new(Trust::new(ca_pem, &["http/1.1"])?);
        Self::build(parse_base(url)?, port_of(url), ports, proxy, trust)
    }

    /// The endpoint of a registered connector.
    pub fn from_settings(cloud: &CloudSettings, proxy_password: Option<Secret>) -> Result<Self> {
        let proxy = cloud.proxy.clone().map(|settings| (settings, proxy_password));
        Self::new(&cloud.url, cloud.ca_pem.as_deref(), &cloud.ports, proxy)
    }

    fn build(
        base: Url,
        port: Option<u16>,
        ports: &[u16],
        proxy: Option<Proxy>,
        trust: Arc<Trust>,
    ) -> Result<Self> {
        let host = match base.host() {
            Some(Host::Domain(name)) => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            None => return Err(unusable("The cloud's address has no host name.")),
        };
        let ports = match (port, ports) {
            (Some(port), _) => vec![port],
            (None, []) => vec![443],
            (None, list) => list.to_vec(),
        };
        let last_good = AtomicUsize::new(0);
        Ok(Self(Arc::new(Inner { base, host, ports, last_good, proxy, trust })))
    }

    /// The base address; its path ends in a slash.
    pub fn base(&self) -> &Url {
        &self.0.base
    }

    /// The same way out to another address, for a SCIM service of its own.
    pub(crate) fn towards(&self, url: &str) -> Result<Self> {
        let base = parse_base(url)?;
        let port = port_of(url);
        if base.host() == self.0.base.host() && base.port() == self.0.base.port() {
            return Ok(self.clone());
        }
        let proxy = self
            .0
            .proxy
            .as_ref()
            .map(|p| Proxy { settings: p.settings.clone(), password: p.password.clone() });
        Self::build(base, port, &self.0.ports, proxy, self.0.trust.clone())
    }

    /// The normalised form of a base address: `https`, no credentials, a slash at the end.
    pub(crate) fn base_of(url: &str) -> Result<Url> {
        parse_base(url)
    }

    /// An address of the connector protocol below the base.
    pub(crate) fn join(&self, path: &str) -> Result<Url> {
        self.0
            .base
            .join(path)
            .map_err(|_| unusable("The cloud's address cannot be extended by a path."))
    }

    /// DNS name or address, without brackets.
    pub(crate) fn host(&self) -> &str {
        &self.0.host
    }

    /// Ports to try, the one that worked last first.
    pub(crate) fn ports(&self) -> Vec<u16> {
        let mut ports = self.0.ports.clone();
        let good = self.0.last_good.load(Ordering::Relaxed).min(ports.len() - 1);
        ports[..=good].rotate_right(1);
        ports
    }

    pub(crate) fn remember(&self, port: u16) {
        if let Some(index) = self.0.ports.iter().position(|p| *p == port) {
            self.0.last_good.store(index, Ordering::Relaxed);
        }
    }

    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.0.proxy.as_ref()
    }

    pub(crate) fn tls(&self) -> Arc<rustls::ClientConfig> {
        self.0.trust.config()
    }
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint")
            .field("base", &self.0.base.as_str())
            .field("ports", &self.0.ports)
            .finish_non_exhaustive()
    }
}

fn parse_base(text: &str) -> Result<Url> {
    let mut url: Url =
        text.trim().parse().map_err(|_| unusable("The cloud's address is not a URL."))?;
    if url.scheme() != "https" {
        return Err(unusable("The cloud's address does not start with https."));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unusable("The cloud's address contains a user name or password."));
    }
    url.set_fragment(None);
    url.set_query(None);
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

/// The port in the text. The URL type forgets `:443`, which here means "only 443".
fn port_of(text: &str) -> Option<u16> {
    let authority = text.trim().split_once("://")?.1.split(['/', '?', '#']).next()?;
    let (_, port) = authority.rsplit_once(':')?;
    port.parse().ok()
}

fn unusable(message: &str) -> Error {
    Error::new(Code::InvalidInput, message)
        .with_action("Write it like https://cloud.example.com.")
        .at("url")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(url: &str) -> Result<Endpoint> {
        Endpoint::new(url, None, &[443, 6061, 80], None)
    }

    #[test]
    fn ports_come_from_the_address_or_the_list() {
        assert_eq!(endpoint("https://c.example").unwrap().ports(), [443, 6061, 80]);
        assert_eq!(endpoint("https://c.example:443").unwrap().ports(), [443]);
        assert_eq!(endpoint("https://[::1]:8443/x").unwrap().ports(), [8443]);
        assert_eq!(endpoint("https://[::1]/x").unwrap().ports(), [443, 6061, 80]);
        assert_eq!(endpoint("https://[::1]/x").unwrap().host(), "::1");
    }

    #[test]
    fn the_port_that_worked_comes_first() {
        let endpoint = endpoint("https://c.example").unwrap();
        endpoint.remember(80);
        assert_eq!(endpoint.ports(), [80, 443, 6061]);
        endpoint.remember(6061);
        assert_eq!(endpoint.ports(), [6061, 443, 80]);
    }

    #[test]
    fn only_https_without_credentials() {
        for bad in ["http://c.example", "c.example", "https://u:p@c.example", "ftp://x", ""] {
            assert_eq!(endpoint(bad).unwrap_err().code, Code::InvalidInput, "{bad}");
        }
    }
}
