//! Reads LDAP and Active Directory servers: connect, bind, browse, read people, check a password.
//!
//! TCP and TLS are ours, every message is checked before the LDAP library sees it ([`Limits`]), and
//! every operation has a deadline. Nothing here writes to a directory.

mod changes;
mod check;
mod client;
mod connection;
mod context;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod ldap_error;
mod password_policy;
mod people;
mod scope;
mod search;

pub use client::DirectoryClient;
pub use connection::limits::Limits;
pub use connection::srv::discover_domain_controllers;
