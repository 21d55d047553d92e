//! People of the directory: read in pages, found by name or identity, or seen as deleted.

pub(crate) mod convert;
pub(crate) mod find;
pub(crate) mod person_entry;
pub(crate) mod read;
pub(crate) mod tombstones;
