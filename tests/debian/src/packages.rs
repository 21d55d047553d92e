//! The packages as `make dist` leaves them, and the same with a higher version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The engine and the command line.
pub fn headless() -> PathBuf {
    built("insync-connector")
}

/// The window.
pub fn desktop() -> PathBuf {
    built("insync-connector-desktop")
}

fn built(name: &str) -> PathBuf {
    let folder = std::env::var_os("INSTALLERS").unwrap_or_else(|| "target/installers".into());
    let folder = crate::repository().join(folder);
    let start = format!("{name}_{}_", env!("CARGO_PKG_VERSION"));
    let entries = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let name = |path: &PathBuf| path.file_name().map(|n| n.to_string_lossy().into_owned());
    entries
        .into_iter()
        .find(|path| name(path).is_some_and(|n| n.starts_with(&start) && n.ends_with(".deb")))
        .unwrap_or_else(|| panic!("{start}*.deb is not built: run `make dist` first"))
}

/// The same package as a later version, with other content if `change` gives it some.
pub fn later(package: &Path, folder: &Path, change: impl FnOnce(&Path)) -> PathBuf {
    later_as("99.0.0", package, folder, change)
}

/// The same as that version.
pub fn later_as(
    version: &str,
    package: &Path,
    folder: &Path,
    change: impl FnOnce(&Path),
) -> PathBuf {
    let tree = folder.join(format!("tree-{version}"));
    let path = folder.join(format!("later-{version}.deb"));
    let unpacked = Command::new("dpkg-deb").arg("-R").arg(package).arg(&tree).status();
    assert!(unpacked.is_ok_and(|done| done.success()), "dpkg-deb unpacks");
    let control = tree.join("DEBIAN/control");
    let text = fs::read_to_string(&control).expect("a control file");
    let now = format!("Version: {}\n", env!("CARGO_PKG_VERSION"));
    assert!(text.contains(&now), "{text}");
    fs::write(&control, text.replace(&now, &format!("Version: {version}\n")))
        .expect("a control file");
    change(&tree);
    let mut pack = Command::new("dpkg-deb");
    pack.args(["--root-owner-group", "-Znone", "-b"]).arg(&tree).arg(&path);
    let packed = pack.output();
    assert!(packed.is_ok_and(|done| done.status.success()), "dpkg-deb packs");
    path
}
