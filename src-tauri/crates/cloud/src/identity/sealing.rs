//! Opens sealed passwords: HPKE (RFC 9180) in base mode, bound to request, connector, expiry and user.

use crate::identity::keys::{ConnectorKeys, SealingKem};
use crate::identity::signed_texts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connector_model::{Code, Error, Result, Secret};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR};
use serde::Deserialize;

/// Longest password in bytes.
pub const MAX_PASSWORD_BYTES: usize = 1024;
/// How far in the future a request may expire, in seconds.
pub const MAX_AHEAD: i64 = 120;
/// Bytes that the tag adds to the password.
const TAG: usize = 16;
const INFO: &[u8] = b"insync-connector/1/password";

/// Parameters of `people.authenticate`, texts as they came.
#[derive(Debug, Deserialize)]
pub(crate) struct SealedSignIn {
    pub(crate) request_id: String,
    pub(crate) user: String,
    pub(crate) sealed: String,
    pub(crate) encapsulated: String,
    pub(crate) expires: String,
}

impl SealedSignIn {
    /// The password, or `seal_broken` without saying why.
    pub(crate) fn open(&self, keys: &ConnectorKeys, connector_id: &str) -> Result<Secret> {
        let broken = || Error::of(Code::SealBroken);
        if self.sealed.len() > (MAX_PASSWORD_BYTES + TAG) * 4 / 3 + 4 {
            return Err(broken());
        }
        let sealed = URL_SAFE_NO_PAD.decode(&self.sealed).map_err(|_| broken())?;
        let encapsulated = URL_SAFE_NO_PAD.decode(&self.encapsulated).map_err(|_| broken())?;
        let encapsulated =
            <SealingKem as Kem>::EncappedKey::from_bytes(&encapsulated).map_err(|_| broken())?;
        let aad = signed_texts::sealed(connector_id, &self.request_id, &self.expires, &self.user);
        let password = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, SealingKem>(
            &OpModeR::Base,
            keys.sealing(),
            &encapsulated,
            INFO,
            &sealed,
            aad.as_bytes(),
        )
        .map(Secret::new)
        .map_err(|_| broken())?;
        if password.expose_str().is_some() { Ok(password) } else { Err(broken()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn vector() -> (SealedSignIn, ConnectorKeys, Value) {
        let v: Value =
            serde_json::from_str(include_str!("../../vectors/sealed_password.json")).unwrap();
        let request: SealedSignIn = serde_json::from_value(v.clone()).unwrap();
        let private = v["sealing_private_key"].as_str().unwrap();
        let keys = ConnectorKeys::from_secrets(
            &ConnectorKeys::generate().unwrap().signing_secret(),
            &Secret::new(private),
        );
        (request, keys.unwrap(), v)
    }

    #[test]
    fn the_vector_opens() {
        let (request, keys, v) = vector();
        assert_eq!(keys.sealing_public(), v["sealing_key"].as_str().unwrap());
        let password = request.open(&keys, v["connector_id"].as_str().unwrap()).unwrap();
        assert_eq!(password.expose_str(), v["password"].as_str());
    }

    #[test]
    fn whatever_is_changed_it_does_not_open() {
        let changes: [fn(&mut SealedSignIn); 7] = [
            |r| r.request_id.push('x'),
            |r| r.user.push('x'),
            |r| r.expires = "2026-03-01T08:31:30Z".into(),
            |r| r.sealed.replace_range(0..1, "k"),
            |r| r.encapsulated.replace_range(0..1, "4"),
            |r| r.sealed.clear(),
            |r| r.sealed = "A".repeat(5000),
        ];
        for change in changes {
            let (mut request, keys, v) = vector();
            change(&mut request);
            let error = request.open(&keys, v["connector_id"].as_str().unwrap()).unwrap_err();
            assert_eq!(error.code, Code::SealBroken);
        }
        let (request, keys, _) = vector();
        assert_eq!(request.open(&keys, "another connector").unwrap_err().code, Code::SealBroken);
    }
}
