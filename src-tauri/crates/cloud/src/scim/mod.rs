//! People delivered and read by SCIM 2.0 (RFC 7643, RFC 7644).

pub(crate) mod bulk;
pub(crate) mod capabilities;
pub(crate) mod client;
pub(crate) mod course;
pub(crate) mod discovery;
pub(crate) mod exchange;
pub(crate) mod failure;
pub(crate) mod find;
pub(crate) mod person;
pub(crate) mod read;
pub(crate) mod throttle;
pub(crate) mod user;
pub(crate) mod wire;
