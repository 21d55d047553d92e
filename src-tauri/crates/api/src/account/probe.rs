//! Finding directory servers, and what they say before anybody signs in.

use super::server_address::{ServerAddress, unbound};
use crate::host::Host;
use connector_model::{
    Check, CheckFinding, Code, Dn, Error, HostPort, Result, Security, ServerKind,
};
use connector_tls::{CertificateInfo, Presented};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// DNS answers within this time, or not at all.
const DNS: Duration = Duration::from_secs(5);

/// What a server tells before anybody signs in.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Probe {
    /// Kind found in the rootDSE; `auto` where it is only told after a bind.
    pub kind: ServerKind,
    /// Base DNs that the server names.
    pub bases: Vec<Dn>,
    /// Whether its certificate is accepted; true without TLS.
    pub trusted: bool,
    /// Its chain, its own certificate first; readable even if it is not trusted.
    pub certificates: Vec<CertificateInfo>,
    /// PEM text of the topmost certificate it shows that is enough to trust.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub ca_pem: Option<String>,
    /// Why it is not accepted; where the certificate itself is wrong, whatever is trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub problem: Option<Error>,
    /// Every step.
    pub checks: Vec<Check>,
}

impl Host {
    /// Domain controllers that DNS names for a domain.
    pub async fn find_servers(&self, domain: &str) -> Result<Vec<HostPort>> {
        let domain = domain.trim();
        if domain.is_empty() {
            return Err(Error::new(Code::InvalidInput, "The domain is missing.")
                .with_action("Enter your DNS domain, for example corp.example.com.")
                .at("domain"));
        }
        connector_directory::discover_domain_controllers(domain, DNS).await
    }

    /// Looks at a server without signing in: every step on the way, its certificates, its kind, its base DNs.
    pub async fn probe_server(&self, at: ServerAddress) -> Result<Probe> {
        if at.servers.is_empty() && at.domain.as_deref().is_none_or(|d| d.trim().is_empty()) {
            return Err(Error::new(Code::InvalidInput, "The server is missing.")
                .with_action("Enter at least one server, or a domain to find them by.")
                .at("servers"));
        }
        let security = at.security;
        let client = unbound(at)?;
        let mut checks = client.check_unbound().await;
        let (Presented { certificates, authority, .. }, problem) = match security {
            Security::Plain => Default::default(),
            _ => client.certificates().await.unwrap_or_default(),
        };
        let shown = !certificates.is_empty() || security == Security::Plain;
        let trusted = shown && problem.is_none();
        let target = checks.first().map(|check| check.target.clone()).unwrap_or_default();
        let described =
            if trusted { client.describe_unbound().await } else { Err(Error::of(Code::Timeout)) };
        let (kind, bases) = match described {
            Ok((kind, bases)) => {
                let list = bases.iter().map(ToString::to_string).collect();
                let found = CheckFinding::Server { server: kind, bases: list };
                checks.push(Check::pass("root_dse", target, found));
                (kind, bases)
            }
            Err(_) if !trusted => {
                checks.push(Check::skip("root_dse", target, CheckFinding::NotTrusted));
                (ServerKind::Auto, vec![])
            }
            Err(_) => {
                checks.push(Check::skip("root_dse", target, CheckFinding::OnlyAfterBind));
                (ServerKind::Auto, vec![])
            }
        };
        let ca_pem = authority.map(|certificate| certificate.pem);
        Ok(Probe { kind, bases, trusted, certificates, ca_pem, problem, checks })
    }
}
