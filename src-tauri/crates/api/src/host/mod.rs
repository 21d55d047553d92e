//! The engine of a home, with everything around it.

pub(crate) mod adapters;
pub(crate) mod connector;
pub(crate) mod run;
mod serve_cloud;
