//! People delivered and read by SCIM 2.0 (RFC 7643, RFC 7644).

pub(crate) mod adopt;
pub(crate) mod bulk;
pub(crate) mod capabilities;
pub(crate) mod client;
pub(crate) mod exchange;
pub(crate) mod operation;
pub(crate) mod read;
pub(crate) mod user;
pub(crate) mod wire;
