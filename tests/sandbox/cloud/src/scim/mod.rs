//! The SCIM 2.0 service provider (RFC 7643, RFC 7644).

pub mod bulk;
pub mod discovery;
pub mod error;
pub mod fence;
pub mod filter;
pub mod list;
pub mod patch;
pub mod projection;
pub mod schema;
pub mod service;
pub mod user;
