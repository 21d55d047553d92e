//! Accounts that a directory locks: when it would, and whether it did.

pub(crate) mod policy;
pub(crate) mod stamp;
