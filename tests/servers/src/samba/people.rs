//! Who is in the Samba domain (made by `setup/samba_domain.py`).
//!
//! `OU=people` holds `u0000000` to `u0005999` in `OU=deptNN`, all enabled; the first 200 have a password.
//! `OU=quirks` holds the people that make trouble, `OU=groups` the groups.

/// Password of everybody who has one, but for `juergen`.
pub const PASSWORD: &str = "Us3r-Passw0rd!";
/// Everything is below this.
pub const BASE_DN: &str = "DC=corp,DC=example,DC=com";
/// Ordinary people only.
pub const PEOPLE_DN: &str = "OU=people,DC=corp,DC=example,DC=com";
/// The people that make trouble.
pub const QUIRKS_DN: &str = "OU=quirks,DC=corp,DC=example,DC=com";
/// Number of ordinary people.
pub const PEOPLE: usize = 6000;
/// Departments, each a unit `OU=deptNN`.
pub const DEPARTMENTS: usize = 20;
/// Members of `CN=big`: ordinary people 0 to 4999.
pub const BIG_GROUP: usize = 5000;
/// People in `lvl1` > `lvl2` > `lvl3` > `lvl1`: `u0000001`, `u0000002` and `ok`.
pub const CYCLE_PEOPLE: usize = 3;
/// People whose primary group is `primaries`, and who are in it in no other way: `primary1` and `primary2`.
pub const PRIMARY_PEOPLE: usize = 2;

/// Somebody who tries to sign in with the right password, and what the domain answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quirk {
    /// `sAMAccountName`; the UPN is `user@corp.example.com`.
    pub user: &'static str,
    /// The right password.
    pub password: &'static str,
    /// `data XXX` of the refusal; `None` when the domain lets them in.
    pub data: Option<&'static str>,
    /// The connector's word for it.
    pub outcome: &'static str,
}

/// Everybody whose sign-in is special.
pub const QUIRKS: &[Quirk] = &[
    Quirk { user: "ok", password: PASSWORD, data: None, outcome: "ok" },
    Quirk { user: "juergen", password: "Pässw0rd-€uro1", data: None, outcome: "ok" },
    Quirk { user: "disabled", password: PASSWORD, data: Some("533"), outcome: "disabled" },
    Quirk { user: "expired", password: PASSWORD, data: Some("701"), outcome: "account_expired" },
    Quirk {
        user: "mustchange",
        password: PASSWORD,
        data: Some("773"),
        outcome: "must_change_password",
    },
    Quirk { user: "pwexpired", password: PASSWORD, data: Some("532"), outcome: "password_expired" },
    Quirk { user: "locked", password: PASSWORD, data: Some("775"), outcome: "locked" },
    Quirk { user: "hours", password: PASSWORD, data: Some("530"), outcome: "not_allowed_now" },
    Quirk { user: "workst", password: PASSWORD, data: Some("531"), outcome: "not_allowed_here" },
];

/// Three wrong passwords lock this one; the fourth try says 775.
pub const LOCK_ME: &str = "lockme";

/// DN of ordinary person `number`.
pub fn person_dn(number: usize) -> String {
    format!("CN=u{number:07},OU=dept{:02},{PEOPLE_DN}", number % DEPARTMENTS)
}

/// DN of a group by its name.
pub fn group_dn(name: &str) -> String {
    format!("CN={name},OU=groups,{BASE_DN}")
}
