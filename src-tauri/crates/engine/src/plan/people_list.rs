//! A list of people as an administrator approves it: how many, and a hash of exactly them.

use connector_model::{ApprovalKind, ApprovalList};
use sha2::{Digest, Sha256};

/// A list that is told in order of identity.
pub(crate) struct PeopleList {
    kind: ApprovalKind,
    hash: Sha256,
    pub people: u64,
}

impl PeopleList {
    pub fn new(kind: ApprovalKind) -> Self {
        let hash = Sha256::new().chain_update(kind.as_str()).chain_update([0]);
        Self { kind, hash, people: 0 }
    }

    pub fn add(&mut self, who: &str) {
        self.people += 1;
        self.hash.update(who.as_bytes());
        self.hash.update([0]);
    }

    pub fn finish(self, mapping: &str) -> ApprovalList {
        let Self { kind, hash, people } = self;
        let hash = hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect();
        ApprovalList { mapping: mapping.to_owned(), kind, people, hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_of_exactly_the_list() {
        let of = |people: &[&str]| {
            let mut list = PeopleList::new(ApprovalKind::Deactivate);
            for who in people {
                list.add(who);
            }
            list.finish("Sales")
        };
        assert_eq!(of(&["a", "b"]), of(&["a", "b"]));
        assert_eq!((of(&[]).hash.len(), of(&["a", "b"]).people), (32, 2));
        for other in [&["ab"][..], &["a"], &["b", "a"], &["a", "b", "c"]] {
            assert_ne!(of(&["a", "b"]).hash, of(other).hash);
        }
    }
}
