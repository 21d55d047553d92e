//! The tables, and the ways to them from every released version.

pub(crate) mod migrations;
#[cfg(test)]
pub(crate) mod snapshots;
