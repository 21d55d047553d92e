//! Joining a cloud, the way to it, and leaving it.

mod address;
mod proxy;
mod purge;
pub(crate) mod registration;
