//! Reads LDAP and Active Directory servers: connect, bind, browse, read people, check a password.
//!
//! TCP and TLS are ours, every message is checked before the LDAP library sees it ([`Limits`]), and
//! every operation has a deadline. Nothing here writes to a directory.

mod bind_error;
mod browse;
mod chain;
mod changes;
mod check;
mod client;
mod connect;
mod entry;
mod find;
mod guard;
mod ldap_error;
mod limits;
mod lint;
mod membership;
mod names;
mod person_entry;
mod pool;
mod ranges;
mod read_people;
mod root_dse;
mod scope;
mod search;
mod session;
mod srv;
mod start_tls;
mod tls;
mod to_people;
mod tombstones;

pub use chain::{CertificateInfo, certificates_only, parse_ca_pem};
pub use client::DirectoryClient;
pub use limits::Limits;
pub use srv::discover_domain_controllers;
