//! Every use case of the connector, and the one place where engine and adapters are joined.
//! Command line, service and window call only this crate.

mod account_change;
mod accounts;
mod adapters;
mod browse;
mod certificates;
mod check;
mod cloud_requests;
mod cloud_way;
mod connector;
#[cfg(test)]
mod contract;
mod diagnose;
mod door;
mod drafts;
mod export;
mod found;
mod input;
mod local_requests;
mod mappings;
mod migrate;
mod open_previews;
mod people_count;
mod preview;
mod probe;
mod purge;
mod registration;
mod rules;
mod run;
mod saved;
mod sign_in;
mod status;
mod sync;
mod tray_view;
mod use_cases;

pub use account_change::AccountPatch;
pub use accounts::{AccountAdded, AccountView, NewAccount};
pub use certificates::{ServerAddress, ServerCertificates};
pub use connector::Connector;
pub use connector_directory::CertificateInfo;
pub use connector_engine::records::{Alert, AlertKind, ImportProgress, ImportRecord, SignInAnswer};
pub use connector_engine::{CloudState, Following, JournalEntry, JournalQuery, Preview, Status};
pub use connector_platform::logging::LogHandle;
pub use connector_platform::service;
pub use door::{Door, Service};
pub use export::Saved;
pub use found::{About, EngineHost, Found, FoundKind};
pub use input::Input;
pub use migrate::Migrated;
pub use open_previews::{OpenPreviews, PreviewHandle, RowQuery, Rows};
pub use people_count::{CompiledFilter, FilterRequest, PeopleCount};
pub use probe::Probe;
pub use registration::{CloudAddress, CloudView, ProxyChoice, RegisterCloud, RegisterScim};
pub use rules::{SettingsPatch, SettingsView};
pub use tray_view::{TrayState, TrayView};
pub use use_cases::USE_CASES;
