//! The removal limit: nobody is made inactive by surprise.

use connector_model::settings::ImportSettings;

/// Removals of this last day count together: many small steps are as bad as one large.
pub(crate) const WINDOW_MS: i64 = 24 * 3_600_000;

/// Whether making `removals` of `active` people inactive needs an approval, after `recent` ones in the window: more
/// than the share and more than the number, or everybody.
pub(crate) fn needs_approval(
    removals: u64,
    recent: u64,
    active: u64,
    limits: &ImportSettings,
) -> bool {
    let (all, before) = (removals + recent, active + recent);
    let share = before.saturating_mul(u64::from(limits.removal_limit_percent)) / 100;
    let over = all > share && all > u64::from(limits.removal_limit_people);
    removals > 0 && (over || removals >= active)
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
                needs_approval(removals, 0, active, &limits),
                expected,
                "{removals} of {active}"
            );
        }
    }

    #[test]
    fn many_small_steps_are_one_large() {
        let limits = ImportSettings::default();
        assert!(!needs_approval(5, 15, 185, &limits));
        assert!(needs_approval(6, 15, 185, &limits));
        assert!(!needs_approval(0, 500, 100, &limits));
    }
}
