//! Updates that a local cloud offers, signed as their makers would sign them.

use crate::Cloud;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Whoever signs updates, with the program that makers sign with.
pub struct Maker {
    key: PathBuf,
    _own: Option<TempDir>,
}

impl Maker {
    /// The one whom debug builds trust.
    pub fn of_debug_builds() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::of(here.join("../update-key/debug-builds-only.key"))
    }

    /// The one whose secret key, without a password, is in a file.
    pub fn of(key: PathBuf) -> Self {
        Self { key, _own: None }
    }

    /// Somebody whom no program trusts.
    pub fn stranger() -> Self {
        let own = TempDir::with_prefix("maker-").expect("a temporary folder");
        let key = own.path().join("secret.key");
        let public = own.path().join("key.pub");
        minisign(&[
            OsStr::new("-GWf"),
            "-p".as_ref(),
            public.as_ref(),
            "-s".as_ref(),
            key.as_ref(),
        ]);
        Self { key, _own: Some(own) }
    }

    fn sign(&self, content: &[u8]) -> String {
        let work = TempDir::with_prefix("signature-").expect("a temporary folder");
        let (file, signature) = (work.path().join("file"), work.path().join("signature"));
        fs::write(&file, content).expect("a file");
        let (key, file) = (self.key.as_os_str(), file.as_os_str());
        let signed = [OsStr::new("-S"), "-s".as_ref(), key, "-m".as_ref(), file, "-x".as_ref()];
        minisign(&[&signed[..], &[signature.as_ref()]].concat());
        fs::read_to_string(signature).expect("a signature")
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

fn minisign(args: &[&OsStr]) {
    let ran = Command::new("minisign").args(args).stdin(Stdio::null()).output();
    let ran = ran.expect("minisign is installed (package minisign)");
    assert!(ran.status.success(), "minisign: {}", String::from_utf8_lossy(&ran.stderr));
}
