//! Seals a password to one connector (PROTOCOL.md, "Sealed passwords"; RFC 9180, base mode).

use crate::token;
use connector_model::Secret;
use hpke::{
    Deserializable, Kem as _, OpModeS, Serializable, aead::ChaCha20Poly1305, kdf::HkdfSha256,
    kem::X25519HkdfSha256, single_shot_seal,
};

type Kem = X25519HkdfSha256;

const INFO: &[u8] = b"insync-connector/1/password";

/// Longest password, in bytes.
pub const MAX_PASSWORD: usize = 1024;

/// A password that only one connector can open.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// KEM output, base64url.
    pub encapsulated: String,
    /// Ciphertext with tag, base64url.
    pub sealed: String,
}

/// The texts that a sealed password is bound to, exactly as they are sent.
#[derive(Debug, Clone, Copy)]
pub struct Binding<'a> {
    /// Whom it is for.
    pub connector_id: &'a str,
    /// Which request.
    pub request_id: &'a str,
    /// RFC 3339.
    pub expires: &'a str,
    /// As typed.
    pub user: &'a str,
}

impl Binding<'_> {
    /// `aad` of the protocol.
    pub fn aad(&self) -> String {
        [self.connector_id, self.request_id, self.expires, self.user].join("\n")
    }
}

/// Seals `password` to the X25519 public key; `None` if the key is unusable.
pub fn seal(key: &[u8; 32], binding: Binding<'_>, password: &Secret) -> Option<Sealed> {
    let key = <Kem as hpke::Kem>::PublicKey::from_bytes(key).ok()?;
    let (encapsulated, sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeS::Base,
        &key,
        INFO,
        password.expose(),
        binding.aad().as_bytes(),
    )
    .ok()?;
    Some(Sealed {
        encapsulated: token::encode(&encapsulated.to_bytes()),
        sealed: token::encode(&sealed),
    })
}

/// Whether the bytes are a key that can be sealed to.
pub fn is_sealing_key(key: &[u8; 32]) -> bool {
    let binding = Binding { connector_id: "", request_id: "", expires: "", user: "" };
    seal(key, binding, &Secret::default()).is_some()
}

/// The public half of an X25519 private key; for tests and tools that play a connector.
pub fn public_key(private: &[u8; 32]) -> Option<[u8; 32]> {
    let private = <Kem as hpke::Kem>::PrivateKey::from_bytes(private).ok()?;
    Kem::sk_to_pk(&private).to_bytes().as_slice().try_into().ok()
}

/// Opens what [`seal`] made; for tests and tools that play a connector.
pub fn open(private: &[u8; 32], binding: Binding<'_>, sealed: &Sealed) -> Option<Secret> {
    let private = <Kem as hpke::Kem>::PrivateKey::from_bytes(private).ok()?;
    let encapsulated =
        <Kem as hpke::Kem>::EncappedKey::from_bytes(&token::decode(&sealed.encapsulated)?).ok()?;
    let plain = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &hpke::OpModeR::Base,
        &private,
        &encapsulated,
        INFO,
        &token::decode(&sealed.sealed)?,
        binding.aad().as_bytes(),
    )
    .ok()?;
    Some(Secret::new(plain))
}
