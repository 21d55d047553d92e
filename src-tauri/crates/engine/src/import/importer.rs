//! What the steps of one import share.

use crate::engine::{Engine, Ports};
use crate::import::running::CallOff;
use crate::ports::{Clock, Delivery};
use crate::schedule::missed_changes::Notes;
use crate::state::records::{ImportKind, ImportProgress};
use crate::store::Store;
use connector_model::settings::Settings;
use connector_model::{Code, Error, Mapping, Result};
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
    pub call_off: CallOff,
    pub progress: Arc<dyn Fn(ImportProgress) + Send + Sync>,
    pub notes: Mutex<Notes>,
}

impl Engine {
    /// An import of a mapping that reports to nobody. `not_registered` where there is no cloud to send to.
    pub(crate) fn importer(
        &self,
        settings: &Settings,
        ports: &Ports,
        mapping: &Mapping,
        kind: ImportKind,
    ) -> Result<Importer> {
        let delivery = ports.delivery.clone().ok_or_else(|| Error::of(Code::NotRegistered))?;
        Ok(Importer {
            store: self.shared.store.clone(),
            delivery: delivery.bound(mapping).unwrap_or(delivery),
            clock: ports.clock.clone(),
            mapping: Arc::new(mapping.clone()),
            kind,
            batch_size: settings.import.batch_size.clamp(1, 1000) as usize,
            call_off: match kind {
                ImportKind::Full => self.shared.imports.call_off(&mapping.name),
                ImportKind::Changes => CallOff::default(),
            },
            progress: Arc::new(|_| {}),
            notes: Mutex::default(),
        })
    }
}
