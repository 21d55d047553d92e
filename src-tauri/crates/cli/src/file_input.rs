//! Text files that the administrator names.

use connector_model::{Code, Error, Result};
use std::path::Path;

/// A text file that the administrator names, of limited size.
pub fn read(path: &Path, field: &str) -> Result<String> {
    const MAX_BYTES: u64 = 1024 * 1024;
    let bad = |why: String| {
        Error::new(Code::InvalidInput, why)
            .with_action("Choose a text file that you can read.")
            .at(field)
    };
    let failed = |e: std::io::Error| bad(format!("{} cannot be read: {e}.", path.display()));
    if std::fs::metadata(path).map_err(failed)?.len() > MAX_BYTES {
        return Err(bad(format!("{} is larger than 1 MiB.", path.display())));
    }
    std::fs::read_to_string(path).map_err(failed)
}
