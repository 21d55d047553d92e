//! An import, from the read to the last acknowledged batch.

pub(crate) mod deliver;
pub(crate) mod read;
pub(crate) mod read_affected;
pub(crate) mod run;
