//! What an import would do with everybody, and why: from what was read and what the cloud has.

pub(crate) mod absence;
pub(crate) mod consent;
pub(crate) mod content;
pub(crate) mod decision;
pub(crate) mod people_list;
pub(crate) mod planner;
pub(crate) mod preview;
pub(crate) mod reasons;
pub(crate) mod removal_limit;
pub(crate) mod standing;
pub(crate) mod temporary_name;
