//! One error: what could not be done, with the end of the log of the program that refused.

use std::fmt;
use std::path::Path;

/// What every starter returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Lines of a log that are shown with an error.
const TAIL: usize = 40;

/// What went wrong, in words, and the end of the program's log when there is one.
pub struct Error {
    message: String,
    log: String,
}

impl Error {
    /// An error without a log.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), log: String::new() }
    }

    /// An error with the end of the log file at `path`.
    pub fn with_log(message: impl Into<String>, path: &Path) -> Self {
        let text = std::fs::read(path)
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let log = lines[lines.len().saturating_sub(TAIL)..].join("\n");
        Self { message: message.into(), log }
    }

    /// The log that came with it.
    pub fn log(&self) -> &str {
        &self.log
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)?;
        if self.log.is_empty() {
            Ok(())
        } else {
            write!(out, "\n--- its log ends with:\n{}", self.log)
        }
    }
}

// Tests unwrap: what they then print must be readable too.
impl fmt::Debug for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::error::Error for Error {}

/// Says what was being done when something failed.
pub(crate) trait Doing<T> {
    /// `what` reads like "write slapd.conf".
    fn doing(self, what: impl fmt::Display) -> Result<T>;
}

impl<T, E: fmt::Display> Doing<T> for std::result::Result<T, E> {
    fn doing(self, what: impl fmt::Display) -> Result<T> {
        self.map_err(|error| Error::new(format!("cannot {what}: {error}")))
    }
}
