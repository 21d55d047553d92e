//! A bare Debian in a folder: made once by debootstrap, copied for each test, removed with it.

pub mod booted;
pub mod packages;

use journeys::service::is_root;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Programs that end with their parent, in a Debian that sees only its own processes.
const INSIDE: &str =
    "mount -t proc proc \"$0/proc\" && mount --rbind /dev \"$0/dev\" && exec chroot \"$0\" \"$@\"";

const ENVIRONMENT: [(&str, &str); 4] = [
    ("PATH", "/usr/sbin:/usr/bin:/sbin:/bin"),
    ("LC_ALL", "C.UTF-8"),
    ("DEBIAN_FRONTEND", "noninteractive"),
    ("HOME", "/root"),
];

/// The repository's root.
pub fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).expect("the repository's root").to_owned()
}

/// A Debian of one test.
pub struct Debian {
    folder: TempDir,
}

impl Debian {
    /// A copy of the one that is kept under `target`, with what the packages depend on.
    pub fn new() -> Self {
        let kept = kept();
        let folder = TempDir::with_prefix("debian-").expect("a temporary folder");
        let made = Self { folder };
        let copied =
            Command::new("cp").args(["-a", "--reflink=auto"]).arg(kept).arg(made.root()).status();
        assert!(copied.is_ok_and(|copied| copied.success()), "a copy of Debian");
        made
    }

    /// The same, where this process may do that.
    pub fn of_root() -> Option<Self> {
        is_root().then(Self::new)
    }

    /// Its root folder.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    /// A program inside.
    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        inside(&self.root(), program, args)
    }

    /// Runs a program inside; panics unless it succeeds.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        succeeded(self.command(program, args).output(), program, args)
    }

    /// Puts a file in; its path inside.
    pub fn put(&self, file: &Path) -> String {
        let name = file.file_name().expect("a file name");
        fs::copy(file, self.root().join("root").join(name)).expect("a copy");
        format!("/root/{}", name.to_string_lossy())
    }

    /// Everything that lies in it, but for records of what was installed when.
    pub fn files(&self) -> BTreeSet<String> {
        let out = Command::new("find")
            .arg(self.root())
            .args(["-xdev", "-not", "-type", "d", "-printf", "%P\n"])
            .output()
            .expect("find runs");
        let text = String::from_utf8_lossy(&out.stdout).into_owned();
        let records = ["var/log/", "var/cache/", "var/lib/dpkg/", "var/lib/apt/", "root/", "tmp/"];
        text.lines()
            .filter(|path| !records.iter().any(|record| path.starts_with(record)))
            .map(str::to_owned)
            .collect()
    }
}

impl Default for Debian {
    fn default() -> Self {
        Self::new()
    }
}

fn inside(root: &Path, program: &str, args: &[&str]) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", INSIDE]);
    command.arg(root).arg(program).args(args).stdin(Stdio::null());
    command.env_clear().envs(ENVIRONMENT);
    command
}

fn succeeded(ran: std::io::Result<Output>, program: &str, args: &[&str]) -> String {
    let out = ran.unwrap_or_else(|e| panic!("{program}: {e}"));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let errors = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "{program} {args:?}: {text}{errors}");
    text + &errors
}

/// The Debian that is kept: this machine's release, from this machine's sources, with the dependencies of both packages.
fn kept() -> PathBuf {
    let base = repository().join("target/debian");
    fs::create_dir_all(&base).expect("a folder");
    let lock = fs::File::create(base.join("lock")).expect("a lock");
    lock.lock().expect("a lock");
    let root = base.join("root");
    let (wanted, complete) = (wanted(), base.join("complete"));
    if fs::read_to_string(&complete).is_ok_and(|had| had == wanted.join(" ")) {
        return root;
    }
    let _ = fs::remove_file(&complete);
    let _ = fs::remove_dir_all(&root);
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let release = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let release = release.expect("this machine is a Debian or an Ubuntu").to_owned();
    let mut sources = Command::new("apt-get");
    let sources = sources.args(["indextargets", "--format", "$(SITE)", "Created-By: Packages"]);
    let sources = succeeded(sources.output(), "apt-get", &["indextargets"]);
    let mirror = sources.lines().next().expect("this machine has a source of packages").to_owned();
    let mut make = Command::new("debootstrap");
    make.args(["--variant=minbase", &release]).arg(&root).arg(mirror).stdin(Stdio::null());
    succeeded(make.output(), "debootstrap", &[&release]);
    // The way to the packages is this machine's own.
    let _ = fs::remove_dir_all(root.join("etc/apt"));
    for (from, to) in [("/etc/apt", "etc/apt"), ("/etc/resolv.conf", "etc/resolv.conf")] {
        let copy = Command::new("cp").args(["-aL", from]).arg(root.join(to)).output();
        succeeded(copy, "cp", &[from]);
    }
    fs::write(root.join("usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n").expect("a file");
    succeeded(inside(&root, "chmod", &["755", "/usr/sbin/policy-rc.d"]).output(), "chmod", &[]);
    succeeded(inside(&root, "apt-get", &["update", "-qq"]).output(), "apt-get", &["update"]);
    let mut args = vec!["install", "-qq", "--no-install-recommends", "--yes"];
    args.extend(wanted.iter().map(String::as_str));
    succeeded(inside(&root, "apt-get", &args).output(), "apt-get", &args);
    succeeded(inside(&root, "apt-get", &["clean"]).output(), "apt-get", &["clean"]);
    fs::write(complete, wanted.join(" ")).expect("a file");
    root
}

/// What both packages depend on.
fn wanted() -> Vec<String> {
    let mut wanted = BTreeSet::from(["systemd".to_owned()]);
    for package in [packages::headless(), packages::desktop()] {
        let mut show = Command::new("dpkg-deb");
        show.args(["--show", "--showformat=${Pre-Depends},${Depends}"]).arg(package);
        let needs = succeeded(show.output(), "dpkg-deb", &[]);
        let needs = needs.split(',').filter_map(|one| one.split_whitespace().next());
        wanted.extend(needs.filter(|name| *name != "insync-connector").map(str::to_owned));
    }
    wanted.into_iter().collect()
}
