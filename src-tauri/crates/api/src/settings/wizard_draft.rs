//! What was typed into the wizard, kept until it is finished: a restart loses nothing.

use crate::host::Host;
use connector_model::{Code, Error, Result, io_reason};
use connector_platform::write_atomically;
use serde_json::Value;
use std::path::PathBuf;

/// Largest draft that is kept, in bytes: typed text and one CA.
const MAX_BYTES: usize = 256 * 1024;
/// Secrets belong into the keychain: a draft has no place for one.
const REFUSED: [&str; 5] = ["password", "secret", "token", "key", "registration_key"];

impl Host {
    /// The draft, if one is kept. One that cannot be read is as good as none.
    pub fn draft(&self) -> Option<Value> {
        let text = std::fs::read(self.draft_path()).ok()?;
        serde_json::from_slice(&text).ok()
    }

    /// Keeps a draft. Refused where it holds a secret.
    pub fn save_draft(&self, draft: &Value) -> Result<()> {
        if holds_secret(draft) {
            return Err(Error::new(Code::InvalidInput, "A draft cannot contain a secret."));
        }
        let text = serde_json::to_vec(draft).map_err(|_| Error::of(Code::Internal))?;
        if text.len() > MAX_BYTES {
            return Err(Error::new(Code::InvalidInput, "The draft is too large to be stored."));
        }
        write_atomically(&self.draft_path(), &text)
    }

    /// Forgets the draft.
    pub fn clear_draft(&self) -> Result<()> {
        match std::fs::remove_file(self.draft_path()) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::new(
                Code::StorageFailed,
                format!("The draft cannot be removed: {}.", io_reason(&e)),
            )),
            _ => Ok(()),
        }
    }

    fn draft_path(&self) -> PathBuf {
        self.home.root().join("wizard.json")
    }
}

fn holds_secret(value: &Value) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, value)| {
            REFUSED.contains(&key.to_lowercase().as_str()) || holds_secret(value)
        }),
        Value::Array(list) => list.iter().any(holds_secret),
        // Beside the certificates of a PEM file.
        Value::String(text) => text.contains("PRIVATE KEY-----"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_secret_is_none_of_a_draft_wherever_it_is_in_it() {
        let key = "-----BEGIN RSA PRIVATE KEY-----\nAAAA";
        for draft in [json!({ "a": [{ "Password": "x" }] }), json!({ "ca_pem": key })] {
            assert!(holds_secret(&draft), "{draft}");
        }
        let certificate = "-----BEGIN CERTIFICATE-----\nAAAA";
        assert!(!holds_secret(&json!({ "ca_pem": certificate, "name": "key" })));
    }
}
