//! What the engine tells about itself: status, alerts, journal and the records in them.

pub(crate) mod alerts;
pub(crate) mod assignment;
pub mod import_rows;
pub(crate) mod journal;
pub mod records;
mod report;
pub(crate) mod status;
pub mod told;
