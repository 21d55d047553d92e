//! How much is kept of past imports: people for 90 days, and while they are no more than 2,000,000 and take no more than
//! 256 MiB. The people of the oldest imports go first; whoever waits for an approval stays while that is the newest import.

use crate::store::{Again, failed};
use connector_model::Result;
use rusqlite::{Connection, OptionalExtension, params};

/// People of all imports.
pub(super) const PEOPLE: u64 = 2_000_000;
/// What they take on the disk.
const BYTES: i64 = 256 << 20;
/// People who go at once.
const AT_ONCE: usize = 20_000;
/// 90 days.
const MAX_AGE_MS: i64 = 90 * DAY_MS;
const DAY_MS: i64 = 24 * 3600 * 1000;
/// Time between two imports counts as so much at most: a clock that was wrong for once makes no import old.
const LONGEST_BREAK_MS: i64 = 31 * DAY_MS;
/// Room for the people of one import between the places of two.
const PLACES: i64 = 1 << 32;

/// Where somebody of an import stands: all of one import are together, in their order.
pub(super) fn place(run: i64, number: u64) -> i64 {
    run * PLACES + number.cast_signed()
}

/// Which import a place belongs to.
pub(in crate::store) fn run_of(place: i64) -> i64 {
    place / PLACES
}

/// The places of an import.
pub(in crate::store) fn places(run: i64) -> (i64, i64) {
    (run * PLACES, (run + 1) * PLACES - 1)
}

/// Lets go what is too much, the oldest first: so many people at once that nobody waits for it.
pub(super) fn make_room(connection: &Connection) -> Result<()> {
    let mut budget = AT_ONCE;
    while budget > 0 && is_too_much(connection)? {
        // Not of the one that is written now, which has no record yet; and of the newest one of a mapping its lists may wait.
        let oldest: Option<(i64, bool)> = connection
            .query_row(
                "SELECT id, newest FROM (SELECT *, NOT EXISTS (SELECT 1 FROM imports later WHERE later.mapping = this.mapping
                 AND later.id > this.id AND later.kind = 'full' AND later.record IS NOT NULL) AS newest FROM imports this)
                 WHERE people > 0 AND record IS NOT NULL AND NOT (slim AND newest) ORDER BY id LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(failed)?;
        let Some((run, newest)) = oldest else { return Ok(()) };
        let gone = let_go(connection, run, if newest { "list IS NULL" } else { "1" }, budget)?;
        if newest && gone < budget {
            let slim = "UPDATE imports SET slim = 1 WHERE id = ?1";
            connection.execute(slim, [run]).map_err(failed)?;
        }
        budget -= gone;
    }
    Ok(())
}

fn is_too_much(connection: &Connection) -> Result<bool> {
    let sum = "SELECT coalesce(sum(people), 0) > ?1 OR coalesce(sum(bytes), 0) > ?2 FROM imports";
    let bounds = [PEOPLE.cast_signed(), BYTES];
    connection.query_row_again(sum, bounds, |row| row.get(0)).map_err(failed)
}

/// Lets go of what is too old: by the clock, and by the time that has passed between all imports since.
pub(super) fn forget_old(connection: &Connection, now_ms: i64) -> Result<()> {
    let mut old = connection
        .prepare_cached(
            "SELECT id FROM imports WHERE started_ms < ?1 AND id NOT IN (SELECT max(id) FROM imports WHERE kind = 'full' GROUP BY mapping)
             ORDER BY id LIMIT 1000",
        )
        .map_err(failed)?;
    let runs = old.query_map([now_ms - MAX_AGE_MS], |row| row.get(0)).map_err(failed)?;
    let runs = runs.collect::<rusqlite::Result<Vec<i64>>>().map_err(failed)?;
    let newest_old = if runs.is_empty() { None } else { newest_old(connection, now_ms)? };
    let mut budget = AT_ONCE;
    for run in runs.into_iter().filter(|run| newest_old.is_some_and(|newest| *run <= newest)) {
        budget -= let_go(connection, run, "1", budget)?;
        if budget == 0 {
            return Ok(());
        }
        connection.execute("DELETE FROM imports WHERE id = ?1", [run]).map_err(failed)?;
    }
    Ok(())
}

/// The newest import since which enough time has passed, import by import.
fn newest_old(connection: &Connection, now_ms: i64) -> Result<Option<i64>> {
    let sql = "WITH gaps AS (SELECT id, min(max(lead(started_ms, 1, ?1) OVER (ORDER BY id) - started_ms, 0), ?2) AS gap FROM imports),
         ages AS (SELECT id, sum(gap) OVER (ORDER BY id DESC) AS age FROM gaps)
         SELECT max(id) FROM ages WHERE age > ?3";
    let bounds = [now_ms, LONGEST_BREAK_MS, MAX_AGE_MS];
    connection.query_row_again(sql, bounds, |row| row.get(0)).map_err(failed)
}

/// Deletes an import with its people, of whom there are a few.
pub(super) fn delete(connection: &Connection, run: i64) -> Result<()> {
    let (first, last) = places(run);
    connection
        .execute("DELETE FROM imported WHERE place BETWEEN ?1 AND ?2", [first, last])
        .and_then(|_| connection.execute("DELETE FROM imports WHERE id = ?1", [run]))
        .map(drop)
        .map_err(failed)
}

/// Lets people of an import go, at most so many; how many went.
fn let_go(connection: &Connection, run: i64, which: &str, budget: usize) -> Result<usize> {
    let (first, last) = places(run);
    let these = format!(
        "DELETE FROM imported WHERE place IN (SELECT place FROM imported WHERE place BETWEEN ?1 AND ?2 AND {which} LIMIT {budget})"
    );
    let gone = connection.execute(&these, [first, last]).map_err(failed)?;
    connection
        .execute(
            "UPDATE imports SET kept = 0, bytes = bytes - bytes * min(?2, people) / max(people, 1), people = max(people - ?2, 0) WHERE id = ?1",
            params![run, i64::try_from(gone).unwrap_or_default()],
        )
        .map_err(failed)?;
    Ok(gone)
}
