//! Statements that are run again and again are compiled once.

use super::failed;
use connector_model::Result;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Params, Row};

/// Statements kept ready: as many as an import and a sign-in need.
const STATEMENTS: usize = 128;

/// Keeps statements ready, and as they are: by default SQLite compiles anew what compares with another value than before, in case
/// its statistics, of which we make none, say more of that one.
pub(super) fn keep_statements(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop).map_err(failed)
}

/// Compiles at the first call, and keeps what it compiled.
pub(crate) trait Again {
    fn execute_again(&self, sql: &str, values: impl Params) -> rusqlite::Result<usize>;
    fn query_row_again<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T>;
}

impl Again for Connection {
    fn execute_again(&self, sql: &str, values: impl Params) -> rusqlite::Result<usize> {
        self.prepare_cached(sql)?.execute(values)
    }

    fn query_row_again<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.prepare_cached(sql)?.query_row(values, read)
    }
}
