//! The loss of the database: told until everybody was compared with the cloud again. A damaged file is set aside, never
//! thrown away, and never replaced in silence.

use super::{Again, Store, failed};
use connector_model::{Code, Error, Result, io_reason};
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Databases up to this many bytes are looked through at a start; of larger ones it is asked whether they are whole.
const LOOKED_THROUGH: u64 = 8 * 1024 * 1024;

/// What was lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    /// Milliseconds since 1970-01-01 UTC.
    pub at_ms: i64,
    /// Where the damaged file is now; `None` where there was none any more.
    pub kept: Option<String>,
    /// Whether everybody was read back from the cloud since.
    pub read_back: bool,
}

/// What was found where the database should be.
pub(crate) enum Found {
    /// One that can be used.
    Usable,
    /// None at all.
    Nothing,
    /// One that is damaged; it is there now.
    Damaged(PathBuf),
}

/// Looks at the file before it is used. What is damaged is moved beside it.
pub(crate) fn look(path: &Path) -> Result<Found> {
    match fs::metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Ok(file) if file.len() == 0 && !beside(path, "-wal").exists() => return Ok(Found::Nothing),
        _ => {}
    }
    match check(path) {
        Ok(false) => set_aside(path).map(Found::Damaged),
        Err(error) if is_damage(&error) => set_aside(path).map(Found::Damaged),
        // Whoever opens it says what else may be: locked, unreadable, of a later version.
        Ok(true) | Err(_) => Ok(Found::Usable),
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

fn check(path: &Path) -> rusqlite::Result<bool> {
    let connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA busy_timeout = 10000")?;
    // Says of a file that was cut that it is.
    let _: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    if fs::metadata(path).is_ok_and(|file| file.len() > LOOKED_THROUGH) {
        return Ok(true);
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    Ok(verdict == "ok")
}

/// The database with what belongs to it, under another name.
fn set_aside(path: &Path) -> Result<PathBuf> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
    let kept = path.with_file_name(format!("connector-damaged-{now}.db"));
    for end in ["-wal", "-shm", ""] {
        let from = beside(path, end);
        match fs::rename(&from, beside(&kept, end)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                let text =
                    format!("connector.db is damaged and cannot be set aside: {}.", io_reason(&e));
                return Err(Error::new(Code::StorageFailed, text).with_action(
                    "Stop the connector, move connector.db away and start it again.",
                ));
            }
            _ => {}
        }
    }
    make_private(path);
    tracing::error!(kept = %kept.display(), "connector.db was damaged and is set aside");
    Ok(kept)
}

/// An empty file in its place: SQLite leaves its rights to whoever makes it.
fn make_private(path: &Path) {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let _ = options.open(path);
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

impl Store {
    /// Notes that the database begins anew although there were people.
    pub(crate) fn note_loss(&self, kept: Option<&Path>, now_ms: i64) -> Result<()> {
        let kept = kept.map(|path| path.to_string_lossy().into_owned());
        self.lock()
            .execute(
                "INSERT OR REPLACE INTO loss (id, at_ms, kept, read_back) VALUES (1, ?1, ?2, 0)",
                params![now_ms, kept],
            )
            .map(drop)
            .map_err(failed)
    }

    /// The loss that is not made good yet.
    pub(crate) fn loss(&self) -> Result<Option<Loss>> {
        let read = |row: &rusqlite::Row<'_>| {
            Ok(Loss { at_ms: row.get(0)?, kept: row.get(1)?, read_back: row.get(2)? })
        };
        self.lock()
            .query_row_again("SELECT at_ms, kept, read_back FROM loss", [], read)
            .optional()
            .map_err(failed)
    }

    /// Everybody was told by the cloud: whoever is not known is taken as the cloud has them.
    pub(crate) fn take_read_back(&self) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        change
            .execute("INSERT OR IGNORE INTO people SELECT * FROM told", [])
            .and_then(|_| change.execute("DELETE FROM told", []))
            .and_then(|_| change.execute("UPDATE loss SET read_back = 1", []))
            .map_err(failed)?;
        change.commit().map_err(failed)
    }

    /// Every mapping was imported since: the loss is made good. Whom no mapping has claimed is left to the last one, whose next
    /// import looks for them.
    pub(crate) fn settle_loss(&self, (account, mapping): (&str, &str)) -> Result<()> {
        let mut connection = self.lock();
        let change = connection.transaction().map_err(failed)?;
        change
            .execute(
                "UPDATE people SET account = ?1, mapping = ?2 WHERE mapping = ''",
                [account, mapping],
            )
            .and_then(|_| change.execute("DELETE FROM loss", []))
            .map_err(failed)?;
        change.commit().map_err(failed)
    }
}
