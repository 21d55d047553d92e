//! The setup as `make dist` leaves it, and an earlier one made of the same programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Version of the earlier setup.
pub const EARLIER: &str = "0.0.9";

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the repository's root").to_owned()
}

/// The setup of this version, in the folder that `INSTALLERS` names.
pub fn current() -> PathBuf {
    let version = env!("CARGO_PKG_VERSION");
    let folder = std::env::var_os("INSTALLERS").unwrap_or_else(|| "target/installers".into());
    let path = root().join(folder).join(format!("inSync-Connector-Setup-{version}.exe"));
    assert!(path.is_file(), "{} is not built: run `make dist` first", path.display());
    path
}

/// A setup of the same programs that calls itself an earlier version.
pub fn earlier(folder: &Path) -> PathBuf {
    made(folder, EARLIER, &programs())
}

/// A setup of a later version whose engine crashes in its first start.
pub fn crashing(folder: &Path) -> PathBuf {
    let crashing = folder.join("crashing");
    fs::create_dir(&crashing).expect("a folder");
    for name in ["insync-connector-desktop.exe", "WebView2Loader.dll"] {
        fs::copy(programs().join(name), crashing.join(name)).expect("a program for Windows");
    }
    let built = "target/windows/build/x86_64-pc-windows-gnu/debug/insync-connector-crashing.exe";
    fs::copy(root().join(built), crashing.join("insync-connector.exe"))
        .expect("the crashing version");
    made(folder, "99.0.0", &crashing)
}

/// The unit tests of a crate, as a program for Windows.
pub fn unit_tests(name: &str) -> PathBuf {
    let listed = fs::read_to_string(root().join("target/windows/unit-tests")).unwrap_or_default();
    let program = listed.lines().find(|path| path.contains(name)).map(|path| root().join(path));
    program.unwrap_or_else(|| panic!("{name} is not built: run tests/windows/compile.sh first"))
}

/// What the setup was made of.
fn programs() -> PathBuf {
    root().join("target/windows/programs")
}

fn made(folder: &Path, version: &str, programs: &Path) -> PathBuf {
    let path = folder.join(format!("setup-{version}.exe"));
    let made = Command::new("makensis")
        // Not as small as possible, but soon.
        .args(["-V1", "-WX", "-INPUTCHARSET", "UTF8", "-DQUICKLY"])
        .arg(format!("-DVERSION={version}"))
        .arg(format!("-DPROGRAMS={}", programs.display()))
        .arg(format!("-DICON={}", root().join("icons/app.ico").display()))
        .arg(format!("-DOUT={}", path.display()))
        .arg(root().join("installer/windows/setup.nsi"))
        .status();
    assert!(made.is_ok_and(|made| made.success()), "a setup is made");
    path
}
