//! Whom this program trusts to offer updates: one minisign key, compiled in.

use crate::atomic::storage_failed;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use connector_model::{Code, Error, Result};
use minisign_verify::{PublicKey, Signature};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The base64 line of the public key that builds are made with.
const KEY: Option<&str> = option_env!("INSYNC_UPDATE_KEY");
/// What a debug build without one trusts. Its private half is beside it, for everybody to see.
#[cfg(debug_assertions)]
const TEST_KEY: Option<&str> =
    Some(include_str!("../../../../../tests/update-key/debug-builds-only.pub"));
#[cfg(not(debug_assertions))]
const TEST_KEY: Option<&str> = None;

/// A key that signs updates.
#[derive(Debug, Clone)]
pub struct Trust(PublicKey);

impl Trust {
    /// The key that was compiled in; `update_unavailable` where none was.
    pub fn compiled_in() -> Result<Self> {
        let key = KEY.filter(|key| !key.trim().is_empty()).or(TEST_KEY);
        Self::of(key.ok_or_else(|| Error::of(Code::UpdateUnavailable))?)
    }

    /// A key as minisign writes it: its line, or the whole file.
    pub fn of(text: &str) -> Result<Self> {
        let line = text.trim().lines().next_back().unwrap_or_default().trim();
        let key = PublicKey::from_base64(line).map_err(|_| {
            Error::new(Code::UpdateUnavailable, "The key of this build cannot be read.")
        })?;
        Ok(Self(key))
    }

    /// Whether a manifest was signed with the key. `signature` is the content of minisign's file.
    pub fn check_manifest(&self, manifest: &[u8], signature: &[u8]) -> Result<()> {
        let untrusted = || Error::of(Code::UpdateUntrusted);
        let text = std::str::from_utf8(signature).map_err(|_| untrusted())?;
        let signature = Signature::decode(text).map_err(|_| untrusted())?;
        self.0.verify(manifest, &signature, false).map_err(|_| untrusted())
    }

    /// Whether a file was signed with the key. `signature` is as in a manifest: minisign's file as base64 text.
    pub fn check_file(&self, path: &Path, signature: &str) -> Result<()> {
        let untrusted = || {
            let text = "The download does not match its signature.";
            Error::new(Code::UpdateUntrusted, text)
        };
        let text = STANDARD.decode(signature.trim()).map_err(|_| untrusted())?;
        let text = String::from_utf8(text).map_err(|_| untrusted())?;
        let signature = Signature::decode(&text).map_err(|_| untrusted())?;
        let mut verifier = self.0.verify_stream(&signature).map_err(|_| untrusted())?;
        let mut file = File::open(path).map_err(|e| storage_failed("open", path, &e))?;
        let mut piece = vec![0; 256 * 1024];
        loop {
            match file.read(&mut piece).map_err(|e| storage_failed("read", path, &e))? {
                0 => return verifier.finalize().map_err(|_| untrusted()),
                length => verifier.update(&piece[..length]),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod signing {
    use super::*;
    use std::io::Cursor;

    /// A key pair of a test.
    pub struct Signer(minisign::KeyPair);

    impl Signer {
        pub fn new() -> Self {
            Self(minisign::KeyPair::generate_unencrypted_keypair().unwrap())
        }

        pub fn trust(&self) -> Trust {
            Trust::of(&self.0.pk.to_base64()).unwrap()
        }

        /// Minisign's signature file.
        pub fn sign(&self, content: &[u8]) -> String {
            let signed = minisign::sign(None, &self.0.sk, Cursor::new(content), None, None);
            signed.unwrap().into_string()
        }

        /// The same as a manifest has it.
        pub fn signature(&self, content: &[u8]) -> String {
            STANDARD.encode(self.sign(content))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::signing::Signer;
    use super::*;

    #[test]
    fn only_what_the_key_signed_is_believed() {
        let (ours, other) = (Signer::new(), Signer::new());
        let trust = ours.trust();
        trust.check_manifest(b"{}", ours.sign(b"{}").as_bytes()).unwrap();
        let wrong = [
            (b"{ }".as_slice(), ours.sign(b"{}")),
            (b"{}", other.sign(b"{}")),
            (b"{}", String::new()),
            (b"{}", "untrusted comment: x\nAAAA\ntrusted comment: y\nAAAA".to_owned()),
        ];
        for (content, signature) in wrong {
            let error = trust.check_manifest(content, signature.as_bytes()).unwrap_err();
            assert_eq!(error.code, Code::UpdateUntrusted);
        }
    }

    #[test]
    fn a_file_that_was_changed_is_not_believed() {
        let (ours, other) = (Signer::new(), Signer::new());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("connector.deb");
        std::fs::write(&path, vec![7; 600_000]).unwrap();
        let signature = ours.signature(&vec![7; 600_000]);
        ours.trust().check_file(&path, &signature).unwrap();
        for (trust, signature) in [
            (other.trust(), signature.clone()),
            (ours.trust(), other.signature(&vec![7; 600_000])),
            (ours.trust(), "no base64".to_owned()),
        ] {
            let error = trust.check_file(&path, &signature).unwrap_err();
            assert_eq!(error.code, Code::UpdateUntrusted);
        }
        let mut changed = vec![7; 600_000];
        changed[599_999] = 8;
        std::fs::write(&path, changed).unwrap();
        let error = ours.trust().check_file(&path, &signature).unwrap_err();
        assert_eq!(error.code, Code::UpdateUntrusted);
    }

    #[test]
    #[cfg(debug_assertions)]
    fn a_debug_build_trusts_the_key_of_the_tests() {
        assert!(Trust::compiled_in().is_ok());
        assert_eq!(Trust::of("RWnonsense").unwrap_err().code, Code::UpdateUnavailable);
    }
}
