//! What the engine tells about itself: status, alerts, journal and the records in them.

pub(crate) mod alerts;
pub(crate) mod journal;
pub mod records;
pub(crate) mod status;
