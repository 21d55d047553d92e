//! The local cloud over HTTPS, with connectors that are played by the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod attempts;
mod registration_and_session;
mod restart;
mod scim_service;
mod sign_in_and_activation;
mod support;
