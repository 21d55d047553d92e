//! What the steps of one import share.

use crate::ports::{Clock, Delivery};
use crate::schedule::missed_changes::Notes;
use crate::state::records::{ImportKind, ImportProgress};
use crate::store::Store;
use connector_model::Mapping;
use std::sync::{Arc, Mutex};

/// One import of one mapping.
pub(crate) struct Importer {
    pub store: Store,
    pub delivery: Arc<dyn Delivery>,
    pub clock: Arc<dyn Clock>,
    pub mapping: Arc<Mapping>,
    /// What was read.
    pub kind: ImportKind,
    pub batch_size: usize,
    pub progress: Arc<dyn Fn(ImportProgress) + Send + Sync>,
    pub notes: Mutex<Notes>,
}
