//! The people and groups that make trouble.

use super::entry::{Entry, escape_dn, ssha};
use super::{BASE_DN, BIG_GROUP, Contents, Dialect, group_dn, person_dn, person_entry, write_unit};
use crate::names;
use std::io::{self, Write};

/// Writes `ou=quirks` (people named by `cn`, password `pw-UID`) and the groups `big` and `lvl1` to `lvl3`:
/// `lvl1` holds `lvl2` and person 1, `lvl2` holds `lvl3` and person 2, `lvl3` holds `lvl1` and `ok`.
pub(crate) fn write(out: &mut dyn Write, contents: &Contents) -> io::Result<()> {
    write_unit(out, "quirks", BASE_DN)?;
    let dialect = contents.dialect;
    let inside = group_dn("lvl3");
    person(out, dialect, ("ok", "ok"), Some("ok@example.org"), &[("memberOf", &inside)])?;
    for uid in ["nomail1", "nomail2"] {
        person(out, dialect, (uid, uid), None, &[])?;
    }
    for uid in ["dup1", "dup2"] {
        person(out, dialect, (uid, uid), Some("shared@example.org"), &[])?;
    }
    if contents.locked {
        // Locked by an administrator for ever (draft-behera-ldap-password-policy, section 5.3.3).
        let locked = [("pwdAccountLockedTime", "000001010000Z")];
        person(out, dialect, ("locked", "locked"), Some("locked@example.org"), &locked)?;
        person(out, dialect, ("lockme", "lockme"), Some("lockme@example.org"), &[])?;
    }
    for (number, name) in names::odd().iter().enumerate() {
        let uid = format!("odd{number:02}");
        person(out, dialect, (&uid, name), Some(&format!("{uid}@example.org")), &[])?;
    }
    let ok = format!("cn=ok,ou=quirks,{BASE_DN}");
    group(out, dialect, "big", None, (0..contents.people.min(BIG_GROUP)).map(person_dn))?;
    group(out, dialect, "lvl1", Some("lvl3"), [group_dn("lvl2"), person_dn(1)])?;
    group(out, dialect, "lvl2", Some("lvl1"), [group_dn("lvl3"), person_dn(2)])?;
    group(out, dialect, "lvl3", Some("lvl2"), [group_dn("lvl1"), ok])
}

/// Names of the groups above that ordinary person `number` is in.
pub(crate) fn groups_of(number: usize) -> impl Iterator<Item = &'static str> {
    let level = match number {
        1 => Some("lvl1"),
        2 => Some("lvl2"),
        _ => None,
    };
    (number < BIG_GROUP).then_some("big").into_iter().chain(level)
}

fn person(
    out: &mut dyn Write,
    dialect: Dialect,
    (uid, name): (&str, &str),
    mail: Option<&str>,
    more: &[(&str, &str)],
) -> io::Result<()> {
    let mut entry = person_entry(&format!("cn={},ou=quirks,{BASE_DN}", escape_dn(name)), dialect);
    for (key, value) in
        [("uid", uid), ("cn", name), ("sn", name), ("givenName", name), ("displayName", name)]
    {
        entry.add(key, value);
    }
    if let Some(mail) = mail {
        entry.add("mail", mail);
    }
    entry.add("userPassword", &ssha(&format!("pw-{uid}"), 2));
    for (key, value) in more {
        entry.add(key, value);
    }
    entry.write(out)
}

fn group(
    out: &mut dyn Write,
    dialect: Dialect,
    name: &str,
    inside: Option<&str>,
    members: impl IntoIterator<Item = String>,
) -> io::Result<()> {
    let mut entry = match dialect {
        Dialect::OpenLdap => Entry::new(&group_dn(name), &["groupOfNames"]),
        Dialect::Ds389 => Entry::new(&group_dn(name), &["groupOfNames", "nsMemberOf"]),
    };
    entry.add("cn", name);
    for member in members {
        entry.add("member", &member);
    }
    if let Some(outer) = inside {
        entry.add("memberOf", &group_dn(outer));
    }
    entry.write(out)
}
