//! The people of one read beside what the cloud has, until their plan is carried out.

pub mod area;
pub(crate) mod bloom_set;
pub(crate) mod duplicates;
pub(crate) mod findings;
pub mod staged;
pub(crate) mod verdicts;
