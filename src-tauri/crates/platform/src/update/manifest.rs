//! The manifest: Tauri's static JSON format, of which only what is needed is read.

use connector_model::{Code, Error, Result};
use semver::Version;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Most characters of what is new that are shown.
const MAX_NOTES: usize = 4000;

/// A version that is offered.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Which one.
    pub version: Version,
    /// What is new in it.
    pub notes: Option<String>,
    platforms: BTreeMap<String, Artifact>,
}

/// A file of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Artifact {
    /// Where it is; relative to the manifest, or absolute.
    pub url: String,
    /// The minisign signature file as base64 text.
    pub signature: String,
}

#[derive(Deserialize)]
struct Text {
    version: String,
    #[serde(default)]
    notes: Option<String>,
    platforms: BTreeMap<String, Artifact>,
}

impl Offer {
    /// Reads a manifest whose signature was checked.
    pub fn read(content: &[u8]) -> Result<Self> {
        let text: Text = serde_json::from_slice(content)
            .map_err(|_| unusable("The offered update cannot be read.".to_owned()))?;
        let version = text.version.strip_prefix('v').unwrap_or(&text.version);
        let version = Version::parse(version).map_err(|_| {
            unusable(format!("The offered version \"{version}\" is not a version number."))
        })?;
        let notes = text.notes.map(|notes| shown(&notes)).filter(|notes| !notes.is_empty());
        Ok(Self { version, notes, platforms: text.platforms })
    }

    /// The file for a platform.
    pub fn artifact(&self, platform: &str) -> Result<&Artifact> {
        self.platforms.get(platform).ok_or_else(|| {
            unusable(format!("Version {} is not offered for {platform}.", self.version))
        })
    }

    /// Whether it is later than a version.
    pub fn is_later_than(&self, installed: &str) -> bool {
        // A version that cannot be read is older than any other.
        Version::parse(installed).map_or(true, |installed| self.version > installed)
    }
}

/// Text for a screen: lines, no control characters, not too long.
fn shown(notes: &str) -> String {
    let text = notes.chars().filter(|c| *c == '\n' || !c.is_control()).take(MAX_NOTES);
    text.collect::<String>().trim().to_owned()
}

fn unusable(message: String) -> Error {
    Error::new(Code::UpdateInvalid, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn manifest(version: &str) -> Vec<u8> {
        json!({
            "version": version, "notes": "Two\nlines\u{7}", "pub_date": "2026-11-26T00:00:00Z",
            "platforms": { "linux-x86_64": { "url": "a.deb", "signature": "x", "more": 1 } },
        })
        .to_string()
        .into_bytes()
    }

    #[test]
    fn tauris_format_is_read() {
        let offer = Offer::read(&manifest("v1.10.0")).unwrap();
        assert_eq!(offer.version, Version::new(1, 10, 0));
        assert_eq!(offer.notes.as_deref(), Some("Two\nlines"));
        assert_eq!(offer.artifact("linux-x86_64").unwrap().url, "a.deb");
        let missing = offer.artifact("windows-x86_64").unwrap_err();
        assert_eq!(missing.code, Code::UpdateInvalid);
    }

    #[test]
    fn later_means_by_number_not_by_letter() {
        let offer = Offer::read(&manifest("1.10.0")).unwrap();
        for earlier in ["1.9.0", "0.1.0", "1.10.0-rc.1"] {
            assert!(offer.is_later_than(earlier), "{earlier}");
        }
        for later in ["1.10.0", "1.11.0", "2.0.0"] {
            assert!(!offer.is_later_than(later), "{later}");
        }
    }

    #[test]
    fn what_is_no_manifest_is_refused() {
        for bad in ["", "{}", "[]", r#"{"version":"1.0","platforms":{}}"#] {
            let error = Offer::read(bad.as_bytes()).unwrap_err();
            assert_eq!(error.code, Code::UpdateInvalid, "{bad}");
        }
        assert!(Offer::read(&manifest("../../etc")).is_err());
    }
}
