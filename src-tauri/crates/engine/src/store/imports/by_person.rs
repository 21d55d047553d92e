//! Where somebody's rows are. Their order has nothing to do with that of an import: written with each batch they would take a page
//! of the disk per person. So an import's people are put in their places together, when it has ended.

use super::kept;
use crate::store::{Again, failed};
use connector_model::Result;
use rusqlite::{Connection, OptionalExtension};

/// People put in their places at once: nobody waits for longer than that takes.
const TOGETHER: i64 = 50_000;

/// Puts the people of an import that has ended in their places.
pub(super) fn put(connection: &mut Connection, run: i64) -> Result<()> {
    let (mut first, last) = kept::places(run);
    let end = "SELECT max(place) FROM imported WHERE place BETWEEN ?1 AND ?2";
    let end: Option<i64> = connection
        .query_row_again(end, [first, last], |row| row.get(0))
        .optional()
        .map_err(failed)?
        .flatten();
    while end.is_some_and(|end| first <= end) {
        let change = connection.transaction().map_err(failed)?;
        change
            .execute_again(
                "INSERT OR IGNORE INTO imported_who SELECT who, place FROM imported WHERE place BETWEEN ?1 AND ?2 ORDER BY who",
                [first, first + TOGETHER - 1],
            )
            .map_err(failed)?;
        change.commit().map_err(failed)?;
        first += TOGETHER;
    }
    Ok(())
}
