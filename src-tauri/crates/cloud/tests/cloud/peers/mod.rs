//! What stands at the other end: a company's authority, servers, a proxy and the cloud's ends, each with faults to order.

pub mod authority;
pub mod cloud_session;
pub mod http_server;
pub mod proxy_server;
pub mod scim_service;
