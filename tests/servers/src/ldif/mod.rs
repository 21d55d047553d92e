//! People, units and groups of the sample company as LDIF (RFC 2849): the same bytes on every run, written as a
//! stream, so that a million people need no memory.
//!
//! Person `n` is `uid=uNNNNNNN,ou=deptDD,ou=people,dc=example,dc=org` with `DD = n % 20` and the password
//! `pw-uNNNNNNN`. Group `gNNNN` holds a block of 200 people. `memberOf` is written out, because offline loaders
//! do not run the overlay that would add it.

mod entry;
mod quirks;

use crate::names;
use entry::{Entry, ssha};
use std::io::{self, Write};

/// Everything is below this.
pub const BASE_DN: &str = "dc=example,dc=org";
/// The account that reads.
pub const SERVICE_DN: &str = "cn=svc,ou=services,dc=example,dc=org";
/// Its password.
pub const SERVICE_PASSWORD: &str = "svc-secret";
/// An account that may bind but read nothing.
pub const BLIND_DN: &str = "cn=blind,ou=services,dc=example,dc=org";
/// Its password.
pub const BLIND_PASSWORD: &str = "blind-secret";

/// Departments, each a unit `ou=deptDD`.
pub const DEPARTMENTS: usize = 20;
/// Members of the group `cn=big`, or everybody when there are fewer people.
pub const BIG_GROUP: usize = 5000;
const GROUP_SIZE: usize = 200;
const MOST_GROUPS: usize = 500;

/// What differs between servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `memberOf` is operational and allowed everywhere.
    OpenLdap,
    /// `memberOf` needs the class `nsMemberOf`; rights are an attribute of the suffix.
    Ds389,
}

/// What the LDIF holds.
#[derive(Debug, Clone, Copy)]
pub struct Contents {
    /// Number of ordinary people.
    pub people: usize,
    /// Whether `ou=quirks` with its odd people and the groups `big`, `lvl1` to `lvl3` are there.
    pub quirks: bool,
    /// Whether a person locked by the password policy is there (the server must know the policy's attributes).
    pub locked: bool,
    /// For which server.
    pub dialect: Dialect,
}

/// Writes the whole company.
pub fn write(out: &mut dyn Write, contents: &Contents) -> io::Result<()> {
    write_frame(out, contents)?;
    for number in 0..contents.people {
        write_person(out, number, contents)?;
    }
    for group in 0..groups(contents.people) {
        let mut entry = Entry::new(&group_dn(&group_name(group)), &["groupOfNames"]);
        entry.add("cn", &group_name(group));
        for number in members_of(group, contents.people) {
            entry.add("member", &person_dn(number));
        }
        entry.write(out)?;
    }
    if contents.quirks { quirks::write(out, contents) } else { Ok(()) }
}

/// DN of person `number`.
pub fn person_dn(number: usize) -> String {
    format!("uid={},ou=dept{:02},ou=people,{BASE_DN}", person_uid(number), number % DEPARTMENTS)
}

/// `uNNNNNNN`.
pub fn person_uid(number: usize) -> String {
    format!("u{number:07}")
}

/// `pw-uNNNNNNN`.
pub fn person_password(number: usize) -> String {
    format!("pw-{}", person_uid(number))
}

/// DN of a group by its name.
pub fn group_dn(name: &str) -> String {
    format!("cn={name},ou=groups,{BASE_DN}")
}

/// Number of groups `gNNNN` for so many people.
pub fn groups(people: usize) -> usize {
    people.div_ceil(GROUP_SIZE).min(MOST_GROUPS)
}

/// `gNNNN`.
pub fn group_name(group: usize) -> String {
    format!("g{group:04}")
}

/// Numbers of the people in group `group`.
pub fn members_of(group: usize, people: usize) -> std::ops::Range<usize> {
    group * GROUP_SIZE..((group + 1) * GROUP_SIZE).min(people)
}

fn write_frame(out: &mut dyn Write, contents: &Contents) -> io::Result<()> {
    let mut suffix = Entry::new(BASE_DN, &["top", "domain"]);
    suffix.add("dc", "example");
    if contents.dialect == Dialect::Ds389 {
        suffix.add(
            "aci",
            &format!(
                "(targetattr=\"*\")(version 3.0; acl \"reader\"; allow (read,search,compare) \
                 userdn=\"ldap:///{SERVICE_DN}\";)"
            ),
        );
    }
    suffix.write(out)?;
    for unit in ["people", "groups", "services"] {
        write_unit(out, unit, BASE_DN)?;
    }
    for department in 0..DEPARTMENTS {
        write_unit(out, &format!("dept{department:02}"), &format!("ou=people,{BASE_DN}"))?;
    }
    for (dn, name, password) in
        [(SERVICE_DN, "svc", SERVICE_PASSWORD), (BLIND_DN, "blind", BLIND_PASSWORD)]
    {
        let mut entry = Entry::new(dn, &["applicationProcess", "simpleSecurityObject"]);
        entry.add("cn", name);
        entry.add("userPassword", &ssha(password, 1));
        entry.write(out)?;
    }
    Ok(())
}

pub(crate) fn write_unit(out: &mut dyn Write, name: &str, parent: &str) -> io::Result<()> {
    let mut entry = Entry::new(&format!("ou={name},{parent}"), &["organizationalUnit"]);
    entry.add("ou", name);
    entry.write(out)
}

fn write_person(out: &mut dyn Write, number: usize, contents: &Contents) -> io::Result<()> {
    let names = names::all();
    let mixed = mix(number as u64);
    let pick = |list: &'static [String], by: u64| -> &'static str {
        let length = list.len().max(1) as u64;
        list.get(usize::try_from(by % length).unwrap_or(0)).map_or("", String::as_str)
    };
    let (given, family) = (pick(&names.given, mixed), pick(&names.family, mixed >> 16));
    let uid = person_uid(number);
    let mut entry = person_entry(&person_dn(number), contents.dialect);
    entry.add("uid", &uid);
    entry.add("cn", &format!("{given} {family} {number}"));
    entry.add("sn", family);
    entry.add("givenName", given);
    entry.add("displayName", &format!("{given} {family}"));
    entry.add("mail", &format!("{uid}@example.org"));
    entry.add("telephoneNumber", &format!("+49 30 {number:08}"));
    entry.add("employeeNumber", &(100_000 + number).to_string());
    entry.add("departmentNumber", pick(names::departments(), (number % DEPARTMENTS) as u64));
    entry.add("title", "Engineer");
    entry.add("l", "Berlin");
    entry.add("userPassword", &ssha(&person_password(number), number as u64));
    let group = number / GROUP_SIZE;
    if group < groups(contents.people) {
        entry.add("memberOf", &group_dn(&group_name(group)));
    }
    if contents.quirks {
        for name in quirks::groups_of(number) {
            entry.add("memberOf", &group_dn(name));
        }
    }
    entry.write(out)
}

/// A person without attributes.
pub(crate) fn person_entry(dn: &str, dialect: Dialect) -> Entry {
    match dialect {
        Dialect::OpenLdap => Entry::new(dn, &["inetOrgPerson"]),
        Dialect::Ds389 => Entry::new(dn, &["inetOrgPerson", "nsMemberOf"]),
    }
}

/// SplitMix64: spreads consecutive numbers, the same everywhere.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
