//! How large a mapping may be: one always fits into a message of the session with the cloud.

use connector_model::{Code, Error, Mapping, Result};

/// Most bytes of a mapping as JSON; a message has 1,048,576.
const MOST: usize = 768 * 1024;

/// Refuses a mapping that is larger.
pub(crate) fn check(mapping: &Mapping) -> Result<()> {
    let size = serde_json::to_vec(mapping).map_err(|_| Error::of(Code::Internal))?.len();
    if size <= MOST {
        return Ok(());
    }
    let text = format!("The mapping has {} KiB; the most is {} KiB.", size / 1024, MOST / 1024);
    Err(Error::new(Code::InvalidMapping, text)
        .with_action("Divide it into several, or choose a group instead of a long list.")
        .at("filter"))
}
