//! The members of groups, and whether somebody is one of them: the one rule that imports, sign-ins and proofs share.

pub(crate) mod cache;
pub(crate) mod findings;

use crate::search::attribute_names::Names;
use crate::search::entry::Entry;
use connector_model::Dn;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Members as hashed keys: 8 bytes each.
#[derive(Debug, Default)]
pub(crate) struct Members {
    dns: HashSet<u64>,
    /// `memberUid` is compared exactly (RFC 2307, 3: `caseExactIA5Match`), as servers and Unix systems do.
    uids: HashSet<u64>,
    /// `gidNumber` of Unix groups, which people have as their primary group (RFC 2307, 2.1).
    gids: HashSet<u64>,
}

impl Members {
    /// Whether somebody is a member, by any value of theirs.
    pub fn contains(&self, person: &Entry, names: &Names) -> bool {
        let has = |keys: &HashSet<u64>, attribute: &str| {
            !keys.is_empty() && person.texts(attribute).any(|v| keys.contains(&hash(v.trim())))
        };
        self.dns.contains(&hash(&person.dn.key()))
            || has(&self.uids, "uid")
            || has(&self.uids, names.login.as_str())
            || has(&self.gids, "gidNumber")
    }

    /// Whether that DN is listed.
    pub fn names(&self, dn: &Dn) -> bool {
        self.dns.contains(&hash(&dn.key()))
    }

    /// The attributes by whose values somebody may be a member, besides their name.
    pub fn counting<'a>(&self, names: &'a Names) -> Vec<&'a str> {
        let mut all = vec![];
        if !self.uids.is_empty() {
            all.extend(["uid", names.login.as_str()]);
        }
        if !self.gids.is_empty() {
            all.push("gidNumber");
        }
        all
    }

    /// How many there are, by whatever they are named.
    pub fn len(&self) -> usize {
        self.dns.len() + self.uids.len() + self.gids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a value of `member`, `uniqueMember` or `memberUid`; the key of its DN, where it is one.
    pub fn add(&mut self, attribute: &str, value: &[u8]) -> Option<u64> {
        let text = String::from_utf8_lossy(value);
        if attribute == "memberUid" {
            self.uids.insert(hash(text.trim()));
            return None;
        }
        let key = hash(&member_dn(attribute, &text).key());
        self.dns.insert(key);
        Some(key)
    }

    /// Adds everybody with that `gidNumber`.
    pub fn add_primary(&mut self, gid: &str) {
        self.gids.insert(hash(gid.trim()));
    }
}

/// The name of a member that is listed by DN.
pub(crate) fn member_dn(attribute: &str, value: &str) -> Dn {
    match attribute {
        "uniqueMember" => Dn::from_name_and_uid(value),
        _ => Dn::from_server(value),
    }
}

pub(crate) fn hash(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
