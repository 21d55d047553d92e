//! The cloud's door: addresses, limits, errors, plain files.

pub mod listener;
pub mod metrics;
mod pages;
pub mod problem;
pub mod routes;
mod updates;
