//! The connector's two key pairs: Ed25519 for signing (RFC 8032), X25519 for sealed passwords (RFC 7748, RFC 9180).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_model::{Code, Error, Result, Secret};
use hpke::{Deserializable, Kem, Serializable};
use ring::rand::SecureRandom;
use ring::signature::{Ed25519KeyPair, KeyPair};
use zeroize::Zeroizing;

/// DHKEM(X25519, HKDF-SHA256), 0x0020.
pub(crate) type SealingKem = hpke::kem::X25519HkdfSha256;

/// Key pairs of one registration. The private halves live in the keychain only.
pub struct ConnectorKeys {
    seed: Zeroizing<[u8; 32]>,
    signing: Ed25519KeyPair,
    sealing: <SealingKem as Kem>::PrivateKey,
}

impl ConnectorKeys {
    /// New keys from the system's random source.
    pub fn generate() -> Result<Self> {
        let mut seed = Zeroizing::new([0; 32]);
        ring::rand::SystemRandom::new().fill(&mut *seed).map_err(|_| no_random())?;
        let mut sealing = Zeroizing::new([0; 32]);
        ring::rand::SystemRandom::new().fill(&mut *sealing).map_err(|_| no_random())?;
        Self::from_bytes(seed, &*sealing)
    }

    /// Keys as [`Self::signing_secret`] and [`Self::sealing_secret`] gave them.
    pub fn from_secrets(signing: &Secret, sealing: &Secret) -> Result<Self> {
        Self::from_bytes(decode_key(signing)?, &*decode_key(sealing)?)
    }

    fn from_bytes(seed: Zeroizing<[u8; 32]>, sealing: &[u8]) -> Result<Self> {
        let signing = Ed25519KeyPair::from_seed_unchecked(&*seed).map_err(|_| damaged())?;
        let sealing =
            <SealingKem as Kem>::PrivateKey::from_bytes(sealing).map_err(|_| damaged())?;
        Ok(Self { seed, signing, sealing })
    }

    /// The signing key's seed for the keychain: base64url text.
    pub fn signing_secret(&self) -> Secret {
        encode_key(&*self.seed)
    }

    /// The private sealing key for the keychain: base64url text.
    pub fn sealing_secret(&self) -> Secret {
        encode_key(&Zeroizing::new(<[u8; 32]>::from(self.sealing.to_bytes()))[..])
    }

    /// Public signing key: base64url of 32 bytes.
    pub fn signing_public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.signing.public_key().as_ref())
    }

    /// Public sealing key: base64url of 32 bytes.
    pub fn sealing_public(&self) -> String {
        URL_SAFE_NO_PAD.encode(SealingKem::sk_to_pk(&self.sealing).to_bytes())
    }

    /// Signature over `text`: base64url of 64 bytes.
    pub(crate) fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.signing.sign(text.as_bytes()).as_ref())
    }

    pub(crate) fn sealing(&self) -> &<SealingKem as Kem>::PrivateKey {
        &self.sealing
    }
}

impl std::fmt::Debug for ConnectorKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConnectorKeys")
            .field("signing_public", &self.signing_public())
            .finish_non_exhaustive()
    }
}

fn encode_key(bytes: &[u8]) -> Secret {
    Secret::from(URL_SAFE_NO_PAD.encode(bytes))
}

fn decode_key(secret: &Secret) -> Result<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    // The estimate of the decoder is larger than 32 bytes for unpadded input, so it decodes into more room.
    let mut room = Zeroizing::new([0; 36]);
    match URL_SAFE_NO_PAD.decode_slice(secret.expose(), &mut room[..]) {
        Ok(32) => key.copy_from_slice(&room[..32]),
        _ => return Err(damaged()),
    }
    Ok(key)
}

fn damaged() -> Error {
    Error::new(Code::SecretMissing, "The connector's keys in the keychain are damaged.")
        .with_action("Register the connector again with a new key.")
}

fn no_random() -> Error {
    Error::new(Code::Internal, "The system's random source failed.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_the_keychain_and_never_show() {
        let keys = ConnectorKeys::generate().unwrap();
        let again =
            ConnectorKeys::from_secrets(&keys.signing_secret(), &keys.sealing_secret()).unwrap();
        assert_eq!(keys.signing_public(), again.signing_public());
        assert_eq!(keys.sealing_public(), again.sealing_public());
        assert_ne!(keys.signing_public(), ConnectorKeys::generate().unwrap().signing_public());
        let debug = format!("{keys:?}");
        assert!(!debug.contains(keys.signing_secret().expose_str().unwrap()), "{debug}");
    }

    #[test]
    fn damaged_secrets_are_refused() {
        let good = ConnectorKeys::generate().unwrap().signing_secret();
        for bad in ["", "AAAA", "not base64!", &"A".repeat(60)] {
            let error = ConnectorKeys::from_secrets(&good, &Secret::new(bad)).unwrap_err();
            assert_eq!(error.code, Code::SecretMissing);
        }
    }
}
