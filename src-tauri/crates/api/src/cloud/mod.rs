//! Joining a cloud, the way to it, and leaving it.

mod address;
pub(crate) mod environment;
mod no_proxy;
mod proxy;
pub(crate) mod proxy_address;
mod purge;
pub(crate) mod registration;
mod token;
