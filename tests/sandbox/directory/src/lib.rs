//! The sample company's directory: an LDAP server with two faces, one like OpenLDAP, one like Active Directory.

mod answer;
mod bind;
mod company;
mod connection;
mod faults;
mod ldif;
mod matching;
mod ranges;
mod schema;
mod search;
mod server;
mod tree;

pub use faults::Faults;
pub use server::{DirectoryOptions, DirectoryServer};
pub use tree::{Account, Entry, Tree};

/// Which server it behaves like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Face {
    /// Like slapd with `memberof`.
    #[default]
    OpenLdap,
    /// Like a domain controller, also where Samba is not.
    ActiveDirectory,
}

impl Face {
    /// Where everything is.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::OpenLdap => "dc=example,dc=org",
            Self::ActiveDirectory => "DC=corp,DC=example,DC=com",
        }
    }

    /// The account that reads: name and (public) sample password.
    pub fn reader(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenLdap => ("cn=svc,ou=services,dc=example,dc=org", "svc-secret"),
            Self::ActiveDirectory => ("svc@corp.example.com", "Svc-Passw0rd!"),
        }
    }
}
