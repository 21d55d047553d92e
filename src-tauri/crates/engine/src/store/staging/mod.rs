//! The people of one read beside what the cloud has, until their plan is carried out.

mod addresses;
pub(crate) mod area;
mod bloom_set;
mod cloud_matches;
mod duplicates;
pub(crate) mod files;
mod findings;
pub(crate) mod staged;
mod tables;
pub(crate) mod verdicts;
