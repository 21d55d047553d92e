//! How the connector is: status, checks, the support bundle, the tray icon.

pub(crate) mod about;
mod check;
mod diagnose;
mod imports;
mod status;
pub(crate) mod told;
pub(crate) mod tray_view;
pub(crate) mod without_engine;
