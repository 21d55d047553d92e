//! What imports did, person by person, kept for a while. Of those to whom nothing happened there is no row.
//! Nothing here may end an import: what cannot be written is told in the log, and the import says that it is not kept.

mod by_person;
pub(super) mod kept;
pub(crate) mod people;
pub(crate) mod row;
pub(crate) mod run_log;
pub(crate) mod runs;
