//! Connectors: how they register and stay connected, and which of them is asked or imports.

pub mod assignments;
pub mod dispatch;
pub mod mappings;
pub mod registration;
pub mod router;
pub mod runs;
pub mod session;
mod twins;
