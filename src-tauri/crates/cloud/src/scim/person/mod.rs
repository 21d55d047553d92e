//! One person at a service: found, created, changed, deactivated, and what its answers prove.

pub(crate) mod activity;
pub(crate) mod alone;
pub(crate) mod change;
pub(crate) mod merge;
pub(crate) mod patch;
pub(crate) mod proof;
pub(crate) mod service;
pub(crate) mod settle;
pub(crate) mod taken;
