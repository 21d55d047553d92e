//! Updates that a local cloud offers, signed as their makers would sign them.

use crate::Cloud;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minisign::{KeyPair, SecretKey, SecretKeyBox};
use serde_json::{Map, Value, json};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Whoever signs updates.
pub struct Maker {
    key: SecretKey,
}

impl Maker {
    /// The one whom debug builds trust.
    pub fn of_debug_builds() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::of(&here.join("../update-key/debug-builds-only.key"))
    }

    /// The one whose secret key, without a password, is in a file.
    pub fn of(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        let key =
            SecretKeyBox::from_string(&text).and_then(SecretKeyBox::into_unencrypted_secret_key);
        Self { key: key.expect("a key of minisign without a password") }
    }

    /// Somebody whom no program trusts.
    pub fn stranger() -> Self {
        Self { key: KeyPair::generate_unencrypted_keypair().expect("a key pair").sk }
    }

    fn sign(&self, content: &[u8]) -> String {
        let signed = minisign::sign(None, &self.key, Cursor::new(content), None, None);
        signed.expect("a signature").into_string()
    }

    /// Offers a version in a cloud: for each platform the content of its file.
    pub fn offer(&self, cloud: &Cloud, version: &str, files: &[(&str, &[u8])]) {
        let folder = folder(cloud);
        fs::create_dir_all(&folder).expect("a folder");
        let mut platforms = Map::new();
        for (platform, content) in files {
            let name = format!("{platform}.bin");
            fs::write(folder.join(&name), content).expect("a file");
            let signature = STANDARD.encode(self.sign(content));
            platforms
                .insert((*platform).to_owned(), json!({ "url": name, "signature": signature }));
        }
        let offer = json!({ "version": version, "notes": "What is new.", "platforms": platforms });
        self.put(cloud, &offer);
    }

    /// Signs an offer as it is.
    pub fn put(&self, cloud: &Cloud, offer: &Value) {
        let text = offer.to_string();
        fs::write(folder(cloud).join("connector.json.minisig"), self.sign(text.as_bytes()))
            .expect("a file");
        fs::write(folder(cloud).join("connector.json"), text).expect("a file");
    }
}

/// Where a cloud keeps what it offers.
pub fn folder(cloud: &Cloud) -> PathBuf {
    cloud.data().join("updates")
}

/// How the engine of this machine is called in an offer.
pub fn platform() -> String {
    format!("linux-{}", std::env::consts::ARCH)
}
