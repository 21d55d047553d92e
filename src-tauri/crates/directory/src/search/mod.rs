//! Searches, and what their entries say: about the server, and about people under its names of attributes.

pub(crate) mod attribute_names;
pub(crate) mod budget;
pub(crate) mod domains;
pub(crate) mod entry;
pub(crate) mod ranges;
pub(crate) mod root_dse;
pub(crate) mod run;
pub(crate) mod schema;
pub(crate) mod three_values;
