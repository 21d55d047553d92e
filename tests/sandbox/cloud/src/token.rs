//! Tokens and keys that people or programs carry: random, shown once, kept only as a hash.

use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// SHA-256 of a token. The tokens are random, so that a slow hash would protect nothing more.
pub type TokenHash = [u8; 32];

/// 32 random bytes as base64url text behind a prefix that tells what the token is for.
pub fn new_token(prefix: &str) -> String {
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
}

/// A key that people type: 20 characters (100 random bits) in groups of four, without I, L, O and U.
pub fn new_typed_key(prefix: &str) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let mut key = prefix.to_owned();
    for (at, byte) in rand::random::<[u8; 20]>().into_iter().enumerate() {
        if at % 4 == 0 {
            key.push('-');
        }
        key.push(char::from(LETTERS[usize::from(byte & 31)]));
    }
    key
}

/// What is stored of a token.
pub fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// The bearer token of a request (RFC 6750, section 2.1), as a hash.
pub fn bearer(headers: &HeaderMap) -> Option<TokenHash> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| hash(token.trim()))
}

/// Base64url without padding, as in the protocol.
pub fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of base64url text without padding.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Exactly 32 bytes, as keys and nonces have.
pub fn decode_32(text: &str) -> Option<[u8; 32]> {
    decode(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_typable_and_differ() {
        let (a, b) = (new_typed_key("ISK"), new_typed_key("ISK"));
        assert_ne!(a, b);
        assert_eq!(a.split('-').map(str::len).collect::<Vec<_>>(), [3, 4, 4, 4, 4, 4]);
    }

    #[test]
    fn only_bearer_tokens_count() {
        let mut headers = HeaderMap::new();
        assert!(bearer(&headers).is_none());
        headers.insert(header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert!(bearer(&headers).is_none());
        headers.insert(header::AUTHORIZATION, "bearer abc".parse().unwrap());
        assert_eq!(bearer(&headers), Some(hash("abc")));
    }
}
