//! What a directory server shows about itself before anybody trusts it.

use crate::Connector;
use connector_directory::{CertificateInfo, DirectoryClient, Limits};
use connector_model::{
    Account, AttributeNames, BindName, Code, Error, HostPort, Result, Secret, Security, ServerKind,
};
use serde::Serialize;

/// Where to look.
pub struct ServerAddress {
    /// Servers, tried in the order given.
    pub servers: Vec<HostPort>,
    /// DNS domain whose domain controllers are found by DNS.
    pub domain: Option<String>,
    /// LDAPS or StartTLS.
    pub security: Security,
    /// PEM text of a CA to try.
    pub ca_pem: Option<String>,
}

/// The certificates of a server, its own first.
#[derive(Debug, Serialize)]
pub struct ServerCertificates {
    /// Whether the chain is accepted.
    pub trusted: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Error>,
    /// As the server sent them.
    pub certificates: Vec<CertificateInfo>,
}

impl ServerCertificates {
    /// The topmost authority that the server shows; many servers show none.
    pub fn authority(&self) -> Option<&CertificateInfo> {
        self.certificates.iter().rfind(|certificate| certificate.authority)
    }
}

impl Connector {
    /// Reads a server's certificate chain, also when it is not trusted. Nobody signs in, nothing is stored.
    pub async fn server_certificates(&self, at: ServerAddress) -> Result<ServerCertificates> {
        if at.security == Security::Plain {
            return Err(Error::new(Code::InvalidInput, "Without TLS there are no certificates.")
                .with_action("Use ldaps or starttls.")
                .at("security"));
        }
        let account = Account {
            name: "-".to_owned(),
            kind: ServerKind::Auto,
            servers: at.servers,
            domain: at.domain,
            security: at.security,
            ca_pem: at.ca_pem,
            bind_name: BindName(String::new()),
            attributes: AttributeNames::default(),
        };
        let client = DirectoryClient::new(account, Secret::new(""), Limits::default())?;
        let (certificates, problem) = client.certificates().await?;
        Ok(ServerCertificates { trusted: problem.is_none(), problem, certificates })
    }
}
