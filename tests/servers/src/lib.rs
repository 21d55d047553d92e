//! Real servers for tests: OpenLDAP, a Samba AD domain controller, 389 Directory Server, a SCIM
//! service of other people's making, and an unlocked keyring.
//!
//! Every starter listens on loopback only, answers before `start` returns, takes free ports (or,
//! where a program has fixed ports, an address of its own), and is gone when its value is dropped:
//! processes by their group, folders with them. Even when the test program itself is killed, its
//! servers end with it, and the next start removes the folders that it left.
//!
//! A server that cannot be started is an [`Error`] with the end of its log, so that a test fails
//! instead of being left out.

mod address;
pub mod ca;
mod cache;
pub mod company;
mod daemon;
pub mod ds389;
mod ds389_instance;
mod error;
pub mod keyring;
pub mod ldif;
mod ldif_entry;
mod ldif_quirks;
mod modify;
pub mod names;
mod ports;
mod run_dir;
pub mod samba;
pub mod samba_people;
pub mod scim;
pub mod scim_tester;
pub mod search;
pub mod slapd;
mod slapd_conf;
mod tls_front;

pub use ca::CompanyCa;
pub use ds389::{Ds389, Ds389Options};
pub use error::{Error, Result};
pub use keyring::Keyring;
pub use modify::ldapmodify;
pub use samba::SambaAd;
pub use scim::Scim2Server;
pub use scim_tester::{Report, scim2_test};
pub use search::ldapsearch;
pub use slapd::{Slapd, SlapdOptions};
