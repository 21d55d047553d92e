//! People whose new entry another mapping of the account has read, and whom it will link once an administrator has approved the
//! list. Until then their user belongs to neither, and nobody deactivates it for the entry that is gone.

use crate::store::staging::area::Staging;
use crate::store::{Again, failed};
use connector_model::{Dn, Identity, Result};
use rusqlite::{OptionalExtension, params};
use std::collections::HashMap;

/// Who waits since the newest full import of each other mapping, changes after it included.
const FILL: &str = "
    INSERT OR IGNORE INTO waiting_links
    SELECT json_extract(p.reason_values, '$.identity'), r.mapping FROM main_store.imports r
    JOIN main_store.imported p ON p.place BETWEEN r.id << 32 AND ((r.id + 1) << 32) - 1
    WHERE r.mapping <> ?1 AND p.list IS NOT NULL AND p.reason = 'relinked' AND json_valid(p.reason_values)
    AND json_extract(p.reason_values, '$.identity') IS NOT NULL
    AND r.id >= coalesce((SELECT max(newest.id) FROM main_store.imports newest
        WHERE newest.mapping = r.mapping AND newest.kind = 'full' AND newest.record IS NOT NULL), 0)";

impl Staging {
    /// Notes who waits, before anything is proven of anybody.
    pub fn note_waiting_links(&self) {
        if !self.has_known() {
            return;
        }
        // The rows of imports never stand in the way of an import.
        if let Err(unread) = self.connection().execute_again(FILL, [self.mapping_name()]) {
            tracing::error!(error = %unread, "who waits to be linked is not known");
        }
    }

    /// Of these people of this mapping, whose new entry waits in which other mapping.
    pub fn waiting_links(&self, people: &[(Identity, Dn)]) -> Result<HashMap<Identity, String>> {
        let mut waiting = HashMap::new();
        if people.is_empty() {
            return Ok(waiting);
        }
        let sql = "SELECT w.mapping FROM waiting_links w JOIN main_store.people p ON p.identity = w.former
             WHERE w.former = ?1 AND p.mapping = ?2 AND p.active";
        let mut query = self.connection().prepare_cached(sql).map_err(failed)?;
        for (identity, _) in people {
            let values = params![identity.as_str(), self.mapping_name()];
            let mapping = query.query_row(values, |row| row.get(0)).optional().map_err(failed)?;
            if let Some(mapping) = mapping {
                waiting.insert(identity.clone(), mapping);
            }
        }
        Ok(waiting)
    }
}
