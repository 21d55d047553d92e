//! Where a directory is asked before anybody signs in.

use connector_directory::{DirectoryClient, Limits};
use connector_model::{
    Account, AttributeNames, BindName, HostPort, Result, Secret, Security, ServerKind,
};
use serde::{Deserialize, Serialize};

/// Where to look.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ServerAddress {
    /// Servers, tried in the order given.
    pub servers: Vec<HostPort>,
    /// DNS domain whose domain controllers are found by DNS.
    #[cfg_attr(test, ts(optional = nullable))]
    pub domain: Option<String>,
    /// LDAPS or StartTLS.
    pub security: Security,
    /// PEM text of a CA to try.
    #[cfg_attr(test, ts(optional = nullable))]
    pub ca_pem: Option<String>,
}

/// A client that nobody signs in with.
pub(crate) fn unbound(at: ServerAddress) -> Result<DirectoryClient> {
    let account = Account {
        name: "-".to_owned(),
        kind: ServerKind::Auto,
        servers: at.servers,
        domain: at.domain.filter(|domain| !domain.trim().is_empty()),
        security: at.security,
        ca_pem: at.ca_pem,
        bind_name: BindName(String::new()),
        attributes: AttributeNames::default(),
    };
    DirectoryClient::new(account, Secret::new(""), Limits::default())
}
