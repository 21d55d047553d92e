//! The removal limit: nobody is made inactive by surprise.

use connector_model::Identity;
use connector_model::settings::ImportSettings;
use sha2::{Digest, Sha256};

/// Whether making `removals` of `active` people inactive needs an approval: more than the share and more than
/// the number, or everybody.
pub(crate) fn needs_approval(removals: u64, active: u64, limits: &ImportSettings) -> bool {
    let share = active.saturating_mul(u64::from(limits.removal_limit_percent)) / 100;
    let over = removals > share && removals > u64::from(limits.removal_limit_people);
    removals > 0 && (over || removals >= active)
}

/// Hash of exactly this list of people, whatever its order: what an administrator approves.
pub(crate) fn list_hash(identities: &mut [Identity]) -> String {
    identities.sort();
    let mut hasher = Sha256::new();
    for identity in identities {
        hasher.update(identity.as_str().as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn share_number_and_everybody() {
        let limits = ImportSettings::default();
        for (removals, active, expected) in [
            (0, 0, false),
            (0, 100, false),
            (20, 100, false),
            (21, 100, true),
            (100, 1000, false),
            (101, 1000, true),
            (1, 1, true),
            (5, 5, true),
            (4, 5, false),
        ] {
            assert_eq!(
                needs_approval(removals, active, &limits),
                expected,
                "{removals} of {active}"
            );
        }
    }

    #[test]
    fn the_hash_is_of_the_list_and_not_of_its_order() {
        let id = |t: &str| Identity::from_text(t);
        assert_eq!(list_hash(&mut [id("a"), id("b")]), list_hash(&mut [id("b"), id("a")]));
        assert_ne!(list_hash(&mut [id("a"), id("b")]), list_hash(&mut [id("ab")]));
    }
}
