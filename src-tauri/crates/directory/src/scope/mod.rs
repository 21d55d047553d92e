//! What a mapping means in this directory: its units, its groups and their members.

pub(crate) mod browse;
pub(crate) mod compile;
pub(crate) mod group_findings;
pub(crate) mod membership;
