//! Whether somebody belongs to a mapping: yes, no, or not to be told. Filters have three values (RFC 4511, 4.5.1.7).

use crate::Identity;
use serde::{Deserialize, Serialize};

/// What decides whether a person belongs to a mapping, and whether the person is enabled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum Criterion {
    /// The attribute that tells entries apart.
    #[default]
    Identity,
    /// The object classes that make an entry a person.
    Person,
    /// The base DN.
    Base,
    /// The organizational units that are left out.
    ExcludedUnits,
    /// The groups that are left out.
    ExcludedGroups,
    /// The people who are left out by name.
    ExcludedPeople,
    /// The organizational units.
    Units,
    /// The groups.
    Groups,
    /// The department.
    Department,
    /// The country.
    Country,
    /// The manual filter.
    Filter,
    /// The attribute conditions.
    Conditions,
    /// The account's rule for who is enabled.
    Enabled,
}

/// Who is at a DN now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Occupant {
    /// No entry that the bind account can see.
    Nobody,
    /// An entry whose identity cannot be read.
    Unknown,
    /// The entry of that identity.
    Known(Identity),
    /// The server does not hold that part, and refers to another one (RFC 4516).
    OnOtherServer(String),
}

/// What is known of one person whose entry was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// Every criterion is met.
    Meets,
    /// This one was seen to fail.
    Fails(Criterion),
    /// None was seen to fail, and this one was not seen to be met.
    Undecided(Criterion),
}
