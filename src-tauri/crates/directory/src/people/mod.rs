//! People of the directory: read in pages, found by name or identity, or seen as deleted.

pub(crate) mod convert;
pub(crate) mod enabled;
pub(crate) mod find;
pub(crate) mod judge;
pub(crate) mod lockout;
pub(crate) mod named;
pub(crate) mod occupant;
pub(crate) mod person_entry;
pub(crate) mod read;
pub(crate) mod shown;
pub(crate) mod tombstones;
pub(crate) mod typed_name;
