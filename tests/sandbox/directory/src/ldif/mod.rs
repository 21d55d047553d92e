//! LDIF (RFC 2849).

pub(super) mod changes;
pub(super) mod content;
mod lines;
