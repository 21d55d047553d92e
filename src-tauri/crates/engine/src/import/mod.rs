//! An import, from the read to the last acknowledged batch.

pub(crate) mod deliver;
pub(crate) mod read;
pub(crate) mod read_affected;
mod requests;
pub(crate) mod run;
pub(crate) mod running;
