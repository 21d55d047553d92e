//! The real window and the tray icon.

mod contract;
mod no_face;
mod one_engine;
mod quit;
mod service;
mod tray;
mod trouble;
mod wizard;
