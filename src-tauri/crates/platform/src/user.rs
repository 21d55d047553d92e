//! Accounts of the operating system, as far as a journal is to name them.

use serde::Serialize;

/// An account of this machine.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct User {
    /// Its name, where it has one here.
    #[serde(rename = "account", skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its number, where accounts have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<u32>,
}

impl User {
    /// The account that runs this process.
    #[cfg(unix)]
    pub fn own() -> Self {
        Self::of_uid(rustix::process::geteuid().as_raw())
    }

    /// The account that runs this process.
    #[cfg(not(unix))]
    pub fn own() -> Self {
        Self { name: std::env::var("USERNAME").ok().filter(|name| !name.is_empty()), uid: None }
    }

    /// The account of that number. Who is in no file of this machine, as people of a domain are, has the number alone.
    #[cfg(unix)]
    pub(crate) fn of_uid(uid: u32) -> Self {
        let known = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        Self { name: named(&known, uid), uid: Some(uid) }
    }
}

/// passwd(5): name, password, number, …
#[cfg(unix)]
fn named(known: &str, uid: u32) -> Option<String> {
    let mut accounts = known.lines().map(|line| line.split(':'));
    accounts.find_map(|mut fields| {
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_named_by_its_number() {
        let known = "root:x:0:0:root:/root:/bin/sh\n\nada:x:1000:1000:Ada,,,:/home/ada:/bin/sh\n";
        assert_eq!(named(known, 1000).as_deref(), Some("ada"));
        assert_eq!(named(known, 1), None);
        assert_eq!(User::own().uid, Some(rustix::process::geteuid().as_raw()));
    }
}
