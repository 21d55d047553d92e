//! A Debian whose systemd runs: an init of its own in namespaces of its own, which end with the test.

use crate::{Debian, ENVIRONMENT};
use journeys::process::{Running, wait_for};
use serde_json::Value;
use std::fs;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// systemd needs control groups of its own, devices, mounts that its services see, and a kernel that it cannot change.
const START: &str = r#"
set -e
mount --bind "$0" "$0"
mount -t proc proc "$0/proc"
mount --bind "$0/proc/sys" "$0/proc/sys"
mount -o remount,bind,ro "$0/proc/sys"
mount -t sysfs -o ro sysfs "$0/sys"
mount -t cgroup2 cgroup2 "$0/sys/fs/cgroup"
for folder in run tmp dev; do mount -t tmpfs tmpfs "$0/$folder"; done
for device in null zero full random urandom tty; do
    touch "$0/dev/$device"
    mount --bind "/dev/$device" "$0/dev/$device"
done
# systemd gives a service with PrivateDevices= what it finds here.
ln -s pts/ptmx "$0/dev/ptmx"
cd "$0"
pivot_root . .
umount --lazy .
mount --make-rshared /
exec env -i container=test PATH=/usr/sbin:/usr/bin /usr/lib/systemd/systemd --unit=multi-user.target
"#;

/// A Debian that has been started; it is switched off when dropped.
pub struct Booted<'a> {
    _debian: PhantomData<&'a Debian>,
    init: u32,
    _running: Group,
}

/// Its control groups, and what runs in them.
struct Group {
    path: PathBuf,
    running: Option<Running>,
}

impl Debian {
    /// Starts its systemd; `None` where this machine has no place for the control groups of another systemd.
    pub fn boot(&self) -> Option<Booted<'_>> {
        let Some(mut group) = Group::new() else {
            println!("LEFT OUT: this machine has no control groups for another systemd");
            return None;
        };
        let mut command = Command::new("sh");
        command
            .args(["-c", "echo $$ >\"$0/cgroup.procs\" && exec setpriv --pdeathsig KILL \"$@\""]);
        command.arg(&group.path);
        command.args(["unshare", "--mount", "--pid", "--fork", "--kill-child", "--uts", "--ipc"]);
        command.args(["--cgroup", "sh", "-c", START]).arg(self.root()).stdin(Stdio::null());
        let running = Running::start_quiet(command, "systemd");
        let children = format!("/proc/{0}/task/{0}/children", running.id());
        group.running = Some(running);
        let init = wait_for("systemd", Duration::from_secs(20), || {
            let child: u32 = fs::read_to_string(&children).ok()?.trim().parse().ok()?;
            let name = fs::read_to_string(format!("/proc/{child}/comm")).ok()?;
            (name.trim() == "systemd").then_some(child)
        });
        let booted = Booted { _debian: PhantomData, init, _running: group };
        wait_for("the start of Debian", Duration::from_secs(60), || {
            let state = booted.command("systemctl", &["is-system-running"]).output().ok()?;
            let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
            matches!(state.as_str(), "running" | "degraded").then_some(())
        });
        Some(booted)
    }
}

impl Booted<'_> {
    /// A program in it.
    pub fn command(&self, program: &str, args: &[&str]) -> Command {
        let mut command = Command::new("nsenter");
        command.args(["--target", &self.init.to_string(), "--root", "--wd=/"]);
        command.args(["--mount", "--pid", "--uts", "--ipc", "--cgroup", "--", program]).args(args);
        command.stdin(Stdio::null()).env_clear().envs(ENVIRONMENT);
        command
    }

    /// Runs a program in it; panics unless it succeeds.
    pub fn run(&self, program: &str, args: &[&str]) -> String {
        crate::succeeded(self.command(program, args).output(), program, args)
    }

    /// What a connector in it answers.
    pub fn json(&self, program: &str, args: &[&str]) -> Value {
        let text = self.run(program, &[&["--json"], args].concat());
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"))
    }

    /// What its services said last.
    pub fn journal(&self) -> String {
        let units = ["--unit=insync-connector-update.service", "--unit=insync-connector.service"];
        self.run("journalctl", &[&["--no-pager", "--lines=80"], &units[..]].concat())
    }

    /// Installs a package that was put into it.
    pub fn install(&self, package: &str) {
        let said = self.run("dpkg", &["-i", package]);
        let runs = self.json("insync-connector", &["service", "status"])["running"] == true;
        assert!(runs, "{said}\n{}", self.journal());
    }

    /// Runs a program in it that has to fail; what it said.
    pub fn fails(&self, program: &str, args: &[&str]) -> String {
        let out = self.command(program, args).output().expect("nsenter runs");
        let said = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        assert!(!out.status.success(), "{program} {args:?}: {said}");
        said
    }
}

impl Group {
    fn new() -> Option<Self> {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let mounts = fs::read_to_string("/proc/mounts").ok()?;
        let unified = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        let mut unified = unified.filter(|fields| fields.get(2) == Some(&"cgroup2"));
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("debian-{}-{number}", std::process::id());
        let path = Path::new(unified.next()?[1]).join(name);
        fs::create_dir(&path).ok()?;
        Some(Self { path, running: None })
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // With its first process every other one ends.
        if let Some(running) = self.running.take() {
            running.kill9();
        }
        let end = Instant::now() + Duration::from_secs(10);
        while !remove(&self.path) {
            if Instant::now() > end {
                eprintln!("the control groups in {} are still used", self.path.display());
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Control groups are removed from the inside out.
fn remove(group: &Path) -> bool {
    for entry in fs::read_dir(group).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove(&entry.path());
        }
    }
    fs::remove_dir(group).is_ok() || !group.exists()
}
