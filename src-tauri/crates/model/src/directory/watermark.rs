//! How far a directory's changes are known, in the words of the server that told it.

use crate::Identity;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How changes are learned between two full reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub enum ChangeMethod {
    /// Content synchronization (RFC 4533), as they happen.
    Syncrepl,
    /// `uSNChanged` (MS-ADTS 3.1.1.1.9), asked for every few seconds.
    UsnChanged,
    /// Persistent search (draft-ietf-ldapext-psearch), as they happen.
    PersistentSearch,
    /// `modifyTimestamp` (RFC 4512, 3.4.3), asked for several times a minute; deletions wait for the full read.
    ModifyTimestamp,
}

/// A place in the history of one directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "contract", derive(ts_rs::TS))]
pub struct Watermark {
    /// What kind of place it is.
    pub method: ChangeMethod,
    /// Whose history it is: `invocationId` on AD, the suffix entry's `entryUUID` on OpenLDAP, host and port elsewhere.
    pub server: String,
    /// `highestCommittedUSN`, `contextCSN` values separated by `;`, or a generalized time.
    pub position: String,
}

/// What changed since a watermark, as far as the server told.
#[derive(Debug, Clone)]
pub struct Changes {
    /// Entries that were added, changed, moved or deleted; people or not, in the mapping or not.
    pub affected: Vec<Identity>,
    /// More than single people may have changed: a group or a container did, or the server cannot name what was
    /// deleted. Only a full read tells.
    pub unclear: bool,
    /// What is known once these changes were carried out.
    pub watermark: Watermark,
}

/// How what a server says now relates to what was known before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// The same server, at the same place or further on.
    GoesOn,
    /// Another server: the places cannot be compared.
    OtherServer,
    /// The same history at an earlier place: a replica that is behind, or a backup.
    Older,
}

impl Watermark {
    /// How this one relates to an earlier one.
    pub fn after(&self, earlier: &Self) -> History {
        if self.method != earlier.method || self.server != earlier.server {
            return History::OtherServer;
        }
        let older = match self.method {
            ChangeMethod::UsnChanged => self.usn() < earlier.usn(),
            ChangeMethod::Syncrepl => {
                let now = csns(&self.position);
                // A provider that no longer names one of the others has lost its history.
                csns(&earlier.position)
                    .into_iter()
                    .any(|(sid, csn)| now.get(sid).is_none_or(|n| *n < csn))
            }
            ChangeMethod::PersistentSearch | ChangeMethod::ModifyTimestamp => false,
        };
        if older { History::Older } else { History::GoesOn }
    }

    /// The update sequence number, on AD.
    pub fn usn(&self) -> u64 {
        self.position.parse().unwrap_or(0)
    }
}

/// Change sequence numbers by the server that made the change: `TIME#COUNT#SID#MOD`. They sort as text.
fn csns(position: &str) -> BTreeMap<&str, &str> {
    position.split(';').filter_map(|csn| Some((csn.split('#').nth(2)?, csn))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(method: ChangeMethod, server: &str, position: &str) -> Watermark {
        Watermark { method, server: server.into(), position: position.into() }
    }

    #[test]
    fn numbers_of_another_server_are_never_compared() {
        let usn = |server, position| at(ChangeMethod::UsnChanged, server, position);
        assert_eq!(usn("a", "9").after(&usn("a", "9")), History::GoesOn);
        assert_eq!(usn("a", "10").after(&usn("a", "9")), History::GoesOn);
        assert_eq!(usn("a", "8").after(&usn("a", "9")), History::Older);
        assert_eq!(usn("b", "10").after(&usn("a", "9")), History::OtherServer);
        let csn = at(ChangeMethod::Syncrepl, "a", "20260101000000.000000Z#000000#000#000000");
        assert_eq!(csn.after(&usn("a", "9")), History::OtherServer);
    }

    #[test]
    fn every_provider_counts_for_itself() {
        let csn = |position| at(ChangeMethod::Syncrepl, "dc=x", position);
        let one = "20260101000000.000000Z#000000#001#000000";
        let later = "20260102000000.000000Z#000000#001#000000";
        let two = "20251231000000.000000Z#000000#002#000000";
        let both = format!("{later};{two}");
        assert_eq!(csn(&both).after(&csn(one)), History::GoesOn);
        assert_eq!(csn(one).after(&csn(&both)), History::Older);
        assert_eq!(csn(later).after(&csn(&both)), History::Older);
        assert_eq!(csn("").after(&csn(one)), History::Older);
    }
}
