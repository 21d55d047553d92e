//! A Windows that is made once, kept under `target`, and copied for each test.

use servers::cache;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What Rust's programs need and this Wine lacks.
const SHIM: &str = include_str!("bcryptprimitives.c");

/// A Linux program that works on the prefix in that folder.
pub(crate) fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("WINEPREFIX", folder.join("prefix"))
        .env("HOME", folder)
        .env("WINEDEBUG", "-all")
        .env("WINEDLLOVERRIDES", "mscoree=d;mshtml=d;winemenubuilder.exe=d")
        .env_remove("INSYNC_CONNECTOR_HOME")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DISPLAY")
        .current_dir(folder)
        .stdin(Stdio::null());
    command
}

/// Puts a fresh prefix into that folder.
pub(crate) fn copy_into(folder: &Path) {
    let version = cache::version("wine", "--version", "wine").expect("wine is installed");
    let kept = cache::cached("windows", &[&version, SHIM], |folder| {
        make(folder);
        Ok(())
    });
    let kept = kept.expect("a Windows is made");
    let mut copy = Command::new("cp");
    copy.args(["-a", "--reflink=auto"]).arg(kept.join("prefix")).arg(folder);
    assert!(copy.status().is_ok_and(|copied| copied.success()), "a copy of Windows");
    lead_home(&folder.join("prefix/drive_c/users"), &kept, folder);
}

fn make(folder: &Path) {
    let ends = |program: &str, args: &[&str]| {
        let ran = command(program, folder).args(args).stdout(Stdio::null()).status();
        assert!(ran.is_ok_and(|status| status.success()), "{program} {args:?}");
    };
    ends("wineboot", &["--init"]);
    ends("wineserver", &["--wait"]);
    let system = folder.join("prefix/drive_c/windows/system32");
    assert!(system.is_dir(), "wineboot made no Windows");
    let source = folder.join("shim.c");
    fs::write(&source, SHIM).expect("a file");
    let library = system.join("bcryptprimitives.dll");
    let files = [&*library.to_string_lossy(), &*source.to_string_lossy()].map(str::to_owned);
    let [library, source] = &files;
    ends("x86_64-w64-mingw32-gcc", &["-O2", "-shared", "-o", library, source, "-ladvapi32"]);
}

/// Desktop, documents and the like are links to the home of whoever made them: to lead nowhere else than to the copy's own.
fn lead_home(users: &Path, from: &Path, to: &Path) {
    for entry in fs::read_dir(users).into_iter().flatten().flatten() {
        let path = entry.path();
        if fs::read_link(&path).is_ok_and(|link| link == from) {
            let led = fs::remove_file(&path).and_then(|()| std::os::unix::fs::symlink(to, &path));
            led.expect("a link");
        } else if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            lead_home(&path, from, to);
        }
    }
}
