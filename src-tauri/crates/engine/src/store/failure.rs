//! What may go wrong with what is stored, in our words.

use connector_model::{Code, Error, Result};
use rusqlite::ErrorCode;
use serde::{Deserialize, Serialize};

/// Where nothing says more exactly what it is.
const VALUE: &str = "a value in it";

/// A database failure in our words.
#[allow(clippy::needless_pass_by_value, reason = "passed to map_err as it is")]
pub(crate) fn failed(error: rusqlite::Error) -> Error {
    use rusqlite::Error::{FromSqlConversionFailure, InvalidColumnType, Utf8Error};
    if matches!(error, FromSqlConversionFailure(..) | InvalidColumnType(..) | Utf8Error(..)) {
        tracing::error!(what = VALUE, "connector.db cannot be read");
        return unreadable(VALUE);
    }
    let text = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "The disk is full.".to_owned(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            return damaged("The file connector.db is damaged.");
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "Another program is using connector.db.".to_owned()
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            "connector.db cannot be written: access is denied.".to_owned()
        }
        _ => {
            tracing::error!(%error, "connector.db cannot be used");
            "connector.db cannot be used.".to_owned()
        }
    };
    Error::new(Code::StorageFailed, text)
}

/// Text for a column. That a value has none is an error, never an empty column.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|_| Error::new(Code::StorageFailed, "A value cannot be stored."))
}

/// What a column says; `what` names it for people. A default in its place would be taken for knowledge.
pub(crate) fn read_json<'a, T: Deserialize<'a>>(text: &'a str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| {
        // Where, and nothing of what stands there: it is about people.
        tracing::error!(what, column = error.column(), "connector.db cannot be read");
        unreadable(what)
    })
}

/// What is stored is not what was written; `what` names it for people.
pub(crate) fn unreadable(what: &str) -> Error {
    damaged(&format!("connector.db is damaged: {what} cannot be read."))
}

fn damaged(text: &str) -> Error {
    Error::new(Code::StorageFailed, text).with_action(
        "Stop the connector and move connector.db away. The next import compares with the cloud from the start.",
    )
}
