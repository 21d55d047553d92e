//! Real servers for tests: OpenLDAP, a Samba AD domain controller, 389 Directory Server, a SCIM
//! service and proxies of other people's making, and an unlocked keyring.
//!
//! Every starter listens on loopback only, answers before `start` returns, takes free ports (or,
//! where a program has fixed ports, an address of its own), and is gone when its value is dropped:
//! processes by their group, folders with them. Even when the test program itself is killed, its
//! servers end with it, and the next start removes the folders that it left.
//!
//! A server that cannot be started is an [`Error`] with the end of its log, so that a test fails
//! instead of being left out.

pub mod cache;
pub mod company;
mod daemon;
pub mod ds389;
mod error;
pub mod keyring;
pub mod ldif;
pub mod names;
mod net;
pub mod openldap;
mod proxy;
mod run_dir;
pub mod samba;
pub mod scim;

pub use ds389::{Ds389, Ds389Options};
pub use error::{Error, Result};
pub use keyring::Keyring;
pub use net::ca::CompanyCa;
pub use net::firewall::Firewall;
pub use openldap::{Slapd, SlapdOptions, ldapmodify, ldapsearch};
pub use proxy::Proxy;
pub use samba::{SambaAd, people as samba_people};
pub use scim::{Report, Scim2Server, scim2_test};
