//! The real window and the tray icon.

mod contract;
mod quit;
mod service;
mod tray;
mod trouble;
mod wizard;
