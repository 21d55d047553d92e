//! People whom the cloud has of mappings that do not exist any more: nobody reads them, so nothing would ever happen to them.

use crate::store::{Store, failed};
use connector_model::Result;
use connector_model::settings::same_name;
use rusqlite::OptionalExtension;

impl Store {
    /// Mappings that are none of these, with the number of their active people. Whoever was read back from the cloud without
    /// a mapping is nobody's yet, and not among them.
    pub(crate) fn left_behind(&self, mappings: &[&str]) -> Result<Vec<(String, u64)>> {
        let connection = self.lock();
        let mut query = connection
            .prepare_cached("SELECT mapping, count(*) FROM people WHERE active = 1 AND mapping <> '' GROUP BY mapping")
            .map_err(failed)?;
        let rows = query
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))
            .map_err(failed)?;
        let mut found = vec![];
        for row in rows {
            let (mapping, people) = row.map_err(failed)?;
            if !mappings.iter().any(|known| same_name(known, &mapping)) {
                found.push((mapping, people.unsigned_abs()));
            }
        }
        Ok(found)
    }

    /// The account that the people of a mapping are from.
    pub(crate) fn account_of(&self, mapping: &str) -> Result<Option<String>> {
        self.lock()
            .query_row("SELECT account FROM people WHERE mapping = ?1 LIMIT 1", [mapping], |row| {
                row.get(0)
            })
            .optional()
            .map_err(failed)
    }
}
