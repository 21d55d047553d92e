//! Tables and how a connection is set up.

use super::StoreResult;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS people (
  row INTEGER PRIMARY KEY, external_id TEXT, user_name_key TEXT NOT NULL, mapping TEXT,
  created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS people_by_user_name ON people (user_name_key);
CREATE UNIQUE INDEX IF NOT EXISTS people_by_external_id ON people (external_id);
CREATE TABLE IF NOT EXISTS devices (
  person INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, serial TEXT, uuid TEXT,
  activated_ms INTEGER NOT NULL, PRIMARY KEY (person, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS registration_keys (
  hash BLOB PRIMARY KEY, name TEXT, replaces TEXT, expires_ms INTEGER NOT NULL, used_ms INTEGER
  ) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS connectors (
  id TEXT PRIMARY KEY, name TEXT, host TEXT NOT NULL, version TEXT NOT NULL,
  signing_key BLOB NOT NULL, sealing_key BLOB NOT NULL, scim_token BLOB NOT NULL UNIQUE,
  registered_ms INTEGER NOT NULL, seen_ms INTEGER, revoked_ms INTEGER,
  accounts TEXT NOT NULL, mappings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deployment_tokens (
  hash BLOB PRIMARY KEY, name TEXT NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER,
  used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS imports (
  connector TEXT NOT NULL, mapping TEXT NOT NULL, started_ms INTEGER NOT NULL,
  finished_ms INTEGER NOT NULL, import TEXT NOT NULL, PRIMARY KEY (connector, mapping, started_ms));
CREATE INDEX IF NOT EXISTS imports_by_age ON imports (finished_ms);
CREATE TABLE IF NOT EXISTS alerts (
  connector TEXT NOT NULL, kind TEXT NOT NULL, account TEXT NOT NULL, since_ms INTEGER NOT NULL,
  alert TEXT NOT NULL, PRIMARY KEY (connector, kind, account));
CREATE TABLE IF NOT EXISTS attempts (row INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS attempts_by_identity ON attempts (identity);
PRAGMA user_version = 1;
";

/// Opens the connection that writes and makes the tables. The file is the owner's only; SQLite gives
/// its companions (`-wal`, `-shm`) the same rights.
pub(super) fn open_writer(path: &Path) -> StoreResult<Connection> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // In WAL mode a commit survives the death of the process; only a power failure could undo it.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "wal_autocheckpoint", 16_000)?;
    tune(&connection)?;
    connection.execute_batch(TABLES)?;
    Ok(connection)
}

/// Opens a connection that only reads.
pub(super) fn open_reader(path: &Path) -> StoreResult<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    tune(&connection)?;
    Ok(connection)
}

fn tune(connection: &Connection) -> StoreResult<()> {
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}
