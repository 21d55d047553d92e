//! What browsing shows: base DNs, organizational units, groups.

use crate::{Dn, Identity};
use serde::{Deserialize, Serialize};

/// One line of a browse answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Node {
    /// Name for people (`OU` or `CN` value; the DN for a base).
    pub name: String,
    /// Where it is now.
    pub dn: Dn,
    /// What stays the same when it is renamed; `None` for a base that has none.
    pub identity: Option<Identity>,
    /// Whether there is something to open below it.
    pub has_children: bool,
    /// Direct members of a group; `None` for others, or where counting would cost too much.
    pub members: Option<u64>,
}

/// Somebody who can be named in a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct FoundPerson {
    /// What stays the same when the entry is renamed.
    pub identity: Identity,
    /// Where it is now.
    pub dn: Dn,
    /// Display name, else the name of the entry.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// User principal name, else login name.
    pub user_name: Option<String>,
}

/// Whom to look for among people.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(optional_fields))]
pub struct PeopleSearch {
    /// Start; `None` means the directory's default base.
    pub under: Option<Dn>,
    /// Part of a name, login name or e-mail address.
    pub search: Option<String>,
    /// These people, wherever they are, whatever is searched for.
    pub chosen: Option<Vec<Identity>>,
    /// At most so many; `None` means 20.
    pub limit: Option<usize>,
}

/// What to list when browsing.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
#[cfg_attr(feature = "contract", ts(optional_fields))]
pub struct BrowseQuery {
    /// Start; `None` means the directory's default base.
    pub under: Option<Dn>,
    /// Part of a name; searches the whole sub-tree.
    pub search: Option<String>,
    /// At most so many nodes; `None` means the adapter's default.
    pub limit: Option<usize>,
}
