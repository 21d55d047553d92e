//! What a directory server shows about itself before anybody trusts it.

use super::server_address::{ServerAddress, unbound};
use crate::host::Host;
use connector_model::{Account, Code, Error, Result, Security};
use connector_tls::{CertificateInfo, Presented};
use serde::{Deserialize, Serialize};

/// The certificates of a server, its own first.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ServerCertificates {
    /// Whether the chain is accepted.
    pub trusted: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub problem: Option<Error>,
    /// As the server sent them.
    pub certificates: Vec<CertificateInfo>,
    /// The one of them that is enough to trust: with it as the company CA the server is accepted. Many servers show none, and
    /// some certificates are refused whoever is trusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub authority: Option<CertificateInfo>,
}

impl Host {
    /// Reads a server's certificate chain, also when it is not trusted. Nobody signs in, nothing is stored.
    pub async fn server_certificates(&self, at: ServerAddress) -> Result<ServerCertificates> {
        if at.security == Security::Plain {
            return Err(Error::new(
                Code::InvalidInput,
                "Without TLS, there are no certificates to show.",
            )
            .with_action("Use LDAPS or StartTLS.")
            .at("security"));
        }
        let (Presented { certificates, authority, .. }, problem) =
            unbound(at)?.certificates().await?;
        Ok(ServerCertificates { trusted: problem.is_none(), problem, certificates, authority })
    }

    /// The certificates that the server of an account shows now.
    pub async fn account_certificates(&self, name: &str) -> Result<ServerCertificates> {
        let account = self.settings()?.account(name)?.clone();
        let Account { servers, domain, security, ca_pem, .. } = account;
        self.server_certificates(ServerAddress { servers, domain, security, ca_pem }).await
    }
}
