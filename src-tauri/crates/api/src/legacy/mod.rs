//! What was on this machine before: an earlier version, or the former connector.

pub(crate) mod detect;
pub(crate) mod file;
pub(crate) mod migrate;
