//! Whether the desktop shows tray icons at all. Windows and macOS always do; on Linux it takes a panel that watches for them.

/// Whether somebody shows icons now.
#[cfg(target_os = "linux")]
pub fn shows_icons() -> bool {
    let asked = || -> zbus::Result<bool> {
        let bus = zbus::blocking::Connection::session()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    // On a thread of its own: a call that blocks must not be made inside the program's runtime.
    std::thread::spawn(move || asked().unwrap_or(false)).join().unwrap_or(false)
}

/// Whether somebody shows icons now.
#[cfg(not(target_os = "linux"))]
pub fn shows_icons() -> bool {
    true
}
