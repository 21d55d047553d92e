//! Every use case of the connector, and the one place where engine and adapters are joined.
//! Command line, service and window call only this crate.

mod accounts;
mod adapters;
mod browse;
mod certificates;
mod check;
mod cloud_requests;
mod connector;
mod diagnose;
mod local_requests;
mod mappings;
mod migrate;
mod preview;
mod registration;
mod run;
mod sign_in;
mod status;
mod sync;

pub use accounts::{AccountAdded, AccountView, NewAccount};
pub use certificates::{ServerAddress, ServerCertificates};
pub use connector::Connector;
pub use connector_directory::CertificateInfo;
pub use connector_engine::records::{ImportProgress, ImportRecord, SignInAnswer};
pub use connector_engine::{JournalEntry, Preview, Status};
pub use connector_platform::logging::LogHandle;
pub use migrate::Migrated;
pub use registration::{CloudView, RegisterCloud, RegisterScim};
