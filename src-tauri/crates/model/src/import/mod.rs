//! An import: which people, what happens to them, and what the cloud is sent.

pub mod approval;
pub mod assignment;
pub mod delivery;
pub mod finding;
pub mod mapping;
mod mapping_text;
pub mod plan;
pub mod reason;
