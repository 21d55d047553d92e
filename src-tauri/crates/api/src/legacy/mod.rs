//! What was on this machine before: an earlier version, or the former connector.

pub(crate) mod detect;
mod file;
pub(crate) mod migrate;
