//! The crate against servers and proxies of its own, over real TLS on free ports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod checks;
mod delivery;
mod peers;
mod ports;
mod proxies;
mod registration;
mod session;
mod trust;
