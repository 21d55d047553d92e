//! What is wrong with a directory for one round.

use std::collections::BTreeSet;

/// What the bind account may not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    UserName,
    Mail,
    Department,
    Enabled,
}

impl Attribute {
    pub const ALL: [Self; 4] = [Self::UserName, Self::Mail, Self::Department, Self::Enabled];
}

/// What goes wrong during one round.
#[derive(Debug, Clone, Default, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each fault comes by itself")]
pub struct Faults {
    /// The read ends after so many people: a limit, a referral or a lost connection.
    pub cut_after: Option<usize>,
    /// The read fails after its first page.
    pub read_fails: bool,
    /// Look-ups by identity fail.
    pub proof_fails: bool,
    /// No server answers.
    pub down: bool,
    /// Containers that the bind account may no longer read.
    pub hidden: BTreeSet<String>,
    /// People for whom a filter is Undefined.
    pub undecided: BTreeSet<String>,
    /// People whose identity cannot be read.
    pub nameless: BTreeSet<String>,
    /// Attributes that cannot be read, of anybody.
    pub unreadable: BTreeSet<Attribute>,
    /// Values come in another order.
    pub turned: bool,
    /// The second server answers, as the directory was one round ago.
    pub other_server: bool,
    /// The first server answers, with the state of one round ago: a backup.
    pub played_back: bool,
    /// Whatever is asked after so many calls never ends: the connector dies in it.
    pub hangs_after: Option<usize>,
}
