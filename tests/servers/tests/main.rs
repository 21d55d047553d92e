//! The connector against real directory servers and services of other people's making.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs
)]

mod changes;
mod faults;
mod keychain;
mod main_job;
mod nested_groups;
mod proxies;
mod retention;
mod rights_and_limits;
mod scim_service;
mod sign_in;
mod starter;
mod undecided;
mod values;
