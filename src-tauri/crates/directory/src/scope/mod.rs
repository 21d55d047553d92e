//! What a mapping means in this directory: its units, its groups and their members.

pub(crate) mod browse;
pub(crate) mod chosen;
pub(crate) mod compile;
pub(crate) mod criteria;
pub(crate) mod filter_check;
pub(crate) mod group_findings;
pub(crate) mod group_proof;
pub(crate) mod members;
pub(crate) mod membership;
pub(crate) mod unseen_groups;
