//! An import, from the read to the last acknowledged batch.

mod batch;
pub(crate) mod deliver;
pub(crate) mod importer;
mod left_behind;
pub(crate) mod read;
mod recovery;
mod requests;
pub(crate) mod run;
pub(crate) mod running;
