//! An import, from the read to the last acknowledged batch.

mod batch;
pub(crate) mod deliver;
pub(crate) mod importer;
mod left_behind;
mod name_holders;
pub(crate) mod read;
pub(crate) mod read_affected;
mod recovery;
mod requests;
pub(crate) mod run;
pub(crate) mod running;
