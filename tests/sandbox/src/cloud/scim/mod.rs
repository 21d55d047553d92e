//! The SCIM 2.0 service provider (RFC 7643, RFC 7644).

pub mod bulk;
pub mod content;
pub mod discovery;
pub mod error;
pub mod evaluate;
pub mod filter;
mod filter_tokens;
pub mod list;
pub mod patch;
mod patch_target;
pub mod path;
pub mod projection;
pub mod schema;
pub mod service;
pub mod user;

#[cfg(test)]
mod patch_tests;
