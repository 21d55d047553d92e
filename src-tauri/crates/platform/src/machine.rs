//! This machine, and what this process is to it.

/// Name of this machine.
pub fn host_name() -> String {
    let name = name();
    let name = name.trim();
    if name.is_empty() { "unnamed".to_owned() } else { name.to_owned() }
}

#[cfg(unix)]
fn name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}

/// No crash writes passwords to a disk, however this process was started: the limit is zero, and on Linux, where a limit does
/// not hold for dumps that a program takes, no other process of the user may read its memory either (prctl(2),
/// `PR_SET_DUMPABLE`). On Windows, what is kept of a crash is the system's setting.
pub fn without_core_dumps() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
