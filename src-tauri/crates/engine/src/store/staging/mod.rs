//! The people of one read beside what the cloud has, until their plan is carried out.

mod addresses;
pub(crate) mod area;
pub(crate) mod bloom_set;
mod duplicates;
pub(crate) mod files;
mod findings;
pub(crate) mod kept_area;
mod matches;
pub(crate) mod new_names;
pub(crate) mod staged;
mod tables;
mod turns;
pub(crate) mod verdicts;
