//! A secret that cannot be printed or serialised and is wiped when dropped.

use zeroize::Zeroizing;

/// Shortest secret that is recognised in a text, in bytes.
const SHORTEST_HIDDEN: usize = 4;
/// What stands in its place.
const HIDDEN: &str = "\u{2022}\u{2022}\u{2022}";

/// Bytes that must not leave memory by accident: no `Serialize`, no `Display`, a `Debug` without content.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes the bytes over; the caller keeps no copy.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(Zeroizing::new(bytes.into()))
    }

    /// The content. Keep the borrow short; never format it.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// The content as text, if it is UTF-8.
    pub fn expose_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// A text of somebody else with dots in its place: servers repeat what they were sent. Three characters and less are any
    /// text's.
    pub fn hidden_in(&self, text: &str) -> String {
        match self.expose_str() {
            Some(secret) if secret.len() >= SHORTEST_HIDDEN => text.replace(secret, HIDDEN),
            _ => text.to_owned(),
        }
    }

    /// Whether there is nothing in it. An empty password must never reach a directory (RFC 4513, 5.1.2).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text.into_bytes())
    }
}

/// A secret comes in from a window or a file; it never goes out the same way.
impl<'de> serde::Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        <String as serde::Deserialize>::deserialize(from).map(Self::from)
    }
}

/// A secret on its way to the engine, over the local socket of this machine: the one form in which it can be written.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(as = "String"))]
pub struct SentSecret(#[serde(serialize_with = "send_secret")] pub Secret);

/// Writes a secret for the engine that is to keep it (`serde(serialize_with)`). Whoever sends the text wipes it.
pub fn send_secret<S: serde::Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    let text = secret.expose_str();
    to.serialize_str(text.ok_or_else(|| serde::ser::Error::custom("the secret is not text"))?)
}

/// The same for one that may be missing.
pub fn send_optional_secret<S: serde::Serializer>(
    secret: &Option<Secret>,
    to: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => send_secret(secret, to),
        None => to.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_repeats_it_is_not_quoted() {
        let secret = Secret::new("s3cret!");
        assert_eq!(
            secret.hidden_in("no: s3cret!, s3cret!."),
            "no: \u{2022}\u{2022}\u{2022}, \u{2022}\u{2022}\u{2022}."
        );
        assert_eq!(secret.hidden_in("no: s3cret"), "no: s3cret");
        assert_eq!(Secret::new("abc").hidden_in("abcd"), "abcd");
        assert_eq!(Secret::default().hidden_in("text"), "text");
    }

    #[test]
    fn debug_shows_nothing() {
        let text = format!("{:?}", Secret::new("marker"));
        assert_eq!(text, "Secret(..)");
    }
}
