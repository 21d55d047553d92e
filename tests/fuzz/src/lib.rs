//! The doors by which bytes of somebody else come in. Behind each stands what must hold whatever comes: no panic, no end to
//! wait for, memory in proportion, and that what was read means the same when it is written and read again.
//!
//! `make fuzz` looks for inputs that break it; the test of this package replays those that were kept in `corpus`.

mod bounds;
mod cloud;
mod directory;
mod files;
mod hostile_server;

pub use bounds::{ALLOCATOR, Bounds, Taken, measured};

/// One door.
pub struct Door {
    /// Also the name of the fuzz target and of the folder in `corpus`.
    pub name: &'static str,
    /// Goes through it and looks whether everything holds.
    pub enter: fn(&[u8]),
    /// What one input may take.
    pub bounds: Bounds,
}

/// All of them.
pub const DOORS: &[Door] = &[
    Door { name: "ldap_messages", enter: directory::ldap_messages, bounds: Bounds::of(8, 16) },
    Door { name: "ldap_entry", enter: directory::ldap_entry, bounds: Bounds::of(2, 600) },
    Door { name: "directory_client", enter: directory::client, bounds: Bounds::of(16, 600) },
    Door { name: "filter", enter: directory::filter, bounds: Bounds::of(2, 600) },
    Door { name: "dn", enter: directory::dn, bounds: Bounds::of(2, 600) },
    Door { name: "session_message", enter: cloud::session_message, bounds: Bounds::of(4, 200) },
    Door { name: "scim_answer", enter: cloud::scim_answer, bounds: Bounds::of(4, 600) },
    Door { name: "scim_list", enter: cloud::scim_list, bounds: Bounds::of(4, 600) },
    Door { name: "settings", enter: files::settings, bounds: Bounds::of(4, 600) },
    Door { name: "mapping", enter: files::mapping, bounds: Bounds::of(4, 600) },
    Door { name: "exported_settings", enter: files::exported_settings, bounds: Bounds::of(8, 600) },
    Door { name: "former_file", enter: files::former_file, bounds: Bounds::of(2, 200) },
    Door { name: "certificates", enter: files::certificates, bounds: Bounds::of(2, 200) },
    Door { name: "update_manifest", enter: files::update_manifest, bounds: Bounds::of(2, 200) },
];

/// Before the first input of a fuzz target: what the LDAP library cannot read makes it panic, which ends one connection. So
/// a panic as such is no finding; one that gets as far as the door is.
pub fn begin() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// One input of a fuzz target.
///
/// # Panics
/// Where something does not hold.
pub fn enter(name: &str, data: &[u8]) {
    let door = DOORS.iter().find(|door| door.name == name);
    let Some(door) = door else { unreachable!("there is no door {name}") };
    let (taken, failure) = measured(|| (door.enter)(data));
    if let Some(failure) = failure {
        eprint(&format!("{name}: {failure}"));
        std::process::abort();
    }
    if let Some(excess) = door.bounds.excess(&taken, data.len()) {
        eprint(&format!("{name}: {excess}"));
        std::process::abort();
    }
}

#[allow(clippy::print_stderr, reason = "this is what a fuzz target has to say")]
fn eprint(text: &str) {
    eprintln!("{text}");
}
