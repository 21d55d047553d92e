//! Secrets in a file of the home, sealed with a key that systemd hands to the service
//! (`LoadCredentialEncrypted=insync-connector.key`): for Linux servers without a Secret Service.

use crate::Home;
use crate::atomic::{storage_failed, write_atomically};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use connector_model::{Code, Error, Result, Secret};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// Name of the credential that holds the key: at least 32 random bytes.
const CREDENTIAL: &str = "insync-connector.key";
const NONCE_BYTES: usize = 12;

#[derive(Clone)]
pub(super) struct SealedFile {
    path: PathBuf,
    key: Arc<LessSafeKey>,
}

impl SealedFile {
    /// The file, if systemd handed over a key.
    pub fn find(home: &Home) -> Result<Option<Self>> {
        let Some(folder) = std::env::var_os("CREDENTIALS_DIRECTORY") else { return Ok(None) };
        let path = PathBuf::from(folder).join(CREDENTIAL);
        let material = match std::fs::read(&path) {
            Ok(bytes) => zeroize::Zeroizing::new(bytes),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(storage_failed("read", &path, &e)),
        };
        if material.len() < 32 {
            return Err(Error::new(
                Code::KeychainUnavailable,
                format!("The credential {CREDENTIAL} is shorter than 32 bytes."),
            ));
        }
        let salt = ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, b"insync-connector/1/secrets");
        let unusable = |_| Error::of(Code::KeychainUnavailable);
        let key: UnboundKey = salt
            .extract(&material)
            .expand(&[b"file"], &CHACHA20_POLY1305)
            .map_err(unusable)?
            .into();
        Ok(Some(Self {
            path: home.root().join("secrets.enc"),
            key: Arc::new(LessSafeKey::new(key)),
        }))
    }

    pub fn describe(&self) -> String {
        format!("{} (encrypted with a systemd credential)", self.path.display())
    }

    pub fn set(&self, name: &str, secret: &Secret) -> Result<()> {
        let sealed = self.seal(name, secret)?;
        self.change(|all| {
            all.insert(name.to_owned(), sealed);
        })
    }

    pub fn get(&self, name: &str) -> Result<Secret> {
        let sealed = self.read()?.remove(name).ok_or_else(|| Error::of(Code::SecretMissing))?;
        let broken = || {
            Error::new(Code::KeychainUnavailable, "The file with the secrets was encrypted with another key.")
                .with_action("Give the service the credential that it had when the secrets were stored, or enter the secrets again.")
        };
        let mut bytes = STANDARD.decode(sealed).map_err(|_| broken())?;
        if bytes.len() < NONCE_BYTES {
            return Err(broken());
        }
        let mut body = zeroize::Zeroizing::new(bytes.split_off(NONCE_BYTES));
        let nonce = Nonce::try_assume_unique_for_key(&bytes).map_err(|_| broken())?;
        let plain = self
            .key
            .open_in_place(nonce, Aad::from(name.as_bytes()), &mut body)
            .map_err(|_| broken())?;
        Ok(Secret::new(plain.to_vec()))
    }

    pub fn delete(&self, name: &str) -> Result<()> {
        self.change(|all| {
            all.remove(name);
        })
    }

    fn seal(&self, name: &str, secret: &Secret) -> Result<String> {
        let failed = |_| Error::of(Code::Internal);
        let mut nonce = [0; NONCE_BYTES];
        SystemRandom::new().fill(&mut nonce).map_err(failed)?;
        let mut body = zeroize::Zeroizing::new(secret.expose().to_vec());
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(name.as_bytes()),
                &mut *body,
            )
            .map_err(failed)?;
        Ok(STANDARD.encode([&nonce[..], &body].concat()))
    }

    fn read(&self) -> Result<BTreeMap<String, String>> {
        match std::fs::read(&self.path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|_| {
                let text = format!("{} is damaged.", self.path.display());
                Error::new(Code::StorageFailed, text).with_action(
                    "Move the file away and enter the passwords again, or restore it from a backup.",
                )
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(e) => Err(storage_failed("read", &self.path, &e)),
        }
    }

    fn change(&self, change: impl FnOnce(&mut BTreeMap<String, String>)) -> Result<()> {
        let lock_path = self.path.with_extension("lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = lock.map_err(|e| storage_failed("open", &lock_path, &e))?;
        lock.lock().map_err(|e| storage_failed("lock", &lock_path, &e))?;
        let mut all = self.read()?;
        change(&mut all);
        let text = serde_json::to_vec_pretty(&all).map_err(|_| Error::of(Code::Internal))?;
        write_atomically(&self.path, &text)
    }
}
