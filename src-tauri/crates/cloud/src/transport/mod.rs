//! The way out to the cloud: ports in their order, through a proxy where one is set, always inside verified TLS.

pub(crate) mod backoff;
pub(crate) mod dial;
pub(crate) mod download;
pub(crate) mod endpoint;
pub(crate) mod http;
mod page;
pub(crate) mod proxy;
pub(crate) mod tcp;
