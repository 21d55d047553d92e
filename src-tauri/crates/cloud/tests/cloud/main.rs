//! The crate against servers and proxies of its own, over real TLS on free ports.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod authority;
mod checks;
mod cloud_session;
mod http_server;
mod ports;
mod proxies;
mod proxy_server;
mod registration;
mod scim_delivery;
mod scim_limits;
mod scim_service;
mod session_basics;
mod session_endings;
mod session_load;
mod sign_in;
mod trust;
