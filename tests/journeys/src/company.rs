//! A directory that a journey runs against, with the people that the journey may rely on.

use std::path::PathBuf;

/// How to reach a directory, and who is in it.
#[derive(Debug, Clone)]
pub struct Company {
    /// Whether AD rules apply (sub-codes, UPN, primary groups).
    pub is_ad: bool,
    /// `host:port` of LDAPS.
    pub server: String,
    /// File with the company CA.
    pub ca: PathBuf,
    /// Account that reads.
    pub bind_name: String,
    /// Its password.
    pub bind_password: String,
    /// Where everybody is.
    pub base_dn: String,
    /// Sub-tree with ordinary people only.
    pub people_dn: String,
    /// Somebody who can sign in and has an e-mail: name and password.
    pub right: (String, String),
    /// Somebody in scope who has not been imported by `people_dn` alone: for activation.
    pub names: Names,
}

/// Names of special people; `None` where the server has no such thing.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// (user, password, outcome in the journal, outcome outside).
    pub quirks: Vec<(String, String, &'static str, &'static str)>,
    /// Group of 5,000 members, by DN.
    pub big_group: Option<(String, u64)>,
    /// Outermost group of a nested cycle, by DN, with the number of people in all of it.
    pub cycle_group: Option<(String, u64)>,
    /// Group whose only members have it as their primary group, by DN, with their number.
    pub primary_group: Option<(String, u64)>,
}
