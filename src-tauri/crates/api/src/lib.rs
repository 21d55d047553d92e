//! Every use case of the connector, and the one place where engine and adapters are joined.
//! Command line, service and window call only this crate.

mod account;
mod cloud;
#[cfg(test)]
mod contract;
mod door;
mod files;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod host;
mod legacy;
mod mapping;
mod secrets;
mod settings;
mod support;
mod updates;

pub use account::certificates::ServerCertificates;
pub use account::change::AccountPatch;
pub use account::probe::Probe;
pub use account::server_address::ServerAddress;
pub use account::{AccountAdded, AccountView, NewAccount};
pub use cloud::environment::{OfferedProxy, environment_proxy};
pub use cloud::proxy_address::{ProxyChoice, proxy_address};
pub use cloud::registration::{CloudAddress, CloudView, RegisterCloud, RegisterScim};
pub use connector_engine::records::{
    Alert, AlertKind, Deactivation, ImportProgress, ImportRecord, LeftBehind, SignInAnswer,
};
pub use connector_engine::told;
pub use connector_engine::{
    AwaitingPeople, ImportRun, ImportedPerson, ImportsQuery, RunGroup, RunPeople, RunPeopleQuery,
};
pub use connector_engine::{CloudState, Following, JournalEntry, JournalQuery, Preview, Status};
pub use connector_platform::legacy::LegacyService;
pub use connector_platform::logging::LogHandle;
pub use connector_platform::{service, told_to_stop, update, without_core_dumps};
pub use connector_tls::CertificateInfo;
pub use door::input::Input;
pub use door::use_cases::{Caller, USE_CASES, UseCase};
pub use door::{Door, There, unheard};
pub use files::Saved;
pub use files::given::{certificate_file, secret_file, text_file};
pub use host::{Host, HostKind};
pub use legacy::detect::{Found, FoundKind, Kept};
pub use legacy::migrate::{Instead, LeftOut, Migrated};
pub use mapping::chosen::CheckedMapping;
pub use mapping::count::{CompiledFilter, FilterRequest, PeopleCount};
pub use mapping::open_previews::{OpenPreviews, PreviewHandle, RowQuery, Rows};
pub use mapping::preview::PreviewReport;
pub use mapping::proposals::Proposal;
pub use settings::rules::{SettingsPatch, SettingsView};
pub use settings::transfer::Imported;
pub use support::about::{About, EngineHost};
pub use support::told::History;
pub use support::tray_view::{TrayState, TrayView};
pub use support::without_engine::{LastStatus, known_names, last_status};
pub use updates::UpdateView;
