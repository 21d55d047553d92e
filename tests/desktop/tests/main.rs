//! The real window and the tray icon.

mod contract;
mod held;
mod no_face;
mod one_engine;
mod quit;
mod reasons;
mod screens;
mod service;
mod tray;
mod trouble;
mod wizard;
