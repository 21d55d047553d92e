//! A loopback address of one's own, for servers whose ports cannot be chosen.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions, Permissions, create_dir, set_permissions};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Last bytes of the addresses that tests may take: 127.0.0.2 to 127.0.0.60.
const LAST: std::ops::RangeInclusive<u8> = 2..=60;

/// An address in 127.0.0.0/8 that no other test of this machine uses, from whatever checkout it runs.
pub(crate) struct Address {
    ip: Ipv4Addr,
    _lock: File,
}

impl Address {
    /// Takes an address on which all of `ports` are free.
    pub(crate) fn take(ports: &[u16]) -> Result<Self> {
        let mut seen = String::new();
        for last in LAST {
            let ip = Ipv4Addr::new(127, 0, 0, last);
            let Some(lock) = lock(&folder(), ip) else { continue };
            match ports.iter().try_for_each(|port| TcpListener::bind((ip, *port)).map(drop)) {
                Ok(()) => return Ok(Self { ip, _lock: lock }),
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    return Err(not_permitted(ports));
                }
                Err(error) => seen = format!(": {ip}: {error}"),
            }
        }
        Err(Error::new(format!(
            "no loopback address 127.0.0.2 to 127.0.0.60 has the ports {ports:?} free{seen}"
        )))
    }

    pub(crate) fn ip(&self) -> Ipv4Addr {
        self.ip
    }
}

fn not_permitted(ports: &[u16]) -> Error {
    Error::new(format!(
        "this user may not listen on the ports {ports:?}, which Samba cannot change: run the tests as root, or allow \
         it with `sysctl net.ipv4.ip_unprivileged_port_start=389`"
    ))
}

/// One folder for all users and checkouts of the machine.
fn folder() -> PathBuf {
    let folder = Path::new("/tmp/insync-test-addresses").to_owned();
    if create_dir(&folder).is_ok() {
        let _ = set_permissions(&folder, Permissions::from_mode(0o1777));
    }
    folder
}

/// The lock of an address, unless somebody holds it.
fn lock(folder: &Path, ip: Ipv4Addr) -> Option<File> {
    let path = folder.join(format!("{ip}.lock"));
    // Without `create` first: the kernel forbids creating over another user's file in a shared folder.
    let file = File::open(&path).or_else(|_| {
        let made = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
        let _ = made.set_permissions(Permissions::from_mode(0o644));
        Ok::<_, std::io::Error>(made)
    });
    file.ok().filter(|file| file.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_tests_never_get_the_same_address() {
        let first = Address::take(&[]).unwrap();
        let second = Address::take(&[]).unwrap();
        assert_ne!(first.ip(), second.ip());
    }
}
