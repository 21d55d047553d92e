//! How the connector is: status, checks, the support bundle, the tray icon.

mod check;
mod diagnose;
mod status;
pub(crate) mod tray_view;
