//! What a window sends: read with our own errors, so that a wrong value is told at its field.

use connector_model::document::{self, What};
use connector_model::{Code, Error, Result};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

/// A value that was sent. Reading it never fails where it arrives; the error waits inside.
pub struct Input<T>(Result<T>);

impl<T> Input<T> {
    /// The value, or an error that names the field.
    pub fn get(self) -> Result<T> {
        self.0
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Input<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(read(serde_json::Value::deserialize(from)?)))
    }
}

/// Reads a value that was sent; a wrong one is told at its field.
pub(crate) fn read<T: DeserializeOwned>(value: serde_json::Value) -> Result<T> {
    document::from_value(value).map_err(|mistake| {
        let code = match mistake.key() {
            Some("filter") => Code::InvalidFilter,
            Some("base_dn") => Code::InvalidDn,
            _ => Code::InvalidInput,
        };
        let text = match &mistake.what {
            What::Unusable(words) => words.clone(),
            _ => format!("A value cannot be used: {mistake}."),
        };
        let error = Error::new(code, text);
        match mistake.key() {
            Some(key) => error.at(key),
            None => error,
        }
    })
}

/// One value of a use case, by its name.
pub(crate) fn taken<T: DeserializeOwned>(values: &mut serde_json::Value, name: &str) -> Result<T> {
    read(values.get_mut(name).map(serde_json::Value::take).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use connector_model::Mapping;
    use serde_json::json;

    fn refused(value: serde_json::Value) -> Error {
        serde_json::from_value::<Input<Mapping>>(value).unwrap().get().unwrap_err()
    }

    #[test]
    fn a_wrong_value_is_told_at_its_field() {
        let mut mapping =
            json!({ "name": "a", "account": "b", "base_dn": "DC=x", "filter": "(cn=" });
        let error = refused(mapping.clone());
        assert_eq!((error.code, error.field.as_deref()), (Code::InvalidFilter, Some("filter")));
        mapping["filter"] = json!("(cn=a)");
        mapping["base_dn"] = json!("no dn");
        assert_eq!(refused(mapping.clone()).field.as_deref(), Some("base_dn"));
        mapping["base_dn"] = json!("DC=x");
        mapping["quota_gb"] = json!(-1);
        assert_eq!(refused(mapping).field.as_deref(), Some("quota_gb"));
    }
}
