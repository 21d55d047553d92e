//! Documents that people write, and values that are sent: read with errors of our own, which name the line and the key and
//! say what is expected there. No library's text is in them.

mod mistake;
mod one_or_many;
mod reader;
mod toml_text;

pub use mistake::{Expected, Mistake, What};
pub(crate) use one_or_many::one_or_many;
pub use toml_text::Document;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a value that was sent or parsed before.
pub fn from_value<T: DeserializeOwned>(value: Value) -> Result<T, Mistake> {
    T::deserialize(reader::Reader(value))
}
