//! What is not installed: everything that was not signed just so.

use super::super::trust::signing::Signer;
use super::*;
use serde_json::json;
use std::fs;

const PACKAGE: &[u8] = b"a package";

struct Home {
    folder: tempfile::TempDir,
    vault: tempfile::TempDir,
    key: Signer,
}

impl Home {
    /// A later version, downloaded and approved.
    fn new() -> Self {
        let [folder, vault] = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let home = Self { folder, vault, key: Signer::new() };
        fs::create_dir(home.folder.path().join("update")).unwrap();
        home.put(APPROVED, b"2.0.0\n");
        home.put("connector.deb", PACKAGE);
        home.offer("2.0.0", PACKAGE);
        home
    }

    fn put(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), content).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("update").join(name)
    }

    fn offer(&self, version: &str, package: &[u8]) {
        let signature = self.key.signature(package);
        let platforms = json!({ "linux-x86_64": { "url": "x.deb", "signature": signature } });
        let manifest = json!({ "version": version, "platforms": platforms }).to_string();
        self.put(MANIFEST_SIGNATURE, self.key.sign(manifest.as_bytes()).as_bytes());
        self.put(MANIFEST, manifest.as_bytes());
    }

    fn check(&self, own: &str) -> Result<Checked> {
        let inbox = Inbox::open(self.folder.path())?;
        let version = take_approval(&inbox)?;
        let part = Part {
            platform: "linux-x86_64".into(),
            file: "connector.deb",
            package: "insync-connector",
        };
        check(
            &inbox,
            &self.key.trust(),
            &Step { from: own, to: &version },
            self.vault.path(),
            vec![part],
        )
    }

    fn refused(&self, own: &str) -> Code {
        self.check(own).err().expect("it is refused").code
    }
}

#[test]
fn what_was_approved_and_signed_is_copied_and_the_approval_is_used_up() {
    let home = Home::new();
    let checked = home.check("1.9.9").unwrap();
    assert_eq!(checked.version, "2.0.0");
    let [(_, copy)] = &checked.files[..] else { panic!("one file") };
    assert!(copy.starts_with(home.vault.path()));
    assert_eq!(fs::read(copy).unwrap(), PACKAGE);
    assert!(!home.path(APPROVED).exists());
    assert_eq!(home.refused("1.9.9"), Code::UpdateNone);
}

#[test]
fn never_the_same_or_an_earlier_version() {
    assert_eq!(Home::new().refused("2.0.0"), Code::UpdateOutdated);
    assert_eq!(Home::new().refused("2.0.1"), Code::UpdateOutdated);
}

#[test]
fn a_changed_package_a_changed_offer_and_a_foreign_key() {
    let home = Home::new();
    home.put("connector.deb", b"a packagE");
    assert_eq!(home.refused("1.0.0"), Code::UpdateUntrusted);

    let home = Home::new();
    let text = fs::read_to_string(home.path(MANIFEST)).unwrap();
    home.put(MANIFEST, text.replace("2.0.0", "3.0.0").as_bytes());
    home.put(APPROVED, b"3.0.0");
    assert_eq!(home.refused("1.0.0"), Code::UpdateUntrusted);

    let home = Home { key: Signer::new(), ..Home::new() };
    assert_eq!(home.refused("1.0.0"), Code::UpdateUntrusted);
}

#[test]
fn another_version_than_the_approved_one_is_not_installed() {
    let home = Home::new();
    home.offer("2.1.0", PACKAGE);
    assert_eq!(home.refused("1.0.0"), Code::UpdateInvalid);
    assert!(!home.path(APPROVED).exists());
}

#[test]
fn what_is_missing_or_too_large() {
    let home = Home::new();
    fs::remove_file(home.path("connector.deb")).unwrap();
    assert_eq!(home.refused("1.0.0"), Code::UpdateFailed);

    let home = Home::new();
    home.put(MANIFEST, &vec![b' '; MAX_MANIFEST + 1]);
    assert_eq!(home.refused("1.0.0"), Code::UpdateInvalid);

    let home = Home::new();
    let file = fs::File::create(home.path("connector.deb")).unwrap();
    file.set_len(super::super::MAX_ARTIFACT + 1).unwrap();
    assert_eq!(home.refused("1.0.0"), Code::UpdateInvalid);
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    use std::os::unix::fs::symlink;
    let home = Home::new();
    let elsewhere = home.folder.path().join("elsewhere");
    fs::rename(home.path("connector.deb"), &elsewhere).unwrap();
    symlink(&elsewhere, home.path("connector.deb")).unwrap();
    assert_eq!(home.refused("1.0.0"), Code::StorageFailed);

    let home = Home::new();
    let moved = home.folder.path().join("moved");
    fs::rename(home.folder.path().join("update"), &moved).unwrap();
    symlink(&moved, home.folder.path().join("update")).unwrap();
    assert_eq!(home.refused("1.0.0"), Code::StorageFailed);
    assert!(moved.join(APPROVED).exists());

    // Where the outcome is to be written, a link waits.
    let home = Home::new();
    let victim = home.folder.path().join("victim");
    fs::write(&victim, "as it was").unwrap();
    symlink(&victim, home.path(OUTCOME)).unwrap();
    symlink(&victim, home.path("outcome.json.new")).unwrap();
    let outcome = Outcome { version: "2.0.0".into(), failure: None };
    report(&Inbox::open(home.folder.path()).unwrap(), &outcome).unwrap();
    assert_eq!(fs::read_to_string(victim).unwrap(), "as it was");
    let told: Outcome = serde_json::from_slice(&fs::read(home.path(OUTCOME)).unwrap()).unwrap();
    assert_eq!(told, outcome);
}

#[cfg(target_os = "linux")]
#[test]
fn an_approval_is_used_up_before_anything_can_fail_and_the_engine_is_told() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    // This program was installed by no package.
    let home = Home::new();
    let outcome = apply(home.folder.path(), "1.0.0", &CancellationToken::new()).unwrap().unwrap();
    assert_eq!(outcome.failure.as_ref().map(|error| error.code), Some(Code::UpdateFailed));
    assert!(!home.path(APPROVED).exists());
    let told: Outcome = serde_json::from_slice(&fs::read(home.path(OUTCOME)).unwrap()).unwrap();
    assert_eq!(told, outcome);

    // One that cannot be used up.
    let home = Home::new();
    fs::remove_file(home.path(APPROVED)).unwrap();
    fs::create_dir(home.path(APPROVED)).unwrap();
    apply(home.folder.path(), "1.0.0", &CancellationToken::new()).unwrap_err();
    let told: Outcome = serde_json::from_slice(&fs::read(home.path(OUTCOME)).unwrap()).unwrap();
    assert!(told.failure.is_some());
}
